/**
 * Tables outside of the wipe that hang on tables inside of it. TRUNCATE wants all of them in its
 * list, at whatever distance; CASCADE would take them unasked, with their rows.
 */
import { ReddError } from "../../errors.ts";
import type { Target } from "../../postgres/target.ts";
import { redactUrl } from "../../postgres/url.ts";

/** A table that hangs on a wiped one. */
export interface Dependant {
  /** Quoted and with its schema, ready for a statement. */
  readonly name: string;
  /** How many rows it holds. */
  readonly rows: number;
  /** What it hangs by: `foreign key feeds into inventory_feedingevent`. */
  readonly through: readonly string[];
}

/** A dependant whose rows are not counted yet. */
export interface Uncounted extends Omit<Dependant, "rows"> {
  /** Its number in the catalog. */
  readonly oid: string;
  /** The numbers of the tables that it hangs on. */
  readonly parents: readonly string[];
}

/**
 * Finds them over foreign keys and inheritance, dependants of dependants included. Partitions
 * belong to their table, and so do the pieces into which TimescaleDB cuts one.
 */
export async function findDependants(
  target: Target,
  tables: readonly string[],
): Promise<readonly Uncounted[]> {
  const rows = await target.query<{ json: string }>(
    `with recursive wiped as (
       select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = $1 and c.relname = any (string_to_array($2, ','))
     ), link as (
       select conrelid as child, confrelid as parent,
         format('foreign key %I into ', conname) as how
       from pg_constraint where contype = 'f'
       union all
       select inhrelid, inhparent, 'inheritance from ' from pg_inherits
     ), reached as (
       select oid from wiped
       union
       select link.child from link join reached on reached.oid = link.parent
     )
     select json_build_object('oid', c.oid, 'name', format('%I.%I', n.nspname, c.relname),
       'parents', json_agg(distinct p.oid),
       'through', json_agg(distinct how || quote_ident(p.relname)))::text as json
     from link join reached on reached.oid = link.parent
     join pg_class c on c.oid = link.child join pg_namespace n on n.oid = c.relnamespace
     join pg_class p on p.oid = link.parent
     where c.oid not in (select oid from wiped)
       and n.nspname <> '_timescaledb_internal'
       and not (c.relispartition and exists (
         select from pg_inherits i
         where i.inhrelid = c.oid and i.inhparent in (select oid from reached)))
     group by c.oid, n.nspname, c.relname order by n.nspname, c.relname`,
    [target.schema, tables.join(",")],
  );
  return rows.map(({ json }) => JSON.parse(json) as Uncounted);
}

/**
 * Counts the rows of the dependants.
 *
 * @throws {ReddError} input, when one has rows: they are not Redd's to remove.
 */
export async function requireEmptyDependants(
  target: Target,
  found: readonly Uncounted[],
): Promise<readonly Dependant[]> {
  const dependants: (Dependant & Uncounted)[] = [];
  for (const one of found) dependants.push({ ...one, rows: await countOf(target, one.name) });
  const full = dependants.filter(({ rows }) => rows > 0);
  if (full.length === 0) {
    return dependants.map(({ name, rows, through }) => ({ name, rows, through }));
  }
  // What hangs on nothing but tables with rows would stay with them.
  const oids = new Set(full.map(({ oid }) => oid));
  const because = full.filter(({ parents }) => parents.some((parent) => !oids.has(parent)))
    .map(({ name, rows, through }) =>
      `${name} holds ${rows} ${rows === 1 ? "row" : "rows"} and hangs on what would be wiped by ` +
      through.join(", ")
    );
  throw new ReddError("input", "TARGET_DEPENDS", {
    cannot: `wipe ${redactUrl(target.url)}`,
    because: because.join("; "),
    remedy: "Nothing has changed. Remove those rows or that key yourself, and wipe again",
  });
}

/** The number of rows of a relation, counted; its name is quoted already. */
export async function countOf(target: Target, relation: string): Promise<number> {
  const [row] = await target.query<{ rows: string }>(`select count(*) as rows from ${relation}`);
  return Number(row?.rows ?? 0);
}
