/**
 * Databases that are copies of a snapshot, lent to whoever runs tests: each worker has one of its own.
 *
 * Deno permissions: net (the server), env and sys (what the driver reads).
 */
import { ReddError } from "../errors.ts";
import { LOAD_LOCK } from "../postgres/session.ts";
import type { Target } from "../postgres/target.ts";
import { atServer, dropUnfinished, urlOfDatabase } from "./at_server.ts";
import { copyDatabase, requireFree } from "./copying.ts";
import { type Deed, typedAlone } from "./deed.ts";
import { requireMaker, requireSnapshot } from "./found.ts";
import { MOST_CLONES } from "./limits.ts";
import { commentOf } from "./mark.ts";
import { cloneNameOf, requireDatabaseName, snapshotNameOf } from "./names.ts";
import { copyProperties } from "./properties.ts";
import {
  type CopyReport,
  copyReport,
  type DatabaseCopyOptions,
  givingUp,
  markedAt,
} from "./snapshot.ts";
import { bytesOf, databasesOf, type StandingDatabase } from "./standing.ts";
import { admit, comment, rename, together } from "./transaction.ts";

/** What a clone is given besides the connection string. */
export interface CloneOptions extends Omit<DatabaseCopyOptions, "disconnect"> {
  /** How many are made; 1 if absent. */
  readonly count?: number;
}

/** A clone that was made. */
export interface Clone {
  /** Its name on the server. */
  readonly database: string;
  /** Its connection string, with the password of the one that was given. */
  readonly url: string;
}

/** Clones that were made. */
export interface CloneReport extends CopyReport {
  /** In the order of their numbers. */
  readonly clones: readonly Clone[];
}

/**
 * Makes clones of a database's snapshot: `farm_clone_1`, `farm_clone_2` and so on, numbers that are
 * free: no database has the name, and no snapshot or clone is left of one that had it. {@linkcode dropClones} gives them back. Several may be made at once by several processes.
 *
 * ```ts
 * import { cloneDatabase, dropClones } from "@redd/redd";
 *
 * const url = "postgres://user:secret@127.0.0.1:5432/farm";
 * const { clones: [mine] } = await cloneDatabase(url, "farm");
 * try {
 *   console.log(mine!.database);
 * } finally {
 *   await dropClones(url, [mine!.database]);
 * }
 * ```
 *
 * @param url The connection string of any database of the server.
 * @param database The database whose snapshot is copied.
 * @throws {ReddError} input: there is no snapshot, or there would be more than 64 clones;
 *   environment: no connection, no rights, no room; interrupted. None is left then that was not whole;
 *   those that were are dropped again.
 */
export async function cloneDatabase(
  url: string,
  database: string,
  options: CloneOptions = {},
): Promise<CloneReport> {
  requireDatabaseName(database, "clone the database");
  const { count = 1, free, plainCopies, patience, signal, onStep } = options;
  const cannot = `clone the database ${database}`;
  const deed = { cannot, typed: options.typed ?? typedAlone };
  if (!Number.isInteger(count) || count < 1 || count > MOST_CLONES) {
    throw new ReddError("input", "CLONE_COUNT", {
      cannot,
      because: `the count is ${count}, expected 1 to ${MOST_CLONES}`,
    });
  }
  const job = { url, cannot, database, sharing: "shared", patience, signal, onStep } as const;
  return await atServer(job, async (at) => {
    const { admin } = at;
    const all = await databasesOf(admin);
    const from = requireSnapshot(all, database, deed);
    await requireMaker(admin, [from], cannot);
    requireFewer(all, count, deed);
    const bytes = await bytesOf(admin, from.oid);
    const copying = { cannot, disconnect: false, signal, from, bytes, free, plainCopies };
    requireFree({ ...copying, bytes: bytes === undefined ? undefined : bytes * count });
    const made: { copy: string; left: readonly string[] }[] = [];
    const undo = () => Promise.allSettled(made.map(({ copy }) => dropUnfinished(admin, copy)));
    try {
      for (let i = 0; i < count; i++) {
        onStep?.(count === 1 ? `cloning ${database}` : `clone ${i + 1} of ${count}`, bytes);
        const copy = await copyDatabase(at, copying);
        const left = await givingUp(at, copy, () =>
          together(
            admin,
            () => copyProperties(admin, from.oid, { name: copy, owner: from.owner }),
          ));
        made.push({ copy, left });
      }
      // All of them get their names together, or none does.
      const names = await together(
        admin,
        () => handOut(admin, made.map(({ copy }) => copy), from, deed),
      );
      const clones = names.map((name) => ({ database: name, url: urlOfDatabase(url, name) }));
      return { ...copyReport(from.mark!, bytes, made[0]!.left), clones };
    } catch (error) {
      await undo();
      throw error;
    }
  });
}

/** @throws {ReddError} input, when there would be too many clones. */
function requireFewer(
  all: readonly StandingDatabase[],
  count: number,
  { cannot, typed }: Deed,
): void {
  const there = all.filter(({ mark }) => mark?.kind === "clone").length;
  if (there + count <= MOST_CLONES) return;
  throw new ReddError("input", "CLONES_TOO_MANY", {
    cannot,
    because: `there are ${there} clones on the server, and ${MOST_CLONES} is the most`,
    remedy: "Give back those that nobody uses: " +
      `${typed(["db list"])} names them, ${typed(["db drop", "NAME"])} drops one`,
  });
}

/** Gives copies the names of clones, which nobody else takes meanwhile. */
async function handOut(
  target: Target,
  copies: readonly string[],
  from: StandingDatabase,
  deed: Deed,
): Promise<readonly string[]> {
  await target.query(`select pg_advisory_xact_lock(${LOAD_LOCK}, 1)`);
  const all = await databasesOf(target);
  requireFewer(all, copies.length, deed);
  // What is left of a database of that name is none of the new one's: a reset would put it there.
  const taken = new Set(
    all.flatMap(({ name, mark }) => mark === undefined ? [name] : [name, mark.of]),
  );
  const of = from.mark!.of;
  const names: string[] = [];
  for (let number = 1; names.length < copies.length; number++) {
    const name = cloneNameOf(of, number);
    if (taken.has(name) || taken.has(snapshotNameOf(name))) continue;
    await rename(target, copies[names.length]!, name);
    await comment(target, name, commentOf({ kind: "clone", of, made: markedAt() }));
    await admit(target, name, { open: true, limit: from.limit });
    names.push(name);
  }
  return names;
}
