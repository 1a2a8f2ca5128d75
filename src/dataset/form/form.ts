/**
 * The form of a CSV file, byte by byte: lines that end in a line feed, each with as many values as
 * there are columns, quoted as Redd quotes. DuckDB takes more for CSV than a database does, such as
 * a comma too many at the end of a line.
 */
import { headerDifference } from "../table_data.ts";
import { headerOf, type Table } from "../../tables/description.ts";

const LINE_FEED = 10;
const RETURN = 13;
const QUOTE = 34;
const COMMA = 44;

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

/** A reader of the form of a table's file. */
export function formReader(table: Table): FormReader {
  const wanted = table.columns.length;
  const header = headerReader(headerOf(table));
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
          begun = true;
          empty = false;
          continue;
        }
        if (byte === LINE_FEED) {
          line++;
          if (state === QUOTED) continue;
          state = PLAIN;
          endRow();
        } else if (state === QUOTED) {
          if (byte === QUOTE) state = CLOSED;
        } else if (byte === COMMA) {
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
    },
    end() {
      if (state === QUOTED) fault(rowLine, "a quote is opened and not closed");
      else if (!empty) fault(line, "it breaks off, expected a line feed at its end");
      else if (rows < 0) fault(1, "it is empty, expected a header");
      return { rows: Math.max(rows, 0), faults };
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
