/**
 * Work on the databases of a server, from outside of them: CREATE and DROP DATABASE are no part of a
 * transaction, and a database is not renamed from within. So there are two connections to a database
 * of the server's own. One works; the other keeps a transaction open that holds the locks by which
 * commands of Redd's keep out of each other's way, and looks after sessions while the first waits.
 */
import { ReddError } from "../errors.ts";
import { urlOf } from "../postgres/connection/address.ts";
import { LOAD_LOCK } from "../postgres/session.ts";
import { connectBeside, type Target } from "../postgres/target.ts";
import { readUrl, redactUrl } from "../postgres/url.ts";
import { withTarget } from "../postgres/with_target.ts";
import { requireWritable } from "../postgres/writable.ts";
import { pause } from "../server/waiting.ts";
import { databasesOf, isLeftover } from "./standing.ts";

/** The server's own databases to work from, the better one first. */
const OUTSIDE = ["postgres", "template1"];

/** Errors of a connection for which another database is worth a try. */
const NOT_THIS_ONE = ["DATABASE_MISSING", "DATABASE_CLOSED", "RIGHTS_MISSING", "LOGIN_REFUSED"];

/**
 * What a session is opened with, whatever a role or the server says otherwise: functions of others
 * are not called, and a copy takes as long as it takes.
 */
const OPTIONS = [
  "search_path=pg_catalog,pg_temp",
  "statement_timeout=0",
  "lock_timeout=10s",
  "idle_in_transaction_session_timeout=0",
  "standard_conforming_strings=on",
  "client_min_messages=warning",
].map((setting) => `-c ${setting}`).join(" ");

/** How long another command that holds a lock is waited for, in ms. */
const COMMAND_PATIENCE = 10_000;

/** Whom a command keeps away from a database's snapshot and clones. */
export type Sharing =
  /** Everybody: it makes or replaces them. */
  | "alone"
  /** Those who would be alone: it makes a copy. */
  | "shared";

/** What work at a server is about. */
export interface ServerJob {
  /** The connection string of any database of the server. */
  readonly url: string;
  /** Verb and thing: `reset the database start`. */
  readonly cannot: string;
  /** The database that is copied or replaced. */
  readonly database: string;
  readonly sharing: Sharing;
  /** How long another command at the database is waited for, in ms; 10 s if absent. */
  readonly patience?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Receives what takes its time: `copying start, 1.4 GB`. */
  readonly onStep?: ((step: string) => void) | undefined;
}

/** The two connections. */
export interface AtServer {
  /** It works, outside of transactions but where it begins one. */
  readonly admin: Target;
  /** It holds the locks, and sees to sessions. */
  readonly keeper: Target;
}

/** The connection string of another database of the same server. */
export function urlOfDatabase(url: string, database: string): string {
  return urlOf({ ...readUrl(url), database });
}

/** The same with the settings of a session that works from outside. */
function workingUrl(url: string, database: string): string {
  const address = readUrl(url);
  const options = address.options === undefined ? OPTIONS : `${address.options} ${OPTIONS}`;
  return urlOf({ ...address, database, options });
}

/** How things stand after an interruption or a lost connection, whatever it met. */
const AFTERWARDS = "No database was lost. What was begun is removed by the next snapshot, reset, " +
  "clone or drop: run the same command again when you like";

/**
 * Opens one connection to a database with the settings of a session that works from outside, and
 * works there.
 *
 * @throws {ReddError} what the work throws, or the connection; interrupted.
 */
export async function withSession<Result>(
  job: Pick<ServerJob, "url" | "cannot" | "signal">,
  database: string,
  work: (target: Target, targets: Target[]) => Promise<Result>,
): Promise<Result> {
  const { url, cannot, signal } = job;
  const long = workingUrl(url, database);
  const shown = urlOfDatabase(url, database);
  try {
    return await withTarget(
      {
        url: long,
        cannot,
        remedy: AFTERWARDS,
        signal,
        interrupted: { cannot, remedy: AFTERWARDS },
      },
      (target, { targets }) => work(target, targets),
    );
  } catch (error) {
    if (!(error instanceof ReddError)) throw error;
    const plain = (text: string) => text.replaceAll(redactUrl(long), redactUrl(shown));
    const { fault, code, remedy, cause } = error;
    throw new ReddError(fault, code, {
      cannot: plain(error.cannot),
      because: plain(error.because),
      ...(remedy === undefined ? {} : { remedy: plain(remedy) }),
      cause,
    });
  }
}

/** Works from the first of the server's own databases that lets the user in. */
export async function fromOutside<Result>(
  job: Pick<ServerJob, "url" | "cannot" | "signal">,
  work: (target: Target, targets: Target[]) => Promise<Result>,
): Promise<Result> {
  let first: unknown;
  for (const database of OUTSIDE) {
    let entered = false;
    try {
      return await withSession(job, database, (target, targets) => {
        entered = true;
        return work(target, targets);
      });
    } catch (error) {
      first ??= error;
      const other = error instanceof ReddError && NOT_THIS_ONE.includes(error.code);
      if (entered || !other) throw error;
    }
  }
  throw first;
}

/**
 * Works on databases of a server. What an interrupted command has left is removed first, unless
 * another is at work.
 *
 * @throws {ReddError} environment, when there is no connection, nothing may be written, or another
 *   command holds the database; interrupted; and what the work throws.
 */
export function atServer<Result>(
  job: ServerJob,
  work: (at: AtServer) => Promise<Result>,
): Promise<Result> {
  return fromOutside(job, async (keeper, targets) => {
    const admin = await connectBeside(keeper);
    targets.push(admin);
    await requireWritable(admin, "change the databases of");
    await watchClient(admin);
    await keeper.query("begin isolation level read committed");
    await clearLeftovers({ admin, keeper }, job);
    await takeLock(keeper, job, "0", "shared");
    await takeLock(keeper, job, `hashtext($1)`, job.sharing, job.database);
    return await work({ admin, keeper });
  });
}

/**
 * Has the server end a statement within a second whose client is gone: a copy that nobody waits for is
 * taken back. Not every platform of a server can tell.
 */
async function watchClient(target: Target): Promise<void> {
  await target.query("set client_connection_check_interval = '1s'").catch(() => {});
}

/** Does another hold a lock of this number? It is taken otherwise, until the transaction ends. */
async function tryLock(
  keeper: Target,
  number: string,
  sharing: Sharing,
  args: readonly string[] = [],
): Promise<boolean> {
  const shared = sharing === "shared" ? "_shared" : "";
  const [row] = await keeper.query<{ taken: boolean }>(
    `select pg_try_advisory_xact_lock${shared}(${LOAD_LOCK}, ${number}) as taken`,
    args,
  );
  return row?.taken === true;
}

async function takeLock(
  keeper: Target,
  { cannot, signal, patience = COMMAND_PATIENCE }: ServerJob,
  number: string,
  sharing: Sharing,
  ...args: string[]
): Promise<void> {
  for (const until = performance.now() + patience;;) {
    if (await tryLock(keeper, number, sharing, args)) return;
    if (performance.now() > until) {
      throw new ReddError("environment", "SNAPSHOT_BUSY", {
        cannot,
        because: "another command makes, resets or removes databases of this name on the server",
        remedy: "Nothing has changed. Wait until it has ended",
      });
    }
    await pause(50, signal);
  }
}

/** Removes what interrupted commands have left, where no other command can be making it right now. */
async function clearLeftovers({ admin, keeper }: AtServer, { onStep }: ServerJob): Promise<void> {
  const left = async () =>
    (await databasesOf(admin)).filter((facts) => facts.mine && isLeftover(facts));
  if ((await left()).length === 0 || !await tryLock(keeper, "0", "alone")) return;
  for (const { name } of await left()) {
    onStep?.("removing what an interrupted command has left");
    await dropUnfinished(admin, name);
  }
  await keeper.query("commit");
  await keeper.query("begin isolation level read committed");
}

/** Removes a database that is known to be a leftover. */
export async function dropUnfinished(admin: Target, name: string): Promise<void> {
  // Its name is Redd's own: letters, digits and dots.
  await admin.query(`drop database if exists "${name}"`);
}
