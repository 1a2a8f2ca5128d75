/** Rows of a file that are looked at one by one: those that somebody has found to be wrong. */
import type { Dataset } from "../dataset.ts";
import type { DatasetPart } from "../manifest.ts";
import { PartChanged, type PartFile, type SignedPart } from "../part_file.ts";
import { recordsOf, rowValues, textOf } from "../records.ts";
import type { Table } from "../../tables/description.ts";
import type { LineFault } from "./form.ts";
import { valueFault } from "./value_fault.ts";

const LINE_FEED = 10;
const RETURN = 13;

/** A part as it lies there, of another length perhaps. */
export function openAsItIs(dataset: Dataset, part: SignedPart): PartFile {
  try {
    return dataset.open(part);
  } catch (thrown) {
    if (!(thrown instanceof PartChanged) || thrown.size === undefined) throw thrown;
    return dataset.open({ ...part, bytes: thrown.size });
  }
}

/** A row and the line on which it begins; the bytes are good until the next one. */
interface PlacedRow {
  readonly line: number;
  readonly bytes: Uint8Array;
}

/** The rows of a part, without its header. */
function* rowsIn(file: PartFile): Generator<PlacedRow, void> {
  let line = 1;
  for (const bytes of recordsOf(file)) {
    if (line > 1) yield { line, bytes };
    for (const byte of bytes) if (byte === LINE_FEED) line++;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** A row that a spreadsheet ends with a carriage return, without it. */
function withoutReturn(row: Uint8Array): Uint8Array {
  const ends = row.at(-1) === LINE_FEED && row.at(-2) === RETURN;
  return ends ? row.subarray(0, -2) : row;
}

/**
 * The first values of a part that are not of their columns' types, with their lines.
 *
 * @param most So many are enough.
 */
export function valueFaults(
  dataset: Dataset,
  part: DatasetPart,
  { columns }: Table,
  most: number,
): LineFault[] {
  const faults: LineFault[] = [];
  try {
    using file = openAsItIs(dataset, part);
    for (const { line, bytes } of rowsIn(file)) {
      if (!isUtf8(bytes)) faults.push({ line, because: "it is not UTF-8" });
      else {
        const values = rowValues(withoutReturn(bytes));
        // A line of another form is told by that.
        if (values.length !== columns.length || bytes.at(-1) !== LINE_FEED) continue;
        for (const [at, column] of columns.entries()) {
          const because = valueFault(column, values[at]!);
          if (because !== undefined) faults.push({ line, because });
        }
      }
      if (faults.length >= most) break;
    }
  } catch (thrown) {
    if (!(thrown instanceof PartChanged)) throw thrown;
  }
  return faults.slice(0, most);
}

/** A row that was asked for. */
export interface FoundRow {
  /** The path of its file. */
  readonly path: string;
  /** The line on which it begins. */
  readonly line: number;
  /** Its values as the file has them. */
  readonly values: readonly string[];
  /** The row as a text. */
  readonly text: string;
}

/**
 * The row of a table with a place, which counts from 0 over all its files.
 *
 * @param parts The table's files, with the rows that each of them has.
 */
export function rowAt(
  dataset: Dataset,
  parts: readonly { readonly part: DatasetPart; readonly rows: number }[],
  place: number,
): FoundRow | undefined {
  let before = 0;
  for (const { part, rows } of parts) {
    if (place >= before + rows) {
      before += rows;
      continue;
    }
    using file = openAsItIs(dataset, part);
    let at = before;
    for (const { line, bytes } of rowsIn(file)) {
      if (at++ < place) continue;
      return { path: part.path, line, values: rowValues(bytes), text: textOf(bytes) };
    }
  }
  return undefined;
}
