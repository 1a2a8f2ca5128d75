/** The check of all dates, whatever they are of: slips that other checks could only stumble over. */
import { tableNamed } from "../../tables/catalog.ts";
import type { VerifyCheck } from "../check.ts";
import { isDated, isPlausible, PLAUSIBLE } from "../plausible.ts";

/** The first implausible date of every row of a table; undefined where the table has no dates. */
function slipsIn(name: string): string | undefined {
  const { columns, primaryKey } = tableNamed(name);
  const dates = columns.filter(isDated).map(({ name, type }) => (
    { name, column: `"${name}"`, plausible: isPlausible(`"${name}"`, type) }
  ));
  if (dates.length === 0) return undefined;
  const slip = (told: (date: typeof dates[number]) => string) => {
    const cases = dates.map((date) => `WHEN NOT ${date.plausible} THEN ${told(date)}`);
    return `CASE ${cases.join(" ")} END`;
  };
  return `
      SELECT '${name}' AS table_name, CAST(${primaryKey.columns[0]} AS varchar) AS id,
        ${slip(({ name }) => `'${name}'`)} AS date_of,
        ${slip(({ column }) => `CAST(${column} AS varchar)`)} AS found
      FROM ${name} WHERE ${dates.map((date) => `NOT ${date.plausible}`).join(" OR ")}`;
}

/** All checks of this file. */
export const dateChecks: readonly VerifyCheck[] = [
  {
    id: "LAW-DATE",
    title: `every date lies between ${PLAUSIBLE.first} and ${PLAUSIBLE.last}`,
    source: "safety/input.md",
    wholeFarm: true,
    tables: [],
    sql: (tables) =>
      tables.map(slipsIn).filter((sql) => sql !== undefined).join("\n      UNION ALL"),
    expects: "no rows",
  },
];
