/**
 * `COPY … TO STDOUT` through the driver, row by row and without a stream between.
 *
 * The driver hands every row to `push` of a stream that it makes, and stops reading when that
 * refuses; over its socket this can stall. Here the rows are taken as they come: whoever takes them
 * is done with a row when the next one arrives, so nothing piles up.
 */
import type { Readable } from "node:stream";
import type postgres from "../packages/postgres.ts";

/**
 * Takes a row in the format of the COPY, with its line end. The bytes are good until it returns.
 */
export type OnRow = (row: Uint8Array) => void;

/** The part of the driver's query object that its connection calls. */
interface DriverQuery {
  resolve(value: Readable | { count: number }): void;
  reject(error: unknown): void;
  execute(): unknown;
}

/**
 * Runs the statement to its end. What `onRow` throws is thrown when the last row has come; no more
 * rows are handed over in between.
 *
 * @returns the number of rows that the server sent.
 * @throws the server's error.
 */
export async function copyOut(
  sql: postgres.ReservedSql,
  statement: string,
  onRow: OnRow,
): Promise<number> {
  const ended = Promise.withResolvers<number>();
  const query = sql.unsafe(statement) as unknown as DriverQuery;
  let failure: { readonly error: unknown } | undefined;
  const take = (row: Uint8Array | null): boolean => {
    if (row === null || failure !== undefined) return true;
    try {
      onRow(row);
    } catch (error) {
      failure = { error };
    }
    return true;
  };
  query.resolve = (value) => {
    if ("read" in value) {
      value.push = take;
      // When the connection ends, the driver destroys it; `reject` is called besides.
      value.on("error", () => {});
    } else ended.resolve(value.count);
  };
  query.reject = ended.reject;
  query.execute();
  const rows = await ended.promise;
  if (failure !== undefined) throw failure.error;
  return rows;
}
