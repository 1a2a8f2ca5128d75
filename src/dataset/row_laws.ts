/** What a manifest says of rows, held against the files in which they are. */
import { parse } from "../packages/csv.ts";
import { parseIso } from "../farm/days.ts";
import { TooLarge } from "../files/regular.ts";
import { shown } from "../fixtures/shown.ts";
import { tableNamed } from "../tables/catalog.ts";
import { headerOf, type Table } from "../tables/description.ts";
import type { Dataset } from "./dataset_type.ts";
import { type DatasetPart, FORMAT, type ReddManifest } from "./manifest.ts";
import { faultOf, PartChanged } from "./part_file.ts";
import { windowPath } from "./places.ts";

/** The most bytes of a table that is looked at as a whole; of the most batches it has 30 MB. */
const CAP = 64_000_000;

/** A row by the names of its columns. */
export type CsvRow = Readonly<Record<string, string>>;

/** Something of the dataset is not as its manifest says. */
export class Untrue extends Error {
  override readonly name = "Untrue";
}

/** What is wrong with parts that are too many to read them all: that they are there, and as long. */
export function sizeFindings(dataset: Dataset): string[] {
  const findings = Object.entries(dataset.manifest.tables).flatMap(([name, { parts }]) =>
    parts.flatMap((part, i) => {
      try {
        dataset.open(part)[Symbol.dispose]();
        return [];
      } catch (thrown) {
        if (!(thrown instanceof PartChanged)) throw thrown;
        const { path, bytes } = part;
        const at = `redd.tables.${name}.parts[${i}].bytes`;
        return thrown.size === undefined
          ? [faultOf(part, thrown)]
          : [`${at} is ${bytes}, expected ${thrown.size}, as ${path} has`];
      }
    })
  );
  // A folder that is none is the fault of each file in it.
  return [...new Set(findings)];
}

/**
/**
 * Months whose files lie there and are not named. A month without rows has no file, so that one with
 * rows would be missed by nobody if only the manifest passed over it.
 */
export function unnamedFindings(dataset: Dataset): string[] {
  const { manifest } = dataset;
  if (manifest.format < FORMAT) return [];
  return (dataset.unnamed?.() ?? []).flatMap((path) => {
    const [, name, month] = /^data\/([a-z0-9_]+)\/(\d{4}-\d{2})\.csv$/.exec(path) ?? [];
    const table = Object.hasOwn(manifest.tables, name ?? "") ? tableNamed(name!) : undefined;
    return table !== undefined && path === windowPath(table, month!)
      ? [`${path} lies there, and redd.tables.${name}.parts does not name it`]
      : [];
  });
}

/**
 * Reads a part.
 *
 * @throws {Untrue} where it is not the one that the manifest signed.
 */
async function reading<Result>(
  part: DatasetPart,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof PartChanged) throw new Untrue(faultOf(part, thrown));
    throw thrown;
  }
}

/** All bytes of a part, which are those that the manifest signed. */
function bytesOf(dataset: Dataset, part: DatasetPart): Promise<Uint8Array> {
  return reading(part, async () => {
    using file = dataset.open(part);
    const bytes = new Uint8Array(part.bytes);
    for (let at = 0; at < bytes.length;) {
      const read = await file.read(bytes.subarray(at));
      if (read === undefined) break;
      at += read;
    }
    file.requireSigned();
    return bytes;
  });
}

/**
 * The rows of a table that has one file.
 *
 * @throws {Untrue} where the file is not the one that the manifest signed, or has other columns.
 */
export async function rowsOf(dataset: Dataset, name: string): Promise<readonly CsvRow[]> {
  const part = dataset.manifest.tables[name]!.parts[0]!;
  if (part.bytes > CAP) throw new Untrue(new TooLarge(part.path, part.bytes, CAP).message);
  const bytes = await bytesOf(dataset, part);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Untrue(`${part.path} is no text`);
  }
  const table = tableNamed(name);
  // A header of a million columns would be a million names before the parser refuses the next line.
  if (text !== headerOf(table) && !text.startsWith(`${headerOf(table)}\n`)) {
    throw new Untrue(`${part.path} has other columns than ${name}`);
  }
  let rows: CsvRow[];
  try {
    rows = parse(text, { skipFirstRow: true }) as CsvRow[];
  } catch {
    throw new Untrue(`${part.path} is no CSV`);
  }
  if (rows.length === part.rows) return rows;
  throw new Untrue(
    `redd.tables.${name}.parts[0].rows is ${part.rows}, expected ${rows.length}, as ${part.path} has`,
  );
}

/** The highest ids of master data, read through, and the last ids of all other tables. */
export async function lastIdFindings(dataset: Dataset): Promise<string[]> {
  const findings: string[] = [];
  for (const [name, { kind, rows, lastId, parts }] of Object.entries(dataset.manifest.tables)) {
    if (rows === 0) continue;
    const table = tableNamed(name);
    const identity = table.columns.findIndex((column) => column.identity);
    const last = kind === "static"
      ? highest(await rowsOf(dataset, name), table.columns[identity]!.name)
      : await lastIn(dataset, parts.findLast((part) => part.rows > 0)!, table, identity);
    if (last !== lastId) findings.push(`redd.tables.${name}.lastId is ${lastId}, expected ${last}`);
  }
  return findings;
}

function highest(rows: readonly CsvRow[], column: string): number {
  return rows.reduce((most, row) => Math.max(most, Number(row[column])), 0);
}

/** No row is longer, by the lengths of columns and remarks. */
const LONGEST_ROW = 64 * 1024;

/** The last bytes of a part; one that has no quicker way to its end is read through. */
function endOf(dataset: Dataset, part: DatasetPart): Promise<Uint8Array> {
  if (dataset.tail !== undefined) return reading(part, () => dataset.tail!(part, LONGEST_ROW));
  return reading(part, async () => {
    using file = dataset.open(part);
    const buffer = new Uint8Array(LONGEST_ROW);
    let end = new Uint8Array();
    for (let read = await file.read(buffer); read !== undefined; read = await file.read(buffer)) {
      const kept = end.subarray(Math.max(end.length + read - LONGEST_ROW, 0));
      const next = new Uint8Array(kept.length + read);
      next.set(kept);
      next.set(buffer.subarray(0, read), kept.length);
      end = next;
    }
    file.requireSigned();
    return end;
  });
}

/** The id in the last row of a part. Rows of the farm's days have no line breaks. */
async function lastIn(
  dataset: Dataset,
  part: DatasetPart,
  table: Table,
  identity: number,
): Promise<number> {
  const { path } = part;
  const text = new TextDecoder().decode(await endOf(dataset, part)).replace(/\n$/, "");
  let values: string[] | undefined;
  try {
    values = parse(text.slice(text.lastIndexOf("\n") + 1))[0];
  } catch {
    // It is said below what is there instead.
  }
  if (values?.length === table.columns.length) return Number(values[identity]);
  throw new Untrue(`the last row of ${path} is none of ${table.name}`);
}

/** A map of the manifest from names to ids, beside the rows of which it speaks. */
export function mapFindings(
  key: "users" | "contentTypes",
  redd: ReddManifest,
  rows: readonly CsvRow[],
  nameOf: (row: CsvRow) => string,
): string[] {
  const map = redd[key];
  return rows.flatMap((row) => {
    const name = nameOf(row);
    const found = Object.hasOwn(map, name) ? map[name] : undefined;
    return found === Number(row.id)
      ? []
      : [`redd.${key}.${name} is ${found ?? "missing"}, expected ${row.id}`];
  });
}

/** How things stand at the end, by the batches and their places. */
export async function stateFindings(dataset: Dataset): Promise<string[]> {
  const { state } = dataset.manifest;
  const batches = await rowsOf(dataset, "batch_batch");
  const places = await rowsOf(dataset, "batch_batchcontainerassignment");
  const stages = new Map(
    (await rowsOf(dataset, "batch_lifecyclestage")).map(({ id, name }) => [id, name!]),
  );
  const counts = new Map<string, number>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { status, lifecycle_stage_id } of batches) {
    add(status!.toLowerCase());
    if (status === "ACTIVE") add(stages.get(lifecycle_stage_id) ?? `stage ${lifecycle_stage_id}`);
  }
  const { occupied, everUsed } = state.places;
  const found = state.batches;
  const of = (key: string) => Object.hasOwn(found, key) ? found[key] : undefined;
  const wanted: [string, number | undefined, number | undefined][] = [
    ...Array.from(
      new Set([...counts.keys(), ...Object.keys(found)]),
      (key): [string, number | undefined, number | undefined] => [
        `batches.${key}`,
        of(key),
        counts.get(key),
      ],
    ),
    ["places.occupied", occupied, places.filter((row) => row.is_active === "true").length],
    ["places.everUsed", everUsed, new Set(places.map((row) => row.container_id)).size],
  ];
  return wanted.flatMap(([key, said, is]) =>
    said === is ? [] : [`redd.state.${key} is ${said ?? "missing"}, expected ${is ?? "nothing"}`]
  );
}

/** The batches that a schedule has begun by a day, beside the rows of the table. */
export async function batchFindings(
  dataset: Dataset,
  scheduled: readonly { readonly batch_id: string; readonly start_date: string }[],
): Promise<string[]> {
  const end = parseIso(dataset.manifest.asOf)!;
  const begun = scheduled.filter(({ start_date }) => parseIso(start_date)! < end);
  const rows = await rowsOf(dataset, "batch_batch");
  const starts = new Map(rows.map((row) => [row.batch_number!, row.start_date!]));
  const other = begun.find(({ batch_id, start_date }) => starts.get(batch_id) !== start_date);
  if (other !== undefined) {
    const found = starts.get(other.batch_id);
    return [
      `${other.batch_id} starts on ${other.start_date} in schedule.yaml, and in batch_batch ` +
      (found === undefined ? "it is missing" : `on ${shown(found)}`),
    ];
  }
  return rows.length === begun.length
    ? []
    : [`batch_batch has ${rows.length} batches, and ${begun.length} in schedule.yaml have begun`];
}
