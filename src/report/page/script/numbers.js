// Numbers in readable form, by the form that the data name: whole, share, ratio, decimal, odds or figures.
const minus = (text) => text.replace("-", "−");
const fixed = (value, decimals) => minus(value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));

function shown(value, form) {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value !== "number") return String(value);
  if (form === "share") return fixed(100 * value, 1) + " %";
  if (form === "ratio") return fixed(value, 2);
  if (form === "odds") return fixed(value, 3);
  if (form === "figures") {
    // Three figures, or all before the point.
    const size = Math.abs(value);
    return fixed(value, size === 0 ? 0 : Math.min(9, Math.max(0, 2 - Math.floor(Math.log10(size) + 2e-4))));
  }
  if (form === "decimal") return fixed(value, Math.abs(value) < 999.95 ? 1 : 0);
  return fixed(value, 0);
}

// The ends of an interval in brackets, to follow its number; nothing where there is none.
const bracketed = ([, low, high], form) => (low === null ? "" : ` (${shown(low, form)} to ${shown(high, form)})`);

// A difference, always with its sign; shares in percentage points.
function changed(value, form) {
  if (value === null || value === undefined) return "–";
  const text = form === "share" ? `${fixed(100 * value, 1)} points` : shown(value, form);
  if (!/[1-9]/.test(text)) return text.replace("−", "");
  return value > 0 ? `+${text}` : text;
}

// A range in round steps that holds the given one: its ends, and the distance between ticks.
function steps(low, high, count) {
  const rough = (high - low || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((one) => one >= rough * 0.999);
  return { min: Math.floor(low / step + 1e-9) * step, max: Math.ceil(high / step - 1e-9) * step, interval: step };
}

// Short numbers for axes: 250k, 1.2m. All ticks of an axis are written the same way.
function tick(value, form) {
  if (form === "share") return minus(String(+(100 * value).toPrecision(6))) + " %";
  const size = Math.abs(value);
  if (size >= 1e6) return minus(String(+(value / 1e6).toPrecision(6))) + "m";
  if (size >= 1e4) return minus(String(+(value / 1e3).toPrecision(6))) + "k";
  if (size >= 1e3) return fixed(value, 0);
  return minus(String(+value.toPrecision(6)));
}

// Text that is safe in markup.
const safe = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
