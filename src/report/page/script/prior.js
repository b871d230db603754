// The posterior of a parameter as bars, its prior as a line above them, and its median and middle half below.
function prior(figure, ink) {
  const { bars, half, median, range, ends } = figure;
  const highest = Math.max(...bars.map((bar) => Math.max(bar[2], bar[3])), 0) || 1;
  const drawn = (renderItem) => ({ type: "custom", silent: true, clip: false, data: [[range[0], 0]], renderItem, z: 2 });
  return {
    ...common(ink),
    grid: { left: 12, right: 12, top: 8, bottom: 34 },
    tooltip: { ...bubble(ink), trigger: "item" },
    xAxis: {
      type: "value", min: range[0], max: range[1], splitLine: { show: false }, axisLine: { lineStyle: { color: ink.quiet }, onZero: false },
      axisTick: { show: true, lineStyle: { color: ink.quiet }, customValues: range },
      axisLabel: { ...text(ink), margin: 18, customValues: range, alignMinLabel: "left", alignMaxLabel: "right", formatter: (value) => (value === range[0] ? ends[0] : value === range[1] ? ends[1] : "") },
    },
    yAxis: { type: "value", min: 0, max: highest * 1.05, show: false },
    series: [
      {
        type: "custom", z: 2, data: bars.map((bar, at) => [(bar[0] + bar[1]) / 2, bar[3], at]), encode: { x: 0, y: 1 },
        renderItem: (_, api) => {
          const [from, to, , posterior] = bars[api.value(2)];
          const [x, y] = api.coord([from, posterior]);
          const [right, bottom] = api.coord([to, 0]);
          return { type: "rect", shape: { x: x + 0.5, y, width: Math.max(0.5, right - x - 1), height: bottom - y }, style: { fill: ink.accent, opacity: 0.55 } };
        },
        tooltip: {
          formatter: ({ value }) => {
            const [from, to, before, after] = bars[value[2]];
            return `${shown(from, "figures")} to ${shown(to, "figures")}<br>posterior <b>${shown(after * (to - from), "share")}</b><br>prior ${shown(before * (to - from), "share")}`;
          },
        },
      },
      drawn((_, api) => ({
        type: "polyline", shape: { points: bars.flatMap(([from, to, before]) => [api.coord([from, before]), api.coord([to, before])]) },
        style: { stroke: ink.quiet, lineWidth: 1.6, fill: "none" },
      })),
      drawn((_, api) => {
        const y = api.coord([range[0], 0])[1] + 10;
        const [x1, x2, cx] = [half[0], half[1], median].map((value) => api.coord([value, 0])[0]);
        return {
          type: "group",
          children: [
            { type: "line", shape: { x1, x2, y1: y, y2: y }, style: { stroke: ink.accent, lineWidth: 4, opacity: 0.6, lineCap: "round" } },
            { type: "circle", shape: { cx, cy: y, r: 4 }, style: { fill: ink.accent } },
          ],
        };
      }),
    ],
  };
}

KINDS.prior = { draw: prior, height: () => 170 };
