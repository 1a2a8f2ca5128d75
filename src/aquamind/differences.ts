/** How the target's tables differ from the descriptions. */
import type { Column, Table } from "../tables/description.ts";
import type { Catalog, TargetColumn } from "./catalog.ts";
import type { SchemaMapping } from "./schema_mapping.ts";
import { adapted } from "./target_schema.ts";

/**
 * Every way in which the target's tables differ from the described ones as its schema has them, and
 * from those that are filled besides, one line each. A column that Redd does not know is none,
 * unless rows cannot be written without it.
 */
export function differences(
  tables: readonly Table[],
  catalog: Catalog,
  mapping: SchemaMapping,
): readonly string[] {
  const expected = tables
    .filter(({ name }) => !mapping.missing.includes(name))
    .map((table) => adapted(table, mapping));
  return [...expected, ...mapping.tables].flatMap((table) => {
    const found = catalog.get(table.name);
    if (found === undefined) return [`table ${table.name} is missing`];
    const described = new Set(table.columns.map((column) => column.name));
    return [
      ...table.columns.flatMap((column) =>
        columnDifferences(
          `${table.name}.${column.name}`,
          column,
          found.find(({ name }) => name === column.name),
        )
      ),
      ...found
        .filter(({ name, nullable, filled }) => !described.has(name) && !nullable && !filled)
        .map(({ name, type }) => `column ${table.name}.${name} (${type} NOT NULL) is unknown`),
    ];
  });
}

function columnDifferences(
  name: string,
  expected: Column,
  found: TargetColumn | undefined,
): readonly string[] {
  if (found === undefined) return [`column ${name} is missing`];
  const result: string[] = [];
  if (found.type !== expected.type) {
    result.push(`column ${name} is ${found.type}, expected ${expected.type}`);
  }
  if (found.nullable !== expected.nullable) {
    const words = (nullable: boolean) => nullable ? "nullable" : "NOT NULL";
    result.push(`column ${name} is ${words(found.nullable)}, expected ${words(expected.nullable)}`);
  }
  if (expected.identity && !found.numbered) {
    result.push(`column ${name} has no sequence, expected an identity`);
  }
  return result;
}
