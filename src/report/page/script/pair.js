// Two parameters over the kept sets: a dot for each, with an area according to its weight.
function pair(figure, ink) {
  const axis = ({ range, ends }, up) => ({
    type: "value", min: range[0], max: range[1], splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: ink.quiet }, onZero: false },
    axisTick: { show: true, lineStyle: { color: ink.quiet }, customValues: range },
    axisLabel: {
      ...text(ink), customValues: range, formatter: (value) => (value === range[0] ? ends[0] : value === range[1] ? ends[1] : ""),
      ...(up ? { rotate: 90, align: "center", alignMinLabel: "left", alignMaxLabel: "right" } : { alignMinLabel: "left", alignMaxLabel: "right" }),
    },
  });
  return {
    ...common(ink),
    grid: { left: 26, right: 12, top: 8, bottom: 24 },
    tooltip: {
      ...bubble(ink), trigger: "item",
      formatter: ({ value }) => `${safe(figure.across.path)} <b>${shown(value[0], "figures")}</b><br>${safe(figure.up.path)} <b>${shown(value[1], "figures")}</b>`,
    },
    xAxis: axis(figure.across, false),
    yAxis: axis(figure.up, true),
    series: [{
      type: "scatter", z: 3, clip: false, data: figure.points, symbolSize: ([, , weight]) => Math.max(2.5, 11 * Math.sqrt(weight)),
      itemStyle: { color: ink.accent, opacity: 0.55 },
    }],
  };
}

KINDS.pair = { draw: pair, height: (_, width) => Math.max(220, Math.min(300, width * 0.8)) };
