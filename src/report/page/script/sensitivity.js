// What a parameter does to a difference along its range, and the weights at which a ranking flips.
function tornado(figure, ink) {
  const { bars, mean, form } = figure;
  const short = (path) => path.split(".").slice(-2).join(".");
  const names = bars.length ? bars.map((bar) => short(bar.path)) : ["no varied parameter changes the sign"];
  const zero = {
    silent: true, symbol: "none", animation: false, label: { show: false },
    data: [
      { xAxis: 0, lineStyle: { color: ink.ink, width: 1.2, type: "solid" } },
      ...(mean === null ? [] : [{ xAxis: mean, lineStyle: { color: ink.quiet, width: 1, type: [2, 3] } }]),
    ],
  };
  const flips = (bar) => bar.verdict === "flips";
  const numbers = bars.flatMap((bar) => [...bar.at, ...bar.run]).concat([0, mean]).filter((value) => value !== null);
  return {
    ...common(ink),
    grid: { left: 6, right: 8, top: 14, bottom: 2, containLabel: true },
    tooltip: {
      ...bubble(ink), trigger: "item",
      formatter: ({ dataIndex }) => {
        const bar = bars[dataIndex];
        const ran = bar.run[0] === null ? "" : `<br>Runs: ${shown(bar.run[0], form)} and ${shown(bar.run[1], form)}`;
        return `<b>${safe(bar.path)}</b><br>${safe(bar.ends[0])}: ${shown(bar.at[0], form)}<br>${safe(bar.ends[1])}: ${shown(bar.at[1], form)}${ran}<br>${safe(bar.verdict)}`;
      },
    },
    xAxis: valueAxis(ink, form, { ...steps(Math.min(...numbers), Math.max(...numbers), 3), axisLabel: { ...text(ink), hideOverlap: true, alignMinLabel: "left", alignMaxLabel: "right", formatter: (value) => tick(value, form) } }),
    yAxis: { ...namesAbove(ink, names, 5), axisLabel: { ...namesAbove(ink, names, 5).axisLabel, color: ink.quiet, fontSize: 11, textBorderColor: ink.paper, textBorderWidth: 3 } },
    series: [
      { type: "line", data: [], markLine: zero },
      {
        type: "custom", z: 3, encode: { x: [1, 2], y: 0 },
        data: bars.map((bar, at) => [at, bar.at[0] ?? 0, bar.at[1] ?? 0]),
        renderItem: (params, api) => {
          const bar = bars[params.dataIndex];
          const colour = flips(bar) ? ink.alert : ink.quiet;
          const [low, high] = [1, 2].map((part) => api.coord([api.value(part), api.value(0)]));
          const y = low[1] + 5;
          const runs = bar.run.map((value) => (value === null ? null : api.coord([value, api.value(0)])[0]));
          return {
            type: "group",
            children: [
              { type: "line", shape: { x1: low[0], x2: high[0], y1: y, y2: y }, style: { stroke: colour, lineWidth: 5, opacity: 0.5, lineCap: "round" } },
              { type: "circle", shape: { cx: low[0], cy: y, r: 3.6 }, style: { fill: ink.paper, stroke: colour, lineWidth: 1.6 } },
              { type: "circle", shape: { cx: high[0], cy: y, r: 3.6 }, style: { fill: colour, stroke: colour, lineWidth: 1.6 } },
              ...runs.filter((x) => x !== null).map((x) => ({
                type: "polygon", shape: { points: [[x, y - 5], [x + 4, y], [x, y + 5], [x - 4, y]] }, style: { fill: ink.ink },
              })),
            ],
          };
        },
      },
    ],
  };
}

function weights(figure, ink, width) {
  const { marks } = figure;
  // Equal ratios are equally far apart; marks beyond the ends are drawn at the ends.
  const place = (weight) => Math.log10(Math.min(10, Math.max(0.1, weight)));
  return {
    ...common(ink),
    grid: { left: 2, right: 14, top: 16, bottom: 2, containLabel: true },
    tooltip: { ...bubble(ink), trigger: "item", formatter: ({ dataIndex }) => `<b>${safe(marks[dataIndex].name)}</b><br>${safe(marks[dataIndex].told)}` },
    xAxis: {
      type: "value", min: -1, max: 1, interval: 1, axisLine: { show: true, lineStyle: { color: ink.quiet } }, axisTick: { show: false },
      splitLine: { lineStyle: { color: ink.grid } },
      axisLabel: {
        ...text(ink), alignMinLabel: "left", alignMaxLabel: "right",
        formatter: (power) => ({ "-1": "counts a tenth", 0: "counts the same", 1: "counts ten times" })[power] ?? "",
      },
    },
    yAxis: namesAbove(ink, marks.map((mark) => mark.name), 6),
    series: [
      {
        type: "line", data: [],
        markLine: { silent: true, symbol: "none", animation: false, label: { show: false }, data: [{ xAxis: 0, lineStyle: { color: ink.ink, width: 1, type: "solid" } }] },
      },
      {
        type: "custom", z: 3, encode: { x: 1, y: 0 },
        data: marks.map((mark, at) => [at, place(mark.weight ?? 1)]),
        renderItem: (params, api) => {
          const mark = marks[params.dataIndex];
          const colour = ink.scenarios[(mark.s ?? 0) % 10];
          const [x, middle] = api.coord([api.value(1), api.value(0)]);
          const y = middle + 6;
          if (mark.weight === null) {
            const left = api.coord([-1, api.value(0)])[0];
            return { type: "text", style: { x: left + 2, y: y - 3, text: mark.told, fill: ink.quiet, font: `12px ${ink.font}`, width: width - 30, overflow: "break" } };
          }
          const ends = (mark.band ?? [mark.weight, mark.weight]).map((weight) => api.coord([place(weight), api.value(0)])[0]);
          return {
            type: "group",
            children: [
              { type: "line", shape: { x1: ends[0], x2: ends[1], y1: y, y2: y }, style: { stroke: colour, lineWidth: 5, opacity: 0.45, lineCap: "round" } },
              { type: "circle", shape: { cx: x, cy: y, r: 5 }, style: { fill: colour } },
              { type: "text", style: { x, y: y + 8, text: shown(mark.weight, "ratio"), align: "center", fill: ink.ink, font: `600 12px ${ink.font}` } },
            ],
          };
        },
      },
    ],
  };
}

KINDS.tornado = { draw: tornado, height: ({ bars }) => 44 + 32 * Math.max(1, bars.length) };
KINDS.weights = { draw: weights, height: ({ marks }) => 40 + 56 * marks.length };
