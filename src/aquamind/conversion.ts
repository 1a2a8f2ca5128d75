/**
 * What the columns of a dataset become in a target that is not quite like it: other ids of users and
 * content types, and the columns of another schema (rulings.md#36). Rows that nothing becomes of go
 * straight in.
 */
import type { Table } from "../tables/description.ts";
import type { SchemaMapping } from "./schema_mapping.ts";
import { quoteIdent } from "../postgres/identifier.ts";
import { type IdMap, idsOf, numberedBack, renumbered } from "./id_map.ts";

/** A column of the target and its value, SQL over the staged row `s`. */
export interface ConvertedColumn {
  readonly name: string;
  readonly value: string;
}

/** How rows are converted. */
export interface Conversion {
  readonly idMap: IdMap;
  readonly mapping: SchemaMapping;
}

/** The columns of the target, and what each is filled with. */
export function convertedColumns(
  table: Table,
  { idMap, mapping }: Conversion,
): readonly ConvertedColumn[] {
  const without = mapping.without[table.name] ?? [];
  const adapted = mapping.columns[table.name] ?? {};
  const kept = table.columns.filter(({ name }) => !without.includes(name) && !(name in adapted));
  return [
    ...kept.map((column) => {
      const staged = `s.${quoteIdent(column.name)}`;
      const ids = idMap.get(idsOf(table, column) ?? "");
      return { name: column.name, value: ids === undefined ? staged : renumbered(staged, ids) };
    }),
    ...Object.entries(adapted).map(([name, value]) => ({ name, value })),
  ];
}

/** Must rows of the table be converted, or do they go in as they are? */
export function isConverted(table: Table, { idMap, mapping }: Conversion): boolean {
  return table.name in mapping.columns || table.name in mapping.without ||
    table.columns.some((column) => idMap.has(idsOf(table, column) ?? ""));
}

/**
 * The reverse of `convertedColumns`: the dataset's columns in their order, each as SQL over the
 * target's row `t`.
 */
export function datasetColumns(
  table: Table,
  { idMap, mapping }: Conversion,
): readonly ConvertedColumn[] {
  const back = mapping.back[table.name] ?? {};
  return table.columns.map((column) => {
    const { name } = column;
    const there = `t.${quoteIdent(name)}`;
    const ids = idMap.get(idsOf(table, column) ?? "");
    return { name, value: back[name] ?? (ids === undefined ? there : numberedBack(there, ids)) };
  });
}
