/**
 * What a database holds that no dataset speaks for: one that AquaMind's own programs have filled, or
 * people. The days that it is of follow from its records, whatever the clock says.
 */
import { schemaMappingOf } from "../../aquamind/target_schema.ts";
import type { Days, FoundRows } from "../../catalogue/known.ts";
import { PLAUSIBLE } from "../../catalogue/plausible.ts";
import { ReddError } from "../../errors.ts";
import { quoted } from "../../quoted.ts";
import { qualified } from "../../postgres/identifier.ts";
import { requireSelect } from "../../postgres/rights.ts";
import type { Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { isoOf, parseIso } from "../../farm/days.ts";
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
  /** The last day by which the checks judge: that of the records, unless it was given. */
  readonly judgedTo: string;
  /** The last day of any other table, where that lies more than a year before. */
  readonly alone?: { readonly before: string; readonly beforeOf: string };
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
 * @param judgedTo The last day by which the checks are to judge; that of the records if absent.
 * @throws {ReddError} input, where it has none of AquaMind's tables, or no batch with records;
 *   environment, where the user may not read the tables, or not every row.
 */
export async function lookAt(
  target: Target,
  asked: ReadonlySet<string>,
  judgedTo?: string,
): Promise<{ readonly rows: FoundRows; readonly facts: DatabaseFacts }> {
  if (judgedTo !== undefined && parseIso(judgedTo) === undefined) throw noDay(judgedTo);
  const catalog = await catalogOf(target, allTables.map(({ name }) => name));
  const names = allTables.map(({ name }) => name).filter((name) => catalog.has(name));
  const records = RECORDS.filter(([table]) => catalog.has(table));
  const needed = new Set([...asked, BATCHES, ...records.map(([table]) => table)]);
  await requireSelect(target, "verify", names.filter((name) => needed.has(name)));
  const found = catalog.has(BATCHES) ? await daysOf(target, records) : undefined;
  if (found === undefined) {
    throw new ReddError("input", "NO_RECORDS", {
      cannot: `verify ${redactUrl(target.url)}`,
      because: "it has AquaMind's tables, and no batch with records in them",
      remedy: "Load a dataset first, or name the database that has the farm's rows",
    });
  }
  const { firstDay, ...ofRecords } = found;
  const range = daysTo(judgedTo ?? found.lastDay, firstDay);
  const facts = {
    schema: schemaMappingOf(catalog).schema,
    tables: names.length,
    tablesDescribed: allTables.length,
    ...await rowsOf(target, names),
    ...ofRecords,
    firstDay: range.firstDay,
    judgedTo: judgedTo ?? found.lastDay,
  };
  const tables = Object.fromEntries(names.map((name) => [name, true]));
  return { rows: { found: "database", tables, ...range }, facts };
}

function noDay(judgedTo: string): ReddError {
  return new ReddError("input", "DAY_UNKNOWN", {
    cannot: `judge rows up to ${quoted(judgedTo)}`,
    because: "it is no date of the calendar",
    remedy: "Give a date such as 2025-01-31",
  });
}

/** The days up to a last one. */
function daysTo(last: string, first: string): Days {
  return { firstDay: first < last ? first : last, asOf: isoOf(parseIso(last)! + 1) };
}

/** A table whose last day lies so many days behind those of all others has perhaps a slip. */
const ALONE = 366;

/** The rows of a table whose days are plausible: those of a slip tell nothing. */
function plausibleRows({ schema }: Target, table: string, day: string): string {
  // Days and instants alike, in the session's UTC, and in such words that an index serves.
  return `${qualified(schema, table)}
     where ${day} >= '${PLAUSIBLE.first}' and ${day} < date '${PLAUSIBLE.last}' + 1`;
}

/** The days of a farm, and how many batches it has; undefined where it has none, or no records. */
async function daysOf(
  target: Target,
  records: typeof RECORDS,
): Promise<
  Pick<DatabaseFacts, "batches" | "firstDay" | "lastDay" | "lastOf" | "alone"> | undefined
> {
  const [batches] = await target.query<{ n: string }>(
    `select count(*)::text as n from ${qualified(target.schema, BATCHES)}`,
  );
  const [start] = await target.query<{ day: string | null }>(
    `select min(start_date)::text as day from ${plausibleRows(target, BATCHES, "start_date")}`,
  );
  const [last, before] = await endsOf(target, records, "max");
  if (last === undefined || batches === undefined || batches.n === "0") return undefined;
  // Where no batch has a start that can be one, the first record is the first day.
  const first = start?.day ?? (await endsOf(target, records, "min")).at(-1)?.day ?? last.day;
  const isAlone = before !== undefined && parseIso(last.day)! - parseIso(before.day)! > ALONE;
  return {
    batches: Number(batches.n),
    firstDay: first < last.day ? first : last.day,
    lastDay: last.day,
    lastOf: last.table,
    ...isAlone ? { alone: { before: before.day, beforeOf: before.table } } : {},
  };
}

/** The first or the last day of each table that has records, the latest first. */
async function endsOf(
  target: Target,
  records: typeof RECORDS,
  end: "min" | "max",
): Promise<readonly { readonly table: string; readonly day: string }[]> {
  if (records.length === 0) return [];
  const ends = records.map(([table, day]) =>
    `select '${table}' as table_name, cast(${end}(${day}) as date) as day
     from ${plausibleRows(target, table, day)}`
  );
  const rows = await target.query<{ table_name: string; day: string }>(
    `select table_name, to_char(day, 'YYYY-MM-DD') as day from (${ends.join(" union all ")}) ends
     where day is not null order by ends.day desc`,
  );
  return rows.map(({ table_name: table, day }) => ({ table, day }));
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
