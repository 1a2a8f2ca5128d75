/** What the user needs for a wipe, asked before anything is locked. */
import { ReddError } from "../../errors.ts";
import { LEDGER, type Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";
import type { Uncounted } from "./dependants.ts";
import { someOf } from "../../names.ts";

const LACKS_DELETE = "lacks DELETE on ";

/**
 * Makes sure that the user may count and empty the tables and what hangs on them, number the tables
 * anew, which takes their owner, and strike their loads from the ledger.
 *
 * @throws {ReddError} environment, naming what is missing on which tables.
 */
export async function requireWipe(
  target: Target,
  tables: readonly string[],
  dependants: readonly Uncounted[],
): Promise<void> {
  const rows = await target.query<{ user: string; lacks: string; names: string }>(
    `with wiped as (
       select c.oid, quote_ident(c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = $1 and c.relname = any (string_to_array($2, ','))
     ), affected as (
       select oid, name from wiped
       union all
       select c.oid, format('%I.%I', n.nspname, c.relname)
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.oid = any (string_to_array($3, ',')::oid[])
     ), lacking as (
       select 'lacks ' || privilege || ' on ' as lacks, name
       from affected, (values ('SELECT'), ('TRUNCATE')) wanted (privilege)
       where not has_table_privilege(oid, privilege)
       union all
       select '${LACKS_DELETE}', '${LEDGER}.load'
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = '${LEDGER}' and c.relname = 'load'
         and not has_table_privilege(c.oid, 'DELETE')
       union all
       select 'does not own the sequences of ', wiped.name
       from wiped join pg_depend d on d.refobjid = wiped.oid
         and d.refclassid = 'pg_class'::regclass and d.classid = 'pg_class'::regclass
         and d.deptype in ('a', 'i')
       join pg_class s on s.oid = d.objid and s.relkind = 'S'
       where not pg_has_role(s.relowner, 'USAGE')
     )
     select current_user as user, lacks, json_agg(name order by name)::text as names
     from lacking group by lacks order by lacks`,
    [target.schema, tables.join(","), dependants.map(({ oid }) => oid).join(",")],
  );
  const [first] = rows;
  if (first === undefined) return;
  const all = rows.map(({ lacks, names }) => lacks + someOf(JSON.parse(names) as string[]));
  // The ledger may be another user's than the tables.
  const isLedgers = ({ lacks }: { lacks: string }) => lacks === LACKS_DELETE;
  const remedies = [
    ...(rows.every(isLedgers) ? [] : ["wipe as the owner of the tables"]),
    ...(rows.some(isLedgers)
      ? [`let the owner of ${LEDGER}.load grant DELETE on it to the user who wipes`]
      : []),
  ].join(" and ");
  throw new ReddError("environment", "RIGHTS_MISSING", {
    cannot: `wipe ${redactUrl(target.url)}`,
    because: `the user ${first.user} ${all.join(" and ")}`,
    remedy: `Nothing has changed. ${remedies[0]!.toUpperCase()}${remedies.slice(1)}`,
  });
}
