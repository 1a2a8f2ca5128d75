/**
 * A dataset always has the columns of AquaMind's 2025-11 schema. What a target of another schema
 * has instead is said here in data: the loader reads it, and nothing else knows of schemas.
 */
import type { Column, Table } from "../tables/description.ts";

/** The schemas of AquaMind that Redd knows, by the month of their last migration. */
export type Schema = "2025-11" | "2026-03";

/** Something by the name of a column. */
export type ByColumn<Value> = Readonly<Record<string, Value>>;

/** Something by the name of a table. */
export type ByTable<Value> = Readonly<Record<string, Value>>;

/**
 * First and last id of the rows that have gone from a table, by its name. Of a table that is not
 * named none has gone.
 */
export type Gone = ByTable<readonly [first: number, last: number]>;

/** Rows that the target's application would have written and the dataset has no file of. */
export interface Addition {
  /** The table that is filled. */
  readonly table: string;
  /** What a row is, in words. */
  readonly rows: string;
  /**
   * One statement. It adds what is missing: run a second time it adds nothing, and after more rows
   * of the dataset have come it adds what those call for. It never changes a row.
   */
  readonly sql: string;
}

/** How rows of a dataset get into a target, and back. */
export interface SchemaMapping {
  readonly schema: Schema;
  /**
   * Values of columns that only the target has, as SQL over a staged row `s` of the dataset. A
   * column of the target that is neither here nor in the dataset stays NULL and need not be named.
   */
  readonly columns: ByTable<ByColumn<string>>;
  /** The descriptions of the columns in `columns`. */
  readonly described: ByTable<readonly Column[]>;
  /** Columns of the dataset that the target lacks. */
  readonly without: ByTable<readonly string[]>;
  /** The dataset's values of the columns in `without`, as SQL over a row `t` of the target. */
  readonly back: ByTable<ByColumn<string>>;
  /** Types that differ, by `table.column`; they take every value of the dataset as it is. */
  readonly types: Readonly<Record<string, string>>;
  /** Names of keys and checks that the target's tables have besides those of the dataset's schema. */
  readonly constraints: readonly string[];
  /** Tables of the dataset's schema that the target need not have; Redd never fills them. */
  readonly missing: readonly string[];
  /** Tables that `additions` read: they have to be whole when these are made. */
  readonly sources: readonly string[];
  /** Tables that only the target has and that `additions` fill. */
  readonly tables: readonly Table[];
  /**
   * What is to be added in the transaction of the rows it is made of, when batches, assignments,
   * scenarios and projections are all in and foreign keys still wait, in this order.
   *
   * @param schema The PostgreSQL schema of the tables.
   */
  readonly additions: (schema: string) => readonly Addition[];
  /**
   * Statements that remove what `additions` has made of rows that are gone since.
   *
   * @param schema The PostgreSQL schema of the tables.
   * @param gone Which rows have gone; if absent, all that are not there. What the application has
   *   left of rows outside of these ids is its own, and stays.
   */
  readonly sweepings: (schema: string, gone?: Gone) => readonly string[];
}
