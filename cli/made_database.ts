/** A database of the embedded server that a command makes for what it is about to do in it. */
import { ReddError } from "../src/errors.ts";
import type { EmbeddedServer } from "../src/server/server.ts";

/**
 * Does something in a database, which is made where there is none. One that was made for it is
 * removed again if it fails before anything is in it; interrupted, it is kept for the next time.
 *
 * @throws what `work` throws.
 */
export async function inDatabase<Result>(
  server: EmbeddedServer,
  database: string,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const made = await server.createDatabase(database);
  try {
    return await work(server.url(database));
  } catch (thrown) {
    const interrupted = thrown instanceof ReddError && thrown.fault === "interrupted";
    // What went wrong first is what the user has to hear.
    if (made && !interrupted) await server.dropEmptyDatabase(database).catch(() => {});
    throw thrown;
  }
}
