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
  "hours",
  "minutes",
  "lux",
  "m/s",
  "m",
  "s",
  "ppt",
  "pH",
  "degrees",
  "per 1,000 degree-days",
];

const IN_MEANING = new RegExp(`, (${UNITS.join("|")})(?=$|[ ,;])`);

/** Units of columns whose meaning begins so: what is counted in them, or set against what. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:Fish|Dead fish|Deaths|Offspring)\b/, "fish"],
  [/^Eggs\b(?! or)/, "eggs"],
  [/^(?:Lice|Adult females|Adult males|Juveniles)\b/, "lice"],
  [/^Days\b/, "days"],
  [/^Feed per gain\b/, "kg/kg"],
];

/**
 * The unit of a column's values, which its meaning tells; undefined of what has none: scores, places
 * in an order, ratios, amounts of money (whose currency the meaning names), texts.
 */
export function unitOf({ type, meaning }: Pick<Column, "type" | "meaning">): string | undefined {
  if (!/^(smallint|integer|bigint|numeric|double)/.test(type)) return undefined;
  return IN_MEANING.exec(meaning)?.[1] ?? BEGINNINGS.find(([begin]) => begin.test(meaning))?.[1];
}
