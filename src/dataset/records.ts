/** The rows of a part, as they stand in its file, and the values in a row. */
import type { Dataset } from "./dataset.ts";
import type { DatasetPart } from "./manifest.ts";
import { PartChanged, partChanged, type PartFile } from "./part_file.ts";

const QUOTE = 34;
const COMMA = 44;
const NEWLINE = 10;

const CHUNK = 256 * 1024;

/** A quote that is never closed makes one row of all that follows; no row of Redd's is so long. */
const LONGEST_ROW = 1024 * 1024;

/** A row of a file. */
export interface FileRow {
  /** The line on which it begins, counted from 1; the header is line 1. */
  readonly line: number;
  /** With its line end. Good until the next row is asked for. */
  readonly bytes: Uint8Array;
}

/**
 * The rows of a part, the header not among them. It is read without waiting, so that rows of the
 * server and of the file can be laid side by side as they come.
 *
 * @param deed What is done with them, as in `Cannot <deed> <part>`.
 * @throws {ReddError} input, at the end, when the file is not the one that was generated.
 */
export function* rowsOfPart(
  dataset: Dataset,
  part: DatasetPart,
  deed = "compare",
): Generator<FileRow, void> {
  try {
    using file = dataset.open(part);
    let line = 1;
    for (const bytes of recordsOf(file)) {
      if (line > 1) yield { line, bytes };
      for (const byte of bytes) if (byte === NEWLINE) line++;
    }
    file.requireSigned();
  } catch (cause) {
    throw named(dataset, part, cause, deed);
  }
}

/**
 * Makes sure that a part's file is the one that was generated; its rows are of no interest.
 *
 * @param deed What it is wanted for, as in `Cannot <deed> <part>`.
 * @param going Called with every piece that is read; what it throws ends the reading.
 * @throws {ReddError} input, when it is not.
 */
export async function requirePart(
  dataset: Dataset,
  part: DatasetPart,
  deed = "compare",
  going = () => {},
): Promise<void> {
  try {
    using file = dataset.open(part);
    const buffer = new Uint8Array(CHUNK);
    while (await file.read(buffer) !== undefined) going();
    file.requireSigned();
  } catch (cause) {
    throw named(dataset, part, cause, deed);
  }
}

function named(dataset: Dataset, part: DatasetPart, cause: unknown, deed: string): unknown {
  return cause instanceof PartChanged
    ? partChanged(`${deed} ${dataset.whereIs(part)}`, cause)
    : cause;
}

/**
 * Pieces of a file that end with a line end outside of quotes, the header first. Each is good until
 * the next is asked for.
 *
 * @throws {PartChanged} for a row that is far too long.
 */
export function* recordsOf(file: PartFile): Generator<Uint8Array, void> {
  let buffer = new Uint8Array(CHUNK);
  let begin = 0;
  let at = 0;
  let end = 0;
  let quoted = false;
  while (true) {
    for (; at < end; at++) {
      const byte = buffer[at]!;
      if (byte === QUOTE) quoted = !quoted;
      else if (byte === NEWLINE && !quoted) {
        yield buffer.subarray(begin, at + 1);
        begin = at + 1;
      }
    }
    const begun = buffer.subarray(begin, end);
    if (begun.length > LONGEST_ROW) {
      throw new PartChanged(`it has a row of more than ${LONGEST_ROW} bytes`);
    }
    const next = begun.length > buffer.length / 2 ? new Uint8Array(2 * buffer.length) : buffer;
    next.set(begun);
    buffer = next;
    [begin, at, end] = [0, begun.length, begun.length];
    const length = file.readSync(buffer.subarray(end));
    if (length === undefined) break;
    end += length;
  }
  if (end > 0) yield buffer.subarray(0, end);
}

const decoder = new TextDecoder();

/** The text of a row without its line end. */
export function textOf(row: Uint8Array): string {
  return decoder.decode(row.at(-1) === NEWLINE ? row.subarray(0, -1) : row);
}

/** The values of a row as CSV has them: nothing for NULL, `""` for empty text. */
export function rowValues(row: Uint8Array): readonly string[] {
  const values: string[] = [];
  const end = row.at(-1) === NEWLINE ? row.length - 1 : row.length;
  let begin = 0;
  let quoted = false;
  for (let at = 0; at < end; at++) {
    if (row[at] === QUOTE) quoted = !quoted;
    else if (row[at] === COMMA && !quoted) {
      values.push(decoder.decode(row.subarray(begin, at)));
      begin = at + 1;
    }
  }
  values.push(decoder.decode(row.subarray(begin, end)));
  return values;
}
