// A number, generation by generation.
function generations(figure, ink) {
  const { values, form } = figure;
  const scale = steps(0, Math.max(...values, 0) || 1, 4);
  return {
    ...common(ink),
    grid: { left: 4, right: 12, top: 10, bottom: 22, containLabel: true },
    tooltip: { ...bubble(ink), trigger: "axis", axisPointer: { lineStyle: { color: ink.rule } }, formatter: ([{ dataIndex }]) => `generation ${figure.generations[dataIndex]}<br><b>${shown(values[dataIndex], form)}</b>` },
    xAxis: {
      type: "category", data: figure.generations.map(String), boundaryGap: values.length === 1, axisLine: { lineStyle: { color: ink.quiet } }, axisTick: { show: false },
      axisLabel: { ...text(ink), hideOverlap: true }, name: "Generation", nameLocation: "middle", nameGap: 24, nameTextStyle: text(ink),
    },
    yAxis: valueAxis(ink, form, scale),
    series: [{ type: "line", data: values, symbol: "circle", symbolSize: 6, lineStyle: { color: ink.accent, width: 1.8 }, itemStyle: { color: ink.accent } }],
  };
}

KINDS.generations = { draw: generations, height: () => 190 };
