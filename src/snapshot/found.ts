/** Databases by name, and whether the user may copy and replace them. */
import { ReddError } from "../errors.ts";
import { plainIdent } from "../postgres/identifier.ts";
import type { Target } from "../postgres/target.ts";
import { quoted } from "../quoted.ts";
import type { Deed } from "./deed.ts";
import { snapshotNameOf } from "./names.ts";
import type { StandingDatabase } from "./standing.ts";

/** The database of a name. */
export function databaseNamed(
  all: readonly StandingDatabase[],
  name: string,
): StandingDatabase | undefined {
  return all.find((facts) => facts.name === name);
}

/** @throws {ReddError} input, when there is none of that name. */
export function requireDatabase(
  all: readonly StandingDatabase[],
  name: string,
  deed: Deed,
): StandingDatabase {
  const found = databaseNamed(all, name);
  if (found !== undefined) return found;
  throw new ReddError("input", "DATABASE_MISSING", {
    cannot: deed.cannot,
    because: `the server has no database ${quoted(name)}`,
    remedy: `See what there is: ${deed.typed(["db list"])}`,
  });
}

/**
 * The snapshot of a database, where there is one. What has its name without being one is somebody's,
 * and so is one whose owner could have anything put in the database's place.
 *
 * @throws {ReddError} input, for a database of somebody's in its place.
 */
export function snapshotDatabaseOf(
  all: readonly StandingDatabase[],
  database: string,
  deed: Deed,
): StandingDatabase | undefined {
  const found = databaseNamed(all, snapshotNameOf(database));
  if (found === undefined) return undefined;
  const original = databaseNamed(all, database);
  const { mark, name, owner, trusted } = found;
  if (mark?.kind !== "snapshot" || mark.of !== database) {
    throw new ReddError("input", "SNAPSHOT_FOREIGN", {
      cannot: deed.cannot,
      because: `there is a database ${quoted(name)} that is no snapshot of Redd's`,
      remedy: "It is left alone. Rename it, if it is yours",
    });
  }
  if (!trusted && owner !== original?.owner) {
    throw new ReddError("input", "SNAPSHOT_FOREIGN", {
      cannot: deed.cannot,
      because: `the snapshot ${quoted(name)} belongs to ${owner}, and the database ${database} ${
        original === undefined ? "is not there" : `to ${original.owner}`
      }`,
      remedy: `It is left alone. Go on as ${owner}, or make it your own once you have seen to it`,
    });
  }
  return found;
}

/** @throws {ReddError} input, when the database has no snapshot, and as {@linkcode snapshotDatabaseOf}. */
export function requireSnapshot(
  all: readonly StandingDatabase[],
  database: string,
  deed: Deed,
  remedy?: string,
): StandingDatabase {
  const found = snapshotDatabaseOf(all, database, deed);
  if (found !== undefined) return found;
  throw new ReddError("input", "SNAPSHOT_MISSING", {
    cannot: deed.cannot,
    because: `the database ${quoted(database)} has no snapshot`,
    remedy: databaseNamed(all, database) === undefined
      ? `There is no such database either. See what there is: ${deed.typed(["db list"])}`
      : remedy ??
        `Make one while the database is as you want it back: ${
          deed.typed(["db snapshot", database], database)
        }`,
  });
}

/**
 * Makes sure that the user may make databases, and copy, rename and remove these.
 *
 * @throws {ReddError} environment, naming what is missing.
 */
export async function requireMaker(
  target: Target,
  databases: readonly StandingDatabase[],
  cannot: string,
): Promise<void> {
  const [role] = await target.query<{ user: string; maker: boolean }>(
    `select rolname::text as user, rolsuper or rolcreatedb as maker
     from pg_roles where rolname = current_user`,
  );
  const user = plainIdent(role?.user ?? "?");
  const foreign = databases.find(({ mine }) => !mine);
  const refuse = (because: string, remedy: string) =>
    new ReddError("environment", "RIGHTS_MISSING", {
      cannot,
      because,
      remedy: `Nothing has changed. ${remedy}`,
    });
  if (foreign !== undefined) {
    throw refuse(
      `the user ${user} is not the owner of the database ${foreign.name}, which is ${foreign.owner}`,
      `Connect as ${foreign.owner}`,
    );
  }
  if (role?.maker) return;
  throw refuse(
    `the user ${user} may not create databases`,
    `As a superuser: alter role ${user} createdb`,
  );
}

/**
 * Makes sure that nothing outside hangs on a database that is copied or replaced: what replicates into
 * it or out of it would be cut off.
 *
 * @throws {ReddError} input.
 */
export async function refuseReplicated(
  target: Target,
  { name, oid }: StandingDatabase,
  cannot: string,
): Promise<void> {
  const rows = await target.query<{ what: string }>(
    `select 'the subscription ' || subname as what from pg_subscription
     where subdbid = $1::text::oid
     union all
     select 'the replication slot ' || slot_name from pg_replication_slots where database = $2
     order by 1 limit 1`,
    [oid, name],
  );
  const [first] = rows;
  if (first === undefined) return;
  throw new ReddError("input", "DATABASE_REPLICATED", {
    cannot,
    because: `${first.what} belongs to the database ${name}, and would be cut off`,
    remedy: "Nothing has changed. Remove it first, if nobody needs it",
  });
}
