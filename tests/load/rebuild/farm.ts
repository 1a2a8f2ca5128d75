/** A small dataset, AquaMind's schema with what a person may add to it, and what to compare. */
import postgres from "postgres";
import type { Generated } from "../../../src/generate/generate.ts";
import {
  createForeignKeys,
  createIndexes,
  createTables,
  createViews,
} from "../../../src/aquamind/ddl.ts";
import { allTables } from "../../../src/tables/catalog.ts";
import { generateSmall } from "../../generate/small_dataset.ts";
import { ask, type TestServer } from "../databases.ts";

/** The dataset of these tests: 130 days, five windows. */
export function generateFarm(folder: string): Promise<Generated> {
  return generateSmall(folder);
}

/** Tables from so many rows on are rebuilt in these tests. */
export const LARGE = 300;

/** AquaMind's schema as its migrations leave it, without rows. */
export const MIGRATED = [
  ...createTables(allTables),
  ...createForeignKeys(allTables),
  ...createIndexes(allTables),
  ...createViews(),
].join(";\n");

/** What an administrator may have added to the large tables, one of each kind. */
export const EXOTIC = `
  alter index environmental_environmentalreading_pkey set (fillfactor = 70);
  comment on index environmental_environmentalreading_pkey is 'it''s the key';
  comment on constraint environmental_environmentalreading_pkey
    on environmental_environmentalreading is 'a "key" with \\ and ;';
  create table "buoy; drop table x" (
    "id""s" bigint primary key,
    death bigint references batch_mortalityevent on delete set null,
    feeding bigint not null,
    constraint "feeds; ""it" foreign key (feeding) references inventory_feedingevent
      deferrable initially immediate
  );
  comment on constraint "feeds; ""it" on "buoy; drop table x" is 'inbound';
  alter table inventory_feedingevent add column remark text default 'x';
  alter table inventory_feedingevent add constraint remarked unique (id, remark) include (amount_kg)
    with (fillfactor = 60) deferrable initially deferred;
  create index "partial;" on inventory_feedingevent (feeding_date desc nulls last)
    where amount_kg > 1.5 and remark <> ';';
  create function doubled(numeric) returns numeric language sql immutable return $1 * 2;
  create index expression on inventory_feedingevent (doubled(amount_kg), lower(remark) collate "C")
    with (fillfactor = 50);
  alter index expression alter column 1 set statistics 321;
  create index covering on inventory_feedingevent using hash (remark);
  create unique index identified on inventory_feedingevent (id) include (remark);
  alter table inventory_feedingevent replica identity using index identified;
  alter table environmental_environmentalreading
    cluster on environmental_environmentalreading_pkey;
  alter table batch_mortalityevent add constraint unchecked foreign key (id)
    references batch_mortalityevent (id) not valid;
  create view "plain view" as select count(*) from environmental_environmentalreading`;

/** A fresh database with AquaMind's tables and what a person may have added to them. */
export function migrated(test: TestServer): Promise<string> {
  return test.copyOf("migrated", (url) => ask(url, MIGRATED, EXOTIC));
}

/** Waits until the sessions of a loader that was stopped have ended. */
export async function settled(url: string): Promise<void> {
  const left = `select count(*)::int from pg_stat_activity
    where application_name = 'redd' and datname = current_database()`;
  while ((await ask(url, left))[0]?.[0] !== 0);
}

/** Count and order-independent digest of the rows of every table of the schema public. */
export async function digestsOf(url: string): Promise<Record<string, unknown>> {
  const names = await ask(
    url,
    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  );
  const each = names.map(([name]) =>
    `select '${name}', count(*)::int, coalesce(md5(sum(('x' || substr(md5(t::text), 1, 15))
     ::bit(60)::bigint)::text), '') from public.${quoted(String(name))} t`
  );
  const rows = await ask(url, `${each.join(" union all ")} order by 1`);
  return Object.fromEntries(rows.map(([name, ...digest]) => [String(name), digest]));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Everything of the catalog that a rebuild could lose, the schema `redd` and the NOT NULL
 * constraints that PostgreSQL 18 lists apart.
 */
const CATALOG = `
with mine as (select oid, relname from pg_class where relnamespace = 'public'::regnamespace)
select 'index' as kind, t.relname || '.' || i.relname as name, json_build_array(
  pg_get_indexdef(x.indexrelid), i.reloptions, i.reltablespace, x.indisunique, x.indisprimary,
  x.indisexclusion, x.indimmediate, x.indisclustered, x.indisvalid, x.indisready, x.indisreplident,
  obj_description(i.oid, 'pg_class'), i.relowner::regrole::text, (select json_agg(a.attstattarget order by attnum)
    from pg_attribute a where a.attrelid = i.oid))::text as described
from pg_index x join mine t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
union all
select 'constraint', t.relname || '.' || k.conname, json_build_array(
  pg_get_constraintdef(k.oid), k.contype, k.condeferrable, k.condeferred, k.convalidated,
  k.conindid::regclass::text, k.confupdtype, k.confdeltype, k.conislocal,
  obj_description(k.oid, 'pg_constraint'))::text
from pg_constraint k join mine t on t.oid = k.conrelid where k.contype <> 'n'
union all
select 'relation', c.relname, json_build_array(c.relkind, c.relreplident, c.reloptions,
  c.reltablespace, c.relhastriggers, c.relacl::text, obj_description(c.oid, 'pg_class'),
  pg_get_viewdef(c.oid))::text
from mine join pg_class c using (oid)
union all
select 'column', t.relname || '.' || a.attname, json_build_array(a.attnum, a.atttypid::regtype,
  a.attnotnull, a.attidentity, a.atthasdef, a.attstattarget)::text
from mine t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0
union all
select 'trigger', t.relname || '.' || g.tgname, pg_get_triggerdef(g.oid)
from pg_trigger g join mine t on t.oid = g.tgrelid where not g.tgisinternal
union all
select 'internal triggers', t.relname, count(*)::text || string_agg(distinct tgenabled::text, '')
from pg_trigger g join mine t on t.oid = g.tgrelid where g.tgisinternal group by t.relname
order by 1, 2`;

/** The catalog of the schema public, one line per thing. */
export async function fullCatalogOf(url: string): Promise<readonly string[]> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await sql.unsafe("set search_path = ''");
    const rows = await sql.unsafe(CATALOG);
    return rows.map(({ kind, name, described }) => `${kind} ${name}: ${described}`);
  } finally {
    await sql.end();
  }
}

/** Names the lines that only one of two catalogs has. */
export function catalogDifference(
  before: readonly string[],
  after: readonly string[],
): readonly string[] {
  const [earlier, later] = [new Set(before), new Set(after)];
  return [
    ...before.filter((line) => !later.has(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !earlier.has(line)).map((line) => `+ ${line}`),
  ];
}
