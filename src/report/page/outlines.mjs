// Writes outlines.json: the outlines of countries by ISO 3166 alpha-2 code, and a point for each country.
//
// The data are those of Natural Earth 4.1, which is in the public domain, as packaged in world-atlas:
//
//   npm install --no-save world-atlas@2.0.2 i18n-iso-countries@7.14.0
//   node outlines.mjs > outlines.json
//
// Outlines are those at 1:110 million, without Antarctica. A ring is a list of whole numbers in tenths of a degree:
// longitude and latitude of its first corner, then the step from each corner to the next. Points come from the outlines
// at 1:50 million, which include small countries: the centroid of the largest part.

import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "index.js"));
const coarse = require("world-atlas/countries-110m.json");
const fine = require("world-atlas/countries-50m.json");
const iso = require("i18n-iso-countries");

// The label points of Natural Earth, for countries whose centroid lies far from where most people live.
const POINTS = {
  RU: [44.7, 58.2], US: [-97.5, 39.5], CA: [-101.9, 60.3], FR: [2.6, 46.7], NO: [9.7, 61.4],
};

const code = (geometry) => {
  if (geometry.properties.name === "Kosovo") return "XK";
  return geometry.id ? iso.numericToAlpha2(geometry.id) ?? "" : "";
};

// The corners of an arc in degrees. An arc with a negative number runs backwards.
function arc(topology, number) {
  const { scale, translate } = topology.transform;
  let [x, y] = [0, 0];
  const corners = topology.arcs[number < 0 ? ~number : number].map(([dx, dy]) => {
    x += dx; y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
  return number < 0 ? corners.reverse() : corners;
}

// The outer rings of a country. A ring that crosses the antimeridian continues beyond 180 degrees.
function rings(topology, geometry) {
  const parts = geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
  return parts.map(([outer]) => {
    const ring = outer.flatMap((number, index) => {
      const corners = arc(topology, number);
      return index ? corners.slice(1) : corners;
    });
    let turns = 0;
    const unwound = ring.map(([x, y], index) => {
      if (index) turns -= Math.round((x - ring[index - 1][0]) / 360);
      return [x + 360 * turns, y];
    });
    const middle = unwound.reduce((sum, [x]) => sum + x, 0) / unwound.length;
    // The far east of Russia lies to the east of the rest, not at the other end of the world.
    const east = geometry.id === "643" && middle < 0 ? 360 : 0;
    return unwound.map(([x, y]) => [x + east, y]);
  });
}

function area(ring) {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) {
    twice += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  }
  return twice / 2;
}

function centre(ring) {
  let [x, y] = [0, 0];
  for (let i = 1; i < ring.length; i++) {
    const cross = ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
    x += (ring[i - 1][0] + ring[i][0]) * cross;
    y += (ring[i - 1][1] + ring[i][1]) * cross;
  }
  const six = 6 * area(ring);
  return [x / six, y / six].map((value) => Math.round(value * 10) / 10);
}

function packed(ring) {
  const numbers = [];
  let last = [0, 0];
  for (const corner of ring) {
    const tenths = corner.map((value) => Math.round(value * 10));
    if (numbers.length && tenths[0] === last[0] && tenths[1] === last[1]) continue;
    numbers.push(tenths[0] - last[0], tenths[1] - last[1]);
    last = tenths;
  }
  return numbers;
}

const outlines = [];
for (const geometry of coarse.objects.countries.geometries) {
  if (geometry.properties.name === "Antarctica") continue;
  const parts = rings(coarse, geometry).map(packed).filter((numbers) => numbers.length >= 8);
  outlines.push([code(geometry), parts]);
}
outlines.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
const points = {};
for (const geometry of fine.objects.countries.geometries) {
  const name = code(geometry);
  if (!name || name === "AQ") continue;
  const largest = rings(fine, geometry).sort((a, b) => Math.abs(area(b)) - Math.abs(area(a)))[0];
  points[name] = POINTS[name] ?? centre(largest);
}
const sorted = Object.entries(points).sort(([a], [b]) => (a < b ? -1 : 1));
const line = (value) => JSON.stringify(value);
process.stdout.write(`{"outlines":[\n${outlines.map(line).join(",\n")}\n],\n"points":{\n${
  sorted.map(([name, point]) => `${line(name)}:${line(point)}`).join(",\n")}\n}}\n`);
