// What can be saved of a chart: its numbers, and the drawing with its sentence.
function csvOf(figure) {
  const { columns, rows } = tableOf(figure);
  // A text that a spreadsheet would run as a formula is given a mark in front.
  const cell = (value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\n\r]/.test(plain) ? `"${plain.replace(/"/g, '""')}"` : plain;
  };
  return [columns.map((column) => column.label), ...rows].map((row) => row.map(cell).join(",") + "\n").join("");
}

// Breaks words into lines of about `length` characters.
function wrapped(words, length) {
  const lines = [""];
  for (const word of words.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last && (last + " " + word).length > length) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

function svgOf(number) {
  const figure = DATA.figures[number];
  const chart = CHARTS[number];
  const ink = palette();
  const [width, height] = [chart.getWidth(), chart.getHeight()];
  const lines = wrapped(figure.statement, Math.max(24, width / 8.2));
  const notes = wrapped(figure.note || " ", Math.max(28, width / 6.4));
  const top = 14 + 20 * lines.length + 16 * notes.length + 8;
  const inner = chart.renderToSVGString().replace(/^<\?xml[^>]*>\s*/, "").replace("<svg ", `<svg x="16" y="${top}" `);
  const row = (line, y, style) => `<text x="16" y="${y}" ${style} font-family="${safe(ink.font)}">${safe(line)}</text>`;
  const text = lines.map((line, at) => row(line, 26 + 20 * at, `font-size="15" font-weight="600" fill="${ink.ink}"`))
    .concat(notes.map((line, at) => row(line, 26 + 20 * lines.length + 16 * at, `font-size="12" fill="${ink.quiet}"`)));
  const [w, h] = [width + 32, top + height + 16];
  return {
    w, h,
    text: `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}"><rect width="100%" height="100%" fill="${ink.paper}"/>${text.join("")}${inner}</svg>`,
  };
}

function keep(blob, name) {
  const link = element("a", null, { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
}

function save(kind, number) {
  const name = DATA.figures[number].statement.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "chart";
  if (kind === "csv") return keep(new Blob([csvOf(DATA.figures[number])], { type: "text/csv" }), `${name}.csv`);
  const svg = svgOf(number);
  const blob = new Blob([svg.text], { type: "image/svg+xml" });
  if (kind === "svg") return keep(blob, `${name}.svg`);
  const image = new Image();
  image.onload = () => {
    const canvas = element("canvas", null, { width: 2 * svg.w, height: 2 * svg.h });
    canvas.getContext("2d").drawImage(image, 0, 0, 2 * svg.w, 2 * svg.h);
    canvas.toBlob((png) => keep(png, `${name}.png`), "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.text)}`;
  return undefined;
}
