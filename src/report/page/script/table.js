// The table behind a chart: what is drawn, as columns and rows.
function tableOf(figure) {
  if (figure.table) return figure.table;
  // A series through time: a row for each date, three columns for each scenario.
  const columns = [{ label: "Date", form: "text" }];
  const dates = [...new Set(figure.lines.flatMap((line) => datesOf(line)))].sort();
  const rows = dates.map((date) => [date]);
  for (const line of figure.lines) {
    const title = DATA.scenarios[line.s].title;
    for (const [name, part] of [["mean", "mean"], ["low", "low"], ["high", "high"]]) {
      columns.push({ label: `${title}, ${name}`, form: figure.form });
      const at = new Map(datesOf(line).map((date, index) => [date, line[part][index]]));
      rows.forEach((row) => row.push(at.get(row[0]) ?? null));
    }
  }
  return { columns, rows };
}

const element = (name, content, attributes = {}) => {
  const made = document.createElement(name);
  if (content !== null) made.textContent = content;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

function fillTable(details) {
  const place = details.querySelector(".scroll");
  if (place.firstChild) return;
  const figure = DATA.figures[details.dataset.figure];
  const { columns, rows, forms } = tableOf(figure);
  // Rows with different units each name their own form.
  const formOf = (at, number) => (columns[at].form === "by row" ? forms[number] : columns[at].form);
  const table = element("table", null);
  table.append(element("caption", figure.statement, { class: "unseen" }));
  const head = element("tr", null);
  columns.forEach((column) => head.append(element("th", column.label, column.form === "text" ? { scope: "col" } : { scope: "col", class: "number" })));
  const body = element("tbody", null);
  rows.forEach((row, number) => {
    const line = element("tr", null);
    row.forEach((value, at) => {
      if (at === 0) line.append(element("th", shown(value, "text"), { scope: "row" }));
      else if (typeof value === "number") line.append(element("td", shown(value, formOf(at, number)), { class: "number", "data-value": value }));
      else line.append(element("td", shown(value, formOf(at, number))));
    });
    body.append(line);
  });
  const top = element("thead", null);
  top.append(head);
  table.append(top, body);
  place.append(table);
}
