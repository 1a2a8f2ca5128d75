/** Indexes, keys and foreign keys of a load in the rebuild way, built over several connections. */
import { loadFailure } from "../../postgres/failure.ts";
import { quoteIdent } from "../../postgres/identifier.ts";
import type { Target } from "../../postgres/target.ts";
import { namingActorsOf } from "../../postgres/acting.ts";
import type { TableLoad } from "../plan/table_load.ts";
import { share, type Worker } from "./pool.ts";
import { UNDERWAY } from "../ledger/loads.ts";
import { claimStep, type Stage, type Step } from "../ledger/steps.ts";

/** Runs a step's statements in the transaction that is open. */
export async function runStep(target: Target, { sql, tablespace }: Step): Promise<void> {
  const place = tablespace === "" ? "''" : quoteIdent(tablespace);
  await target.query(`set local default_tablespace = ${place}`);
  await target.query(sql);
}

/** What a step does, as in `Cannot <this>`. */
export function deedOf({ stage, relation, name }: Step): string {
  switch (stage) {
    case "index":
    case "key":
      return `build ${name} of ${relation}`;
    case "setting":
      return `set ${name} on ${relation}`;
    case "foreign key":
      return `add the foreign key ${name} to ${relation}`;
    case "validation":
      return `validate the foreign key ${name} of ${relation}`;
  }
}

/** Takes a step in a transaction of its own, together with its mark. */
async function takeStep(worker: Worker, step: Step, loads: readonly TableLoad[]): Promise<void> {
  try {
    if (await claimStep(worker, step)) await runStep(worker, step);
    await worker.commit();
  } catch (error) {
    const place = { cannot: deedOf(step), url: worker.url, brings: true, remedy: UNDERWAY };
    throw namingActorsOf(loadFailure(error, place), loads, UNDERWAY);
  }
}

/**
 * Takes the steps of a stage. Indexes are built side by side; validations too, but for those
 * of one table, which exclude each other; the rest is quick and locks its tables, one by one.
 *
 * @param loads What is loaded.
 * @param open The steps of all stages that are to be taken.
 * @param during Has every step taken, and can tell of it.
 */
export async function takeStage(
  pool: readonly Worker[],
  stage: Stage,
  loads: readonly TableLoad[],
  open: readonly Step[],
  during: (step: Step, take: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const steps = open.filter((step) => step.stage === stage);
  const take = async (worker: Worker, some: readonly Step[]) => {
    for (const step of some) await during(step, () => takeStep(worker, step, loads));
  };
  if (stage === "index") return await share(pool, steps.map((step) => [step]), take);
  if (stage !== "validation") return await take(pool[0]!, steps);
  const byTable = Map.groupBy(steps, ({ relation }) => relation);
  const longestFirst = [...byTable.values()].sort((a, b) => b.length - a.length);
  await share(pool, longestFirst, take);
}
