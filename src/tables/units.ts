/** Units of columns, as the Data Package has them. */
import type { Column } from "./description.ts";

/** Units as meanings write them, behind a comma. */
const UNITS = [
  "kg/kg",
  "kg",
  "g/cm³",
  "g",
  "cm",
  "mm",
  "m²",
  "m³",
  "mg/L",
  "°C",
  "%",
  "days",
  "minutes",
  "degrees",
  "per 1,000 degree-days",
];

const IN_MEANING = new RegExp(`, (${UNITS.join("|")})(?=$|[ ,;])`);

/**
 * The unit of a column's values, which its meaning tells; undefined of what has none: numbers of
 * fish, scores, ratios, amounts of money, texts.
 */
export function unitOf({ type, meaning }: Pick<Column, "type" | "meaning">): string | undefined {
  if (!/^(smallint|integer|bigint|numeric|double)/.test(type)) return undefined;
  return IN_MEANING.exec(meaning)?.[1] ?? (/^Feed per gain\b/.test(meaning) ? "kg/kg" : undefined);
}
