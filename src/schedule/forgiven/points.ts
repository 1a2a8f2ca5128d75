/** Whole numbers that a spreadsheet or a program has written with a point: `3500000.0`. */
import { atKey, noteAt, type Spot, treeOf } from "./values.ts";

/** What is counted or numbered, and so never has a fraction. */
const COUNTED = [
  ...["batch_indices", "batches_per_geography", "count", "eggs", "end_day", "rings_count"],
  ...["seed", "stagger_days", "start_day", "total_batches"],
];

/**
 * Says of whole numbers that are written with a point how they are read.
 *
 * @param written The same tree as `data`, with plain scalars as the text that stands in the file.
 */
export function sayPoints(data: unknown, written: unknown, place: Spot, key = ""): void {
  if (typeof data === "number") {
    const text = String(written);
    if (COUNTED.includes(key) && Number.isInteger(data) && text.includes(".")) {
      noteAt(place, "another form", `${text}, read as ${data}`);
    }
    return;
  }
  if (Array.isArray(data)) {
    const texts = Array.isArray(written) ? written : [];
    data.forEach((one, i) =>
      sayPoints(one, texts[i], { ...place, path: `${place.path}[${i}]` }, key)
    );
    return;
  }
  const texts = treeOf(written) ?? {};
  for (const [name, one] of Object.entries(treeOf(data) ?? {})) {
    sayPoints(one, texts[name], atKey(place, name), name);
  }
}
