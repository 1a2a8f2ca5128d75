/** Which of AquaMind's schemas a target has. */
import type { Catalog } from "./catalog.ts";
import type { ByTable, Schema } from "./schema_mapping.ts";
import { mapping2026 } from "./schema_2026_03.ts";

/** How many of these columns the target has. */
function columnsFound(catalog: Catalog, names: ByTable<readonly string[]>): number {
  return Object.entries(names).reduce((sum, [table, columns]) => {
    const found = catalog.get(table) ?? [];
    return sum + found.filter(({ name }) => columns.includes(name)).length;
  }, 0);
}

/** How many of these tables the target has. */
function tablesFound(catalog: Catalog, names: readonly string[]): number {
  return names.filter((name) => catalog.has(name)).length;
}

/**
 * The schema of which the target has more that the other lacks, so that a target that lost some of
 * it is still judged as what it was; `undefined` where it has nothing of either.
 */
export function recognize(catalog: Catalog): Schema | undefined {
  const { without, missing, described, tables } = mapping2026;
  const older = columnsFound(catalog, without) + tablesFound(catalog, missing);
  const newer = tablesFound(catalog, tables.map(({ name }) => name)) + columnsFound(
    catalog,
    Object.fromEntries(
      Object.entries(described).map(([table, columns]) => [table, columns.map(({ name }) => name)]),
    ),
  );
  if (older === 0 && newer === 0) return undefined;
  return newer > older ? "2026-03" : "2025-11";
}
