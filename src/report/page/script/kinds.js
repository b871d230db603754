// Ways to draw a figure, by the name in the data: what ECharts is told, and how high the chart is. Each script adds
// its own.
const KINDS = {};
// What scripts do once the data are there and before anything is drawn.
const FIRST = [];
