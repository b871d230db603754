// The mean of an outcome along a range, with its band, for each scenario.
function response(figure, ink, width) {
  const { lines, range, ends, form } = figure;
  const colour = (line) => ink.scenarios[line.s % 10];
  // Neighbours with intervals have a band; it is open where a mean has none.
  const stretches = (marks) => marks.reduce((all, mark) => {
    if (mark[1][1] === null) all.push([]);
    else all[all.length - 1].push(mark);
    return all;
  }, [[]]).filter((stretch) => stretch.length > 0);
  const bands = lines.flatMap((line) => stretches(line.marks).map((marks) => ({
    type: "custom", silent: true, clip: true, z: 1, data: [0], tooltip: { show: false },
    renderItem: (_, api) => ({
      type: "polygon",
      shape: {
        points: [
          ...marks.map(([x, mark]) => api.coord([x, mark[2]])),
          ...marks.map(([x, mark]) => api.coord([x, mark[1]])).reverse(),
        ],
      },
      style: { fill: colour(line), opacity: 0.16 },
    }),
  })));
  const means = lines.map((line) => ({
    type: "line", name: DATA.scenarios[line.s].title, z: 4, symbol: "circle", symbolSize: 5,
    lineStyle: { color: colour(line), width: 1.8 }, itemStyle: { color: colour(line) },
    data: line.marks.map(([x, mark]) => ({ value: [x, mark[0]], mark })),
  }));
  return {
    ...common(ink),
    grid: { left: 4, right: 12, top: 10, bottom: 2, containLabel: true },
    tooltip: {
      ...bubble(ink), trigger: "item",
      formatter: ({ seriesName, data: { mark } }) => `<b>${safe(seriesName)}</b><br>${shown(mark[0], form)}${bracketed(mark, form)}`,
    },
    xAxis: {
      type: "value", min: range[0], max: range[1], axisLine: { lineStyle: { color: ink.quiet }, onZero: false }, splitLine: { show: false },
      axisTick: { show: true, lineStyle: { color: ink.quiet }, customValues: range },
      axisLabel: {
        ...text(ink), customValues: range, alignMinLabel: "left", alignMaxLabel: "right",
        formatter: (value) => (value === range[0] ? ends[0] : value === range[1] ? ends[1] : ""),
      },
    },
    yAxis: valueAxis(ink, form, steps(figure.from, figure.to, width > 620 ? 5 : 4)),
    series: [...bands, ...means],
  };
}

KINDS.response = { draw: response, height: () => 210 };
