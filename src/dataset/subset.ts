/** Some tables of a dataset: those that are named, or all but some groups. */
import { didYouMean } from "../closest.ts";
import { ReddError } from "../errors.ts";
import type { Group } from "../tables/description.ts";
import type { TableData } from "./table_data.ts";
import { someOf } from "../names.ts";

/** Groups of tables that a load can leave out. */
export const GROUPS = [
  "history",
  "operational",
  "auth",
  "django",
] as const satisfies readonly Group[];

/** Which tables are loaded; all of them where nothing is said. */
export interface Subset {
  /** Only these, by name. */
  readonly tables?: readonly string[];
  /** None of the tables of these groups. */
  readonly without?: readonly Group[];
}

/**
 * The chosen tables of a dataset, in its order.
 *
 * @throws {ReddError} input, for a table that the dataset does not have, and for one that refers to
 *   a table that is left out: its foreign keys would point nowhere.
 */
export function chosenTableData(
  tableData: readonly TableData[],
  subset: Subset,
): readonly TableData[] {
  const stranger = subset.tables?.find((name) =>
    !tableData.some(({ table }) => table.name === name)
  );
  if (stranger !== undefined) {
    throw new ReddError("input", "TABLE_UNKNOWN", {
      cannot: "load a part of the dataset",
      because: `it has no table ${stranger}`,
      remedy: didYouMean(stranger, tableData.map(({ table }) => table.name)) +
        "Name tables as its files in data/ are called",
    });
  }
  const chosen = pick(tableData, subset);
  const missing = missingFrom(chosen, tableData);
  if (missing.size === 0) return chosen;
  const because = [...missing].map(([name, from]) =>
    `${someOf(from)} ${from.length === 1 ? "refers" : "refer"} to ${name}`
  );
  throw new ReddError("input", "SUBSET_OPEN", {
    cannot: "load a part of the dataset",
    because: `some of its rows point out of it: ${because.join("; ")}`,
    remedy: `Take ${whatCloses(tableData, subset)} too, or leave out what refers to ${
      missing.size === 1 ? "it" : "them"
    }`,
  });
}

function pick(
  tableData: readonly TableData[],
  { tables, without = [] }: Subset,
): readonly TableData[] {
  return tableData.filter(({ table }) =>
    (tables === undefined || tables.includes(table.name)) && !without.includes(table.group)
  );
}

/**
 * What a choice must have besides, so that nothing points out of it: all that its tables refer to,
 * and what these refer to. Tables that belong to a group that is left out come with the group.
 */
function whatCloses(tableData: readonly TableData[], { tables, without = [] }: Subset): string {
  const added = new Set<string>();
  const groups = new Set<Group>();
  for (;;) {
    const chosen = pick(tableData, {
      ...(tables === undefined ? {} : { tables: [...tables, ...added] }),
      without: without.filter((group) => !groups.has(group)),
    });
    const missing = missingFrom(chosen, tableData);
    if (missing.size === 0) break;
    for (const { table } of tableData.filter(({ table }) => missing.has(table.name))) {
      if (without.includes(table.group)) groups.add(table.group);
      if (tables !== undefined && !tables.includes(table.name)) added.add(table.name);
    }
  }
  const names = tableData.map(({ table }) => table.name).filter((name) => added.has(name));
  return [
    ...(names.length === 0 ? [] : [listed("table", names)]),
    ...(groups.size === 0 ? [] : [listed("group", [...groups])]),
  ].join(" and ");
}

/** Names as `--tables` and `--without` take them. */
function listed(thing: string, names: readonly string[]): string {
  return `the ${thing}${names.length === 1 ? "" : "s"} ${names.join(",")}`;
}

/** Tables of the dataset outside of the choice that chosen ones refer to, and which do. */
function missingFrom(
  chosen: readonly TableData[],
  all: readonly TableData[],
): ReadonlyMap<string, readonly string[]> {
  const filled = new Set(all.filter(({ entry }) => entry.rows > 0).map(({ table }) => table.name));
  for (const { table } of chosen) filled.delete(table.name);
  const missing = new Map<string, string[]>();
  for (const { table, entry } of chosen) {
    if (entry.rows === 0) continue;
    for (const { references } of table.columns) {
      if (references === undefined || !filled.has(references.table)) continue;
      const from = missing.get(references.table) ?? [];
      if (!from.includes(table.name)) missing.set(references.table, [...from, table.name]);
    }
  }
  return missing;
}
