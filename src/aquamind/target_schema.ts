/** Which mapping a target needs, and what a table is there. */
import type { Table } from "../tables/description.ts";
import type { Catalog } from "./catalog.ts";
import { recognize } from "./recognize.ts";
import { mapping2026 } from "./schema_2026_03.ts";
import type { Schema, SchemaMapping } from "./schema_mapping.ts";

/** For a target of the dataset's own schema: nothing to adapt. */
export const SAME_SCHEMA: SchemaMapping = {
  schema: "2025-11",
  columns: {},
  described: {},
  without: {},
  back: {},
  types: {},
  constraints: [],
  missing: [],
  sources: [],
  tables: [],
  additions: () => [],
  sweepings: () => [],
};

/** What a target of a schema needs. */
export function schemaMappingTo(schema: Schema): SchemaMapping {
  return schema === "2026-03" ? mapping2026 : SAME_SCHEMA;
}

/** What this target needs; one of no known schema is taken for one of the dataset's. */
export function schemaMappingOf(catalog: Catalog): SchemaMapping {
  return schemaMappingTo(recognize(catalog) ?? "2025-11");
}

/**
 * The description of a table as the target should have it: columns gone, added and of another type.
 * Keys, checks and indexes stay those of the dataset's schema.
 */
export function adapted(table: Table, { described, without, types }: SchemaMapping): Table {
  const gone = without[table.name] ?? [];
  const kept = table.columns.filter(({ name }) => !gone.includes(name)).map((column) => {
    const type = types[`${table.name}.${column.name}`];
    return type === undefined ? column : { ...column, type };
  });
  return { ...table, columns: [...kept, ...described[table.name] ?? []] };
}
