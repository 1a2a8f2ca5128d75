/** Connections that read one state of the database, whatever others write to it meanwhile. */
import { LOCK_TIMEOUT, sessionSettings } from "../postgres/session.ts";
import { connect, type Target } from "../postgres/target.ts";

const BEGIN = "begin isolation level repeatable read read only";

/**
 * Opens connections with a transaction each that see the same; they are added as they come.
 *
 * @throws {ReddError} environment, when there is no connection.
 */
export async function shareSnapshot(crew: Target[], url: string, jobs: number): Promise<void> {
  let snapshot: string | undefined;
  while (crew.length < jobs) {
    const target = await connect(url);
    crew.push(target);
    await target.query(BEGIN);
    if (snapshot !== undefined) await target.query(`set transaction snapshot '${snapshot}'`);
    for (const setting of sessionSettings(target.version, LOCK_TIMEOUT)) {
      await target.query(`set local ${setting}`);
    }
    // What a double is written with is the dataset's affair, not the role's.
    await target.query("set local extra_float_digits = 1");
    if (snapshot !== undefined || jobs === 1) continue;
    const [row] = await target.query<{ snapshot: string }>(
      "select pg_export_snapshot() as snapshot",
    );
    snapshot = row!.snapshot;
  }
}
