/** May the target's tables be taken apart and put together again by this user? */
import { ReddError } from "../../errors.ts";
import { someOf } from "../../names.ts";
import { type Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import type { Definitions, RebuiltTable } from "./definitions.ts";

const OR_DEFERRED = "or load with --method deferred";

function refused(target: Target, code: string, because: string, remedy: string): ReddError {
  const cannot = `rebuild tables in ${redactUrl(target.url)}`;
  const fault = code === "RIGHTS_MISSING" ? "environment" : "input";
  return new ReddError(fault, code, { cannot, because, remedy: `${remedy}, ${OR_DEFERRED}` });
}

/**
 * Makes sure that the user owns every table whose indexes or foreign keys are dropped, and the
 * dataset's other tables too, which a load that is taken back empties; and that indexes may be made
 * in the schema and in their tablespaces.
 *
 * @throws {ReddError} environment, naming what is missing.
 */
export async function requireOwner(
  target: Target,
  names: readonly string[],
  rebuilt: readonly RebuiltTable[],
): Promise<void> {
  const rows = await target.query<{ user: string; lacks: string; name: string }>(
    `with own as (
       select unnest(string_to_array($3, ',')::oid[]) as oid
     ), affected as (
       select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = $1 and c.relname = any (string_to_array($2, ','))
       union
       select k.conrelid from pg_constraint k join own on own.oid = k.confrelid
       where k.contype = 'f'
     )
     select current_user as user, lacks, name from (
       select 'does not own' as lacks, c.relname as name
       from affected join pg_class c using (oid) where not pg_has_role(c.relowner, 'USAGE')
       union
       select 'lacks REFERENCES on', c.relname
       from pg_constraint k join own on own.oid = k.conrelid join pg_class c on c.oid = k.confrelid
       where k.contype = 'f' and not has_table_privilege(c.oid, 'REFERENCES')
       union
       select 'may not create indexes in the schema', n.nspname
       from own join pg_class c using (oid) join pg_namespace n on n.oid = c.relnamespace
       where not has_schema_privilege(n.oid, 'CREATE')
       union
       select 'may not create indexes in the tablespace', s.spcname
       from own join pg_index x on x.indrelid = own.oid join pg_class i on i.oid = x.indexrelid
       join pg_tablespace s on s.oid = i.reltablespace
       where not has_tablespace_privilege(s.oid, 'CREATE')
     ) everything order by lacks, name`,
    [target.schema, names.join(","), rebuilt.map(({ oid }) => oid).join(",")],
  );
  const [first] = rows;
  if (first === undefined) return;
  const lacking = Map.groupBy(rows, ({ lacks }) => lacks);
  const said = [...lacking].map(([lacks, own]) =>
    `${lacks} ${someOf(own.map(({ name }) => name))}`
  );
  const because = `the user ${first.user} ${said.join(" and ")}`;
  throw refused(target, "RIGHTS_MISSING", because, "Load as the owner of the tables");
}

/**
 * Makes sure that nothing but foreign keys depends on what is dropped. A view does that groups by a
 * primary key and shows other columns of the row.
 *
 * @throws {ReddError} input, naming what depends on which key.
 */
export async function refuseDependants(target: Target, dropped: Definitions["dropped"]) {
  const rows = await target.query<{ dependant: string; object: string }>(
    `with dropped as (
       select catalog::regclass::oid as catalog, oid::text::oid as oid
       from json_to_recordset($1::text::json) as given (catalog text, oid text)
     )
     select distinct
       case v.relkind when 'v' then 'the view ' || v.oid::regclass::text
         when 'm' then 'the materialized view ' || v.oid::regclass::text
         else pg_describe_object(d.classid, d.objid, 0) end as dependant,
       pg_describe_object(d.refclassid, d.refobjid, 0) as object
     from pg_depend d join dropped on (d.refclassid, d.refobjid) = (dropped.catalog, dropped.oid)
     left join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
     left join pg_class v on v.oid = r.ev_class
     where d.deptype = 'n' and (d.classid, d.objid) not in (select catalog, oid from dropped)
     order by 1, 2`,
    [JSON.stringify(dropped)],
  );
  if (rows.length === 0) return;
  const because = someOf(rows.map(({ dependant, object }) => `${dependant} depends on ${object}`));
  const remedy = "Drop it and create it again after the load";
  throw refused(target, "TARGET_DEPENDS", because, remedy);
}

/**
 * Makes sure that every foreign key that is dropped is checked as foreign keys are, on both of its
 * sides: one that is made again is, and only a superuser could disable its triggers again, or have
 * them fire otherwise.
 *
 * @throws {ReddError} input, naming the foreign keys and the tables whose triggers are altered.
 */
export async function refuseAltered(target: Target, dropped: Definitions["dropped"]) {
  const keys = dropped.filter(({ catalog }) => catalog === "pg_constraint").map(({ oid }) => oid);
  const rows = await target.query<{ relation: string; name: string; key: string; more: number }>(
    `select t.tgrelid::regclass::text as relation, min(quote_ident(t.tgname)) as name,
       min(k.conname) as key, (count(distinct k.conname) - 1)::int as more
     from pg_trigger t join pg_constraint k on k.oid = t.tgconstraint
     where t.tgisinternal and t.tgenabled <> 'O' and k.contype = 'f'
       and k.oid = any (string_to_array($1, ',')::oid[])
     group by t.tgrelid order by 1`,
    [keys.join(",")],
  );
  const [first] = rows;
  if (first === undefined) return;
  const because = someOf(
    rows.map(({ relation, key, more }) =>
      `on ${relation} triggers are disabled or altered that check the foreign key ${key}` +
      (more > 0 ? ` and ${more} more` : "")
    ),
  );
  const enable = `alter table ${first.relation} enable trigger ${first.name}`;
  const remedy = `Let a superuser enable every one of them (the first: ${enable})`;
  throw refused(target, "TRIGGERS_ALTERED", because, remedy);
}
