/** What asks the tables of a dataset: a server that holds them, or a library that reads its files. */

/** A row as JSON: exact numbers and dates come as their JSON forms. */
export type ResultRow = Readonly<Record<string, unknown>>;

/** What some engines can be asked besides tables. */
export type Ability = "catalog" | "views";

/** What it is, completing "it needs …". */
export const ABILITIES: Readonly<Record<Ability, string>> = {
  catalog: "the catalog of a database",
  views: "AquaMind's views",
};

/** One query, in the SQL that all engines share. */
export interface Question {
  /** One SELECT that names tables as they are described, without a schema; `$1`, `$2` for values. */
  readonly sql: string;
  /** The values, as text. */
  readonly args: readonly string[];
  /** So many rows are enough. */
  readonly limit: number;
  /** The tables that it reads; any of the dataset's where there is none. */
  readonly tables: readonly string[];
  /** Is it about the dataset's own rows, where others stand beside them? */
  readonly own: boolean;
}

/**
 * Runs queries on the rows of one dataset. Dialects are its own business: where tables lie and in
 * which schema, how a row becomes JSON, what a later schema calls a column. A session's time zone is
 * UTC, and functions and operators are those of the engine alone.
 */
export interface Engine {
  /** What people call it. */
  readonly name: string;
  /** What it can be asked besides tables. */
  readonly abilities: readonly Ability[];
  /** So many questions it answers side by side; one if absent. More of them wait for their turn. */
  readonly atOnce?: number;
  /** Tables that it could not read, of which nothing can be asked. */
  readonly unread?: Pick<ReadonlyMap<string, unknown>, "has" | "size">;
  /**
   * The first rows of a query, as many as were asked for. Exact numbers, dates and instants come in
   * their JSON forms.
   *
   * @throws {QueryRefused} where this query cannot be answered; the next one can.
   * @throws {ReddError} where none can any more.
   */
  ask(question: Question): Promise<readonly ResultRow[]>;
}

/** An engine has understood a query and refuses it, or has not understood it. */
export class QueryRefused extends Error {
  /** Its class, by name. */
  override readonly name = "QueryRefused";
}
