/**
 * The form of a CSV file, byte by byte: lines that end in a line feed, each with as many values as
 * there are columns, quoted as Redd quotes. DuckDB takes more for CSV than a database does, such as
 * a comma too many at the end of a line.
 */
import { headerDifference } from "../table_data.ts";
import { type Column, headerOf, type Table } from "../../tables/description.ts";

const LINE_FEED = 10;
const RETURN = 13;
const QUOTE = 34;
const COMMA = 44;
const POINT = 46;

/** So many faults of a file are told. */
const MOST = 5;

/** What is wrong with a line of a file. */
export interface LineFault {
  /** Counted from 1, which is the header. */
  readonly line: number;
  /** `it has 13 values, expected 12`. */
  readonly because: string;
}

/** What the bytes of a file come to. */
export interface Form {
  /** Rows below the header. */
  readonly rows: number;
  /** The first faults, in the order of the lines. */
  readonly faults: readonly LineFault[];
  /** Has a number more decimals than its column, which DuckDB would round away? */
  readonly rounded: boolean;
}

/** Takes the bytes of a file in their order. */
export interface FormReader {
  /** The next piece. */
  take(bytes: Uint8Array): void;
  /** What they have come to, at the end. */
  end(): Form;
}

/** Where a byte stands: in a value without quotes, between quotes, or behind closing ones. */
const [PLAIN, QUOTED, CLOSED] = [0, 1, 2];

/** How many decimals the values of a column may have, as far as it is bounded. */
function decimalsOf({ type }: Column): number {
  const scale = /^numeric\(\d+,(\d+)\)$/.exec(type)?.[1];
  return scale === undefined ? Infinity : Number(scale);
}

/** A reader of the form of a table's file. */
export function formReader(table: Table): FormReader {
  const wanted = table.columns.length;
  const header = headerReader(headerOf(table));
  const decimals = table.columns.map(decimalsOf);
  const faults: LineFault[] = [];
  const fault = (line: number, because: string) => {
    if (faults.length < MOST) faults.push({ line, because });
  };
  let state = PLAIN;
  let line = 1;
  let rowLine = 1;
  let rows = -1;
  let commas = 0;
  let empty = true;
  /** Has a value begun since the last comma or line end? */
  let begun = false;
  let returns = false;
  let odd = false;
  let rounded = false;
  /** Where the last point of the value stands, counted over all pieces. */
  let point = -1;
  let before = 0;

  /** A value ends where so many bytes have been. */
  function endValue(place: number): void {
    const closing = state === CLOSED ? 1 : 0;
    if (place - point - 1 - closing > decimals[commas]!) rounded = true;
    point = -1;
  }

  function endRow(): void {
    if (rows < 0) {
      const said = header.fault();
      if (said !== undefined) fault(rowLine, said);
    } else if (commas + 1 !== wanted) {
      fault(rowLine, `it has ${commas + 1} values, expected ${wanted}`);
    } else if (odd) fault(rowLine, "it has a quote within a value");
    rows++;
    [commas, begun, odd, empty] = [0, false, false, true];
    rowLine = line;
  }

  return {
    take(bytes) {
      if (rows < 0) header.take(bytes);
      for (let at = 0; at < bytes.length; at++) {
        const byte = bytes[at]!;
        if (byte > COMMA && state === PLAIN) {
          if (byte === POINT) point = before + at;
          begun = true;
          empty = false;
          continue;
        }
        if (byte === LINE_FEED) {
          line++;
          if (state === QUOTED) continue;
          if (point >= 0) endValue(before + at);
          state = PLAIN;
          endRow();
        } else if (state === QUOTED) {
          if (byte === QUOTE) state = CLOSED;
          else if (byte === POINT) point = before + at;
        } else if (byte === COMMA) {
          if (point >= 0) endValue(before + at);
          commas++;
          state = PLAIN;
          begun = false;
          empty = false;
        } else if (byte === QUOTE) {
          if (state === PLAIN && begun) odd = true;
          else state = QUOTED;
          begun = true;
          empty = false;
        } else if (byte === RETURN) {
          if (!returns) fault(line, "it ends with a carriage return, expected a line feed alone");
          returns = true;
        } else {
          if (state === CLOSED) odd = true;
          begun = true;
          empty = false;
        }
      }
      before += bytes.length;
    },
    end() {
      if (state === QUOTED) fault(rowLine, "a quote is opened and not closed");
      else if (!empty) fault(line, "it breaks off, expected a line feed at its end");
      else if (rows < 0) fault(1, "it is empty, expected a header");
      return { rows: Math.max(rows, 0), faults, rounded };
    },
  };
}

/** Holds the first line of a file against the header of its table. */
function headerReader(header: string) {
  // A byte order mark, a carriage return and a few columns too many fit besides.
  const found = new Uint8Array(header.length + 200);
  let length = 0;
  return {
    take(bytes: Uint8Array): void {
      const piece = bytes.subarray(0, found.length - length);
      found.set(piece, length);
      length += piece.length;
    },
    /** What is wrong with it. */
    fault(): string | undefined {
      const bytes = found.subarray(0, length);
      const end = bytes.indexOf(LINE_FEED);
      const text = new TextDecoder("utf-8", { ignoreBOM: true })
        .decode(end < 0 ? bytes : bytes.subarray(0, end)).replace(/\r$/, "");
      if (text.startsWith("\ufeff")) return "it begins with a byte order mark";
      return headerDifference(header, text);
    },
  };
}
