/** May the dataset go into tables that are there already? */
import { ReddError } from "../errors.ts";
import type { Table } from "../tables/description.ts";
import { adaptationOf } from "./aquamind/adaptation.ts";
import { type Catalog, differences } from "./catalog.ts";
import type { Target } from "./target.ts";
import { redactUrl } from "./url.ts";

/**
 * Makes sure that rows of the described tables fit the target's, adapted to the schema of AquaMind
 * that it has.
 *
 * @throws {ReddError} input, naming every difference.
 */
export function requireSameColumns(
  target: Target,
  tables: readonly Table[],
  catalog: Catalog,
  adaptation = adaptationOf(catalog),
): void {
  const found = differences(tables, catalog, adaptation);
  if (found.length === 0) return;
  throw new ReddError("input", "TARGET_DIFFERS", {
    cannot: `load into ${redactUrl(target.url)}`,
    because: `its tables are not those of AquaMind's ${adaptation.schema} schema: ${
      found.join("; ")
    }`,
    remedy: "Load into a database that this version of AquaMind has migrated, or an empty one",
  });
}
