/**
 * Whether rows of a dataset can stand beside those that a target holds (rulings.md#35): ids, numbers and
 * the containers of its batches must be free, and silos must not be filled twice.
 */
import { ReddError } from "../../errors.ts";
import type { Dataset } from "../../dataset/dataset.ts";
import { tableNamed } from "../../tables/catalog.ts";
import { isMasterData, type Table } from "../../tables/description.ts";
import type { TableData } from "../../dataset/table_data.ts";
import { qualified, quoteIdent } from "../../postgres/identifier.ts";
import { identityColumn, type IdRange, idsOfRows } from "../../dataset/ids.ts";
import type { Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { type Conversion, convertedColumns } from "../../aquamind/conversion.ts";
import { stage, STAGED } from "./staging.ts";

const ASSIGNMENTS = "batch_batchcontainerassignment";
const STOCK = "inventory_feedcontainerstock";
const PURCHASES = "inventory_feedpurchase";
const RUNS = "scenario_projection_run";

/** The number of rows of a table with these ids. */
export async function countBetween(
  target: Target,
  table: Table,
  { first, last }: IdRange,
): Promise<number> {
  const [row] = await target.query<{ rows: string }>(
    `select count(*)::text as rows from ${qualified(target.schema, table.name)}
     where ${quoteIdent(identityColumn(table)!)} between ${first} and ${last}`,
  );
  return Number(row?.rows);
}

/** What is added, and what of it is there already. */
export interface Adding {
  readonly dataset: Dataset;
  readonly tableData: readonly TableData[];
  readonly conversion: Conversion;
  /** Rows that an earlier load of a shorter dataset has put into the tables. */
  readonly loaded: ReadonlyMap<string, number>;
}

/**
 * Makes sure that nothing collides.
 *
 * @throws {ReddError} input, naming what does.
 */
export async function refuseCollisions(target: Target, adding: Adding): Promise<void> {
  const found = [
    ...await takenIds(target, adding),
    ...await takenNumbers(target, adding),
    ...await takenContainers(target, adding),
    ...await filledSilos(target, adding),
    ...await sharedSilos(target, adding),
  ];
  if (found.length === 0) return;
  throw new ReddError("input", "DATASET_COLLIDES", {
    cannot: `add the dataset ${adding.dataset.name} to what ${redactUrl(target.url)} holds`,
    because: found.join("; "),
    remedy: adding.loaded.size > 0
      ? "Remove these rows, or give --replace to wipe all of them"
      : "Generate it with another --first-id, --station, --area and --batch-number and with " +
        "--no-initial-feed, or give --replace to wipe what is there",
  });
}

/** The condition that a row `t` is not one that a shorter dataset has brought. */
function ofOthers({ tableData, loaded }: Adding, name: string): string {
  const rows = loaded.get(name) ?? 0;
  const data = tableData.find(({ table }) => table.name === name);
  if (rows === 0 || data === undefined) return "true";
  const { first } = idsOfRows(data.entry);
  return `t.${quoteIdent(identityColumn(data.table)!)} not between ${first} and ${
    first + rows - 1
  }`;
}

/** More tables or values than these are counted only. */
const SHOWN = 6;

function shown(found: readonly string[]): string[] {
  const more = found.length > SHOWN ? [`and ${found.length - SHOWN} more`] : [];
  return [...found.slice(0, SHOWN), ...more];
}

async function takenIds(
  target: Target,
  { tableData, loaded, conversion }: Adding,
): Promise<string[]> {
  const found: string[] = [];
  for (const { table, entry } of tableData) {
    const identity = identityColumn(table);
    if (table.kind === "static" || identity === undefined) continue;
    const { first, last } = idsOfRows(entry);
    const from = first + (loaded.get(table.name) ?? 0);
    if (from > last) continue;
    const name = quoteIdent(identity);
    const [row] = await target.query<{ id: string | null }>(
      `select min(${name})::text as id from ${qualified(target.schema, table.name)}
       where ${name} between ${from} and ${last}`,
    );
    if (row?.id != null) {
      found.push(`${table.name} has a row ${row.id}, and the dataset brings ${from} to ${last}`);
    }
  }
  return shown([...found, ...await takenRuns(target, tableData, conversion)]);
}

/** A projection run has the id of its scenario in a target that has such runs. */
async function takenRuns(
  target: Target,
  tableData: readonly TableData[],
  { mapping }: Conversion,
): Promise<string[]> {
  const scenarios = tableData.find(({ table }) => table.name === "scenario");
  if (scenarios === undefined || !mapping.tables.some(({ name }) => name === RUNS)) return [];
  const { first, last } = idsOfRows(scenarios.entry);
  const [row] = await target.query<{ id: string | null }>(
    `select min(r.run_id)::text as id from ${qualified(target.schema, RUNS)} r
     where r.run_id between ${first} and ${last} and r.scenario_id <> r.run_id`,
  );
  return row?.id == null ? [] : [`${RUNS} has a row ${row.id} of another scenario`];
}

/** The column of a table whose rows are known by a number or word of their own. */
function numberOf({ columns, unique }: Table): string | undefined {
  const own = columns.filter(({ references }) => references === undefined).map(({ name }) => name);
  return unique.flatMap((key) => key.columns.length === 1 ? key.columns : [])
    .find((name) => own.includes(name));
}

async function takenNumbers(target: Target, adding: Adding): Promise<string[]> {
  const found: string[] = [];
  for (const { table } of adding.tableData) {
    const { name } = table;
    const number = isMasterData(table) ? undefined : numberOf(table);
    if (number === undefined || !await staged(target, name, adding)) continue;
    const rows = await target.query<{ number: string }>(
      `select t.${number} as number from ${qualified(target.schema, name)} t
       join ${STAGED} s on s.${number} = t.${number} and ${ofOthers(adding, name)} order by 1`,
    );
    if (rows.length === 0) continue;
    found.push(`${name} has ${shown(rows.map((row) => row.number)).join(", ")} already`);
  }
  return found;
}

async function takenContainers(target: Target, adding: Adding): Promise<string[]> {
  if (!await staged(target, ASSIGNMENTS, adding)) return [];
  const columns = convertedColumns(tableNamed(ASSIGNMENTS), adding.conversion);
  const container = columns.find(({ name }) => name === "container_id")!.value;
  const rows = await target.query<{ text: string }>(
    `select distinct on (c.name) c.name || ' has ' || b.batch_number || ' from ' ||
       t.assignment_date::text || coalesce(' to ' || t.departure_date::text, '') || ' and the dataset another ' ||
       'batch from ' || s.assignment_date::text as text
     from ${qualified(target.schema, ASSIGNMENTS)} t
     join ${STAGED} s on t.container_id = ${container} and ${ofOthers(adding, ASSIGNMENTS)}
       and daterange(t.assignment_date,
           greatest(t.assignment_date, coalesce(t.departure_date, 'infinity')))
         && daterange(s.assignment_date, s.departure_date)
     join ${qualified(target.schema, "infrastructure_container")} c on c.id = t.container_id
     join ${qualified(target.schema, "batch_batch")} b on b.id = t.batch_id
     order by c.name, t.assignment_date`,
  );
  return shown(rows.map(({ text }) => text));
}

/** Purchases that a farm makes as it goes are numbered so; the others fill it to begin with. */
const AS_IT_GOES = "AUTO-%";

/** What a farm buys to begin with goes into every silo and barge, once. */
async function filledSilos(
  target: Target,
  { dataset: { manifest }, loaded }: Adding,
): Promise<string[]> {
  if (!manifest.initialFeed || loaded.size > 0) return [];
  const [row] = await target.query<{ filled: boolean }>(
    `select exists (select from ${qualified(target.schema, PURCHASES)}
       where batch_number not like '${AS_IT_GOES}') as filled`,
  );
  return row?.filled
    ? ["both bring the feed that silos and barges are filled with to begin with"]
    : [];
}

/** Silos and barges from which both feed would hold more than they can. */
async function sharedSilos(target: Target, adding: Adding): Promise<string[]> {
  if (!await staged(target, PURCHASES, adding)) return [];
  const initial = await target.query<{ id: string }>(
    `select id::text as id from ${STAGED} where batch_number not like '${AS_IT_GOES}'`,
  );
  if (!await staged(target, STOCK, adding)) return [];
  const rows = await target.query<{ name: string }>(
    `select distinct f.name from ${qualified(target.schema, STOCK)} t
     join ${qualified(target.schema, PURCHASES)} p on p.id = t.feed_purchase_id
     join ${qualified(target.schema, "infrastructure_feedcontainer")} f
       on f.id = t.feed_container_id
     where p.batch_number like '${AS_IT_GOES}' and ${ofOthers(adding, STOCK)}
       and t.feed_container_id in (select s.feed_container_id from ${STAGED} s
         where s.feed_purchase_id <> all (string_to_array($1, ',')::bigint[])) order by 1`,
    [initial.map(({ id }) => id).join(",")],
  );
  if (rows.length === 0) return [];
  return [`both buy feed for ${shown(rows.map(({ name }) => name)).join(", ")}`];
}

/** Stages a table of one file; false where the dataset has none of it. */
async function staged(
  target: Target,
  name: string,
  { dataset, tableData }: Adding,
): Promise<boolean> {
  const data = tableData.find(({ table }) => table.name === name);
  const part = data?.entry.parts[0];
  if (data === undefined || part === undefined || part.rows === 0) return false;
  await stage(target, dataset, data.table, part, { freeze: false });
  return true;
}
