/** A dataset as the loader sees it: described tables and their parts, judged before use. */
import { ReddError } from "../errors.ts";
import type { Dataset } from "./dataset.ts";
import { type DatasetPart, type TableEntry } from "./manifest.ts";
import { allTables } from "../tables/catalog.ts";
import { headerOf, type Table } from "../tables/description.ts";
import { loadOrder } from "../tables/order.ts";
import { PartChanged } from "./part_file.ts";
import { quoted } from "../quoted.ts";

const NEWLINE = 10;

/** A table and what the dataset has of it. */
export interface TableData {
  readonly table: Table;
  readonly entry: TableEntry;
}

function broken(name: string, because: string, cause?: unknown): ReddError {
  return new ReddError("input", "DATASET_BROKEN", {
    cannot: `read the dataset ${name}`,
    because,
    remedy: "Generate it again, or fetch an undamaged copy",
    cause,
  });
}

/**
 * The tables of the manifest with their descriptions, in the manifest's order.
 *
 * @throws {ReddError} input, for an unknown table, a part of another table, numbers that do not
 *   add up, or a table that stands before one it refers to.
 */
export function tableDataOf(
  { name: dataset, manifest }: Pick<Dataset, "name" | "manifest">,
): readonly TableData[] {
  const tableData = Object.entries(manifest.tables).map(([name, entry]) => {
    const table = allTables.find((described) => described.name === name);
    if (table === undefined) throw broken(dataset, `the manifest names an unknown table, ${name}`);
    judgeEntry(dataset, name, entry);
    return { table, entry };
  });
  judgeOrder(dataset, tableData.map(({ table }) => table));
  return tableData;
}

function judgeEntry(dataset: string, name: string, { rows, bytes, parts }: TableEntry): void {
  const stranger = parts.find(({ path }) =>
    path !== `data/${name}.csv` && !path.startsWith(`data/${name}/`)
  );
  if (stranger !== undefined) throw broken(dataset, `${stranger.path} is no part of ${name}`);
  if (sum(parts, "rows") !== rows || sum(parts, "bytes") !== bytes) {
    throw broken(dataset, `the parts of ${name} do not add up to its ${rows} rows, ${bytes} bytes`);
  }
}

function sum(parts: readonly DatasetPart[], key: "rows" | "bytes"): number {
  return parts.reduce((total, part) => total + part[key], 0);
}

function judgeOrder(dataset: string, tables: readonly Table[]): void {
  const { deferred } = loadOrder(tables);
  const place = new Map(tables.map((table, index) => [table.name, index]));
  tables.forEach((table, index) => {
    for (const { name, references } of table.columns) {
      if (references === undefined || (place.get(references.table) ?? -1) < index) continue;
      const free = deferred.some((one) => one.table === table.name && one.column === name);
      if (free) continue;
      throw broken(
        dataset,
        `the manifest has ${table.name} before ${references.table}, to which it refers`,
      );
    }
  });
}

/**
 * Looks at every part without reading it through: it is there, as long as the manifest says, and
 * its header names the described columns.
 *
 * @throws {ReddError} input, for the first part that is not so.
 */
export function inspectParts(dataset: Dataset, tableData: readonly TableData[]): void {
  const buffer = new Uint8Array(64 * 1024);
  for (const { table, entry } of tableData) {
    for (const part of entry.parts) {
      const header = headerIn(dataset, part, buffer);
      const difference = headerDifference(headerOf(table), header);
      if (difference !== undefined) {
        throw broken(dataset.name, `${part.path}, line 1: ${difference}`);
      }
    }
  }
}

/** The first line of a part, or as much of it as the buffer holds. */
function headerIn(dataset: Dataset, part: DatasetPart, buffer: Uint8Array): string {
  try {
    using file = dataset.open(part);
    const head = buffer.subarray(0, file.readSync(buffer) ?? 0);
    const end = head.indexOf(NEWLINE);
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(
      end < 0 ? head : head.subarray(0, end),
    );
  } catch (cause) {
    if (!(cause instanceof PartChanged)) throw cause;
    throw broken(dataset.name, cause.message.replace(/^it\b/, part.path), cause);
  }
}

/**
 * The first column in which two header lines part, in words. A name that is no word is
 * shown in quotes.
 */
export function headerDifference(expected: string, found: string): string | undefined {
  if (found === expected) return undefined;
  const wanted = expected.split(",");
  const named = found.split(",");
  const at = wanted.findIndex((name, index) => named[index] !== name);
  return at < 0
    ? `${named.length} columns, expected ${wanted.length}; the first unknown is ${
      shownName(named[wanted.length]!)
    }`
    : `column ${at + 1} is ${
      named[at] === undefined ? "missing" : shownName(named[at])
    }, expected ${wanted[at]}`;
}

function shownName(name: string): string {
  return /^\w{1,60}$/.test(name) ? name : quoted(name);
}
