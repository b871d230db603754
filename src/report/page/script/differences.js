// The table of every difference: rows by subject, with the exact number beside each rounded one.
const headings = (ends) => [["Outcome", 1], ["Base", 1], [ends, 2], ["Scenario", 1], [ends, 2], ["Difference", 1], [ends, 2],
  ["Verdict", 1], ["Draws", 1], ["Lower", 1], ["Higher", 1], ["By parameters", 1], ["By chance", 1], ["Unpaired runs", 1]];

// In the table, percentage points are abbreviated instead of being spelled out in each cell.
const changedShort = (value, form) => changed(value, form).replace(" points", " pp");

function fillDifferences(place) {
  if (place.firstChild) return;
  const { keys, subjects, rows } = DATA.differences;
  const part = Number(place.dataset.part);
  const scenario = Number(place.dataset.scenario);
  const own = rows[scenario - 1].map((row, at) => ({ row, at, key: keys[row[0]] })).filter(({ key }) => key.part === part);
  own.sort((a, b) => a.key.subject - b.key.subject || a.key.place - b.key.place || a.at - b.at);
  const table = element("table", null, { class: "differences" });
  table.append(element("caption", place.getAttribute("aria-label"), { class: "unseen" }));
  const head = element("tr", null);
  for (const [heading, columns] of headings(DATA.differences.ends)) head.append(element("th", heading, { scope: columns > 1 ? "colgroup" : "col", colspan: columns }));
  const top = element("thead", null);
  top.append(head);
  table.append(top);
  let subject = null;
  let body;
  for (const { row, key } of own) {
    if (key.subject !== subject) {
      subject = key.subject;
      body = element("tbody", null);
      const line = element("tr", null, { class: "subject" });
      line.append(element("th", subjects[subject], { scope: "rowgroup", colspan: 17 }));
      body.append(line);
      table.append(body);
    }
    body.append(differenceRow(row, key, DATA.scenarios[scenario].name));
  }
  place.append(table);
}

function differenceRow([, base, ...rest], key, scenario) {
  const line = element("tr", null, {
    "data-scenario": scenario, "data-outcome": key.outcome, "data-group": key.group, "data-country": key.country,
  });
  const name = element("th", key.words, { scope: "row" });
  if (key.unit !== "share" && key.unit !== "ratio") name.append(element("span", ` ${key.unit}`, { class: "unit" }));
  line.append(name);
  const verdict = rest.pop();
  const numbers = [...(base || key.base), ...rest];
  numbers.forEach((value, at) => {
    if (at === 9) line.append(element("td", verdict ?? "–", { class: "words" }));
    const written = at < 6 || at === 12 || at === 13 ? shown : at < 9 ? changedShort : (count) => shown(count, "whole");
    const role = at < 9 ? (at % 3 ? "end" : "mean") : "count";
    line.append(element("td", written(value, key.form), { class: role, "data-value": value ?? "" }));
  });
  return line;
}

FIRST.push(() => document.querySelectorAll('.differences-of[data-part="0"]').forEach(fillDifferences));
document.addEventListener("toggle", ({ target }) => {
  if (target.open && DATA) target.querySelectorAll(":scope > .differences-of").forEach(fillDifferences);
}, true);
