/**
 * Who holds the lock that a load could not get.
 *
 * The session that waited has no answer any more: its statement is aborted. The question is put by
 * another connection, a moment later. The server does not say either what was waited for; the
 * statement names its tables, and whoever holds a lock on one of them is told, the strongest first.
 */
import postgres from "../packages/postgres.ts";
import { ReddError } from "../errors.ts";
import { beginReading, LOAD_LOCK } from "./session.ts";
import { connect, type Target } from "./target.ts";

/** A session that holds a lock, as far as the user may see it. */
interface LockHolder {
  /** Its process; 0 for a transaction that was prepared and waits for its second phase. */
  readonly pid: number;
  readonly user: string;
  readonly application: string | null;
  readonly state: string | null;
  /** When its transaction began, in UTC. */
  readonly since: string | null;
  /** The lock, and on which table, if on one: `ShareLock on public.batch_batch`. */
  readonly lock: string;
  /** What it runs or has run last, on one line; null where the user may not see it. */
  readonly query: string | null;
}

/** How many sessions a message names, and how many characters of what they run. */
const NAMED = 3;
const QUERY_CHARACTERS = 60;

/** Errors that another session is the cause of. */
const OF_OTHERS = ["TARGET_LOCKED", "LOAD_RUNNING", "DEADLOCK"];

/**
 * Adds to an error who holds the lock, where a lock is what it is about. Whatever goes wrong with
 * the question, the error comes back with what is known.
 *
 * @param error What a load ends with.
 * @param url The connection string of the load.
 * @returns the error, which says so where it is one about a lock.
 */
export async function explainLock<Thrown>(error: Thrown, url: string): Promise<Thrown | ReddError> {
  if (!(error instanceof ReddError) || !OF_OTHERS.includes(error.code)) return error;
  const holder = await explanation(error, url).catch(() => undefined);
  return holder === undefined ? error : error.adding(holder);
}

async function explanation(error: ReddError, url: string): Promise<string | undefined> {
  const target = await connect(url);
  try {
    await beginReading(target);
    await target.query("set local statement_timeout = '5s'");
    const { code, cause } = error;
    if (code === "LOAD_RUNNING") return sentence("It is", await ask(target, isLoadLock("l")));
    if (!(cause instanceof postgres.PostgresError)) return undefined;
    if (code === "DEADLOCK") {
      const { pid, relation } = blockerOf(cause.detail ?? "");
      return sentence("It was", await ask(target, IS_BLOCKER, [pid, relation]));
    }
    // The words between quotes and dots: names of tables are among them.
    const words = `${cause.query} ${cause.where ?? ""}`.match(/[\p{L}\p{N}_$]+/gu) ?? [];
    const named = await ask(target, IS_NAMED, [target.schema, [...new Set(words)].join(" ")]);
    if (named.length > 0) return sentence("The lock is held by", named);
    // A foreign key that is dropped locks a table that no word of the statement names.
    return sentence("Perhaps it is held by", await ask(target, IS_IN_SCHEMA, [target.schema]));
  } finally {
    await target.close();
  }
}

/** Is a line of pg_locks the lock that keeps two loads apart? */
const isLoadLock = (line: string) =>
  `(${line}.locktype, ${line}.classid, ${line}.objsubid, ${line}.objid) =
    ('advisory', 0, 1, ${LOAD_LOCK})`;

/** Is it held by a process, on a relation if one is given? */
const IS_BLOCKER = `l.pid = $1::int
  and (nullif($2, '') is null or l.relation = nullif($2, '')::oid)`;

/** Is it on something in a schema, and not of a load itself? */
const IS_IN_SCHEMA = `c.relnamespace = (select oid from pg_namespace where nspname = $1)
  and not exists (
    select from pg_locks own where own.pid = l.pid and own.granted and ${isLoadLock("own")})`;

/** Is it on something of which the name is among these words? */
const IS_NAMED = `${IS_IN_SCHEMA} and c.relname = any (string_to_array($2, ' '))`;

/** Lock modes from weak to strong. */
const MODES = "AccessShareLock RowShareLock RowExclusiveLock ShareUpdateExclusiveLock " +
  "ShareLock ShareRowExclusiveLock ExclusiveLock AccessExclusiveLock";

/** Sessions that hold locks of a kind in this database, each with its strongest. */
function ask(
  target: Target,
  condition: string,
  args: readonly string[] = [],
): Promise<readonly LockHolder[]> {
  return target.query<LockHolder>(
    `with held as (
       select distinct on (l.pid, l.virtualtransaction)
         l.pid, l.virtualtransaction, l.mode, c.oid::regclass as relation,
         array_position(string_to_array('${MODES}', ' '), l.mode) as strength
       from pg_locks l left join pg_class c on c.oid = l.relation
       where l.granted and l.pid is distinct from pg_backend_pid() and (${condition})
         and l.database = (select oid from pg_database where datname = current_database())
       order by l.pid, l.virtualtransaction, strength desc
     )
     select coalesce(held.pid, 0) as pid,
       coalesce(a.usename, p.owner, '?') as user,
       coalesce(nullif(a.application_name, ''), p.gid) as application,
       a.state,
       to_char(coalesce(a.xact_start, p.prepared) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')
         as since,
       held.mode || coalesce(' on ' || held.relation::text, '') as lock,
       nullif(a.query, '<insufficient privilege>') as query
     from held
     left join pg_stat_activity a using (pid)
     left join pg_locks own on held.pid is null and own.pid is null and own.granted
       and own.virtualtransaction = held.virtualtransaction and own.locktype = 'transactionid'
     left join pg_prepared_xacts p on p.transaction = own.transactionid
     order by held.strength desc nulls last, since
     limit ${NAMED}`,
    args,
  );
}

/** The first line of a deadlock's detail is about the session that was ended. */
function blockerOf(detail: string): { pid: string; relation: string } {
  const [line = ""] = detail.split("\n");
  const numbers = line.match(/\d+/g) ?? [];
  // "Process 1 waits for ShareLock on relation 2 of database 3; blocked by process 4."
  return { pid: numbers.at(-1) ?? "0", relation: numbers.length === 4 ? numbers[1]! : "" };
}

function sentence(begin: string, holders: readonly LockHolder[]): string | undefined {
  return holders.length === 0 ? undefined : `${begin} ${holders.map(described).join("; and ")}`;
}

function described(holder: LockHolder): string {
  const { pid, user, application, state, since, lock, query } = holder;
  const who = pid === 0 ? `the prepared transaction ${application}` : `process ${pid}`;
  const facts = [
    `user ${user}`,
    ...(pid === 0 || application === null ? [] : [`application ${application}`]),
    ...(state === null ? [] : [state]),
    ...(since === null ? [] : [`since ${since} UTC`]),
    lock,
  ];
  const line = withoutLiterals(query ?? "").replaceAll(/\s+/g, " ").trim();
  const cut = line.length > QUERY_CHARACTERS ? `${line.slice(0, QUERY_CHARACTERS)}…` : line;
  return `${who} (${facts.join(", ")})${cut === "" ? "" : `: ${cut}`}`;
}

/**
 * Comments, names in quotes and texts of SQL, each to its end or to that of the statement, which the
 * server may have cut. A backslash before a quote means what a setting says: all behind it is taken.
 */
const LITERAL = new RegExp(
  [
    String.raw`(?<comment>--[^\n]*|/\*(?:(?!\*/|/\*)[^])*(?:\*/|/\*[^]*|$))`,
    String.raw`(?<name>"[^"]*"?)`,
    String.raw`\be'(?:[^'\\]|''|\\[^])*(?:'|\\?$)`,
    String.raw`'(?:[^'\\]|''|\\(?!'))*(?:'|\\'[^]*|$)`,
    String.raw`\$(?<tag>[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[^]*?(?:\$\k<tag>\$|$)`,
  ].join("|"),
  "gi",
);

/** A statement without the texts in it: what stands in quotes may be anybody's secret. */
function withoutLiterals(statement: string): string {
  return statement.replaceAll(LITERAL, (all, ...rest) => {
    const { name, comment } = rest.at(-1);
    if (name !== undefined) return all;
    if (comment === undefined) return all.startsWith("$") ? "$$…$$" : "'…'";
    return /['"$]/.test(comment) ? `${comment.slice(0, 2)}…` : comment;
  });
}
