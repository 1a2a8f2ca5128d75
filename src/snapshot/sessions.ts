/** Who is connected to a database: nobody may be while it is copied, renamed or removed. */
import { ReddError } from "../errors.ts";
import { codeOf } from "../postgres/failure.ts";
import type { Target } from "../postgres/target.ts";
import { pause } from "../server/waiting.ts";

/** How long is waited for sessions that are about to end, in ms: as long as PostgreSQL waits. */
const SESSION_PATIENCE = 5000;

/** Between looks, in ms. */
const LOOK = 100;

/** How many sessions a message names. */
const NAMED = 4;

/** PostgreSQL's code for a database that others are connected to. */
const IN_USE = "55006";

/** Sessions in a database, as far as the user may see them. */
interface Sessions {
  readonly all: number;
  readonly words: readonly string[];
  /** Transactions that were prepared and wait for their second phase: nobody can end them for others. */
  readonly prepared: readonly string[];
}

/** Has a statement failed since somebody was connected? */
export function isInUse(thrown: unknown): boolean {
  return codeOf(thrown) === IN_USE;
}

async function sessionsIn(target: Target, database: string): Promise<Sessions> {
  // What the server tells of sessions stays the same within a transaction unless it is asked anew.
  await target.query("select pg_stat_clear_snapshot()");
  const rows = await target.query<{ words: string }>(
    `select 'process ' || pid || ' (user ' || coalesce(usename::text, '?')
       || coalesce(', application ' || nullif(application_name, ''), '')
       || coalesce(', from ' || host(client_addr), '')
       || coalesce(', ' || state, '')
       || coalesce(', since ' || to_char(backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')
         || ' UTC', '') || ')' as words
     from pg_stat_activity
     where datname = $1 and backend_type <> 'autovacuum worker' and pid <> pg_backend_pid()
     order by backend_start`,
    [database],
  );
  const prepared = await target.query<{ words: string }>(
    `select 'the prepared transaction ' || gid || ' (user ' || owner || ')' as words
     from pg_prepared_xacts where database = $1 order by prepared`,
    [database],
  );
  const words = (lines: readonly { words: string }[]) => lines.map((line) => line.words);
  return {
    all: rows.length + prepared.length,
    words: [...words(prepared), ...words(rows)],
    prepared: words(prepared),
  };
}

/** Ends the sessions in a database; those that the user may not end are an error. */
export async function endSessions(target: Target, database: string): Promise<void> {
  await target.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = $1 and pid <> pg_backend_pid()
       and backend_type in ('client backend', 'walsender')`,
    [database],
  );
}

/** What is done with sessions that are in the way. */
export interface Disconnecting {
  /** Whether they are ended; otherwise they are named. */
  readonly disconnect: boolean;
  /** Verb and thing: `reset the database start`. */
  readonly cannot: string;
  /** How long they are waited for, in ms; 5 s if absent. */
  readonly patience?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits until nobody is connected to a database.
 *
 * @throws {ReddError} environment, naming those who are.
 */
export async function waitUntilFree(
  target: Target,
  database: string,
  how: Disconnecting,
): Promise<void> {
  const { patience = SESSION_PATIENCE } = how;
  for (const until = performance.now() + patience;;) {
    const { all, prepared } = await sessionsIn(target, database);
    if (all === 0) return;
    if (performance.now() > until || prepared.length > 0) {
      throw await inUse(target, database, how);
    }
    if (how.disconnect) await endSessions(target, database);
    await pause(LOOK, how.signal);
  }
}

/** The refusal of a database that others are connected to. */
export async function inUse(
  target: Target,
  database: string,
  { cannot, disconnect }: Disconnecting,
): Promise<ReddError> {
  const { all, words, prepared } = await sessionsIn(target, database);
  const named = words.slice(0, NAMED).join("; and ");
  const more = all > NAMED ? `; and ${all - NAMED} more` : "";
  const who = all === 0
    ? "somebody, who is gone by now, was"
    : `${named}${more} ${all === 1 ? "is" : "are"}`;
  return new ReddError("environment", "DATABASE_IN_USE", {
    cannot,
    because: `${who} connected to ${database}`,
    remedy: prepared.length > 0
      ? "Nothing has changed. Commit or roll back the prepared transaction, then try again"
      : disconnect
      ? "Nothing has changed. They come back as soon as they are ended: stop what connects, then " +
        "try again"
      : "Nothing has changed. Close what is connected, or give --disconnect, which ends the " +
        "sessions",
  });
}

/**
 * Runs a transaction that has to have a database for itself, such as one that renames it. While it
 * waits, it lets nobody in; sessions that slipped in before are ended meanwhile where that was asked.
 *
 * @param keeper Another connection, which sees to the sessions.
 */
export async function aloneIn<Result>(
  keeper: Target,
  database: string,
  how: Disconnecting,
  work: () => Promise<Result>,
): Promise<Result> {
  const ended = new AbortController();
  const ending = how.disconnect ? keepEnding(keeper, database, ended.signal) : undefined;
  try {
    return await work();
  } catch (error) {
    ended.abort();
    await ending;
    throw isInUse(error) ? await inUse(keeper, database, how) : error;
  } finally {
    ended.abort();
    await ending;
  }
}

/** Ends sessions as they come, until the signal. */
async function keepEnding(keeper: Target, database: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // What goes wrong here the transaction that waits meets itself; the keeper's own goes on.
    await keeper.query("savepoint ending");
    await endSessions(keeper, database).catch(() => keeper.query("rollback to ending"));
    await keeper.query("release ending");
    await pause(LOOK, signal);
  }
}
