// Who would leave: departures and persons held, then departures by country.
// Names of the causes of being held, for where there is little room.
const SHORT = { "Barred by a rule": "Barred", "Deterred by a cost": "Deterred" };

function sankey(figure, ink, width) {
  const colours = { "Barred by a rule": ink.fates[5], "Deterred by a cost": ink.fates[6], "Short of means": ink.fates[7] };
  const own = ink.scenarios[figure.scenario % 10];
  const inflow = {};
  for (const link of figure.links) inflow[link.target] = link.value;
  const total = figure.links.filter((link) => link.source === "Would leave").reduce((sum, link) => sum + link.value, 0);
  const narrow = width < 620;
  const names = [...new Set(figure.links.flatMap((link) => [link.source, link.target]))];
  return {
    ...common(ink),
    tooltip: {
      ...bubble(ink), trigger: "item",
      formatter: ({ dataType, data, name, value }) => (dataType === "edge"
        ? `${safe(data.source)} → ${safe(data.target)}: <b>${shown(data.value, "whole")}</b>` : `<b>${safe(name)}</b>: ${shown(value, "whole")}`),
    },
    series: [{
      type: "sankey", left: 2, right: narrow ? 158 : 196, top: 8, bottom: 12, nodeWidth: 9, nodeGap: narrow ? 11 : 13, nodeAlign: "left",
      draggable: false, layoutIterations: 0, emphasis: { disabled: true },
      data: names.map((name) => ({
        name, itemStyle: { color: colours[name] ?? (name === "Would leave" ? ink.quiet : own), borderWidth: 0 },
      })),
      links: figure.links.map((link) => ({ ...link, lineStyle: { color: colours[link.target] ?? own, opacity: 0.28 } })),
      lineStyle: { curveness: 0.5 },
      label: {
        color: ink.ink, fontSize: narrow ? 11 : 12, fontFamily: ink.font, textBorderColor: ink.paper, textBorderWidth: 3,
        formatter: ({ name }) => `${(narrow && SHORT[name]) || name}  ${tick3(inflow[name] ?? total)}`,
      },
    }],
  };
}

// Numbers with three figures: 4.63m, 878k, 5,180.
function tick3(value) {
  if (value >= 999500) return `${+(value / 1e6).toPrecision(3)}m`;
  return value >= 9999.5 ? `${+(value / 1e3).toPrecision(3)}k` : shown(value, "whole");
}

KINDS.sankey = { draw: sankey, height: (_, width) => (width > 620 ? 430 : 400) };
