// A series through time: a line and a band for each scenario, dated events as rules, observations as points.
const day = (date) => Date.parse(date + "T00:00:00Z");
const datesOf = (line) => line.dates ?? DATA.dates;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function monthTick(value, first) {
  const date = new Date(value);
  const month = MONTHS[date.getUTCMonth()];
  if (date.getUTCMonth() === 0) return `${date.getUTCFullYear()}`;
  return first ? `${month} ${date.getUTCFullYear()}` : month;
}

// The first days of months, far enough apart for their names to have room.
function monthTicks(from, to, width) {
  const ticks = [];
  const start = new Date(from);
  const months = (to - from) / 2.63e9;
  const each = [1, 2, 3, 6, 12, 24].find((step) => months / step <= Math.max(2, width / 62)) ?? 60;
  for (let at = start.getUTCFullYear() * 12 + start.getUTCMonth(); ; at++) {
    const time = Date.UTC(Math.floor(at / 12), at % 12, 1);
    if (time > to) return ticks;
    if (time >= from && at % each === 0) ticks.push(time);
  }
}

function band(line, colour, strength) {
  const dates = datesOf(line).map(day);
  return {
    type: "custom", silent: true, clip: true, z: 1, data: [0], tooltip: { show: false },
    renderItem: (_, api) => ({
      type: "polygon",
      shape: {
        points: [
          ...dates.map((date, at) => api.coord([date, line.high[at]])),
          ...dates.map((date, at) => api.coord([date, line.low[at]])).reverse(),
        ],
      },
      style: { fill: colour, opacity: strength },
    }),
  };
}

function observedMarks(points, ink, form) {
  return {
    type: "custom", z: 6, clip: true,
    data: points.map((point) => ({
      value: [day(point.date), point.value ?? (point.band[0] + point.band[1]) / 2, ...(point.band ?? [point.value, point.value])],
      told: point,
    })),
    renderItem: (_, api) => {
      const [x, y] = api.coord([api.value(0), api.value(1)]);
      const low = api.coord([api.value(0), api.value(2)])[1];
      const high = api.coord([api.value(0), api.value(3)])[1];
      return {
        type: "group",
        children: [
          { type: "line", shape: { x1: x, x2: x, y1: low, y2: high }, style: { stroke: ink.ink, lineWidth: 1.5 } },
          { type: "circle", shape: { cx: x, cy: y, r: 3.2 }, style: { fill: ink.paper, stroke: ink.ink, lineWidth: 1.5 } },
        ],
      };
    },
    tooltip: {
      trigger: "item",
      formatter: ({ data: { told } }) => `<b>Observed, ${safe(told.date)}</b><br>${safe(told.label)}<br>${
        told.value === null ? "" : shown(told.value, form)} ${told.band ? `(${shown(told.band[0], form)} to ${shown(told.band[1], form)})` : ""}`,
    },
  };
}

// The numbers of rules that are too close together are combined: 4–6.
function ruleNumbers(rules, from, to, width) {
  const numbers = [];
  let begin = 0;
  const place = (at) => ((day(rules[at].date) - from) / (to - from)) * width;
  rules.forEach((_, at) => {
    const last = at === rules.length - 1 || place(at + 1) - place(at) > (at + 1 > 9 || begin < at ? 24 : 12);
    numbers.push("");
    if (!last) return;
    numbers[begin] = begin === at ? `${at + 1}` : `${begin + 1}–${at + 1}`;
    begin = at + 1;
  });
  return numbers;
}

function course(figure, ink, width) {
  const wide = width > 620;
  const { lines, rules, observed, form } = figure;
  const direct = wide && lines.length <= 4;
  const from = day(DATA.dates[0]);
  const to = day(DATA.dates[DATA.dates.length - 1]);
  const colour = (line) => ink.scenarios[line.s % 10];
  // Many overlapping bands tell nothing: if there are many lines, only the base has one.
  const banded = lines.length > 4 ? lines.filter((line) => line.s === 0) : lines;
  const series = banded.map((line) => band(line, colour(line), 0.16));
  lines.forEach((line) => series.push({
    type: "line", name: DATA.scenarios[line.s].title, z: line.s ? 3 : 4, showSymbol: false,
    lineStyle: { color: colour(line), width: wide ? 2.2 : 1.7 }, itemStyle: { color: colour(line) },
    data: datesOf(line).map((date, at) => [day(date), line.mean[at]]),
    endLabel: {
      show: direct, color: colour(line), fontSize: 12, fontFamily: ink.font, distance: 6, width: 158, lineHeight: 15, overflow: "break",
      formatter: () => DATA.scenarios[line.s].title,
    },
    labelLayout: { moveOverlap: "shiftY" },
  }));
  const room = width - (direct ? 215 : 50);
  const numbers = ruleNumbers(rules, from, to, room);
  // At the left edge a number begins at its rule, so that it does not run into the numbers of the axis.
  const atEdge = (rule) => ((day(rule.date) - from) / (to - from)) * room < 14;
  series.push({
    type: "line", data: [], tooltip: { show: false },
    markLine: {
      silent: true, symbol: "none", animation: false,
      label: { position: "end", color: ink.quiet, fontSize: 10, fontFamily: ink.font, distance: 3, formatter: ({ data }) => data.number },
      data: rules.map((rule, at) => ({
        xAxis: day(rule.date), number: numbers[at], label: { align: atEdge(rule) ? "left" : "center" },
        lineStyle: { color: ink.quiet, width: 0.8, opacity: 0.75, type: rule.own ? "solid" : [2, 3] },
      })),
    },
  });
  if (observed.length) series.push(observedMarks(observed, ink, form));
  const ticks = monthTicks(from, to, width);
  const highest = Math.max(...lines.flatMap((line) => line.high), ...observed.flatMap((point) => [point.value ?? 0, ...(point.band ?? [])]));
  const lowest = form === "whole" ? 0 : Math.min(1, ...lines.flatMap((line) => line.low));
  return {
    ...common(ink),
    grid: { left: 4, right: direct ? 168 : 10, top: rules.length ? 20 : 10, bottom: 2, containLabel: true },
    tooltip: {
      ...bubble(ink), trigger: "axis", axisPointer: { lineStyle: { color: ink.quiet, width: 1 } },
      formatter: (items) => {
        const at = items.filter((item) => item.seriesType === "line");
        if (!at.length) return "";
        const date = new Date(at[0].value[0]).toISOString().slice(0, 10);
        return `<b>${date}</b><br>` + at.map((item) => `${item.marker}${safe(item.seriesName)} <b>${shown(item.value[1], form)}</b>`).join("<br>");
      },
    },
    xAxis: {
      type: "time", min: from, max: to, axisLine: { lineStyle: { color: ink.quiet } }, axisTick: { show: true, lineStyle: { color: ink.quiet }, customValues: ticks },
      splitLine: { show: false }, axisLabel: { ...text(ink), hideOverlap: true, formatter: (value, at) => monthTick(value, at === 0), customValues: ticks },
    },
    yAxis: valueAxis(ink, form, steps(lowest, highest, wide ? 5 : 3)),
    series,
  };
}

KINDS.course = { draw: course, height: (_, width) => (width > 620 ? 360 : 190) };
