/**
 * A database put back to its snapshot. The copy is made first, beside it; then the two change names in
 * one transaction, and the old one goes. At no moment is there no database.
 *
 * Deno permissions: net (the server), env and sys (what the driver reads).
 */
import { ReddError } from "../errors.ts";
import { someOf } from "../names.ts";
import type { Target } from "../postgres/target.ts";
import { atServer, dropUnfinished } from "./at_server.ts";
import { copyDatabase } from "./copying.ts";
import { type Deed, typedAlone } from "./deed.ts";
import { databaseNamed, refuseReplicated, requireMaker, requireSnapshot } from "./found.ts";
import { commentOf } from "./mark.ts";
import { requireDatabaseName } from "./names.ts";
import { copyProperties, propertiesBarred } from "./properties.ts";
import { aloneIn, waitUntilFree } from "./sessions.ts";
import { type CopyReport, copyReport, givingUp, type SnapshotOptions } from "./snapshot.ts";
import { bytesOf, databasesOf, type StandingDatabase } from "./standing.ts";
import { admit, comment, rename, setAside, together } from "./transaction.ts";

/**
 * Puts a database back to its snapshot. What happened in it since is gone; its settings, privileges,
 * comment and owner stay as they are; where the user may not give them again, such as a setting that a
 * superuser has made, it is refused. It takes the room of one more copy meanwhile.
 *
 * @param url The connection string of any database of the server.
 * @param options With `force` a database is replaced, too, that was made anew since the snapshot, or
 *   that loses settings and privileges by it; these are `left` of the report.
 * @throws {ReddError} input: there is no snapshot, or the database is another one by now;
 *   environment: no connection, no rights, settings would be lost, somebody is connected, no room;
 *   interrupted. The database is then as it was.
 */
export async function resetDatabase(
  url: string,
  database: string,
  options: SnapshotOptions = {},
): Promise<CopyReport> {
  requireDatabaseName(database, "reset the database");
  const { disconnect = false, force = false, free, plainCopies, patience, signal } = options;
  const { onStep } = options;
  const cannot = `reset the database ${database}`;
  const deed = { cannot, typed: options.typed ?? typedAlone };
  const how = { cannot, disconnect, patience, signal };
  const job = { url, cannot, database, sharing: "alone", patience, signal, onStep } as const;
  return await atServer(job, async (at) => {
    const { admin, keeper } = at;
    const all = await databasesOf(admin);
    const from = requireSnapshot(all, database, deed);
    const old = databaseNamed(all, database);
    await requireMaker(admin, old === undefined ? [from] : [from, old], cannot);
    if (old !== undefined) {
      if (!force) requireSame(old, from, deed);
      await refuseReplicated(admin, old, cannot);
      if (!force) await requireProperties(admin, old, cannot);
      await waitUntilFree(keeper, database, how);
    }
    const bytes = await bytesOf(admin, from.oid);
    const owner = old?.owner ?? from.owner;
    onStep?.(`copying the snapshot of ${database}`, bytes);
    const copying = { ...how, from: { ...from, owner }, bytes, free, plainCopies };
    const copy = await copyDatabase(at, copying);
    const swap = () =>
      together(admin, async () => {
        const left = await copyProperties(admin, (old ?? from).oid, { name: copy, owner });
        const aside = old && await setAside(admin, database);
        await rename(admin, copy, database);
        await comment(admin, database, old?.comment ?? null);
        await admit(admin, database, { open: old?.open ?? true, limit: (old ?? from).limit });
        await comment(
          admin,
          from.name,
          commentOf({ ...from.mark!, oid: await oidOf(admin, database) }),
        );
        return { left, aside };
      });
    const { left, aside } = await givingUp(at, copy, () => aloneIn(keeper, database, how, swap));
    if (aside !== undefined) {
      onStep?.(`removing the old ${database}`);
      await dropUnfinished(admin, aside);
    }
    return copyReport(from.mark!, bytes, left);
  });
}

/** The database of that name may be another by now, which nobody has offered to be replaced. */
function requireSame(
  old: StandingDatabase,
  { mark }: StandingDatabase,
  { cannot, typed }: Deed,
): void {
  if (mark?.oid === old.oid) return;
  throw new ReddError("input", "DATABASE_ANEW", {
    cannot,
    because: "the database is not the one of the snapshot: it was dropped and made anew since",
    remedy: "Nothing has changed. --force replaces it by the old snapshot; " +
      `${typed(["db snapshot", old.name, "--force"], old.name)} makes a new one of it as it is`,
  });
}

/** @throws {ReddError} environment, when the database would lose what the user may not give it again. */
async function requireProperties(
  target: Target,
  old: StandingDatabase,
  cannot: string,
): Promise<void> {
  const barred = await propertiesBarred(target, old);
  if (barred.length === 0) return;
  throw new ReddError("environment", "PROPERTIES_LOST", {
    cannot,
    because: `the database would lose what your role may not give it again: ${someOf(barred)}`,
    remedy:
      "Nothing has changed. Go on as a role that may, such as a superuser, or give --force, " +
      "which takes it away",
  });
}

async function oidOf(target: Target, name: string): Promise<string> {
  const [row] = await target.query<{ oid: string }>(
    "select oid::text as oid from pg_database where datname = $1",
    [name],
  );
  return row!.oid;
}
