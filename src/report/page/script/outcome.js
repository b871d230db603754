// The charts of the chosen outcome replace those that were shown before.
function choose(at) {
  const { told, lacking, figures } = DATA.outcomes[at];
  const list = document.getElementById("told");
  list.replaceChildren(...told.map((one) => {
    const line = element("li", null);
    if (DATA.scenarios.length > 1) line.append(element("span", "", { class: `swatch s${one.s % 10}`, "aria-hidden": "true" }));
    line.append(element("span", one.told));
    return line;
  }));
  document.getElementById("lacking").replaceChildren(...lacking.map((one) => element("p", one, { class: "warning" })));
  figures.forEach((figure, number) => {
    DATA.figures[number] = figure;
    const place = document.getElementById(`figure-${number}`);
    place.querySelector("figcaption h3, figcaption h4").textContent = figure.statement;
    place.querySelector("figcaption .note").textContent = figure.note;
    const chart = place.querySelector(".chart");
    chart.setAttribute("aria-label", `${figure.statement}. ${figure.note}. The table below the chart has its numbers.`);
    place.querySelector("summary .unseen").textContent = `: ${figure.statement}`;
    place.querySelectorAll(".save").forEach((button) => button.setAttribute("aria-label", `Save as ${button.textContent}: ${figure.statement}`));
    const details = place.querySelector("details.table");
    const table = details.querySelector(".scroll");
    table.replaceChildren();
    table.setAttribute("aria-label", `Table: ${figure.statement}`);
    if (details.open) fillTable(details);
    draw(chart);
  });
}

FIRST.push(() => {
  const choice = document.getElementById("outcome");
  if (!choice) return;
  // A browser that goes back keeps the choice, but the charts begin with the first outcome.
  choice.value = "0";
  choice.addEventListener("change", () => choose(Number(choice.value)));
});
