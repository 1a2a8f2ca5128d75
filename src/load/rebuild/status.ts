/** Where the loads of a target stand, as its ledger says. */
import { beginReading, LOAD_LOCK } from "../../postgres/session.ts";
import { connect, LEDGER } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { readLoads } from "../ledger/loads.ts";
import { openSteps, type Stage } from "../ledger/steps.ts";
import { hasLedger } from "../ledger/tables.ts";

/** How much of something has arrived. */
export interface Arrived {
  readonly done: number;
  readonly all: number;
}

/** A load of the ledger. */
export interface LoadState {
  /** The digest of the dataset, and its own name. */
  readonly dataset: string;
  readonly name: string;
  readonly finished: boolean;
  readonly parts: Arrived;
  readonly rows: Arrived;
}

/** Something that a load has dropped and not yet put back. */
export interface Missing {
  readonly stage: Stage;
  /** The table, quoted and with its schema. */
  readonly relation: string;
  readonly name: string;
}

/** What a target's ledger says. */
export interface LoadStatus {
  /** The connection string without its password. */
  readonly target: string;
  /** Does a session hold the lock of a load at this moment, in either way? */
  readonly running: boolean;
  /** The oldest first. */
  readonly loads: readonly LoadState[];
  readonly missing: readonly Missing[];
}

/**
 * Reads where the loads of a database stand; nothing is changed.
 *
 * @throws {ReddError} environment, when there is no connection.
 */
export async function loadStatus(url: string): Promise<LoadStatus> {
  const target = await connect(url);
  try {
    await beginReading(target);
    const [lock] = await target.query<{ running: boolean }>(
      `select exists (
         select from pg_locks where locktype = 'advisory' and classid = 0 and objsubid = 1
           and objid = ${LOAD_LOCK} and granted
           and database = (select oid from pg_database where datname = current_database())
       ) as running`,
    );
    const there = await hasLedger(target);
    const copied = there
      ? await target.query<{ dataset: string; parts: string; rows: string }>(
        `select dataset, count(*)::text as parts, sum(rows)::text as rows from ${LEDGER}.part
         group by dataset`,
      )
      : [];
    const loads = (await readLoads(target)).map(({ dataset, name, finished, parts, rows }) => {
      const own = copied.find((one) => one.dataset === dataset);
      return {
        dataset,
        name,
        finished,
        parts: { done: Number(own?.parts ?? 0), all: parts },
        rows: { done: Number(own?.rows ?? 0), all: rows },
      };
    });
    const missing = there ? await openSteps(target) : [];
    await target.query("commit");
    return {
      target: redactUrl(url),
      running: lock?.running === true,
      loads,
      missing: missing.map(({ stage, relation, name }) => ({ stage, relation, name })),
    };
  } finally {
    await target.close();
  }
}
