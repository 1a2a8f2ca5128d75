/** A copy of a whole database, by the server itself: CREATE DATABASE … TEMPLATE. */
import { ReddError } from "../errors.ts";
import { codeOf } from "../postgres/failure.ts";
import { quoteIdent } from "../postgres/identifier.ts";
import type { Target } from "../postgres/target.ts";
import type { AtServer } from "./at_server.ts";
import { unfinishedName } from "./names.ts";
import { type Disconnecting, inUse, isInUse } from "./sessions.ts";
import { type StandingDatabase, UNFINISHED_LIMIT } from "./standing.ts";

/** The first server that asks how to copy, and the first that can share blocks of files. */
const HAS_STRATEGY = 150000;
const HAS_FILE_COPY_METHOD = 180000;

/**
 * From so many bytes on files are copied as they are. Below it blocks go through the server's memory
 * and its log, which spares two checkpoints (bench/results/reset.txt).
 */
export const LARGE_DATABASE = 256 << 20;

/** The room that a copy is expected to take, beyond that of the original. */
const SPARE = 32 << 20;

/** What is copied. */
export interface DatabaseCopy extends Disconnecting {
  readonly from: StandingDatabase;
  readonly bytes: number | undefined;
  /** Free bytes where the server's data lies, where that is known. */
  readonly free?: number | undefined;
  /** Whether files there are known to share no blocks. */
  readonly plainCopies?: boolean | undefined;
}

/**
 * Makes sure that a copy has room.
 *
 * @throws {ReddError} environment.
 */
export function requireFree({ cannot, bytes, free }: DatabaseCopy): void {
  if (bytes === undefined || free === undefined || bytes + SPARE <= free) return;
  throw new ReddError("environment", "DISK_FULL", {
    cannot,
    because: `a copy takes ${bytes} bytes, and ${free} are free where the server's data lies`,
    remedy: "Nothing has changed. Make room, or drop clones and snapshots that nobody needs",
  });
}

/**
 * Copies a database to one with a name for unfinished ones, which lets nobody in.
 *
 * @returns its name.
 * @throws {ReddError} environment, naming who is connected to the original.
 */
export async function copyDatabase(
  { admin, keeper }: AtServer,
  copying: DatabaseCopy,
): Promise<string> {
  const { from, bytes = Infinity, plainCopies = false } = copying;
  requireFree(copying);
  const name = unfinishedName();
  const byFile = bytes >= LARGE_DATABASE;
  const strategy = admin.version < HAS_STRATEGY
    ? ""
    : ` strategy ${byFile ? "file_copy" : "wal_log"}`;
  const statement = `create database ${quoteIdent(name)} template ${quoteIdent(from.name)} ` +
    `owner ${quoteIdent(from.owner)} allow_connections false ` +
    `connection limit ${UNFINISHED_LIMIT}${strategy}`;
  try {
    if (!byFile || plainCopies || !await shareBlocks(admin)) await admin.query(statement);
    else {
      await admin.query(statement).catch(async (error) => {
        // Of the file system, not of the database: it may not be able to share blocks.
        if (!/^(58|XX|0A)/.test(codeOf(error))) throw error;
        await admin.query("reset file_copy_method");
        await admin.query(statement);
      });
    }
  } catch (error) {
    throw isInUse(error) ? await inUse(keeper, from.name, copying) : error;
  }
  return name;
}

/**
 * Has the server share the blocks of files with their copies, where the file system can do so; elsewhere
 * the kernel copies them, which takes longer than PostgreSQL's own way: that begins to write early what
 * it syncs in the end (bench/results/reset.txt).
 */
async function shareBlocks(admin: Target): Promise<boolean> {
  if (admin.version < HAS_FILE_COPY_METHOD) return false;
  // A platform without it does not know the value.
  return await admin.query("set file_copy_method = clone").then(() => true, () => false);
}
