/**
 * A snapshot of a database: a copy beside it that nobody can enter, from which it is reset and cloned.
 *
 * Deno permissions: net (the server), env and sys (what the driver reads).
 */
import { ReddError } from "../errors.ts";
import { beginReading } from "../postgres/session.ts";
import { refuseUnfinished } from "../load/ledger/loads.ts";
import {
  type AtServer,
  atServer,
  dropUnfinished,
  urlOfDatabase,
  withSession,
} from "./at_server.ts";
import { copyDatabase } from "./copying.ts";
import { typedAlone, type TypedLine } from "./deed.ts";
import { refuseReplicated, requireDatabase, requireMaker, snapshotDatabaseOf } from "./found.ts";
import { commentOf, type CopyMark } from "./mark.ts";
import { requireDatabaseName, snapshotNameOf } from "./names.ts";
import { copyProperties } from "./properties.ts";
import { aloneIn, waitUntilFree } from "./sessions.ts";
import { bytesOf, databasesOf } from "./standing.ts";
import { admit, comment, rename, setAside, together } from "./transaction.ts";

/** What copying a database is given besides the connection string. */
export interface DatabaseCopyOptions {
  /** End the sessions that are in the way; otherwise they are named, and nothing is done. */
  readonly disconnect?: boolean;
  /** Free bytes where the server's data lies, where that is known: a copy without room is refused. */
  readonly free?: number;
  /**
   * Whether files there are known to share no blocks, as on ext4: the server is not asked to try, which
   * takes longer than the plain way.
   */
  readonly plainCopies?: boolean;
  /**
   * How long sessions that are in the way, and other commands at the database, are waited for, in ms;
   * 5 s and 10 s if absent.
   */
  readonly patience?: number;
  /** Ends the work; the database stays as it was. */
  readonly signal?: AbortSignal;
  /** Is told what takes its time: `copying farm`, and its bytes where they are known. */
  readonly onStep?: (step: string, bytes?: number) => void;
  /** How a refusal names a line that helps: the line alone if absent, without a server. */
  readonly typed?: TypedLine;
}

/** What a snapshot is given besides the connection string. */
export interface SnapshotOptions extends DatabaseCopyOptions {
  /** Replace a snapshot that is there already. */
  readonly force?: boolean;
}

/** A copy that was made. */
export interface CopyReport {
  /** The database that was snapshotted, reset or cloned. */
  readonly database: string;
  /** When the snapshot was made, in UTC: `2026-11-27T06:46:13Z`. */
  readonly made: string;
  /** The bytes that were copied; absent where the user may not know. */
  readonly bytes?: number;
  /** Settings and privileges that the user may not give, in words: they are missing in the copy. */
  readonly left: readonly string[];
}

/** The report, without what is not known. */
export function copyReport(
  { of: database, made }: CopyMark,
  bytes: number | undefined,
  left: readonly string[],
): CopyReport {
  return { database, made, ...(bytes === undefined ? {} : { bytes }), left };
}

/** This moment, as marks have it. */
export function markedAt(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

/**
 * Makes a snapshot of the database of a connection string: a copy of its state, beside it on the
 * server. {@linkcode resetDatabase} puts the database back to it, {@linkcode cloneDatabase} makes
 * databases of it. It takes as much room as the database. Nobody may be connected meanwhile.
 *
 * @param url The connection string, `postgres://user:password@host:port/database`.
 * @throws {ReddError} input: the database is not there, a load is unfinished in it, it has a snapshot
 *   already or is replicated; environment: no connection, no rights, somebody is connected, no room;
 *   interrupted.
 */
export async function snapshotDatabase(
  url: string,
  database: string,
  options: SnapshotOptions = {},
): Promise<CopyReport> {
  requireDatabaseName(database, "snapshot the database");
  const { disconnect = false, force = false, free, plainCopies, patience, signal } = options;
  const { onStep } = options;
  const cannot = `snapshot the database ${database}`;
  const deed = { cannot, typed: options.typed ?? typedAlone };
  const how = { cannot, disconnect, patience, signal };
  const job = { url, cannot, database, sharing: "alone", patience, signal, onStep } as const;
  return await atServer(job, async (at) => {
    const { admin, keeper } = at;
    const all = await databasesOf(admin);
    const from = requireDatabase(all, database, deed);
    const before = snapshotDatabaseOf(all, database, deed);
    if (before !== undefined && !force) {
      throw new ReddError("input", "SNAPSHOT_EXISTS", {
        cannot,
        because: `it has one already, of ${before.mark?.made}`,
        remedy: `Go back to it: ${
          deed.typed(["db reset", database], database)
        }, or replace it with --force`,
      });
    }
    await requireMaker(admin, before === undefined ? [from] : [from, before], cannot);
    await refuseReplicated(admin, from, cannot);
    await refuseUnfinishedIn(url, database, how);
    await waitUntilFree(keeper, database, how);
    const bytes = await bytesOf(admin, from.oid);
    onStep?.(`copying ${database}`, bytes);
    const copy = await aloneIn(
      keeper,
      database,
      how,
      () => copyDatabase(at, { ...how, from, bytes, free, plainCopies }),
    );
    const mark = { kind: "snapshot", of: database, oid: from.oid, made: markedAt() } as const;
    const { left, old } = await givingUp(at, copy, () =>
      together(admin, async () => {
        const name = snapshotNameOf(database);
        const old = before && await setAside(admin, before.name);
        const left = await copyProperties(admin, from.oid, { name: copy, owner: from.owner });
        await rename(admin, copy, name);
        await comment(admin, name, commentOf(mark));
        await admit(admin, name, { open: false, limit: from.limit });
        return { left, old };
      }));
    if (old !== undefined) {
      onStep?.("removing the snapshot before");
      await dropUnfinished(admin, old);
    }
    return copyReport(mark, bytes, left);
  });
}

/** What is done with a copy; where that fails, the copy goes again. */
export async function givingUp<Result>(
  { admin }: AtServer,
  copy: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    // Where that fails, too, the next command removes it.
    await dropUnfinished(admin, copy).catch(() => {});
    throw error;
  }
}

/** A database in the middle of a load has no indexes: nobody wants to go back there. */
async function refuseUnfinishedIn(
  url: string,
  database: string,
  job: { readonly cannot: string; readonly signal: AbortSignal | undefined },
): Promise<void> {
  await withSession({ ...job, url }, database, async (target) => {
    await beginReading(target);
    await refuseUnfinished({ ...target, url: urlOfDatabase(url, database) }, "snapshot");
    await target.query("commit");
  });
}
