/**
 * What a database holds that no dataset speaks for: one that AquaMind's own programs have filled, or
 * people. The days that it is of follow from its records, whatever the clock says.
 */
import { schemaMappingOf } from "../../aquamind/target_schema.ts";
import type { Days, FoundRows } from "../../catalogue/known.ts";
import { ReddError } from "../../errors.ts";
import { qualified } from "../../postgres/identifier.ts";
import { requireSelect } from "../../postgres/rights.ts";
import type { Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { allTables } from "../../tables/catalog.ts";
import { catalogOf } from "./reading.ts";

/** What a look at a database has shown. */
export interface DatabaseFacts {
  /** The version of AquaMind's schema, as far as it is known: `2025-11`. */
  readonly schema: string;
  /** How many of the described tables are there. */
  readonly tables: number;
  /** How many tables are described. */
  readonly tablesDescribed: number;
  /** Rows of all of them; of large ones as the server estimates them. */
  readonly rows: number;
  /** Are some of the rows estimated? */
  readonly estimated: boolean;
  /** How many batches it has. */
  readonly batches: number;
  /** The day on which the first batch starts: `2024-01-15`. */
  readonly firstDay: string;
  /** The last day with a record. */
  readonly lastDay: string;
  /** The table that has it. */
  readonly lastOf: string;
}

/**
 * The tables that say up to which day a farm has lived, and their days. None of them looks ahead, and
 * none has its day from the clock of who wrote it, as histories and summaries may.
 */
const RECORDS: readonly (readonly [table: string, day: string])[] = [
  ["environmental_environmentalreading", "reading_time"],
  ["inventory_feedingevent", "feeding_date"],
  ["batch_mortalityevent", "event_date"],
  ["batch_growthsample", "sample_date"],
  ["batch_actualdailyassignmentstate", "date"],
  ["health_licecount", "count_date"],
  ["health_journalentry", "entry_date"],
  ["batch_batchcontainerassignment", "assignment_date"],
  // On the day of a harvest nothing else happens any more.
  ["harvest_harvestevent", "event_date"],
];

const BATCHES = "batch_batch";

/** Up to so many rows, as the server estimates them, are counted. */
const COUNTED = 200_000;

/**
 * Looks at a database in the transaction that is open.
 *
 * @param asked The tables that will be read.
 * @throws {ReddError} input, where it has none of AquaMind's tables, or no batch with records;
 *   environment, where the user may not read the tables, or not every row.
 */
export async function lookAt(
  target: Target,
  asked: ReadonlySet<string>,
): Promise<{ readonly rows: FoundRows; readonly facts: DatabaseFacts }> {
  const catalog = await catalogOf(target, allTables.map(({ name }) => name));
  const names = allTables.map(({ name }) => name).filter((name) => catalog.has(name));
  const records = RECORDS.filter(([table]) => catalog.has(table));
  const needed = new Set([...asked, BATCHES, ...records.map(([table]) => table)]);
  await requireSelect(target, "verify", names.filter((name) => needed.has(name)));
  const days = catalog.has(BATCHES) ? await daysOf(target, records) : undefined;
  if (days === undefined) {
    throw new ReddError("input", "NO_RECORDS", {
      cannot: `verify ${redactUrl(target.url)}`,
      because: "it has AquaMind's tables, and no batch with records in them",
      remedy: "Load a dataset first, or name the database that has the farm's rows",
    });
  }
  const { batches, lastDay, lastOf, ...range } = days;
  const facts = {
    schema: schemaMappingOf(catalog).schema,
    tables: names.length,
    tablesDescribed: allTables.length,
    ...await rowsOf(target, names),
    batches,
    firstDay: range.firstDay,
    lastDay,
    lastOf,
  };
  const tables = Object.fromEntries(names.map((name) => [name, true]));
  return { rows: { found: "database", tables, ...range }, facts };
}

/** The days of a farm, and how many batches it has; undefined where it has none, or no records. */
async function daysOf(
  { query, schema }: Target,
  records: typeof RECORDS,
): Promise<(Days & Pick<DatabaseFacts, "batches" | "lastDay" | "lastOf">) | undefined> {
  const [batches] = await query<{ n: string; first: string | null }>(
    `select count(*)::text as n, min(start_date)::text as first
     from ${qualified(schema, BATCHES)}`,
  );
  const lasts = records.map(([table, day]) =>
    `select '${table}' as table_name, cast(max(${day}) as date) as day
     from ${qualified(schema, table)}`
  );
  const [last] = lasts.length === 0
    ? []
    : await query<{ table_name: string; day: string; next: string }>(
      `select table_name, day::text as day, (day + 1)::text as next
     from (${lasts.join(" union all ")}) lasts
     where day is not null and isfinite(day) order by lasts.day desc limit 1`,
    );
  if (last === undefined || batches?.first == null) return undefined;
  return {
    firstDay: batches.first < last.day ? batches.first : last.day,
    asOf: last.next,
    batches: Number(batches.n),
    lastDay: last.day,
    lastOf: last.table_name,
  };
}

/** The rows of tables that the user may read: counted where they are few. */
async function rowsOf(
  { query, schema }: Target,
  names: readonly string[],
): Promise<Pick<DatabaseFacts, "rows" | "estimated">> {
  const tables = await query<{ name: string; estimate: string }>(
    `select c.relname as name, trunc(c.reltuples)::bigint::text as estimate
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relname = any (string_to_array($2, ','))
       and has_table_privilege(c.oid, 'SELECT')`,
    [schema, names.join(",")],
  );
  const large = tables.filter(({ estimate }) => Number(estimate) > COUNTED);
  const small = tables.filter((table) => !large.includes(table));
  const counts = small.map(({ name }) => `select count(*) as n from ${qualified(schema, name)}`);
  const [row] = counts.length === 0 ? [] : await query<{ n: string }>(
    `select sum(n)::text as n from (${counts.join(" union all ")}) counts`,
  );
  const estimated = large.reduce((sum, { estimate }) => sum + Number(estimate), 0);
  return { rows: Number(row?.n ?? 0) + estimated, estimated: large.length > 0 };
}
