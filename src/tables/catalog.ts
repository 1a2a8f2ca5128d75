/** All described tables of AquaMind's 2025-11 schema, and the way to one of them by its name. */
import { authTables } from "./auth.ts";
import { batchTables } from "./batch.ts";
import { batchHistoryTables } from "./batch_history.ts";
import { batchWorkflowsTables } from "./batch_workflows.ts";
import { broodstockTables } from "./broodstock.ts";
import type { Table } from "./description.ts";
import { djangoTables } from "./django.ts";
import { environmentalTables } from "./environmental.ts";
import { financeTables } from "./finance.ts";
import { harvestTables } from "./harvest.ts";
import { healthTables } from "./health.ts";
import { healthHistoryTables } from "./health_history.ts";
import { healthMasterTables } from "./health_master.ts";
import { historianTables } from "./historian.ts";
import { infrastructureTables } from "./infrastructure.ts";
import { inventoryTables } from "./inventory.ts";
import { migrationSupportTables } from "./migration_support.ts";
import { scenarioTables } from "./scenario.ts";
import { usersTables } from "./users.ts";

/** Every described table, grouped by application. */
export const allTables: readonly Table[] = [
  ...djangoTables,
  ...authTables,
  ...usersTables,
  ...infrastructureTables,
  ...batchTables,
  ...batchWorkflowsTables,
  ...batchHistoryTables,
  ...environmentalTables,
  ...inventoryTables,
  ...healthMasterTables,
  ...healthTables,
  ...healthHistoryTables,
  ...harvestTables,
  ...scenarioTables,
  ...financeTables,
  ...broodstockTables,
  ...historianTables,
  ...migrationSupportTables,
];

const byName: ReadonlyMap<string, Table> = new Map(allTables.map((table) => [table.name, table]));

/**
 * The description of a table.
 *
 * @throws {RangeError} when no table is called so.
 */
export function tableNamed(name: string): Table {
  const table = byName.get(name);
  if (table === undefined) throw new RangeError(`no table is called ${name}`);
  return table;
}

const pastOf: ReadonlyMap<string, Table> = new Map(
  allTables.flatMap((table) => table.historyOf === undefined ? [] : [[table.historyOf, table]]),
);

/** The history of a live table, by the live table's name; undefined where AquaMind keeps none. */
export function historyTableOf(live: string): Table | undefined {
  return pastOf.get(live);
}
