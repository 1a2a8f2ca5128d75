/**
 * A part against the database. The server sends the rows that have the part's ids as the part's file
 * has them: where their sha256 is the manifest's, they are equal, and of the file only the sha256 is
 * taken. Where it is not, the rows of both are laid side by side.
 */
import { createHash } from "node:crypto";
import type { Dataset } from "../dataset/dataset.ts";
import type { DatasetPart } from "../dataset/manifest.ts";
import { headerOf, type Table } from "../tables/description.ts";
import type { Target } from "../postgres/target.ts";
import { type FileRow, rowsOfPart, rowValues, textOf } from "../dataset/records.ts";
import { differingValues, type PartDifference, shownRow, tallyOf } from "./report.ts";
import { sameButSecrets } from "../aquamind/known.ts";
import { copyRows, type Range, type TableReading } from "../aquamind/written.ts";

const COMMA = 44;

/** Rows are digested so many bytes at a time: a call for every row is slower. */
const CHUNK = 64 * 1024;

/** What the database has under the ids of a part. */
export interface PartDigest {
  readonly rows: number;
  /** Of the file that these rows would make. */
  readonly sha256: string;
}

/** Digests the rows that have ids of a range; `onRow` is called for each. */
export async function digestRows(
  target: Target,
  reading: TableReading,
  range: Range,
  onRow: () => void,
): Promise<PartDigest> {
  const hash = createHash("sha256").update(`${headerOf(reading.table)}\n`);
  if (range.first > range.last) return { rows: 0, sha256: hash.digest("hex") };
  const chunk = new Uint8Array(CHUNK);
  let filled = 0;
  const flush = () => {
    hash.update(chunk.subarray(0, filled));
    filled = 0;
  };
  const rows = await target.copyOut(copyRows(reading, "row", range), (row) => {
    if (filled + row.length > CHUNK) flush();
    if (row.length > CHUNK) hash.update(row);
    else {
      chunk.set(row, filled);
      filled += row.length;
    }
    onRow();
  });
  flush();
  return { rows, sha256: hash.digest("hex") };
}

/**
 * Lays the rows of a part's file and of the database side by side by their ids, which ascend in the
 * file without a gap.
 *
 * @returns nothing where the rows are equal after all.
 * @throws {ReddError} input, when the file is not the one that was generated.
 */
export async function compareById(
  target: Target,
  dataset: Dataset,
  reading: TableReading,
  part: DatasetPart,
  range: Range,
): Promise<PartDifference | undefined> {
  const { table } = reading;
  const tally = tallyOf(part.path);
  const file = rowsOfPart(dataset, part);
  const next = () => file.next().value ?? undefined;
  let here: FileRow | undefined = next();
  let id = range.first;
  let line = 2;
  const advance = () => {
    here = next();
    id++;
    line = here?.line ?? line + 1;
  };
  const missing = (row: FileRow) => {
    tally.add("missing", () => ({ line, id, dataset: shownRow(textOf(row.bytes)), values: [] }));
    advance();
  };
  await target.copyOut(copyRows(reading, "id and row", range), (bytes) => {
    const comma = bytes.indexOf(COMMA);
    const theirs = Number(textOf(bytes.subarray(0, comma)));
    const row = bytes.subarray(comma + 1);
    while (here !== undefined && id < theirs) missing(here);
    if (here === undefined || id !== theirs) {
      const database = () => shownRow(textOf(row));
      tally.add("extra", () => ({ line, id: theirs, database: database(), values: [] }));
      return;
    }
    const { bytes: ours } = here;
    if (!sameBytes(ours, row) && !sameButSecrets(table, rowValues(ours), rowValues(row))) {
      tally.add("changed", () => ({ line, id, ...bothRows(table, ours, row) }));
    }
    advance();
  });
  while (here !== undefined) missing(here);
  return tally.result();
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** How a row differs that both sides have. */
export function bothRows(table: Table, dataset: Uint8Array, database: Uint8Array) {
  const values = differingValues(
    table.columns.map(({ name }) => name),
    rowValues(dataset),
    rowValues(database),
  );
  const secrets = new Set(
    table.columns.filter(({ secret }) => secret).map(({ name }) => name),
  );
  return {
    dataset: shownRow(textOf(dataset)),
    database: shownRow(textOf(database)),
    values: values.filter(({ column }) => !secrets.has(column)),
  };
}
