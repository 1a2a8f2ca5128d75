/** Can a database be read as the dataset's at all? */
import { ReddError } from "../errors.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { Table } from "../tables/description.ts";
import { someDifferences } from "../load/admission.ts";
import { adapted } from "../aquamind/target_schema.ts";
import type { SchemaMapping } from "../aquamind/schema_mapping.ts";
import type { Catalog } from "../aquamind/catalog.ts";
import type { Target } from "../postgres/target.ts";
import { redactUrl } from "../postgres/url.ts";

/**
 * Makes sure that the tables are there, with the columns that are read.
 *
 * @throws {ReddError} input, naming what is missing.
 */
export function requireColumns(
  { url }: Target,
  { name }: Dataset,
  tables: readonly Table[],
  catalog: Catalog,
  mapping: SchemaMapping,
): void {
  const cannot = `compare ${name} with ${redactUrl(url)}`;
  if (catalog.size === 0) {
    throw new ReddError("input", "NOT_LOADED", {
      cannot,
      because: "it has none of AquaMind's tables",
      remedy: "Load the dataset first, or name the database that it was loaded into",
    });
  }
  const missing = tables.flatMap((table) => {
    const found = catalog.get(table.name);
    if (found === undefined) return [`table ${table.name} is missing`];
    return adapted(table, mapping).columns
      .filter(({ name }) => found.every((column) => column.name !== name))
      .map(({ name }) => `column ${table.name}.${name} is missing`);
  });
  if (missing.length === 0) return;
  throw new ReddError("input", "TARGET_DIFFERS", {
    cannot,
    because: `its tables are not those of AquaMind's ${mapping.schema} schema: ${
      someDifferences(missing)
    }`,
    remedy: "Name the database that the dataset was loaded into",
  });
}
