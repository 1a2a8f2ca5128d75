/** What a target does to rows on their way into its tables: triggers and rules. */
import { ReddError } from "../errors.ts";
import { someOf } from "../names.ts";
import type { Target } from "./target.ts";

/** Triggers and rules by the name of their table: `the trigger even`. */
export type Acting = ReadonlyMap<string, readonly string[]>;

/**
 * The enabled triggers and rules that see rows come, change or go in tables of the target's schema,
 * and in the partitions and heirs of these. Those that PostgreSQL itself made are not among them.
 *
 * @param events Bits of `pg_trigger.tgtype`; those of rows unless given.
 */
export async function actingOn(
  target: Target,
  tables: readonly string[],
  events = ON_ROWS,
): Promise<Acting> {
  const rows = await target.query<{ table: string; names: string }>(
    `with recursive family as (
       select c.oid, c.relname::text as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = $1 and c.relname = any (string_to_array($2, ','))
       union
       select i.inhrelid, f.name from family f join pg_inherits i on i.inhparent = f.oid
     ), acting as (
       select f.name, 'the trigger ' || quote_ident(t.tgname) as words
       from family f join pg_trigger t on t.tgrelid = f.oid
       where not t.tgisinternal and t.tgenabled in ('O', 'A') and t.tgtype & ${events} > 0
       union
       select f.name, 'the rule ' || quote_ident(r.rulename)
       from family f join pg_rewrite r on r.ev_class = f.oid
       where r.ev_type in ('2', '3', '4') and r.ev_enabled in ('O', 'A')
     )
     select name as table, json_agg(words order by words)::text as names from acting group by name`,
    [target.schema, tables.join(",")],
  );
  return new Map(rows.map(({ table, names }) => [table, JSON.parse(names) as string[]]));
}

/** The bits of `pg_trigger.tgtype` for INSERT, DELETE and UPDATE. */
const ON_ROWS = 4 + 8 + 16;

/** Those for DELETE and TRUNCATE. */
export const ON_REMOVAL = 8 + 32;

/** `the trigger even and the rule none`. */
export function actingWords(acting: readonly string[]): string {
  return someOf(acting);
}

/** What helps against triggers and rules. */
function disarm(table: string): string {
  return `Disable them while the load runs (alter table ${table} disable trigger …, disable ` +
    "rule …), or load into a database without them";
}

/** Failures that a trigger or rule may be the cause of. */
const BY_ACTORS = ["ROW_REFUSED", "SERVER_REFUSED"];

/**
 * The refusal of a row of a table with triggers or rules: it need not be the dataset's any more. Any
 * other failure comes back as it is.
 *
 * @param remedy How things stand in the target, where a failure does not leave it as it was.
 */
export function namingActors(
  failure: ReddError,
  table: string,
  acting: readonly string[],
  remedy = "Nothing has changed in the target",
): ReddError {
  if (acting.length === 0 || !BY_ACTORS.includes(failure.code)) return failure;
  const { fault, code, cannot, because, cause } = failure;
  return new ReddError(fault, code, {
    cannot,
    because: `${because}; ${table} has ${
      actingWords(acting)
    }, which may change rows or refuse them`,
    remedy: `${disarm(table)}. ${remedy}`,
    cause,
  });
}

/**
 * The same for a failure at the end of a transaction, which names its table itself.
 *
 * @param loads What is loaded.
 */
export function namingActorsOf(
  failure: ReddError,
  loads: readonly ActedOn[],
  remedy?: string,
): ReddError {
  const name = (failure.cause as { readonly table_name?: string } | undefined)?.table_name;
  const acting = loads.find(({ table }) => table.name === name)?.acting ?? [];
  return namingActors(failure, name ?? "", acting, remedy);
}

/** A table, and its triggers and rules in words. */
interface ActedOn {
  readonly table: { readonly name: string };
  readonly acting: readonly string[];
}

/** Rows that were sent, and those of them that a table took. */
export interface Sent {
  /** Verb and thing: `load data/batch_batch.csv`. */
  readonly cannot: string;
  readonly table: string;
  readonly sent: number;
  readonly taken: number;
  /** The triggers and rules of the table. */
  readonly acting: readonly string[];
  /** How things stand in the target, where a failure does not leave it as it was. */
  readonly remedy?: string | undefined;
}

/** The error of rows that were sent and are not there. */
function rowsDropped({ cannot, table, sent, taken, acting, remedy }: Sent): ReddError {
  const why = acting.length === 0
    ? "and no trigger or rule of it is known that could have kept the others out"
    : `and it has ${actingWords(acting)}, which may keep rows out`;
  const help = acting.length === 0 ? "Look at what writes to the table" : disarm(table);
  return new ReddError("environment", "ROWS_DROPPED", {
    cannot,
    because: `${table} took ${taken} of ${sent} rows that were sent, ${why}`,
    remedy: remedy === undefined
      ? `Nothing has changed in the target. ${help}`
      : `${help}. ${remedy}`,
  });
}

/**
 * Makes sure that a table took every row.
 *
 * @throws {ReddError} environment, naming its triggers and rules.
 */
export function requireTaken(sent: Sent): void {
  if (sent.taken < sent.sent) throw rowsDropped(sent);
}
