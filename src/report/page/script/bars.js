// Means with intervals by category, and shares of flows that add up to all.
function whisker(figure, ink, width) {
  const { categories, lines, form } = figure;
  const gap = Math.min(14, 46 / lines.length);
  const offset = (index) => (index - (lines.length - 1) / 2) * gap;
  const series = lines.map((line, index) => ({
    type: "custom", name: DATA.scenarios[line.s].title, z: 3,
    data: line.values.map((value, at) => (value ? [...value, at] : null)).filter(Boolean),
    encode: { x: [0, 1, 2], y: 3 },
    renderItem: (_, api) => {
      const colour = ink.scenarios[line.s % 10];
      const at = api.value(3);
      const [mean, low, high] = line.values[at];
      const place = (value) => api.coord([value, at])[0];
      const y = api.coord([mean, at])[1] + offset(index);
      const whisker = { type: "line", shape: { x1: place(low), x2: place(high), y1: y, y2: y }, style: { stroke: colour, lineWidth: 2.5, opacity: 0.55 } };
      return {
        type: "group",
        children: [
          ...(low === null ? [] : [whisker]),
          { type: "circle", shape: { cx: place(mean), cy: y, r: 4.2 }, style: { fill: colour } },
        ],
      };
    },
    tooltip: {
      formatter: ({ value, seriesName }) => `<b>${safe(seriesName)}</b><br>${safe(categories[value[3]])}: ${
        shown(value[0], form)}${bracketed(line.values[value[3]], form)}`,
    },
  }));
  return {
    ...common(ink),
    grid: { left: 4, right: 24, top: 4, bottom: 2, containLabel: true },
    tooltip: { ...bubble(ink), trigger: "item" },
    xAxis: valueAxis(ink, form, "from" in figure ? steps(figure.from, figure.to, 3) : { min: 0, splitNumber: width > 620 ? 6 : 3 }),
    yAxis: {
      type: "category", data: categories, inverse: true, axisLine: { show: false }, axisTick: { show: false },
      splitLine: { show: true, lineStyle: { color: ink.grid } },
      axisLabel: { color: ink.ink, fontSize: 12.5, fontFamily: ink.font, ...(figure.as_they_are ? { width: Math.min(110, 0.32 * width), overflow: "break", interval: 0 } : {}), formatter: (name) => (figure.as_they_are ? name : name[0].toUpperCase() + name.slice(1)) },
    },
    series,
  };
}

function stack(figure, ink, width) {
  const { bars, parts } = figure;
  const names = bars.map((bar) => `{name|${bar.name.replace(/[{}|]/g, " ")}}  {size|${shown(bar.persons, "whole")}}`);
  const category = namesAbove(ink, names, 12);
  category.axisLabel.rich = {
    name: { color: ink.ink, fontSize: 12, fontFamily: ink.font, fontWeight: 600 },
    size: { color: ink.quiet, fontSize: 12, fontFamily: ink.font },
  };
  const series = parts.map((part, index) => ({
    type: "bar", name: part, stack: "all", barWidth: 18, cursor: "default",
    itemStyle: { color: ink.fates[index], borderColor: ink.paper, borderWidth: 0.6 },
    emphasis: { disabled: true },
    label: {
      show: true, color: on(ink.fates[index]), fontSize: 11, fontFamily: ink.font,
      formatter: ({ value }) => (value * width > 38 ? `${Math.round(100 * value)} %` : ""),
    },
    data: bars.map((bar) => bar.shares[index]),
  })).filter((one) => one.data.some((share) => share > 0));
  return {
    ...common(ink),
    grid: { left: 0, right: 1, top: 14, bottom: 0, containLabel: false },
    tooltip: {
      ...bubble(ink), trigger: "item",
      formatter: ({ dataIndex, seriesName, value }) => `<b>${safe(bars[dataIndex].name)}</b><br>${safe(seriesName)}: ${shown(value, "share")}`,
    },
    xAxis: { type: "value", min: 0, max: 1, show: false },
    yAxis: category,
    series,
  };
}

KINDS.whisker = { draw: whisker, height: ({ categories, lines }) => 30 + categories.length * Math.max(44, 12 * lines.length + 16) };
KINDS.stack = { draw: stack, height: ({ bars }) => 14 + 46 * bars.length };
