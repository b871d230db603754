// Ways to draw a figure, by the name that the data give: what ECharts is told, and how high that is. Each script adds its own.
const KINDS = {};
// What a script does once the data are there and before anything is drawn.
const FIRST = [];
