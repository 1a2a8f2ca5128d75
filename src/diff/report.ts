/** What a comparison of a dataset with a database has found. */
import { createHash } from "node:crypto";
import type { TableKind } from "../tables/description.ts";

/** Something of the dataset's and the database's side. */
export interface Both<Value> {
  /** As the files have it. */
  readonly dataset: Value;
  /** As the database has it. */
  readonly database: Value;
}

/** A value that differs: as CSV has it, nothing for NULL and `""` for empty text, cut if long. */
export interface ValueDifference extends Both<string> {
  /** The name of its column. */
  readonly column: string;
}

/** A row that is missing, that should not be there, or whose values differ. */
export interface RowDifference {
  /**
   * The line of the part on which the row stands, counted from 1; the header is line 1. Of a row
   * that only the database has, the line before which it would stand.
   */
  readonly line: number;
  /** The row's id in the dataset. */
  readonly id: number;
  /** The row as the files have it, cut if long; absent where they do not have it. */
  readonly dataset?: string;
  /** The row as the database has it, cut if long; absent where it does not have it. */
  readonly database?: string;
  /** The values that differ, where both sides have the row. */
  readonly values: readonly ValueDifference[];
}

/** A part that is not in the database as it is in the dataset. */
export interface PartDifference {
  /** The path of the part in the dataset. */
  readonly path: string;
  /** Rows that the database does not have. */
  readonly missing: number;
  /** Rows with an id of the dataset that the database has besides. */
  readonly extra: number;
  /** Rows with other values. */
  readonly changed: number;
  /** The first of them. */
  readonly first: RowDifference;
}

/** A table of the dataset against the database's. */
export interface TableDiff {
  /** The table's name. */
  readonly name: string;
  /** How its rows come about. */
  readonly kind: Exclude<TableKind, "empty">;
  /** The dataset's rows, and those that the database has under their ids. */
  readonly rows: Both<number>;
  /** Rows of the database that are none of the dataset's. */
  readonly others: number;
  /**
   * A digest of the rows' content, whatever their order in the database: equal where every part
   * is, to the last byte.
   */
  readonly checksum: Both<string>;
  /** Is it one of Django's own, other than the dataset's, that a load leaves as it is? */
  readonly leftAlone: boolean;
  /** Rows of master data that the database had before and that a load keeps in its words. */
  readonly kept: number;
  /** Has the database every row of the dataset, those kept and left alone not looked at? */
  readonly equal: boolean;
  /** The parts that differ, in their order. */
  readonly parts: readonly PartDifference[];
}

/** A dataset against a database. */
export interface DiffReport {
  /** The connection string without its password. */
  readonly target: string;
  /** `server_version_num`: 180004 is 18.4. */
  readonly serverVersion: number;
  /** The name of a load that is not finished there; absent where there is none. */
  readonly unfinished?: string;
  /** The tables that were compared, in the dataset's order. */
  readonly tables: readonly TableDiff[];
  /** The rows of all tables but those left alone. */
  readonly rows: Both<number>;
  /** Rows of the database that are none of the dataset's, in all tables but those left alone. */
  readonly others: number;
  /** Are all tables equal? */
  readonly equal: boolean;
  /** How long the comparison took, in seconds. */
  readonly seconds: number;
}

/** What the tables are together, those left alone not counted. */
export function totalsOf(
  tables: readonly TableDiff[],
): Pick<DiffReport, "rows" | "others" | "equal"> {
  const sum = (numberOf: (table: TableDiff) => number) =>
    tables.filter(({ leftAlone }) => !leftAlone).reduce((all, table) => all + numberOf(table), 0);
  return {
    rows: { dataset: sum(({ rows }) => rows.dataset), database: sum(({ rows }) => rows.database) },
    others: sum(({ others }) => others),
    equal: tables.every(({ equal }) => equal),
  };
}

/** The digest of a table, made of those of its parts in their order. */
export function checksumOf(digests: readonly string[]): string {
  const hash = createHash("sha256");
  for (const digest of digests) hash.update(`${digest}\n`);
  return hash.digest("hex");
}

/** How a row differs. */
export type Difference = "missing" | "extra" | "changed";

/** Adds up the differences of a part as they are found. */
export interface Tally {
  /** Counts a difference; of the first it wants to know the row. */
  add(difference: Difference, row: () => RowDifference): void;
  /** What has been found, if anything. */
  result(): PartDifference | undefined;
}

/** A tally with nothing in it. */
export function tallyOf(path: string): Tally {
  const counts = { missing: 0, extra: 0, changed: 0 };
  let first: RowDifference | undefined;
  return {
    add(difference, row) {
      counts[difference]++;
      first ??= row();
    },
    result: () => first === undefined ? undefined : { path, ...counts, first },
  };
}

/** Values and rows longer than these are cut. */
const LONGEST_VALUE = 160;
const LONGEST_ROW = 240;

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

/** A row as it is shown. */
export function shownRow(text: string): string {
  return cut(text, LONGEST_ROW);
}

/** The values in which two rows part. */
export function differingValues(
  columns: readonly string[],
  dataset: readonly string[],
  database: readonly string[],
): readonly ValueDifference[] {
  return columns.flatMap((column, at) => {
    const [one, other] = [dataset[at] ?? "", database[at] ?? ""];
    if (one === other) return [];
    return [{ column, dataset: cut(one, LONGEST_VALUE), database: cut(other, LONGEST_VALUE) }];
  });
}
