// Arrivals as lines from the origin and persons held as circles, on the outlines of countries.
let OUTLINES;

// Equal Earth, an equal-area projection; see Savric, Patterson and Jenny 2018.
function project([longitude, latitude]) {
  const [a, b, c, d] = [1.340264, -0.081106, 0.000893, 0.003796];
  const angle = Math.asin((Math.sqrt(3) / 2) * Math.sin((latitude * Math.PI) / 180));
  const square = angle * angle;
  const sixth = square ** 3;
  const x = (2 * Math.sqrt(3) * longitude * Math.PI / 180 * Math.cos(angle))
    / (3 * (9 * d * sixth * square + 7 * c * sixth + 3 * b * square + a));
  return [60 * x, 60 * angle * (d * sixth * square + c * sixth + b * square + a)];
}

function outlinesOf(packed) {
  const features = packed.outlines.map(([code, rings]) => ({
    type: "Feature", properties: { name: code },
    geometry: {
      type: "MultiPolygon",
      coordinates: rings.map((numbers) => {
        const ring = [];
        let [x, y] = [0, 0];
        for (let at = 0; at < numbers.length; at += 2) {
          x += numbers[at]; y += numbers[at + 1];
          ring.push(project([x / 10, y / 10]));
        }
        return [ring];
      }),
    },
  }));
  return { type: "FeatureCollection", features };
}

const pointOf = (code) => OUTLINES.points[code] && project(OUTLINES.points[code]);

// The share of the arrivals of the base that a map holds; the rest goes beyond its frame.
const WITHIN = 0.92;

// The part of the world that holds the origins and the nearest countries that together have most of the arrivals, with
// room around them: left, bottom, right, top. All maps of a page have the same frame.
function frame() {
  const base = DATA.figures.find((one) => one.kind === "map");
  const flows = base.flows.filter((flow) => pointOf(flow.from) && pointOf(flow.to));
  const far = (flow) => Math.hypot(...[0, 1].map((part) => pointOf(flow.from)[part] - pointOf(flow.to)[part]));
  const all = flows.reduce((sum, flow) => sum + flow.value, 0);
  const codes = new Set([...base.held.map((held) => held.at), ...flows.map((flow) => flow.from)]);
  let sum = 0;
  for (const flow of [...flows].sort((a, b) => far(a) - far(b))) {
    if (sum >= WITHIN * all) break;
    codes.add(flow.to);
    sum += flow.value;
  }
  const points = [...codes].map(pointOf).filter(Boolean);
  const [xs, ys] = [0, 1].map((part) => points.map((point) => point[part]));
  const box = [Math.min(...xs) - 9, Math.min(...ys) - 5, Math.max(...xs) + 9, Math.max(...ys) + 8];
  // The frame is neither a strip nor a tower.
  const grow = (low, high, least) => { const more = Math.max(0, least - (box[high] - box[low])) / 2; box[low] -= more; box[high] += more; };
  grow(1, 3, (box[2] - box[0]) * 0.42);
  grow(0, 2, (box[3] - box[1]) * 1.75);
  return box;
}

function map(figure, ink, width, height) {
  const box = frame();
  const own = ink.scenarios[figure.scenario % 10];
  const colour = (value) => (figure.difference ? (value < 0 ? ink.fewer : ink.more) : own);
  const most = figure.most || 1;
  const flows = figure.flows.filter((flow) => pointOf(flow.from) && pointOf(flow.to) && flow.from !== flow.to);
  const named = width > 760 ? 12 : width > 480 ? 7 : 5;
  const thick = width > 760 ? 11 : 7;
  const held = figure.held.filter((one) => pointOf(one.at));
  const greatest = Math.max(...DATA.figures.filter((one) => one.kind === "map" && one.difference === figure.difference)
    .flatMap((one) => one.held.map((held) => Math.abs(held.value))), 1);
  const radius = width > 760 ? 56 : 40;
  const label = { fontSize: width > 760 ? 12 : 10.5, fontFamily: ink.font, color: ink.ink, textBorderColor: ink.land, textBorderWidth: 2.5 };
  const inside = ([x, y]) => x > box[0] && x < box[2] && y > box[1] && y < box[3];
  // A name is put on the side away from the origin, if there is room for it.
  const side = (flow) => {
    const [x] = pointOf(flow.to);
    const [at, room] = [(width * (x - box[0])) / (box[2] - box[0]), 0.62 * label.fontSize * `${flow.name} ${signed(flow.value)}`.length + 12];
    if (x < pointOf(flow.from)[0]) return at > room ? "left" : "right";
    return width - at > room ? "right" : "left";
  };
  const veiled = (shade) => `${shade}59`;
  const signed = (value) => (figure.difference && value > 0 ? "+" : "") + shown(value, "whole");
  figure.beyond = flows.filter((flow) => !inside(pointOf(flow.to))).map((flow) => `${flow.name} ${signed(flow.value)}`);
  return {
    ...common(ink),
    tooltip: { ...bubble(ink), trigger: "item", formatter: ({ data }) => (data.told ? safe(data.told) : "") },
    geo: {
      map: "world", aspectScale: 1, left: 0, right: 0, top: 0, bottom: 0, silent: true,
      boundingCoords: [[box[0], box[3]], [box[2], box[1]]],
      itemStyle: { areaColor: ink.land, borderColor: ink.border, borderWidth: 0.7 },
      emphasis: { disabled: true }, select: { disabled: true },
    },
    series: [
      {
        type: "lines", coordinateSystem: "geo", z: 2,
        data: [...flows].reverse().map((flow) => ({
          coords: [pointOf(flow.from), pointOf(flow.to)], told: `${flow.name}: ${signed(flow.value)}`,
          lineStyle: {
            width: Math.max(0.5, thick * Math.abs(flow.value) / most), color: colour(flow.value), opacity: 0.5,
            type: figure.difference && flow.value < 0 ? "dashed" : "solid",
            curveness: pointOf(flow.to)[0] < pointOf(flow.from)[0] ? 0.18 : -0.18,
          },
        })),
      },
      {
        type: "scatter", coordinateSystem: "geo", z: 4, symbolSize: 5,
        data: flows.map((flow, at) => ({
          value: pointOf(flow.to), told: `${flow.name}: ${signed(flow.value)}`, itemStyle: { color: colour(flow.value), borderColor: ink.land, borderWidth: 1 },
          label: { show: at < named, position: side(flow), formatter: `${flow.name} ${signed(flow.value)}`, ...label },
        })),
        labelLayout: { hideOverlap: true },
      },
      {
        type: "scatter", coordinateSystem: "geo", z: 3,
        data: held.map((one) => ({
          value: pointOf(one.at), told: one.label, symbolSize: Math.max(4, radius * Math.sqrt(Math.abs(one.value) / greatest)),
          itemStyle: {
            color: veiled(figure.difference ? colour(one.value) : ink.fates[6]),
            borderColor: figure.difference ? colour(one.value) : ink.fates[5], borderWidth: 1.2, borderType: figure.difference && one.value < 0 ? "dashed" : "solid",
          },
          label: { show: true, position: "top", formatter: one.label, fontWeight: 600, ...label },
        })),
      },
    ],
  };
}

KINDS.map = {
  draw: map,
  height: (_, width) => {
    const box = frame();
    return Math.round((width * (box[3] - box[1])) / (box[2] - box[0]));
  },
};
FIRST.push(async () => {
  OUTLINES = JSON.parse(await packed("outlines"));
  echarts.registerMap("world", outlinesOf(OUTLINES));
});
