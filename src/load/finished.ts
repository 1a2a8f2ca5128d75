/** Loads that have come to their end, as the ledger keeps them. */
import { allTables } from "../tables/catalog.ts";
import { countTableRows, readCatalog } from "../aquamind/catalog.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { TableData } from "../dataset/table_data.ts";
import {
  datasetDigest,
  type LoadLine,
  readLoads,
  recordFinished,
  removeLoad,
} from "./ledger/loads.ts";
import { readParts } from "./ledger/parts.ts";
import { createLedger, mayKeepLedger } from "./ledger/tables.ts";
import { idsOfRows } from "../dataset/ids.ts";
import { countBetween } from "./plan/collisions.ts";
import type { LoadPlan } from "./plan/plan.ts";
import type { Target } from "../postgres/target.ts";

/** The line of a load with nothing done yet. */
export function lineOf(
  target: Target,
  dataset: Dataset,
  tableData: readonly TableData[],
  plan: LoadPlan,
): Omit<LoadLine, "finished" | "rebuilt"> {
  const { leftAlone, empty, others, ids, merged, idMap } = plan;
  const own = tableData.filter(({ table }) => !leftAlone.includes(table.name));
  return {
    dataset: datasetDigest(tableData, target.schema),
    name: dataset.title,
    schema: target.schema,
    rows: own.reduce((sum, { entry }) => sum + entry.rows, 0),
    parts: own.reduce((sum, { entry }) => sum + entry.parts.length, 0),
    leftAlone,
    schemaCreated: empty,
    others,
    ids,
    merged,
    idMap,
  };
}

/** The finished load that has brought these rows, alone or among others, if all are there. */
export async function findFinished(
  target: Target,
  tableData: readonly TableData[],
): Promise<LoadLine | undefined> {
  const lines = (await readLoads(target)).filter(({ finished, schema }) =>
    finished && schema === target.schema
  );
  for (const line of lines) {
    const parts = new Map(
      (await readParts(target, line.dataset)).map(({ path, sha256 }) => [path, sha256]),
    );
    const own = tableData.filter(({ table }) => !line.leftAlone.includes(table.name));
    const brought = own.every(({ entry }) =>
      // A file without rows brings nothing: earlier versions have one of every month.
      entry.parts.every(({ path, rows, sha256 }) => rows === 0 || parts.get(path) === sha256)
    );
    if (brought && await areThere(target, own, line)) return line;
  }
  return undefined;
}

/** Do the tables hold what a load has put into them? Rows of others do not matter. */
async function areThere(
  target: Target,
  tableData: readonly TableData[],
  { merged }: LoadLine,
): Promise<boolean> {
  const catalog = await readCatalog(target, allTables);
  for (const { table, entry } of tableData) {
    if (!catalog.has(table.name)) return false;
    // Of merged histories the target may have had saves of its own instead.
    if (merged.includes(table.name) && table.group === "history") continue;
    const rows = table.kind === "static"
      ? await countTableRows(target, table)
      : await countBetween(target, table, idsOfRows(entry));
    if (rows < entry.rows) return false;
  }
  return true;
}

/**
 * Writes a load that is finished, with all of its parts, into the ledger, in place of the one that
 * it continues. A user who may not keep a ledger loads without: the dataset cannot be continued
 * then.
 *
 * @returns whether it stands in the ledger.
 */
export async function keepFinished(
  target: Target,
  dataset: Dataset,
  tableData: readonly TableData[],
  plan: LoadPlan,
): Promise<boolean> {
  if (!await mayKeepLedger(target)) return false;
  await createLedger(target);
  if (plan.base !== undefined) await removeLoad(target, plan.base.line.dataset);
  const own = tableData.filter(({ table }) => !plan.leftAlone.includes(table.name));
  await recordFinished(
    target,
    { ...lineOf(target, dataset, tableData, plan), rebuilt: [] },
    own.flatMap(({ table, entry }) => entry.parts.map((part) => ({ ...part, table: table.name }))),
  );
  return true;
}
