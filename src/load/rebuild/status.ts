/** Where the loads of a target stand, as its ledger says. */
import { beginReading, LOAD_LOCK } from "../../postgres/session.ts";
import { connect, LEDGER } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { readLoads } from "../ledger/loads.ts";
import { openSteps, type Stage } from "../ledger/steps.ts";
import { hasLedger } from "../ledger/tables.ts";

/** How much of something is done. */
export interface Progress {
  readonly done: number;
  readonly all: number;
}

/** A load of the ledger. */
export interface LoadState {
  /** The digest of the dataset, and its own name. */
  readonly dataset: string;
  readonly name: string;
  readonly finished: boolean;
  readonly parts: Progress;
  readonly rows: Progress;
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

/** A status in sentences, the unfinished load first. */
export function statusLines({ target, running, loads, missing }: LoadStatus): readonly string[] {
  const open = loads.find(({ finished }) => !finished);
  const lines: string[] = [];
  if (open !== undefined) {
    const { parts, rows } = open;
    lines.push(
      `${target}: the load of ${nameOf(open)} ${running ? "is running" : "is not finished"}: ` +
        `${parts.done} of ${parts.all} parts, ${rows.done} of ${rows.all} rows.`,
    );
    if (missing.length > 0) lines.push(`Still to be put back: ${missingWords(missing)}.`);
    if (!running) {
      lines.push("Load that dataset again to carry on, or take it back with --restore.");
    }
  } else if (running) lines.push(`${target}: a load is running.`);
  for (const load of loads) {
    if (load === open) continue;
    lines.push(
      `${target}: the load of ${nameOf(load)} is finished: ${load.parts.all} parts, ` +
        `${load.rows.all} rows; indexes and keys are there.`,
    );
  }
  return lines.length === 0 ? [`${target}: no load is recorded.`] : lines;
}

function nameOf({ name, dataset }: LoadState): string {
  return `${name} (${dataset.slice(0, 12)})`;
}

/** What the steps of a stage put back; a key is counted with its index. */
const THINGS: Readonly<Partial<Record<Stage, readonly [string, string]>>> = {
  "index": ["index", "indexes"],
  "key": ["primary key or unique constraint", "primary keys and unique constraints"],
  "foreign key": ["foreign key", "foreign keys"],
  "validation": ["validation of a foreign key", "validations of foreign keys"],
};

/** How many things of each kind are missing, in words. */
export function missingWords(missing: readonly Missing[]): string {
  const words = Object.entries(THINGS).flatMap(([stage, [one, many]]) => {
    const count = missing.filter((step) => step.stage === stage).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return words.length === 0 ? "settings of indexes" : words.join(", ");
}
