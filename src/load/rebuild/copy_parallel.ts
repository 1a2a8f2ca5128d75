/** The rows of a load in the rebuild way, part by part over several connections. */
import type { Dataset } from "../../dataset/dataset.ts";
import type { DatasetPart } from "../../dataset/manifest.ts";
import { loadFailure } from "../../postgres/failure.ts";
import { namingActorsOf } from "../../postgres/acting.ts";
import { type LoadLine, UNDERWAY } from "../ledger/loads.ts";
import { claimPart, copiedPaths } from "../ledger/parts.ts";
import { bringPart, type TableLoad } from "../plan/table_load.ts";
import type { LoadPlan } from "../plan/plan.ts";
import type { CopyChore, Reporter } from "../progress.ts";
import { share, type Worker } from "./pool.ts";

/** A part on its way, and its table's copy. */
interface Piece {
  readonly chore: CopyChore;
  readonly tableLoad: TableLoad;
  readonly part: DatasetPart;
}

/** Transactions that follow each other on one connection. */
type Unit = readonly Transaction[];

/** What one transaction copies. */
interface Transaction {
  readonly pieces: readonly Piece[];
  /** Are these the tables that kept their keys? */
  readonly small: boolean;
}

/** The dataset, its plan and its line in the ledger, and what the copy of each table takes. */
export interface Copying {
  readonly dataset: Dataset;
  readonly plan: LoadPlan;
  readonly line: LoadLine;
  readonly copies: readonly { readonly chore: CopyChore; readonly tableLoad: TableLoad }[];
  readonly report: Reporter;
}

/**
 * Copies the parts that have not arrived. Tables that kept their keys refer to each other in any
 * order: they come together, in one transaction at whose end the foreign keys are checked. Every
 * part of a rebuilt table has a transaction of its own. So has every part of a table that an
 * extension manages, after all others, to which it refers, and in order of time.
 *
 * @returns the number of parts that had arrived before.
 */
export async function copyParts(pool: readonly Worker[], copying: Copying): Promise<number> {
  const { plan, line, copies, report } = copying;
  const copied = await copiedPaths(pool[0]!, line.dataset);
  const all = copies.flatMap(({ chore, tableLoad }) =>
    tableLoad.entry.parts.map((part): Piece => ({ chore, tableLoad, part }))
  );
  for (const { chore, part } of all) {
    if (copied.has(part.path)) report.copiedBefore(chore, part.bytes, part.rows);
  }
  report.enter("copy");
  const missing = all.filter(({ part }) => !copied.has(part.path));
  const isLarge = ({ tableLoad: { table } }: Piece) => line.rebuilt.includes(table.name);
  const isKept = ({ tableLoad: { table } }: Piece) => plan.kept.includes(table.name);
  const alone = (piece: Piece): Transaction => ({ pieces: [piece], small: false });
  const small = missing.filter((piece) => !isLarge(piece) && !isKept(piece));
  const units: Unit[] = [
    ...(small.length === 0 ? [] : [[{ pieces: small, small: true }]]),
    ...missing.filter(isLarge).map((piece) => [alone(piece)]),
  ];
  const inOrder = Map.groupBy(missing.filter(isKept), ({ tableLoad }) => tableLoad.table.name);
  const copy = async (worker: Worker, unit: Unit) => {
    for (const one of unit) await copyTogether(worker, one, copying);
  };
  await share(pool, units, copy);
  await share(pool, [...inOrder.values()].map((pieces) => pieces.map(alone)), copy);
  return all.length - missing.length;
}

async function copyTogether(
  target: Worker,
  { pieces, small }: Transaction,
  copying: Copying,
): Promise<void> {
  const { dataset, plan, line, report } = copying;
  // A crash of the server may lose the last of these commits, rows and line together; the commit
  // that ends the load waits for all of them to be on disk.
  await target.query("set local synchronous_commit = off");
  if (small) await target.query("set constraints all deferred");
  for (const { chore, tableLoad, part } of pieces) {
    const { table } = tableLoad;
    if (!await claimPart(target, line.dataset, table.name, part)) continue;
    report.copied(chore, 0, 0);
    const onBytes = (bytes: number) => report.copied(chore, bytes, 0);
    await bringPart(target, dataset, tableLoad, part, { freeze: false, onBytes, remedy: UNDERWAY });
    report.copied(chore, 0, part.rows);
  }
  if (small) {
    for (const { sql } of plan.mapping.additions(target.schema)) await target.query(sql);
  }
  await target.commit().catch((error) => {
    const cannot = `load the dataset ${dataset.name}`;
    const place = { cannot, url: target.url, brings: true, remedy: UNDERWAY };
    throw namingActorsOf(loadFailure(error, place), plan.tableLoads, UNDERWAY);
  });
}
