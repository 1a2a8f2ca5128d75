/** May the dataset go into tables that are there already? */
import { ReddError } from "../errors.ts";
import { addedTables } from "../aquamind/added_tables.ts";
import type { TableData } from "../dataset/table_data.ts";
import { requireEveryRow } from "../postgres/row_security.ts";
import type { Beside } from "./plan/inspect_target.ts";
import { OPERATIONAL, OPERATIONAL_SINCE_2026_03 } from "./wipe/operational.ts";
import type { Table } from "../tables/description.ts";
import { schemaMappingOf } from "../aquamind/target_schema.ts";
import { type Catalog } from "../aquamind/catalog.ts";
import { differences } from "../aquamind/differences.ts";
import type { Target } from "../postgres/target.ts";
import { redactUrl } from "../postgres/url.ts";

/** How many differences a message shows; a database of another kind has them in every table. */
const SHOWN = 20;

/** Differences for a message, the first of them: `column a.b is missing; table c is missing; and 3 more`. */
export function someDifferences(found: readonly string[]): string {
  const shown = found.slice(0, SHOWN).join("; ");
  return found.length <= SHOWN ? shown : `${shown}; and ${found.length - SHOWN} more`;
}

/**
 * Makes sure that the user sees every row of the tables that are loaded, and wiped for it, before
 * anything is made of what they hold.
 *
 * @throws {ReddError} environment, naming tables and policies.
 */
export async function requireSeen(
  target: Target,
  tableData: readonly TableData[],
  { replace = false }: Beside,
): Promise<void> {
  const names = [
    ...tableData.map(({ table }) => table.name),
    ...addedTables.map(({ name }) => name),
    ...(replace ? [...OPERATIONAL, ...OPERATIONAL_SINCE_2026_03] : []),
  ];
  await requireEveryRow(target, "load into", names);
}

/**
 * Makes sure that rows of the described tables fit the target's, adapted to the schema of AquaMind
 * that it has.
 *
 * @throws {ReddError} input, naming the first differences and the number of the others.
 */
export function requireSameColumns(
  target: Target,
  tables: readonly Table[],
  catalog: Catalog,
  mapping = schemaMappingOf(catalog),
): void {
  const found = differences(tables, catalog, mapping);
  if (found.length === 0) return;
  throw new ReddError("input", "TARGET_DIFFERS", {
    cannot: `load into ${redactUrl(target.url)}`,
    because: `its tables are not those of AquaMind's ${mapping.schema} schema: ${
      someDifferences(found)
    }`,
    remedy: "Load into a database that this version of AquaMind has migrated, or an empty one",
  });
}
