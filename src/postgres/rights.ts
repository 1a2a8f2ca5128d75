/** What the user of the connection may do in the target, asked before anything is sent. */
import { ReddError } from "../errors.ts";
import type { Table } from "../tables/description.ts";
import type { Target } from "./target.ts";
import { redactUrl } from "./url.ts";
import { someOf } from "../names.ts";

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

/** A right that the user lacks, and the names of what he lacks it on, as a JSON array. */
interface Lack {
  readonly user: string;
  readonly lacks: string;
  readonly kind: "table" | "sequence";
  readonly names: string;
}

/** Refuses a load by the rights that are missing: of a whole database's tables, some are named. */
function rightsMissing(target: Target, deed: string, rows: readonly Lack[]): ReddError {
  const all = rows.map(({ lacks, kind, names }) => {
    const some = JSON.parse(names) as string[];
    const sequences = some.length === 1 ? "the sequence " : "the sequences ";
    return `${lacks} on ${kind === "sequence" ? sequences : ""}${someOf(some)}`;
  });
  return new ReddError("environment", "RIGHTS_MISSING", {
    cannot: `${deed} in ${redactUrl(target.url)}`,
    because: `the user ${rows[0]?.user} lacks ${all.join(" and ")}`,
    remedy: "Grant the rights, or load as the owner of the tables",
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
 * @throws {ReddError} environment, naming every right that is missing, and some of the tables.
 */
export async function requireInsert(
  target: Target,
  tables: readonly Table[],
  { temporary = false }: Needs = {},
): Promise<void> {
  const rows = await target.query<Lack>(
    `with named as (
       select c.oid, quote_ident(c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = $1 and c.relname = any (string_to_array($2, ','))
     ), lacking as (
       select 'table' as kind, privilege as lacks, name
       from named, (values ('INSERT'), ('SELECT')) wanted (privilege)
       where not has_table_privilege(named.oid, privilege)
       union all
       select 'sequence', wanted.lacks, quote_ident(s.relname)
       from (values ('UPDATE', 'UPDATE'), ('USAGE', 'USAGE, SELECT')) wanted (lacks, privileges)
       cross join named
       join pg_depend d on d.refobjid = named.oid and d.refclassid = 'pg_class'::regclass
         and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')
       join pg_class s on s.oid = d.objid
       where case when s.relkind = 'S' then not has_sequence_privilege(s.oid, privileges) end
     )
     select current_user as user, kind, lacks, json_agg(name order by name)::text as names
     from lacking group by kind, lacks order by kind desc, lacks`,
    [target.schema, tables.map((table) => table.name).join(",")],
  );
  if (rows.length > 0) throw rightsMissing(target, "fill the tables", rows);
  if (temporary) await requireTemporary(target);
}

/** Whether the user may not read one of these tables of the target. */
export async function lacksSelect(target: Target, tables: readonly string[]): Promise<boolean> {
  const [row] = await target.query<{ lacks: boolean }>(
    `select exists (select from json_array_elements_text($2::text::json) wanted
       where not has_table_privilege(format('%I.%I', $1::text, wanted), 'SELECT')) as lacks`,
    [target.schema, JSON.stringify(tables)],
  );
  return row?.lacks === true;
}

/**
 * Makes sure that the user may read these tables of the target.
 *
 * @param deed What is done, as in `Cannot <deed> <target>`.
 * @throws {ReddError} environment, naming some of those that he may not, and what grants it.
 */
export async function requireSelect(
  target: Target,
  deed: string,
  tables: readonly string[],
): Promise<void> {
  const [row] = await target.query<{ user: string; names: string }>(
    `select quote_ident(current_user) as user,
       coalesce(json_agg(quote_ident(wanted) order by wanted), '[]')::text as names
     from json_array_elements_text($2::text::json) wanted
     where not has_table_privilege(format('%I.%I', $1::text, wanted), 'SELECT')`,
    [target.schema, JSON.stringify(tables)],
  );
  const names = JSON.parse(row?.names ?? "[]") as string[];
  if (names.length === 0) return;
  throw new ReddError("environment", "RIGHTS_MISSING", {
    cannot: `${deed} ${redactUrl(target.url)}`,
    because: `the user ${row?.user} lacks SELECT on ${someOf(names)}`,
    remedy: `As their owner: grant select on all tables in schema ${target.schema} to ${row?.user}`,
  });
}

/** A right on the rows that a table has, beyond adding some. */
export interface Change {
  readonly table: string;
  readonly right: "SELECT" | "UPDATE" | "DELETE";
}

/**
 * Makes sure that the user may change the rows of these tables, as a dataset that continues another
 * does, and master data that are superseded.
 *
 * @throws {ReddError} environment, naming every right that is missing, and some of the tables.
 */
export async function requireChanges(target: Target, changes: readonly Change[]): Promise<void> {
  const rows = await target.query<Lack>(
    `select current_user as user, 'table' as kind, "right" as lacks,
       json_agg(quote_ident("table") order by "table")::text as names
     from json_to_recordset($2::text::json) as wanted ("table" text, "right" text)
     where not has_table_privilege(format('%I.%I', $1::text, "table"), "right")
     group by "right" order by "right"`,
    [target.schema, JSON.stringify(changes)],
  );
  if (rows.length > 0) throw rightsMissing(target, "change rows", rows);
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
