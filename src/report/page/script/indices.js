// Estimates by axis: a row for each axis with a mark and its interval for each scenario, and the size of effects
// against their spread.
function indices(figure, ink, width) {
  const { rows, lines, form, names } = figure;
  const each = lines.length * (lines[0]?.more ? 17 : 11);
  const all = lines.flatMap(({ main, more, chance }) => [...main.flat(), ...(more ?? []).flat(), ...chance])
    .concat([figure.from ?? 0, figure.to ?? 0, 0]).filter((value) => typeof value === "number");
  const scale = steps(Math.min(...all), Math.max(...all), width > 620 ? 5 : 4);
  // A whisker, or none for a mark without an interval.
  const interval = ([, low, high], place, y, colour, thick, opacity) => (low === null ? []
    : [{ type: "line", shape: { x1: place(low), x2: place(high), y1: y, y2: y }, style: { stroke: colour, lineWidth: thick, opacity, lineCap: "round" } }]);
  const series = lines.map((line, index) => {
    const colour = ink.scenarios[line.s % 10];
    const data = line.main.map((mark, at) => (mark ? [mark[0], at] : null)).filter(Boolean);
    return {
      type: "custom", z: 3, encode: { x: 0, y: 1 }, data,
      renderItem: (_, api) => {
        const at = api.value(1);
        const place = (value) => api.coord([value, at])[0];
        const y = api.coord([0, at])[1] + 8 - each / 2 + (index + 0.5) * (each / lines.length);
        const opacity = line.weak[at] ? 0.4 : 1;
        const main = line.main[at];
        const more = line.more?.[at];
        const chance = line.chance[at];
        const parts = [
          ...interval(main, place, more ? y - 3 : y, colour, 4, 0.45 * opacity),
          { type: "circle", shape: { cx: place(main[0]), cy: more ? y - 3 : y, r: 4.2 }, style: { fill: colour, opacity } },
        ];
        if (more) {
          parts.push(...interval(more, place, y + 4.5, colour, 1.4, 0.7));
          parts.push({ type: "circle", shape: { cx: place(more[0]), cy: y + 4.5, r: 3 }, style: { fill: ink.paper, stroke: colour, lineWidth: 1.5 } });
        }
        if (chance !== null) {
          parts.push({ type: "line", shape: { x1: place(chance), x2: place(chance), y1: y - 6, y2: y + 6 }, style: { stroke: ink.ink, lineWidth: 1.4 } });
        }
        return { type: "group", children: parts };
      },
      tooltip: {
        formatter: ({ value }) => {
          const at = value[1];
          const told = (name, mark) => (mark ? `<br>${safe(name)} <b>${shown(mark[0], form)}</b>` + bracketed(mark, form) : "");
          const chance = line.chance[at] === null ? "" : `<br>chance alone ${shown(line.chance[at], form)}`;
          return `<b>${safe(rows[at])}</b><br>${safe(DATA.scenarios[line.s].title)}${told(names[0], line.main[at])}${told(names[1], line.more?.[at])}${chance}`;
        },
      },
    };
  });
  return {
    ...common(ink),
    grid: { left: 8, right: 10, top: 16, bottom: 2, containLabel: true },
    tooltip: { ...bubble(ink), trigger: "item" },
    xAxis: valueAxis(ink, form, { ...scale, axisLabel: { ...text(ink), hideOverlap: true, alignMinLabel: "left", alignMaxLabel: "right", formatter: (value) => tick(value, form) } }),
    yAxis: (() => {
      const axis = namesAbove(ink, rows, Math.max(0, each / 2 - 6));
      return { ...axis, axisLabel: { ...axis.axisLabel, padding: [0, 0, Math.max(0, each / 2 - 6), 5], width: width - 24, overflow: "truncate", textBorderColor: ink.paper, textBorderWidth: 3 } };
    })(),
    series: [
      {
        type: "line", data: [],
        markLine: { silent: true, symbol: "none", animation: false, label: { show: false }, data: [{ xAxis: 0, lineStyle: { color: ink.ink, width: 1, type: "solid" } }] },
      },
      ...series,
    ],
  };
}

function scatter(figure, ink, width) {
  const { points, chance, form } = figure;
  const largest = (part) => Math.max(...points.map((point) => point[part]), ...(part === "x" ? chance.map((one) => one.at) : []), 0);
  // The five points with the largest effects are named, each name once; the table has all of them.
  const named = [...points].sort((a, b) => b.x - a.x).slice(0, 5);
  const seen = new Set();
  const shownName = (point) => named.includes(point) && !seen.has(point.name) && seen.add(point.name);
  return {
    ...common(ink),
    grid: { left: 6, right: 20, top: 22, bottom: 22, containLabel: true },
    tooltip: {
      ...bubble(ink), trigger: "item",
      formatter: ({ data: { point } }) => `<b>${safe(point.name)}</b><br>${safe(DATA.scenarios[point.s].title)}<br>mu* <b>${shown(point.x, form)}</b>, sigma <b>${shown(point.y, form)}</b>`,
    },
    xAxis: valueAxis(ink, form, { ...steps(0, largest("x") || 1, width > 480 ? 5 : 3), name: "mu*", nameLocation: "middle", nameGap: 24, nameTextStyle: text(ink) }),
    yAxis: valueAxis(ink, form, { ...steps(0, largest("y") || 1, 4), name: "sigma", nameTextStyle: { ...text(ink), align: "left" }, nameGap: 8 }),
    series: [
      {
        type: "scatter", symbolSize: 10, z: 3,
        data: points.map((point) => ({
          value: [point.x, point.y], point, itemStyle: { color: ink.scenarios[point.s % 10], opacity: 0.9 },
          label: {
            show: Boolean(shownName(point)), formatter: () => point.name, color: ink.ink, fontSize: 11, fontFamily: ink.font, textBorderColor: ink.paper, textBorderWidth: 3,
            position: point.x > 0.55 * largest("x") ? "left" : "right",
          },
        })),
        labelLayout: { hideOverlap: true },
      },
      {
        type: "line", data: [], tooltip: { show: false },
        markLine: {
          silent: true, symbol: "none", animation: false, label: { show: false },
          data: chance.map((one) => ({ xAxis: one.at, lineStyle: { color: ink.scenarios[one.s % 10], width: 1.3, type: [4, 3] } })),
        },
      },
    ],
  };
}

KINDS.indices = { draw: indices, height: ({ rows, lines }) => 40 + rows.length * (21 + lines.length * (lines[0]?.more ? 17 : 11)) };
KINDS.scatter = { draw: scatter, height: (_, width) => Math.max(280, Math.min(400, width * 0.75)) };
