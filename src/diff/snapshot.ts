/** Connections that read one state of the database, whatever others write to it meanwhile. */
import { beginReading } from "../postgres/session.ts";
import { connect, type Target } from "../postgres/target.ts";

/**
 * Begins a transaction in the first connection, and opens others that see the same; they are added
 * as they come.
 *
 * @throws {ReddError} environment, when there is no connection.
 */
export async function shareSnapshot(targets: Target[], url: string, jobs: number): Promise<void> {
  const [first] = targets;
  await begin(first!);
  if (jobs === 1) return;
  const [row] = await first!.query<{ snapshot: string }>("select pg_export_snapshot() as snapshot");
  while (targets.length < jobs) {
    const target = await connect(url);
    targets.push(target);
    await begin(target, row!.snapshot);
  }
}

async function begin(target: Target, snapshot?: string): Promise<void> {
  await beginReading(target, snapshot);
  // What a double is written with is the dataset's affair, not the role's.
  await target.query("set local extra_float_digits = 1");
}
