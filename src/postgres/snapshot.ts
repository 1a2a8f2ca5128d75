/** Connections that read one state of the database, whatever others write to it meanwhile. */
import { beginReading } from "./session.ts";
import { isConnectionLost } from "./failure.ts";
import { connectBeside, type Target } from "./target.ts";
import { messageOf, ReddError } from "../errors.ts";

/**
 * Begins a transaction in the first connection, and opens others that see the same; they are added
 * as they come.
 *
 * @throws {ReddError} environment, when there is no connection.
 */
export async function shareSnapshot(targets: Target[], jobs: number): Promise<void> {
  const [first] = targets;
  await beginReading(first!);
  if (jobs === 1) return;
  const [row] = await first!.query<{ snapshot: string }>("select pg_export_snapshot() as snapshot");
  while (targets.length < jobs) {
    const target = await connectBeside(first!);
    targets.push(target);
    await beginReading(target, { snapshot: row!.snapshot });
  }
}

/**
 * As {@linkcode shareSnapshot}, with as many connections as can be had: where the server, or a pooler
 * before it, shares no snapshot or has no more connections, those that see it read alone.
 *
 * @param signal Ends the opening of connections; whoever gave it looks at it afterwards.
 * @returns why there are fewer than were wanted; undefined where there are not.
 * @throws {ReddError} environment, when the first connection is lost or begins no transaction.
 */
export async function shareSnapshotWhere(
  targets: Target[],
  jobs: number,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const [first] = targets;
  await beginReading(first!);
  if (jobs === 1) return undefined;
  let snapshot: string;
  try {
    const [row] = await first!.query<{ snapshot: string }>(
      "select pg_catalog.pg_export_snapshot() as snapshot",
    );
    snapshot = row!.snapshot;
  } catch (error) {
    if (isConnectionLost(error) || signal?.aborted) throw error;
    await first!.query("rollback");
    await beginReading(first!);
    return `the server exports no snapshot: ${messageOf(error)}`;
  }
  while (targets.length < jobs) {
    const before = targets.length;
    try {
      const target = await connectBeside(first!);
      targets.push(target);
      await beginReading(target, { snapshot });
    } catch (error) {
      if (signal?.aborted) throw error;
      for (const target of targets.splice(before)) await target.close().catch(() => {});
      return error instanceof ReddError ? error.because : messageOf(error);
    }
  }
  return undefined;
}
