// Unpacks the data of the page, draws every chart, and draws charts again when their size or colours change.
let DATA;
const CHARTS = [];
let printing = false;

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}
const packed = (id) => unpack(document.getElementById(id).textContent);

function draw(node, width = node.clientWidth) {
  const number = node.dataset.figure;
  const figure = DATA.figures[number];
  const kind = KINDS[figure.kind];
  const height = kind.height(figure, width);
  node.style.height = `${height}px`;
  CHARTS[number] ??= echarts.init(node, null, { renderer: "svg", width, height });
  const chart = CHARTS[number];
  chart.resize({ width, height });
  chart.setOption(kind.draw(figure, palette(), width, height), { notMerge: true });
  const beyond = node.parentElement.querySelector(".beyond");
  if (beyond) beyond.textContent = figure.beyond?.length ? `Beyond the frame: ${figure.beyond.join(", ")}` : "";
  // For print, the drawing is scaled with its container.
  const svg = node.querySelector("svg");
  svg?.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg?.setAttribute("aria-hidden", "true");
  node.dataset.drawn = String(width);
}

const nodes = () => [...document.querySelectorAll(".chart")];

const dark = matchMedia("(prefers-color-scheme: dark)");
function setTheme(name, redraw = true) {
  document.documentElement.dataset.theme = name;
  const button = document.getElementById("theme");
  button.textContent = name === "dark" ? "Light" : "Dark";
  button.setAttribute("aria-label", name === "dark" ? "Show in light colours" : "Show in dark colours");
  button.removeAttribute("aria-pressed");
  if (redraw && DATA) nodes().forEach((node) => draw(node));
}
// Set before anything is drawn, so that nothing flashes.
setTheme(dark.matches ? "dark" : "light", false);
dark.addEventListener("change", () => setTheme(dark.matches ? "dark" : "light"));
document.getElementById("theme").addEventListener("click", () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));

// On paper, charts are light and as wide as the columns of a sheet.
let shownBefore = null;
addEventListener("beforeprint", () => {
  if (!DATA || printing) return;
  printing = true;
  shownBefore = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  document.querySelectorAll(".rules-fold:not([open])").forEach((one) => { one.open = true; one.dataset.folded = ""; });
  const widths = { wide: 690, half: 338, panel: 222 };
  nodes().forEach((node) => draw(node, widths[[...node.closest(".figure").classList].find((name) => widths[name])]));
});
addEventListener("afterprint", () => {
  printing = false;
  document.querySelectorAll("[data-folded]").forEach((one) => { one.open = false; delete one.dataset.folded; });
  setTheme(shownBefore);
});

document.addEventListener("toggle", ({ target }) => {
  if (!target.open) return;
  if (target.matches("details.table") && DATA) fillTable(target);
}, true);
document.addEventListener("click", ({ target }) => {
  if (target.matches(".save") && CHARTS[target.dataset.figure]) save(target.dataset.save, Number(target.dataset.figure));
});

const pause = () => new Promise((done) => { setTimeout(done, 0); });
async function start() {
  const library = document.createElement("script");
  library.textContent = await packed("echarts");
  document.head.append(library);
  DATA = JSON.parse(await packed("data"));
  for (const step of FIRST) await step();
  for (const node of nodes()) {
    draw(node);
    await pause();
  }
  const resized = new ResizeObserver((entries) => {
    if (printing) return;
    for (const { target } of entries) {
      if (target.clientWidth && String(target.clientWidth) !== target.dataset.drawn) draw(target);
    }
  });
  nodes().forEach((node) => resized.observe(node));
  document.body.dataset.ready = "true";
}
start().catch((error) => {
  const place = document.getElementById("failed");
  place.hidden = false;
  place.textContent = typeof DecompressionStream === "undefined"
    ? "This browser is too old to unpack the charts: use one from 2023 or later. All numbers are in the CSV files beside this page."
    : "The charts could not be drawn. All numbers are in the CSV files beside this page.";
  console.error(error);
});
