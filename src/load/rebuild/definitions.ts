/**
 * The indexes, keys and foreign keys of the tables that are rebuilt, read from the target's catalog:
 * what drops each of them, and the steps that make it again as it was, by name, with tablespace,
 * storage options, statistics targets, comments, clustering and replica identity.
 *
 * A primary key or unique constraint comes back as an index of its own that the constraint then
 * takes over, because only an index has options and a tablespace in SQL, and because indexes can be
 * built side by side while a constraint locks its table.
 */
import type { Target } from "../../postgres/target.ts";
import type { Stage, Step } from "../ledger/steps.ts";

/** A table that is rebuilt. */
export interface RebuiltTable {
  readonly oid: string;
  readonly name: string;
}

/** What rebuilding takes. */
export interface Definitions {
  /** Statements that drop foreign keys, constraints and indexes, in this order. */
  readonly drops: readonly string[];
  readonly steps: readonly Step[];
  /** The objects that are dropped, as pairs of catalog and oid. */
  readonly dropped: readonly { readonly catalog: string; readonly oid: string }[];
}

/**
 * Of some tables those that can be rebuilt: plain tables without partitions or heirs (and so no
 * hypertables), which no partitioned table refers to or is referred from.
 */
export function rebuildable(
  target: Target,
  names: readonly string[],
): Promise<readonly RebuiltTable[]> {
  return target.query<RebuiltTable>(
    `select c.oid::text as oid, c.relname as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relname = any (string_to_array($2, ',')) and c.relkind = 'r'
       and not exists (select from pg_inherits i where c.oid in (i.inhrelid, i.inhparent))
       and not exists (
         select from pg_constraint k
         join pg_class other on other.oid in (k.conrelid, k.confrelid)
         where k.contype = 'f' and c.oid in (k.conrelid, k.confrelid)
           and (other.relkind <> 'r' or other.relispartition))
     order by array_position(string_to_array($2, ','), c.relname::text)`,
    [target.schema, names.join(",")],
  );
}

interface IndexRow {
  readonly oid: string;
  readonly constraint_oid: string | null;
  readonly relation: string;
  readonly name: string;
  readonly primary: boolean;
  readonly tablespace: string;
  readonly drop: string;
  readonly build: string;
  readonly key: string | null;
  readonly setting: string | null;
}

/** Left in place: exclusion and temporal constraints, and indexes that a failed build has left. */
const INDEXES = `
select x.indexrelid::text as oid, k.oid::text as constraint_oid,
  format('%I.%I', n.nspname, t.relname) as relation, i.relname as name, x.indisprimary as primary,
  coalesce(s.spcname, '') as tablespace,
  case when k.oid is null then format('drop index %I.%I', n.nspname, i.relname)
    else format('alter table %I.%I drop constraint %I', n.nspname, t.relname, k.conname) end as drop,
  concat_ws('; ', pg_get_indexdef(x.indexrelid),
    format('comment on index %I.%I is %L', n.nspname, i.relname,
      nullif(obj_description(i.oid, 'pg_class'), '')),
    (select string_agg(format('alter index %I.%I alter column %s set statistics %s',
        n.nspname, i.relname, a.attnum, a.attstattarget), '; ')
     from pg_attribute a where a.attrelid = i.oid and a.attstattarget >= 0)) as build,
  case when k.oid is not null then concat_ws('; ',
    format('alter table %I.%I add constraint %I %s using index %I%s', n.nspname, t.relname,
      k.conname, case k.contype when 'p' then 'primary key' else 'unique' end, i.relname,
      case when k.condeferrable then ' deferrable' else '' end ||
      case when k.condeferred then ' initially deferred' else '' end),
    format('comment on constraint %I on %I.%I is %L', k.conname, n.nspname, t.relname,
      nullif(obj_description(k.oid, 'pg_constraint'), ''))) end as key,
  nullif(concat_ws('; ',
    case when x.indisclustered then
      format('alter table %I.%I cluster on %I', n.nspname, t.relname, i.relname) end,
    case when x.indisreplident then
      format('alter table %I.%I replica identity using index %I', n.nspname, t.relname, i.relname)
    end), '') as setting
from pg_index x
join pg_class i on i.oid = x.indexrelid
join pg_class t on t.oid = x.indrelid
join pg_namespace n on n.oid = t.relnamespace
left join pg_constraint k on k.conindid = x.indexrelid and k.conrelid = x.indrelid
  and k.contype in ('p', 'u', 'x')
left join pg_tablespace s on s.oid = i.reltablespace
where x.indrelid = any (string_to_array($1, ',')::oid[]) and x.indisvalid and x.indisready
  and k.contype is distinct from 'x' and (to_jsonb(k) ->> 'conperiod') is distinct from 'true'
order by not x.indisprimary, array_position(string_to_array($1, ','), x.indrelid::text), i.relname`;

interface ForeignKeyRow {
  readonly oid: string;
  readonly relation: string;
  readonly name: string;
  readonly drop: string;
  readonly add: string;
  readonly validate: string | null;
}

/** Those of the tables and those of any other table that refers to them. */
const FOREIGN_KEYS = `
select k.oid::text as oid, format('%I.%I', n.nspname, t.relname) as relation, k.conname as name,
  format('alter table %I.%I drop constraint %I', n.nspname, t.relname, k.conname) as drop,
  concat_ws('; ',
    format('alter table %I.%I add constraint %I %s%s', n.nspname, t.relname, k.conname,
      pg_get_constraintdef(k.oid), case when k.convalidated then ' not valid' else '' end),
    format('comment on constraint %I on %I.%I is %L', k.conname, n.nspname, t.relname,
      nullif(obj_description(k.oid, 'pg_constraint'), ''))) as add,
  case when k.convalidated then
    format('alter table %I.%I validate constraint %I', n.nspname, t.relname, k.conname)
  end as validate
from pg_constraint k
join pg_class t on t.oid = k.conrelid
join pg_namespace n on n.oid = t.relnamespace
where k.contype = 'f' and (k.conrelid = any (string_to_array($1, ',')::oid[])
  or k.confrelid = any (string_to_array($1, ',')::oid[]))
order by t.relname, k.conname`;

/**
 * Reads what the tables have. The transaction's search path is emptied, so that every name comes
 * with its schema and means the same to any session.
 */
export async function readDefinitions(
  target: Target,
  tables: readonly RebuiltTable[],
): Promise<Definitions> {
  await target.query("set local search_path = ''");
  const oids = [tables.map(({ oid }) => oid).join(",")];
  const indexes = await target.query<IndexRow>(INDEXES, oids);
  const foreignKeys = await target.query<ForeignKeyRow>(FOREIGN_KEYS, oids);
  const own = indexes.flatMap(({ constraint_oid }) => constraint_oid ?? []);
  return {
    drops: [...foreignKeys, ...indexes].map(({ drop }) => drop),
    steps: numbered(indexes, foreignKeys),
    dropped: [
      ...indexes.map(({ oid }) => ({ catalog: "pg_class", oid })),
      ...[...own, ...foreignKeys.map(({ oid }) => oid)].map((oid) => ({
        catalog: "pg_constraint",
        oid,
      })),
    ],
  };
}

function numbered(indexes: readonly IndexRow[], foreignKeys: readonly ForeignKeyRow[]): Step[] {
  type Bare = Omit<Step, "place">;
  const step = (
    stage: Stage,
    { relation, name }: { relation: string; name: string },
    sql: string | null,
    tablespace = "",
  ): Bare[] => sql === null ? [] : [{ stage, relation, name, sql, tablespace }];
  return [
    ...indexes.flatMap((row) => step("index", row, row.build, row.tablespace)),
    ...indexes.flatMap((row) => step("key", row, row.key)),
    ...indexes.flatMap((row) => step("setting", row, row.setting)),
    ...foreignKeys.flatMap((row) => step("foreign key", row, row.add)),
    ...foreignKeys.flatMap((row) => step("validation", row, row.validate)),
  ].map((bare, index) => ({ place: index + 1, ...bare }));
}
