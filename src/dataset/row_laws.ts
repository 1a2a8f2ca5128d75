/** What a manifest says of rows, held against the files in which they are. */
import { parse } from "../packages/csv.ts";
import { Buffer } from "node:buffer";
import { parseIso } from "../farm/days.ts";
import { openInside, pathInside } from "../files/inside.ts";
import { kindOf, NotRegular, TooLarge } from "../files/regular.ts";
import { shown } from "../fixtures/shown.ts";
import { tableNamed } from "../tables/catalog.ts";
import { headerOf, type Table } from "../tables/description.ts";
import { monthsIn } from "./contents.ts";
import { damageOf } from "./digest.ts";
import { type DatasetPart, FORMAT, type ReddManifest } from "./manifest.ts";
import { windowPath } from "./places.ts";

/** The most bytes of a table that is looked at as a whole; of the most batches it has 30 MB. */
const CAP = 64_000_000;

/** A row by the names of its columns. */
export type CsvRow = Readonly<Record<string, string>>;

/** Something of the dataset is not as its manifest says. */
export class Untrue extends Error {
  override readonly name = "Untrue";
}

/** What is wrong with files that are too many to read them all: kind and length of every part. */
export function sizeFindings(folder: string, { tables }: ReddManifest): string[] {
  const findings = Object.entries(tables).flatMap(([name, { parts }]) =>
    parts.flatMap(({ path, bytes }, i) => {
      const found = sizeOf(folder, path);
      if (typeof found === "string") return [found];
      const at = `redd.tables.${name}.parts[${i}].bytes`;
      return found === bytes ? [] : [`${at} is ${bytes}, expected ${found}, as ${path} has`];
    })
  );
  // A folder that is none is the fault of each file in it.
  return [...new Set(findings)];
}

/**
 * Months whose files lie there and are not named. A month without rows has no file, so that one with
 * rows would be missed by nobody if only the manifest passed over it.
 */
export function unnamedFindings(folder: string, { format, tables }: ReddManifest): string[] {
  if (format < FORMAT) return [];
  return Object.entries(tables).flatMap(([name, { kind, parts }]) => {
    if (kind !== "windowed") return [];
    const table = tableNamed(name);
    const named = new Set(parts.map(({ path }) => path));
    return monthsIn(folder, table).map((month) => windowPath(table, month))
      .filter((path) => !named.has(path))
      .map((path) => `${path} lies there, and redd.tables.${name}.parts does not name it`);
  });
}

/** The length of a regular file in bytes, or what is wrong with it. */
function sizeOf(folder: string, path: string): number | string {
  try {
    const info = Deno.lstatSync(pathInside(folder, path));
    return info.isFile ? info.size : new NotRegular(path, kindOf(info)).message;
  } catch (thrown) {
    return reasonOf(path, thrown);
  }
}

/** Why a file could not be read, where that is its own fault. */
function reasonOf(path: string, thrown: unknown): string {
  if (thrown instanceof Deno.errors.NotFound) return `${path} is missing`;
  if (thrown instanceof NotRegular || thrown instanceof TooLarge) return thrown.message;
  throw thrown;
}

/**
 * The rows of a table that has one file.
 *
 * @throws {Untrue} where the file is not the one that the manifest signed, or has other columns.
 */
export function rowsOf(folder: string, { tables }: ReddManifest, name: string): readonly CsvRow[] {
  const part = tables[name]!.parts[0]!;
  if (part.bytes > CAP) throw new Untrue(new TooLarge(part.path, part.bytes, CAP).message);
  const pieces: Uint8Array[] = [];
  const damage = damageOf(folder, part, (piece) => pieces.push(piece.slice()));
  if (damage !== undefined) throw new Untrue(damage);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(pieces));
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
export function lastIdFindings(folder: string, redd: ReddManifest): string[] {
  return Object.entries(redd.tables).flatMap(([name, { kind, rows, lastId, parts }]) => {
    if (rows === 0) return [];
    const table = tableNamed(name);
    const identity = table.columns.findIndex((column) => column.identity);
    const last = kind === "static"
      ? highest(rowsOf(folder, redd, name), table.columns[identity]!.name)
      : lastIn(folder, parts.findLast((part) => part.rows > 0)!, table, identity);
    const at = `redd.tables.${name}.lastId`;
    return last === lastId ? [] : [`${at} is ${lastId}, expected ${last}`];
  });
}

function highest(rows: readonly CsvRow[], column: string): number {
  return rows.reduce((most, row) => Math.max(most, Number(row[column])), 0);
}

/** No row is longer, by the lengths of columns and remarks. */
const LONGEST_ROW = 64 * 1024;

/** The id in the last row of a file. Rows of the farm's days have no line breaks. */
function lastIn(folder: string, part: DatasetPart, table: Table, identity: number): number {
  const { path, bytes } = part;
  const piece = new Uint8Array(Math.min(bytes, LONGEST_ROW));
  {
    using file = openInside(folder, path);
    file.seekSync(bytes - piece.length, Deno.SeekMode.Start);
    for (let at = 0; at < piece.length;) {
      const read = file.readSync(piece.subarray(at));
      if (read === null) throw new Untrue(`${path} became shorter while it was read`);
      at += read;
    }
  }
  const text = new TextDecoder().decode(piece).replace(/\n$/, "");
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
export function stateFindings(folder: string, redd: ReddManifest): string[] {
  const batches = rowsOf(folder, redd, "batch_batch");
  const places = rowsOf(folder, redd, "batch_batchcontainerassignment");
  const stages = new Map(
    rowsOf(folder, redd, "batch_lifecyclestage").map(({ id, name }) => [id, name!]),
  );
  const counts = new Map<string, number>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { status, lifecycle_stage_id } of batches) {
    add(status!.toLowerCase());
    if (status === "ACTIVE") add(stages.get(lifecycle_stage_id) ?? `stage ${lifecycle_stage_id}`);
  }
  const { occupied, everUsed } = redd.state.places;
  const found = redd.state.batches;
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
export function batchFindings(
  folder: string,
  redd: ReddManifest,
  scheduled: readonly { readonly batch_id: string; readonly start_date: string }[],
): string[] {
  const end = parseIso(redd.asOf)!;
  const begun = scheduled.filter(({ start_date }) => parseIso(start_date)! < end);
  const rows = rowsOf(folder, redd, "batch_batch");
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
