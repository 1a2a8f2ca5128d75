/**
 * The tables of a dataset in DuckDB: every column as it is described, read strictly, so that a value
 * that is not of its type is a fault and never NULL.
 */
import type { DatasetPart } from "../dataset/manifest.ts";
import type { TableData } from "../dataset/table_data.ts";
import { messageOf } from "../errors.ts";
import { literal } from "../sql_literal.ts";
import type { Column, Table } from "../tables/description.ts";
import { lineFault } from "./line_fault.ts";
import { type DuckSession, exactly } from "./session.ts";

/** How the file of a part is found; nothing of one that is not there. */
export type FileOf = (part: DatasetPart) => string | undefined;

/** A part that DuckDB cannot read, or of which it makes another number of rows. */
export interface UnreadPart {
  /** Which of them it is. */
  readonly part: DatasetPart;
  /** What DuckDB says of it: `line 3: value is "x", expected numeric(10,4)`. */
  readonly because: string;
}

/**
 * How DuckDB types a column. Every file has its instants in UTC, where they need no time zone: so
 * they are read strictly (DuckDB makes NULL of an instant with a time zone that it cannot read), and
 * asked faster.
 */
function typeOf({ type }: Column): string {
  if (type === "timestamp with time zone") return "TIMESTAMP";
  return type === "jsonb" ? "JSON" : type;
}

/** How DuckDB reads a column out of CSV. */
export type ReadAs = (column: Column) => string;

/** How Redd writes CSV: NULL is nothing, and `""` is empty text (rulings.md#19). */
const CSV = [
  "auto_detect = false",
  "header = true",
  "delim = ','",
  `quote = '"'`,
  `escape = '"'`,
  "nullstr = ''",
  "allow_quoted_nulls = false",
  "dateformat = '%Y-%m-%d'",
  "timestampformat = '%Y-%m-%dT%H:%M:%SZ'",
].join(", ");

/** What reads CSV files of a table, by their whole paths, as a FROM clause takes it. */
export function readCsvSql(columns: readonly Column[], paths: readonly string[], readAs: ReadAs) {
  const files = paths.map((path) => literal(exactly(path)));
  const types = columns.map((one) => `${literal(one.name)}: ${literal(readAs(one))}`).join(", ");
  return `read_csv([${files}], ${CSV}, columns = {${types}})`;
}

/** From so many bytes of CSV on a table is compressed; smaller ones are with the next that is. */
const LARGE = 16_000_000;

/** So many bytes of CSV are read before they are compressed; uncompressed they take twice as much. */
const PIECE = 128_000_000;

/**
 * Parts in their order, as many at a time as may be read before they are compressed.
 *
 * @param most So many bytes of CSV, unless one part has more.
 */
export function pieces(
  parts: readonly DatasetPart[],
  most = PIECE,
): readonly (readonly DatasetPart[])[] {
  const all: DatasetPart[][] = [];
  let bytes = Infinity;
  for (const part of parts) {
    if (bytes + part.bytes > most) {
      all.push([]);
      bytes = 0;
    }
    all.at(-1)!.push(part);
    bytes += part.bytes;
  }
  return all;
}

/**
 * The statement that makes a table, without a row.
 *
 * @param only The columns that it is to have; all if absent.
 */
export function creation({ name, columns }: Table, only?: ReadonlySet<string>): string {
  const kept = columns.filter((one) => only?.has(one.name) ?? true);
  return `CREATE TABLE ${name} (${kept.map((one) => `"${one.name}" ${typeOf(one)}`).join(", ")})`;
}

/**
 * Makes a table and fills it with the rows of all its parts.
 *
 * @param only The columns that it is to have; all if absent. Values of others are not looked at.
 * @returns the parts that cannot be read, and no table then; nothing where all can be.
 */
export async function readTable(
  session: DuckSession,
  { table, entry }: TableData,
  fileOf: FileOf,
  only?: ReadonlySet<string>,
): Promise<readonly UnreadPart[] | undefined> {
  const { name, columns } = table;
  const kept = columns.filter((one) => only?.has(one.name) ?? true);
  await session.run(creation(table, only));
  const list = kept.map((one) => `"${one.name}"`).join(", ");
  const read = (parts: readonly DatasetPart[]) => {
    const files = parts.flatMap((part) => fileOf(part) ?? []);
    if (files.length < parts.length) return Promise.reject(new Error("a file is missing"));
    return session.run(
      `INSERT INTO ${name} SELECT ${list} FROM ${readCsvSql(columns, files, typeOf)}`,
    );
  };
  let rows = 0;
  for (const parts of pieces(entry.parts)) {
    const more = await read(parts).catch(readingFailure);
    if (typeof more === "string") break;
    rows += more;
    if (entry.bytes > LARGE) await session.run("CHECKPOINT");
  }
  if (rows === entry.rows) return undefined;
  // One by one they tell which of them it is.
  await session.run(`DELETE FROM ${name}`);
  const failing: UnreadPart[] = [];
  for (const part of entry.parts) {
    const rows = await read([part]).catch(readingFailure);
    if (rows === part.rows) continue;
    // DuckDB reads some files that break off within a value, and leaves the row out.
    const because = typeof rows === "number"
      ? `it has ${rows} rows, expected ${part.rows}`
      : lineFault(rows, table);
    failing.push({ part, because });
  }
  await session.run(`DROP TABLE ${name}`);
  return failing;
}

/** What DuckDB says of a file; what is wrong with DuckDB is thrown. */
function readingFailure(cause: unknown): string {
  const message = messageOf(cause);
  if (isOutOfMemory(cause) || /^INTERRUPT\b/.test(message)) throw cause;
  return message;
}

/** Did DuckDB fail for want of memory? */
export function isOutOfMemory(cause: unknown): boolean {
  return /^Out of Memory Error\b|\bcould not allocate block\b/.test(messageOf(cause));
}
