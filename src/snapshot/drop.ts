/**
 * Clones given back, and a snapshot that nobody needs any more. Nothing else is dropped: a database
 * without Redd's mark is refused.
 *
 * Deno permissions: net (the server), env and sys (what the driver reads).
 */
import { ReddError } from "../errors.ts";
import { quoted } from "../quoted.ts";
import { type AtServer, atServer, dropUnfinished, type ServerJob } from "./at_server.ts";
import { type Deed, typedAlone } from "./deed.ts";
import { requireDatabase, requireMaker, requireSnapshot, snapshotDatabaseOf } from "./found.ts";
import { requireDatabaseName } from "./names.ts";
import { aloneIn, type Disconnecting, waitUntilFree } from "./sessions.ts";
import type { DatabaseCopyOptions } from "./snapshot.ts";
import { databasesOf, type StandingDatabase } from "./standing.ts";
import { setAside, together } from "./transaction.ts";

/** What dropping is given besides names. */
export type DropOptions = Omit<DatabaseCopyOptions, "free">;

/** What was dropped. */
export interface DropReport {
  /** The names of the databases that are gone. */
  readonly dropped: readonly string[];
  /** What was made of them by Redd and stays, since it can be wanted for itself. */
  readonly kept: readonly KeptCopy[];
}

/** A copy of a database that is gone. */
export interface KeptCopy {
  /** Its name on the server. */
  readonly database: string;
  /** A snapshot of its own, or a clone of that. */
  readonly kind: "snapshot" | "clone";
  /** The name of the database that it was made of. */
  readonly of: string;
}

/**
 * Drops clones.
 *
 * @param url The connection string of any database of the server.
 * @throws {ReddError} input: one of the names is none of a clone; then none is dropped. Environment:
 *   no connection, no rights, somebody is connected; interrupted.
 */
export async function dropClones(
  url: string,
  names: readonly string[],
  options: DropOptions = {},
): Promise<DropReport> {
  for (const name of names) requireDatabaseName(name, "drop");
  const cannot = `drop ${names.join(", ")}`;
  return await dropping(url, cannot, names.join(), options, (all, deed) =>
    names.map((name) => {
      const found = requireDatabase(all, name, deed);
      if (found.mark?.kind === "clone") return found;
      throw notRedds(all, name, deed);
    }));
}

/** Drops all clones of a database; none is no error. As {@linkcode dropClones} otherwise. */
export async function dropClonesOf(
  url: string,
  database: string,
  options: DropOptions = {},
): Promise<DropReport> {
  requireDatabaseName(database, "drop the clones of");
  const cannot = `drop the clones of ${database}`;
  return await dropping(
    url,
    cannot,
    database,
    options,
    (all) => all.filter(({ mark }) => mark?.kind === "clone" && mark.of === database),
  );
}

/** Drops the snapshot of a database. As {@linkcode dropClones} otherwise. */
export async function dropSnapshot(
  url: string,
  database: string,
  options: DropOptions = {},
): Promise<DropReport> {
  requireDatabaseName(database, "drop the snapshot of");
  const cannot = `drop the snapshot of ${database}`;
  return await dropping(url, cannot, database, options, (all, deed) => [
    requireSnapshot(all, database, deed, "There is nothing to drop"),
  ]);
}

/** The refusal of a database that Redd has not made. */
function notRedds(all: readonly StandingDatabase[], name: string, deed: Deed): ReddError {
  const { cannot, typed } = deed;
  const hasSnapshot = snapshotDatabaseOf(all, name, deed) !== undefined;
  return new ReddError("input", "NOT_A_CLONE", {
    cannot,
    because: `${quoted(name)} is no clone that Redd has made`,
    remedy: hasSnapshot
      ? `Nothing was dropped. Its snapshot goes with ${
        typed(["db drop", name, "--snapshot"], name)
      }` +
        `, its clones with ${typed(["db drop", name, "--clones"], name)}`
      : `Nothing was dropped. The clones there are: ${
        typed(["db list"])
      }. A database of your own ` +
        "goes by SQL: DROP DATABASE",
  });
}

function dropping(
  url: string,
  cannot: string,
  database: string,
  { disconnect = false, patience, signal, onStep, typed = typedAlone }: DropOptions,
  which: (all: readonly StandingDatabase[], deed: Deed) => readonly StandingDatabase[],
): Promise<DropReport> {
  const job: ServerJob = { url, cannot, database, sharing: "alone", patience, signal, onStep };
  const how = { cannot, disconnect, patience, signal };
  return atServer(job, async (at) => {
    const all = await databasesOf(at.admin);
    const found = [...new Set(which(all, { cannot, typed }))];
    if (found.length > 0) await requireOwners(at, found, cannot);
    for (const { name } of found) await waitUntilFree(at.keeper, name, how);
    const aside: string[] = [];
    for (const { name } of found) aside.push(await putAside(at, name, how));
    for (const [i, name] of aside.entries()) {
      onStep?.(`removing ${found[i]!.name}`);
      await dropUnfinished(at.admin, name);
    }
    const dropped = found.map(({ name }) => name);
    return { dropped, kept: copiesOf(all, dropped) };
  });
}

/** What was made of databases, but for what is one of them. */
function copiesOf(all: readonly StandingDatabase[], names: readonly string[]): KeptCopy[] {
  return all.flatMap(({ name: database, mark }) =>
    mark !== undefined && names.includes(mark.of) && !names.includes(database)
      ? [{ database, kind: mark.kind, of: mark.of }]
      : []
  );
}

/** Renaming takes a user who may create databases as well. */
function requireOwners({ admin }: AtServer, found: readonly StandingDatabase[], cannot: string) {
  return requireMaker(admin, found, cannot);
}

function putAside({ admin, keeper }: AtServer, name: string, how: Disconnecting): Promise<string> {
  return aloneIn(keeper, name, how, () => together(admin, () => setAside(admin, name)));
}
