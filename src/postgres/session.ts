/**
 * How a transaction of Redd's begins, and the lock that keeps two loads apart.
 *
 * Nothing is set for longer than a transaction, and no lock is held longer: behind a pooler that
 * hands out connections by transaction the next one may be anybody's, and whoever has it after Redd
 * meets nothing.
 */
import { messageOf, ReddError } from "../errors.ts";
import { codeOf } from "./failure.ts";
import type { Target } from "./target.ts";
import { redactUrl } from "./url.ts";
import { requireWritable } from "./writable.ts";

/** How long a load waits for a lock that another session holds, in ms, unless told otherwise. */
export const LOCK_TIMEOUT = 10_000;

/** The key of the advisory lock that keeps two loads apart in one database: "redd" in ASCII. */
export const LOAD_LOCK = 0x72656464;

/**
 * The search path that keeps functions, operators and types of the target's schemas out: a function
 * with the exact types of its arguments would be taken before PostgreSQL's own, and do with Redd's
 * rights what its author likes. Tables are named with their schema.
 */
export const CATALOG_ALONE = "pg_catalog, pg_temp";

/**
 * All that Redd depends on and that the server's configuration, a database or a role may have set
 * otherwise. What only makes the server faster or slower is left as its administrator wants it.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  search_path: CATALOG_ALONE,
  // All rows or an error: a load or comparison would believe of hidden rows that they are not there.
  row_security: "off",
  // No limit but the one for locks.
  statement_timeout: "0",
  idle_in_transaction_session_timeout: "0",
  transaction_timeout: "0",
  // How values are read and written.
  client_encoding: "UTF8",
  timezone: "UTC",
  timezone_abbreviations: "Default",
  datestyle: "ISO, YMD",
  intervalstyle: "postgres",
  extra_float_digits: "1",
  bytea_output: "hex",
  // How statements are read, and how the server words those that it makes of its catalog.
  standard_conforming_strings: "on",
  backslash_quote: "safe_encoding",
  array_nulls: "on",
  transform_null_equals: "off",
  quote_all_identifiers: "off",
  // What statements do.
  restrict_nonsystem_relation_kind: "",
  gin_fuzzy_search_limit: "0",
  session_replication_role: "origin",
  exit_on_error: "off",
  client_min_messages: "warning",
};

/** Settings by name, as rows of VALUES. */
function rowsOf(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings).map(([name, value]) => `('${name}', '${value}')`).join(", ");
}

/**
 * The statement that sets a transaction. It names everything in full, since it runs on whatever
 * search path there is; settings that a server does not have, or has so already, are passed over.
 */
function settingStatement(settings: Readonly<Record<string, string>>): string {
  return `select pg_catalog.set_config(wanted.name, wanted.value, true)
    from (values ${rowsOf(settings)}) wanted (name, value)
    where pg_catalog.current_setting(wanted.name, true) operator(pg_catalog.<>) wanted.value`;
}

/**
 * Has the server end a statement within a second whose client is gone, so that whoever was killed
 * keeps nobody waiting. Not every platform of a server can tell.
 */
const WATCH_CLIENT = "set local client_connection_check_interval = '1s'";

/** The code of a value that a setting cannot have on this server. */
const NO_SUCH_VALUE = "22023";

const watching = new WeakMap<Target, boolean>();

/** Can the server watch its client? It is asked once for every connection. */
async function canWatch(target: Target): Promise<boolean> {
  const known = watching.get(target);
  if (known !== undefined) return known;
  let found = true;
  try {
    await target.query(`begin; ${WATCH_CLIENT}; rollback`);
  } catch (error) {
    if (codeOf(error) !== NO_SUCH_VALUE) throw error;
    await target.query("rollback");
    found = false;
  }
  watching.set(target, found);
  return found;
}

/** How a transaction begins. */
interface Beginning {
  /** The statements that begin it, before any setting. */
  readonly begin: string;
  /** How long it waits for a lock that another session holds, in ms. */
  readonly lockTimeout: number;
  /** How long it waits for the server to begin, in ms; {@linkcode PATIENCE_TO_BEGIN} if absent. */
  readonly patience?: number;
}

/** No server that is well needs so long to begin a transaction, in ms; a pooler without a free connection does. */
export const PATIENCE_TO_BEGIN = 30_000;

/**
 * Begins a transaction and sets it.
 *
 * @throws {ReddError} environment, when the server, or a pooler before it, does not begin one.
 */
export async function beginSet(
  target: Target,
  { begin, lockTimeout, patience = PATIENCE_TO_BEGIN }: Beginning,
): Promise<void> {
  const begun = set(target, begin, lockTimeout);
  if (patience === Infinity) return await begun;
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(notBegun(target, patience));
    target.abandon();
  }, patience);
  try {
    await Promise.race([promise, begun]);
  } finally {
    clearTimeout(timer);
  }
}

async function set(target: Target, begin: string, lockTimeout: number): Promise<void> {
  const watch = await canWatch(target) ? `; ${WATCH_CLIENT}` : "";
  const settings = { ...SETTINGS, lock_timeout: `${Math.trunc(lockTimeout)}` };
  try {
    await target.query(`${begin}; ${settingStatement(settings)}${watch}`);
  } catch (error) {
    throw codeOf(error) === "42501" ? notSet(target, error) : error;
  }
}

/** A setting that only a superuser may change, such as whether foreign keys are checked. */
function notSet({ url }: Target, cause: unknown): ReddError {
  return new ReddError("environment", "SETTING_FORBIDDEN", {
    cannot: `work in ${redactUrl(url)}`,
    because: `a setting of the role or database keeps Redd from it: ${messageOf(cause)}`,
    remedy:
      "Have a superuser reset it for this role or database (alter role … reset …), or grant " +
      "SET on the parameter",
    cause,
  });
}

function notBegun({ url }: Target, patience: number): ReddError {
  return new ReddError("environment", "NO_CONNECTION_FREE", {
    cannot: `begin a transaction in ${redactUrl(url)}`,
    because: `it did not begin within ${patience / 1000} s`,
    remedy: "If a pooler stands before the server, all of its connections are taken: raise its " +
      "pool_size, give fewer --jobs, or connect to the server itself",
  });
}

const WRITING = "begin isolation level read committed";

/** Begins a transaction that writes. What others commit meanwhile is seen by its next statement. */
export async function beginWriting(target: Target, lockTimeout: number): Promise<void> {
  await beginSet(target, { begin: WRITING, lockTimeout });
}

/** Commits, and begins the next transaction that writes, in one message: between them is no moment. */
export async function commitAndGoOn(target: Target, lockTimeout: number): Promise<void> {
  await beginSet(target, { begin: `commit; ${WRITING}`, lockTimeout, patience: Infinity });
}

/** What a transaction reads, and how long it waits. */
export interface ReadingOptions {
  /** The state that another transaction has exported; the present one if absent. */
  readonly snapshot?: string | undefined;
  /** How long to wait for a lock that another session holds, in ms; 10 s if absent. */
  readonly lockTimeout?: number;
}

/** Begins a transaction that reads one state of the database and changes nothing. */
export async function beginReading(
  target: Target,
  { snapshot, lockTimeout = LOCK_TIMEOUT }: ReadingOptions = {},
): Promise<void> {
  const shared = snapshot === undefined ? "" : `; set transaction snapshot '${snapshot}'`;
  const begin = `begin isolation level repeatable read read only${shared}`;
  await beginSet(target, { begin, lockTimeout });
}

/**
 * Begins a transaction that alone loads into the database, or wipes it, until it ends.
 *
 * @param deed What is done, as in `Cannot <deed> <target>`.
 * @throws {ReddError} environment, when a load or another wipe is running, or the database takes no
 *   writing from this user.
 */
export async function beginAlone(
  target: Target,
  lockTimeout: number,
  deed: string,
): Promise<void> {
  await beginWriting(target, lockTimeout);
  await requireWritable(target, deed);
  await takeLoadLock(target, lockTimeout, deed);
}

/** How long a load waits for the session of a killed one to end, in ms. */
const PATIENCE = 3000;

/** Takes the lock that keeps two loads apart, with a little patience. */
async function takeLoadLock(target: Target, lockTimeout: number, deed: string): Promise<void> {
  const until = performance.now() + Math.min(PATIENCE, lockTimeout);
  while (true) {
    const [row] = await target.query<{ alone: boolean }>(
      `select pg_try_advisory_xact_lock(${LOAD_LOCK}) as alone`,
    );
    if (row?.alone) return;
    if (performance.now() > until) throw loadRunning(target, deed);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function loadRunning({ url }: Target, deed: string): ReddError {
  return new ReddError("environment", "LOAD_RUNNING", {
    cannot: `${deed} ${redactUrl(url)}`,
    because: "a load into this database, or a wipe of it, is running",
    remedy: "Wait until it has ended",
  });
}
