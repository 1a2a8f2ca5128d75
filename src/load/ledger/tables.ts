/** The tables of the ledger: the schema `redd` in the target (rulings.md#32). */
import { ReddError } from "../../errors.ts";
import { LEDGER, type Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import { requireOwnLedger, strangerOf } from "./believed.ts";

const TABLES = `
  create table ${LEDGER}.load (
    dataset text primary key,
    name text not null,
    schema text not null,
    rows bigint not null,
    parts integer not null,
    left_alone text not null,
    rebuilt text not null,
    schema_created boolean not null,
    others text not null,
    ids text not null,
    merged text not null,
    own_ids text not null,
    begun timestamptz not null default now(),
    finished timestamptz
  );
  create unique index one_unfinished on ${LEDGER}.load ((finished is null)) where finished is null;
  create table ${LEDGER}.part (
    dataset text not null references ${LEDGER}.load on delete cascade,
    "table" text not null,
    path text not null,
    rows bigint not null,
    bytes bigint not null,
    sha256 text not null,
    copied timestamptz not null default now(),
    primary key (dataset, path)
  );
  create table ${LEDGER}.step (
    place integer primary key,
    stage text not null,
    relation text not null,
    name text not null,
    sql text not null,
    tablespace text not null,
    done timestamptz
  );
  comment on schema ${LEDGER} is 'The ledger of Redd''s loads; load --forget removes it';
  grant usage on schema ${LEDGER} to public;
  grant select on all tables in schema ${LEDGER} to public`;

/** Has the target a ledger? */
export async function hasLedger(target: Target): Promise<boolean> {
  const [row] = await target.query<{ found: boolean }>(
    `select exists (
       select from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = '${LEDGER}' and c.relname = 'load') as found`,
  );
  return row?.found === true;
}

/** What keeps a user from having a ledger in the target, if anything does. */
async function obstacle(target: Target): Promise<ReddError | undefined> {
  const [row] = await target.query<
    { user: string; schema: boolean; strangers: string; allowed: boolean }
  >(
    `select current_user as user, n.oid is not null as schema,
       (select count(*)::text from pg_class where relnamespace = n.oid) as strangers,
       case when n.oid is null then has_database_privilege(current_database(), 'CREATE')
         else has_schema_privilege(n.oid, 'CREATE') end as allowed
     from (select) one left join pg_namespace n on n.nspname = '${LEDGER}'`,
  );
  const cannot = `keep a ledger in ${redactUrl(target.url)}`;
  if (target.schema === LEDGER || row?.strangers !== "0") {
    return new ReddError("input", "LEDGER_SCHEMA_TAKEN", {
      cannot,
      because: `its schema ${LEDGER} holds something else`,
      remedy: "Rename that schema, or load with --method deferred",
    });
  }
  if (row.allowed) return undefined;
  return new ReddError("environment", "RIGHTS_MISSING", {
    cannot,
    because: `the user ${row.user} may not create ${
      row.schema ? `tables in the schema ${LEDGER}` : "schemas in the database"
    }`,
    remedy: "Load as the owner of the database, or with --method deferred",
  });
}

/** May the user write into the target's ledger, which is no stranger's, or make one? */
export async function mayKeepLedger(target: Target): Promise<boolean> {
  if (!await hasLedger(target)) return await obstacle(target) === undefined;
  const [row] = await target.query<{ allowed: boolean }>(
    `select bool_and(has_table_privilege(c.oid, privilege)) as allowed
     from pg_class c, (values ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) wanted (privilege)
     where c.relnamespace = '${LEDGER}'::regnamespace and c.relname in ('load', 'part', 'step')`,
  );
  return row?.allowed === true && await strangerOf(target) === undefined;
}

/**
 * Makes the ledger, unless it is there.
 *
 * @throws {ReddError} environment, when the user may not; input, when the schema is somebody else's.
 */
export async function createLedger(target: Target): Promise<void> {
  if (await hasLedger(target)) return await requireOwnLedger(target);
  const refusal = await obstacle(target);
  if (refusal !== undefined) throw refusal;
  await target.query(`create schema if not exists ${LEDGER}`);
  await target.query(TABLES);
}

/**
 * Removes the ledger. Anything else that somebody has put into its schema stays, with the schema.
 *
 * @returns whether there was one.
 */
export async function dropLedger(target: Target): Promise<boolean> {
  if (!await hasLedger(target)) return false;
  await target.query(`drop table ${LEDGER}.step, ${LEDGER}.part, ${LEDGER}.load`);
  const [row] = await target.query<{ empty: boolean }>(
    `select not exists (select from pg_class where relnamespace = '${LEDGER}'::regnamespace)
       and not exists (select from pg_proc where pronamespace = '${LEDGER}'::regnamespace)
       and not exists (select from pg_type where typnamespace = '${LEDGER}'::regnamespace)
       and nspowner = (select oid from pg_roles where rolname = current_user) as empty
     from pg_namespace where nspname = '${LEDGER}'`,
  );
  if (row?.empty) await target.query(`drop schema ${LEDGER}`);
  return true;
}
