// Distributions row by row: the median, the middle half and the range from 5 to 95 %; with a band that all rows
// share, if there is one.
function whiskers(figure, ink, width) {
  const { rows, ticks, band } = figure;
  const scale = ticks ? { min: figure.from, max: figure.to } : steps(figure.from, figure.to, width > 620 ? 6 : 4);
  const both = rows.some((row) => row.other);
  const series = (name, told, colour, up, open) => ({
    type: "custom", z: 3, encode: { x: 0, y: 1 },
    data: rows.map((row, at) => (row[name] ? [row[name][2], at] : null)).filter(Boolean),
    renderItem: (_, api) => {
      const at = api.value(1);
      const marks = rows[at][name].map((value) => api.coord([value, at])[0]);
      const y = api.coord([0, at])[1] + up;
      const stroke = colour(rows[at]);
      const line = (x1, x2, lineWidth, opacity) => ({ type: "line", shape: { x1, x2, y1: y, y2: y }, style: { stroke, lineWidth, opacity, lineCap: "round" } });
      return {
        type: "group",
        children: [
          line(marks[0], marks[4], open ? 1 : 1.4, 0.8), line(marks[1], marks[3], open ? 3 : 5, 0.5),
          { type: "circle", shape: { cx: marks[2], cy: y, r: open ? 3 : 4.2 }, style: open ? { fill: ink.paper, stroke, lineWidth: 1.5 } : { fill: stroke } },
        ],
      };
    },
    tooltip: { formatter: ({ value }) => [`<b>${safe(rows[value[1]].name)}</b>`, ...(open ? ["predicted without the row"] : []), ...rows[value[1]][told].map(safe)].join("<br>") },
  });
  const axis = namesAbove(ink, rows.map((row) => row.name), 2);
  const rule = (at) => ({ xAxis: at, lineStyle: { color: ink.grid, width: 1, type: "solid" } });
  const labels = { ...text(ink), hideOverlap: true, ...(ticks ? {} : { alignMinLabel: "left", alignMaxLabel: "right" }) };
  const named = ticks ? { customValues: ticks.map(([at]) => at), formatter: (value) => ticks.find(([at]) => Math.abs(at - value) < 1e-9)?.[1] ?? "" } : {};
  return {
    ...common(ink),
    grid: { left: 8, right: 10, top: 16, bottom: 2, containLabel: true },
    tooltip: { ...bubble(ink), trigger: "item" },
    xAxis: valueAxis(ink, "figures", { ...scale, ...(ticks ? { splitLine: { show: false } } : {}), axisLabel: { ...labels, formatter: (value) => tick(value, "figures"), ...named } }),
    yAxis: { ...axis, axisLabel: { ...axis.axisLabel, padding: [0, 0, 2, 5], width: width - 24, overflow: "truncate", textBorderColor: ink.paper, textBorderWidth: 3 } },
    series: [
      {
        type: "line", data: [],
        markArea: band ? { silent: true, animation: false, itemStyle: { color: ink.scenarios[0], opacity: 0.14 }, data: [[{ xAxis: band[0] }, { xAxis: band[1] }]] } : undefined,
        markLine: {
          silent: true, symbol: "none", animation: false, label: { show: false },
          data: ticks ? ticks.map(([at]) => rule(at)) : [{ xAxis: 0, lineStyle: { color: ink.ink, width: 1, type: "solid" } }],
        },
      },
      series("marks", "told", (row) => (row.strong ? ink.alert : ink.accent), both ? 7 : 9, false),
      ...(both ? [series("other", "toldOther", () => ink.quiet, 16, true)] : []),
    ],
  };
}

KINDS.whiskers = { draw: whiskers, height: ({ rows }) => 44 + rows.length * (rows.some((row) => row.other) ? 44 : 34) };
