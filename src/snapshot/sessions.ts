/** Who is connected to a database: nobody may be while it is copied, renamed or removed. */
import { ReddError } from "../errors.ts";
import { codeOf } from "../postgres/failure.ts";
import { plainIdent } from "../postgres/identifier.ts";
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
  /** Sessions that the user may not end, in words. */
  readonly barred: readonly string[];
  /** The right that ends all of these, in words. */
  readonly missing: string;
  /** Transactions that were prepared and wait for their second phase: nobody can end them for others. */
  readonly prepared: readonly string[];
}

interface SessionRow {
  readonly words: string;
  readonly endable: boolean;
  readonly superuser: boolean;
  /** The user's own role. */
  readonly me: string;
}

/** Has a statement failed since somebody was connected? */
export function isInUse(thrown: unknown): boolean {
  return codeOf(thrown) === IN_USE;
}

/**
 * A session that somebody has, or that replicates. Of other roles' sessions the server tells less to who
 * is no superuser: the type is null, too, and what the server does by itself has no user.
 */
const IN_THE_WAY = `a.pid <> pg_backend_pid() and case when a.backend_type is null
  then a.usesysid is not null else a.backend_type <> 'autovacuum worker' end`;

/** Whether the user may end a session, by the rules of `pg_terminate_backend`. */
const MAY_END = `(me.rolsuper or (not coalesce(r.rolsuper, false)
  and (pg_has_role('pg_signal_backend', 'USAGE')
    or coalesce(pg_has_role(r.oid, 'USAGE'), false))))`;

/** Sessions with their roles, and the user's own role. */
const SESSIONS = `pg_stat_activity a left join pg_roles r on r.oid = a.usesysid
  cross join (select rolsuper, rolname from pg_roles where rolname = current_user) me`;

async function sessionsIn(target: Target, database: string): Promise<Sessions> {
  // What the server tells of sessions stays the same within a transaction unless it is asked anew.
  await target.query("select pg_stat_clear_snapshot()");
  const rows = await target.query<SessionRow>(
    `select 'process ' || a.pid || ' (user ' || coalesce(a.usename::text, '?')
       || coalesce(', application ' || nullif(a.application_name, ''), '')
       || coalesce(', from ' || host(a.client_addr), '')
       || coalesce(', ' || a.state, '')
       || coalesce(', since ' || to_char(a.backend_start at time zone 'UTC',
         'YYYY-MM-DD HH24:MI:SS') || ' UTC', '') || ')' as words,
       ${MAY_END} as endable, coalesce(r.rolsuper, false) as superuser, me.rolname::text as me
     from ${SESSIONS}
     where a.datname = $1 and ${IN_THE_WAY}
     order by a.backend_start, a.pid`,
    [database],
  );
  const barred = rows.filter(({ endable }) => !endable);
  const prepared = await target.query<{ words: string }>(
    `select 'the prepared transaction ' || gid || ' (user ' || owner || ')' as words
     from pg_prepared_xacts where database = $1 order by prepared`,
    [database],
  );
  const words = (lines: readonly { words: string }[]) => lines.map((line) => line.words);
  return {
    all: rows.length + prepared.length,
    words: [...words(prepared), ...words(rows)],
    barred: words(barred),
    missing: barred.some(({ superuser }) => superuser)
      ? "only a superuser ends sessions of a superuser"
      : `as a superuser: grant pg_signal_backend to ${plainIdent(barred[0]?.me ?? "?")}`,
    prepared: words(prepared),
  };
}

/** Ends the sessions in a database that the user may end. */
export async function endSessions(target: Target, database: string): Promise<void> {
  await target.query(
    `select pg_terminate_backend(a.pid) from ${SESSIONS}
     where a.datname = $1 and ${IN_THE_WAY} and ${MAY_END}
       and coalesce(a.backend_type, 'client backend') in ('client backend', 'walsender')`,
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
  const { all, words, prepared, barred, missing } = await sessionsIn(target, database);
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
      : disconnect && barred.length > 0
      ? `Nothing has changed. Your role may not end ${barred[0]}: ${missing}`
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
