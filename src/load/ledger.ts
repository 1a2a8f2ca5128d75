/**
 * The ledger of loads: the schema `redd` in the target (ruling 32). It says which dataset is being
 * loaded, which parts have arrived, and which indexes and keys are still to be put back.
 *
 * A part's line is written in the part's own transaction, a step's mark in the step's: what the
 * ledger says has happened, and nothing else has, wherever the loader or the server was stopped.
 */
import { createHash } from "node:crypto";
import { ReddError } from "../errors.ts";
import type { Part } from "../generate/manifest.ts";
import type { Filling } from "./dataset.ts";
import { type OwnIds, ownIdsOf, ownIdsText } from "./plan/own_ids.ts";
import { LEDGER, type Target } from "./target.ts";
import { redactUrl } from "./url.ts";

/** What an unfinished load leaves and what a person can do: the remedy of every failure in it. */
export const UNDERWAY = "The load is not finished, and until it is, indexes and keys are missing " +
  "in the target: run the same command again to carry on, or take it back with --restore";

/** What a load found in the target when it began, as a rerun has to know it. */
export interface Found {
  /** Rows of others in the dataset's tables; a table that was empty is left out. */
  readonly others: Readonly<Record<string, number>>;
  /** First and last id of the dataset's rows in the tables that have rows of others. */
  readonly ids: Readonly<Record<string, readonly [first: number, last: number]>>;
  /** Tables with master data of the target's own, into which the dataset's are merged. */
  readonly merged: readonly string[];
  /** The target's ids of users and content types; parts that are copied hold them already. */
  readonly ownIds: OwnIds;
}

/** A part as the ledger has it. */
export type PartLine = Part & { readonly table: string };

/** A load as the ledger has it. */
export interface LoadLine extends Found {
  /** `datasetDigest` of its manifest. */
  readonly dataset: string;
  /** The dataset folder's own name, for people. */
  readonly name: string;
  /** The schema of the tables. */
  readonly schema: string;
  /** Rows and parts of the whole dataset, those of tables left alone not counted. */
  readonly rows: number;
  readonly parts: number;
  /** Tables of Django's own that were left as the target had them. */
  readonly leftAlone: readonly string[];
  /** Tables that are loaded without their indexes and keys. */
  readonly rebuilt: readonly string[];
  readonly schemaCreated: boolean;
  readonly finished: boolean;
}

/** The kinds of steps, in their order. */
export const STAGES = ["index", "key", "setting", "foreign key", "validation"] as const;

export type Stage = typeof STAGES[number];

/** Something that was dropped, and how it comes back. */
export interface Step {
  /** Steps are taken in this order; those of stages index and validation may run side by side. */
  readonly place: number;
  readonly stage: Stage;
  /** The table, quoted and with its schema. */
  readonly relation: string;
  /** The name of the index or constraint; empty for a setting. */
  readonly name: string;
  /** One or more statements. */
  readonly sql: string;
  /** The tablespace of an index, where it is not the database's own. */
  readonly tablespace: string;
}

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

/**
 * The digest of what is loaded, and where: the schema, and the parts by path and sha256, in the
 * order of loading.
 */
export function datasetDigest(fillings: readonly Filling[], schema: string): string {
  const hash = createHash("sha256");
  hash.update(`${schema}\n`);
  for (const { entry } of fillings) {
    for (const { path, sha256 } of entry.parts) hash.update(`${path} ${sha256}\n`);
  }
  return hash.digest("hex");
}

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

/** May the user write into the target's ledger, or make one? */
export async function mayKeepLedger(target: Target): Promise<boolean> {
  if (!await hasLedger(target)) return await obstacle(target) === undefined;
  const [row] = await target.query<{ allowed: boolean }>(
    `select bool_and(has_table_privilege(c.oid, privilege)) as allowed
     from pg_class c, (values ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) wanted (privilege)
     where c.relnamespace = '${LEDGER}'::regnamespace and c.relname in ('load', 'part', 'step')`,
  );
  return row?.allowed === true;
}

/**
 * Makes the ledger, unless it is there.
 *
 * @throws {ReddError} environment, when the user may not; input, when the schema is somebody else's.
 */
export async function createLedger(target: Target): Promise<void> {
  if (await hasLedger(target)) return;
  const refusal = await obstacle(target);
  if (refusal !== undefined) throw refusal;
  await target.query(`create schema if not exists ${LEDGER}`);
  await target.query(TABLES);
}

/** The loads of the ledger, the oldest first; none where there is no ledger. */
export async function readLoads(target: Target): Promise<readonly LoadLine[]> {
  if (!await hasLedger(target)) return [];
  const rows = await target.query<{ json: string }>(
    `select json_build_object('dataset', dataset, 'name', name, 'schema', schema, 'rows', rows,
       'parts', parts, 'leftAlone', array_remove(string_to_array(left_alone, ','), ''),
       'rebuilt', array_remove(string_to_array(rebuilt, ','), ''),
       'schemaCreated', schema_created, 'others', others::json, 'ids', ids::json,
       'merged', array_remove(string_to_array(merged, ','), ''), 'ownIds', own_ids, 'finished', finished is not null)::text as json
     from ${LEDGER}.load order by begun`,
  );
  return rows.map(({ json }) => {
    const line = JSON.parse(json) as LoadLine & { ownIds: string };
    return { ...line, ownIds: ownIdsOf(line.ownIds) };
  });
}

/**
 * Makes sure that no load stands unfinished, whose tables lack their indexes and keys.
 *
 * @param deed What cannot be done otherwise, as in `Cannot <deed> <target>`.
 * @throws {ReddError} input, when one does.
 */
export async function refuseUnfinished(target: Target, deed = "load into"): Promise<void> {
  const line = (await readLoads(target)).find(({ finished }) => !finished);
  if (line !== undefined) throw unfinished(target, line, deed);
}

/** What is said to whoever would load something else over an unfinished load. */
export function unfinished(
  target: Target,
  { name, dataset }: LoadLine,
  deed = "load into",
): ReddError {
  return new ReddError("input", "LOAD_UNFINISHED", {
    cannot: `${deed} ${redactUrl(target.url)}`,
    because: `a load of the dataset ${name} (${dataset.slice(0, 12)}) in the rebuild way is not ` +
      "finished there, and until it is, indexes and keys are missing",
    remedy: "Load that dataset again with --method rebuild to finish it, or take it back with " +
      "--restore",
  });
}

/** Writes a load that begins, with the steps that will end it. */
export async function recordLoad(
  target: Target,
  line: Omit<LoadLine, "finished">,
  steps: readonly Step[],
): Promise<void> {
  await target.query(`delete from ${LEDGER}.load where dataset = $1`, [line.dataset]);
  await target.query(
    `insert into ${LEDGER}.load
       (dataset, name, schema, rows, parts, left_alone, rebuilt, schema_created, others,
        ids, merged, own_ids)
     values ($1, $2, $3, $4::text::bigint, $5::text::integer, $6, $7, $8::text::boolean, $9, $10,
       $11, $12)`,
    [
      line.dataset,
      line.name,
      line.schema,
      `${line.rows}`,
      `${line.parts}`,
      line.leftAlone.join(","),
      line.rebuilt.join(","),
      `${line.schemaCreated}`,
      JSON.stringify(line.others),
      JSON.stringify(line.ids),
      line.merged.join(","),
      ownIdsText(line.ownIds),
    ],
  );
  await target.query(
    `insert into ${LEDGER}.step (place, stage, relation, name, sql, tablespace)
     select place, stage, relation, name, sql, tablespace from json_to_recordset($1::text::json)
       as steps (place int, stage text, relation text, name text, sql text, tablespace text)`,
    [JSON.stringify(steps)],
  );
}

/** Writes a load that is finished, with its parts. */
export async function recordFinished(
  target: Target,
  line: Omit<LoadLine, "finished">,
  parts: readonly PartLine[],
): Promise<void> {
  await recordLoad(target, line, []);
  await target.query(
    `insert into ${LEDGER}.part (dataset, "table", path, rows, bytes, sha256)
     select $1, "table", path, rows, bytes, sha256 from json_to_recordset($2::text::json)
       as parts ("table" text, path text, rows bigint, bytes bigint, sha256 text)`,
    [line.dataset, JSON.stringify(parts)],
  );
  await target.query(`update ${LEDGER}.load set finished = now() where dataset = $1`, [
    line.dataset,
  ]);
}

/** The parts of a load, as they were copied. */
export async function readParts(target: Target, dataset: string): Promise<readonly PartLine[]> {
  const rows = await target.query<Record<"table" | "path" | "rows" | "bytes" | "sha256", string>>(
    `select "table" as table, path, rows::text as rows, bytes::text as bytes, sha256
     from ${LEDGER}.part where dataset = $1`,
    [dataset],
  );
  return rows.map((row) => ({ ...row, rows: Number(row.rows), bytes: Number(row.bytes) }));
}

/** The paths of the parts that have arrived. */
export async function copiedPaths(target: Target, dataset: string): Promise<ReadonlySet<string>> {
  const rows = await target.query<{ path: string }>(
    `select path from ${LEDGER}.part where dataset = $1`,
    [dataset],
  );
  return new Set(rows.map(({ path }) => path));
}

/**
 * Writes the line of a part that is about to be copied in this transaction; false when the part has
 * arrived already. A transaction of a killed loader that still holds the line is waited for.
 */
export async function claimPart(
  target: Target,
  dataset: string,
  table: string,
  { path, rows, bytes, sha256 }: Part,
): Promise<boolean> {
  const claimed = await target.query(
    `insert into ${LEDGER}.part (dataset, "table", path, rows, bytes, sha256)
     values ($1, $2, $3, $4::text::bigint, $5::text::bigint, $6)
     on conflict do nothing returning path`,
    [dataset, table, path, `${rows}`, `${bytes}`, sha256],
  );
  return claimed.length > 0;
}

/** The steps that are still to be taken, in their order. */
export function openSteps(target: Target): Promise<readonly Step[]> {
  return target.query<Step>(
    `select place, stage, relation, name, sql, tablespace from ${LEDGER}.step
     where done is null order by place`,
  );
}

/** Marks a step in this transaction; false when it has been taken already. */
export async function claimStep(target: Target, { place }: Step): Promise<boolean> {
  const claimed = await target.query(
    `update ${LEDGER}.step set done = now()
     where place = ${place} and done is null returning place`,
  );
  return claimed.length > 0;
}

/** Writes that a load is finished. */
export async function recordEnd(target: Target, dataset: string): Promise<void> {
  await target.query(`delete from ${LEDGER}.step`);
  await target.query(`update ${LEDGER}.load set finished = now() where dataset = $1`, [dataset]);
}

/** Removes a load that was taken back. */
export async function removeLoad(target: Target, dataset: string): Promise<void> {
  await target.query(`delete from ${LEDGER}.step`);
  await target.query(`delete from ${LEDGER}.load where dataset = $1`, [dataset]);
}

/**
 * Removes the ledger. Anything else that somebody has put into its schema stays, with the schema.
 *
 * @returns whether there was one.
 * @throws {ReddError} input, when a load is unfinished.
 */
export async function dropLedger(target: Target): Promise<boolean> {
  if (!await hasLedger(target)) return false;
  await refuseUnfinished(target);
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
