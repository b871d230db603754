// Colours and fonts of the page as its style has them now, in light or dark.
function palette() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  const series = (letter, count) => Array.from({ length: count }, (_, at) => of(letter + at));
  return {
    paper: of("paper"), card: of("card"), ink: of("ink"), quiet: of("quiet"), rule: of("rule"), grid: of("grid"),
    land: of("land"), border: of("border"), more: of("more"), fewer: of("fewer"),
    accent: of("accent"), alert: of("alert"),
    scenarios: series("s", 10), fates: series("f", 12), font: of("sans").replace(/"/g, "'"), // ECharts writes it into an attribute as it is.
  };
}

// Black or white, whichever is easier to read on a colour.
function on(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.3 ? "#1c2126" : "#ffffff";
}

// What all charts have in common.
const common = (ink) => ({
  animation: false,
  textStyle: { fontFamily: ink.font, color: ink.ink },
});
const bubble = (ink) => ({
  confine: true, backgroundColor: ink.card, borderColor: ink.rule, borderWidth: 1, padding: [6, 9],
  textStyle: { color: ink.ink, fontSize: 12, fontFamily: ink.font }, extraCssText: "box-shadow:0 1px 6px #0003",
});
const text = (ink, size = 11) => ({ color: ink.quiet, fontSize: size, fontFamily: ink.font });
const valueAxis = (ink, form, more = {}) => ({
  type: "value", axisLine: { show: false }, axisTick: { show: false },
  splitLine: { lineStyle: { color: ink.grid } },
  axisLabel: { ...text(ink), hideOverlap: true, formatter: (value) => tick(value, form) },
  ...more,
});
// Names above the bars that they belong to, so that they need no room beside them.
const namesAbove = (ink, names, up) => ({
  type: "category", data: names, inverse: true, z: 5,
  axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false },
  axisLabel: {
    inside: true, margin: 0, align: "left", verticalAlign: "bottom", padding: [0, 0, up, 0],
    color: ink.ink, fontSize: 12, fontFamily: ink.font, interval: 0,
  },
});
