/**
 * `COPY … FROM STDIN` through the driver, with an end that cannot be missed.
 *
 * `writable()` of postgres 3.4.9 settles a query once, when the stream opens. What the server says
 * about the rows after the last byte (the usual time to learn of a duplicate key) has then nowhere
 * to go, and the stream never finishes. The query's own `resolve` and `reject` are called again at
 * that moment; they are taken over here, before the query is sent.
 */
import type { Writable } from "node:stream";
import type postgres from "../packages/postgres.ts";

/** A COPY that takes bytes. */
export interface CopyIn {
  /** Hands bytes over; the promise settles when the socket has taken them. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the data and waits for the server's verdict: the number of rows copied. */
  finish(): Promise<number>;
  /** Has the server throw the rows away and waits until it is ready for the next statement. */
  cancel(): Promise<void>;
}

/** The part of the driver's query object that its connection calls. */
interface DriverQuery {
  resolve(value: Writable | { count: number }): void;
  reject(error: unknown): void;
  execute(): unknown;
}

/**
 * Sends the statement and waits for the server to ask for data.
 *
 * @throws the server's error, when it refuses the statement.
 */
export async function openCopy(sql: postgres.ReservedSql, statement: string): Promise<CopyIn> {
  const opened = Promise.withResolvers<Writable>();
  const ended = Promise.withResolvers<number>();
  const query = sql.unsafe(statement) as unknown as DriverQuery;
  query.resolve = (value) => {
    if ("write" in value) opened.resolve(value);
    else ended.resolve(value.count);
  };
  query.reject = (error) => {
    opened.reject(error);
    ended.reject(error);
  };
  // An error may come while nobody waits; it is kept for the next call.
  ended.promise.catch(() => {});
  query.execute();
  const stream = await opened.promise;
  stream.on("error", () => {});
  let finishing = false;
  return {
    write: (bytes) => Promise.race([written(stream, bytes, ended.promise), failure(ended.promise)]),
    finish: () => {
      finishing = true;
      stream.end();
      return ended.promise;
    },
    cancel: async () => {
      if (!finishing) stream.destroy(new Error("cancelled by Redd"));
      await ended.promise.catch(() => {});
    },
  };
}

/** A stream that the server's error has closed says so less clearly than the server. */
function written(stream: Writable, bytes: Uint8Array, ended: Promise<number>): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => {
      if (error) ended.then(() => reject(error), reject);
      else resolve();
    });
  });
}

async function failure(ended: Promise<number>): Promise<void> {
  await ended;
}
