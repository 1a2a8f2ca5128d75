/** Connections that read one state of the database, whatever others write to it meanwhile. */
import { beginReading } from "../postgres/session.ts";
import { connectBeside, type Target } from "../postgres/target.ts";

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
