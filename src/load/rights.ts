/** What the user of the connection may do in the target, asked before anything is sent. */
import { ReddError } from "../errors.ts";
import type { Table } from "../tables/description.ts";
import type { Target } from "./target.ts";
import { redactUrl } from "./url.ts";

/**
 * Makes sure that the user may create tables.
 *
 * @throws {ReddError} environment, when not.
 */
export async function requireCreate(target: Target): Promise<void> {
  const [row] = await target.query<{ user: string; allowed: boolean }>(
    "select current_user as user, has_schema_privilege($1, 'CREATE') as allowed",
    [target.schema],
  );
  if (row?.allowed) return;
  throw new ReddError("environment", "RIGHTS_MISSING", {
    cannot: `create AquaMind's tables in ${redactUrl(target.url)}`,
    because: `the user ${row?.user} may not create anything in the schema ${target.schema}`,
    remedy: `As its owner: grant create on schema ${target.schema} to ${row?.user}`,
  });
}

/** What a load needs in the database besides its tables. */
export interface Needs {
  /** Temporary tables: rows are staged before they come into their table. */
  readonly temporary?: boolean;
}

/**
 * Makes sure that the user may fill, count and number these tables. To number one, a sequence is
 * moved and, lest it be moved back, asked where it stands.
 *
 * @throws {ReddError} environment, naming every table and right that is missing.
 */
export async function requireInsert(
  target: Target,
  tables: readonly Table[],
  { temporary = false }: Needs = {},
): Promise<void> {
  const rows = await target.query<{ user: string; table: string; lacks: string }>(
    `with named as (
       select c.oid, c.relname
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = $1 and c.relname = any (string_to_array($2, ','))
     ), lacking as (
       select named.relname as name, privilege as lacks, 1 as rank
       from named, (values ('INSERT'), ('SELECT')) wanted (privilege)
       where not has_table_privilege(named.oid, privilege)
       union all
       select named.relname, wanted.lacks || ' on the sequence ' || s.relname, 2
       from (values ('UPDATE', 'UPDATE'), ('USAGE', 'USAGE, SELECT')) wanted (lacks, privileges)
       cross join named
       join pg_depend d on d.refobjid = named.oid and d.refclassid = 'pg_class'::regclass
         and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')
       join pg_class s on s.oid = d.objid
       where case when s.relkind = 'S' then not has_sequence_privilege(s.oid, privileges) end
     )
     select current_user as user, name as table,
       string_agg(lacks, ' and ' order by rank, lacks) as lacks
     from lacking group by name order by name`,
    [target.schema, tables.map((table) => table.name).join(",")],
  );
  if (rows.length === 0) return temporary ? await requireTemporary(target) : undefined;
  throw new ReddError("environment", "RIGHTS_MISSING", {
    cannot: `fill the tables in ${redactUrl(target.url)}`,
    because: `the user ${rows[0]?.user} lacks ` +
      rows.map(({ table, lacks }) => `${lacks} on ${table}`).join(", "),
    remedy: "Grant the rights, or load as the owner of the tables",
  });
}

/** A right on the rows that a table has, beyond adding some. */
export interface Change {
  readonly table: string;
  readonly right: "UPDATE" | "DELETE";
}

/**
 * Makes sure that the user may change the rows of these tables, as a dataset that continues another
 * does, and master data that are superseded.
 *
 * @throws {ReddError} environment, naming every table and right that is missing.
 */
export async function requireChanges(target: Target, changes: readonly Change[]): Promise<void> {
  const rows = await target.query<{ user: string; lacks: string }>(
    `select current_user as user,
       string_agg(format('%s on %s', "right", "table"), ', ' order by "right", "table") as lacks
     from json_to_recordset($2::text::json) as wanted ("table" text, "right" text)
     where not has_table_privilege(format('%I.%I', $1::text, "table"), "right")
     having count(*) > 0`,
    [target.schema, JSON.stringify(changes)],
  );
  if (rows.length === 0) return;
  throw new ReddError("environment", "RIGHTS_MISSING", {
    cannot: `change rows in ${redactUrl(target.url)}`,
    because: `the user ${rows[0]?.user} lacks ${rows[0]?.lacks}`,
    remedy: "Grant the rights, or load as the owner of the tables",
  });
}

async function requireTemporary(target: Target): Promise<void> {
  const [row] = await target.query<{ user: string; database: string; allowed: boolean }>(
    `select quote_ident(current_user) as user, quote_ident(current_database()) as database,
       has_database_privilege(current_database(), 'TEMPORARY') as allowed`,
  );
  if (row?.allowed) return;
  throw new ReddError("environment", "RIGHTS_MISSING", {
    cannot: `stage rows in ${redactUrl(target.url)}`,
    because: `the user ${row?.user} may not make temporary tables in the database ${row?.database}`,
    remedy: `As its owner: grant temporary on database ${row?.database} to ${row?.user}`,
  });
}
