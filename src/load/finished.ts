/** Loads that have come to their end, as the ledger keeps them. */
import { basename, resolve } from "node:path";
import type { Table } from "../tables/description.ts";
import { countRows } from "./catalog.ts";
import type { Filling } from "./dataset.ts";
import { qualified, quoteIdent } from "./identifier.ts";
import {
  createLedger,
  datasetDigest,
  type LoadLine,
  mayKeepLedger,
  readLoads,
  recordFinished,
  removeLoad,
} from "./ledger.ts";
import { identityOf, idsOfRows } from "./plan/collisions.ts";
import type { LoadPlan } from "./plan/plan.ts";
import type { Target } from "./target.ts";

/** The line of a load with nothing done yet. */
export function lineOf(
  target: Target,
  folder: string,
  fillings: readonly Filling[],
  plan: LoadPlan,
): Omit<LoadLine, "finished" | "rebuilt"> {
  const { leftAlone, empty, others, ids, merged } = plan;
  const own = fillings.filter(({ table }) => !leftAlone.includes(table.name));
  return {
    dataset: datasetDigest(fillings),
    name: basename(resolve(folder)),
    schema: target.schema,
    rows: own.reduce((sum, { entry }) => sum + entry.rows, 0),
    parts: own.reduce((sum, { entry }) => sum + entry.parts.length, 0),
    leftAlone,
    schemaCreated: empty,
    others,
    ids,
    merged,
  };
}

/** The finished load of the very same rows, if they are all there. */
export async function findFinished(
  target: Target,
  fillings: readonly Filling[],
): Promise<LoadLine | undefined> {
  const dataset = datasetDigest(fillings);
  const line = (await readLoads(target)).find((one) =>
    one.finished && one.dataset === dataset && one.schema === target.schema
  );
  return line !== undefined && await isThere(target, fillings, line) ? line : undefined;
}

/** Do the tables hold what a load has put into them? Rows of others do not matter. */
async function isThere(
  target: Target,
  fillings: readonly Filling[],
  { leftAlone, merged }: LoadLine,
): Promise<boolean> {
  for (const { table, entry } of fillings) {
    if (leftAlone.includes(table.name)) continue;
    // Of merged histories the target may have had saves of its own instead.
    if (merged.includes(table.name) && table.group === "history") continue;
    const rows = table.kind === "static"
      ? await countRows(target, table)
      : await countBetween(target, table, idsOfRows(entry));
    if (rows < entry.rows) return false;
  }
  return true;
}

/** The number of rows with these ids. */
async function countBetween(
  target: Target,
  table: Table,
  { first, last }: { first: number; last: number },
): Promise<number> {
  const [row] = await target.query<{ rows: string }>(
    `select count(*)::text as rows from ${qualified(target.schema, table.name)}
     where ${quoteIdent(identityOf(table)!)} between ${first} and ${last}`,
  );
  return Number(row?.rows);
}

/**
 * Writes a load that is finished, with all of its parts, into the ledger, in place of the one that
 * it continues. A user who may not keep a ledger loads without: the dataset cannot be continued
 * then.
 */
export async function keepFinished(
  target: Target,
  folder: string,
  fillings: readonly Filling[],
  plan: LoadPlan,
): Promise<void> {
  if (!await mayKeepLedger(target)) return;
  await createLedger(target);
  if (plan.base !== undefined) await removeLoad(target, plan.base.line.dataset);
  const own = fillings.filter(({ table }) => !plan.leftAlone.includes(table.name));
  await recordFinished(
    target,
    { ...lineOf(target, folder, fillings, plan), rebuilt: [] },
    own.flatMap(({ table, entry }) => entry.parts.map((part) => ({ ...part, table: table.name }))),
  );
}
