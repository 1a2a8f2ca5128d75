/** Numbers and days as people read them; the page speaks English wherever it is opened. */

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

/** `1,234,567`. */
export function wholeText(n: number): string {
  return WHOLE.format(n);
}

/** `1.23M`, where there is little room. */
export function shortText(n: number): string {
  return SHORT.format(n);
}

const TICK = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 4 });

/** A number at an axis: `0`, `500`, `1.5k`, `2M`. */
export function tickText(n: number): string {
  return TICK.format(n).replace("K", "k");
}

/** With so many decimals, `1,234.50`. */
export function decimalText(n: number, digits: number): string {
  return n.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Kilograms as `820 kg` or `1,234 t`. */
export function weightText(kg: number): string {
  if (kg < 10_000) return `${wholeText(kg)} kg`;
  return `${wholeText(kg / 1000)} t`;
}

const MONTH = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

/** `2024-08` as `August 2024`. */
export function monthText(month: string): string {
  return MONTH.format(new Date(`${month}-01T00:00:00Z`));
}

/** Bytes as `12.9 MB`. */
export function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) {
    bytes /= 1000;
    unit++;
  }
  return `${unit === 0 ? bytes : decimalText(bytes, 1)} ${units[unit]}`;
}

/** `1 batch`, `20 batches`. */
export function countText(n: number, one: string, many = `${one}s`): string {
  return `${wholeText(n)} ${n === 1 ? one : many}`;
}

/** A name where there is little room; one that is put apart stays so. */
export function shortName(name: string, most = 24): string {
  const letters = [...name];
  const end = letters.at(-1) === "\u2069" ? "\u2069" : "";
  return letters.length <= most ? name : `${letters.slice(0, most - 1).join("")}…${end}`;
}
