/**
 * Tables that an extension manages: hypertables of TimescaleDB, which are cut into chunks
 * by time, and distributed or reference tables of Citus, which live on other nodes. Their indexes and
 * keys are the extension's; a load leaves them in place and brings the parts in order of time.
 */
import type { Target } from "./target.ts";

/**
 * Lists of such tables, as the extensions keep them: schema and name. `relation` is looked up on the
 * session's search path unless it has a schema.
 */
const LISTS = [
  {
    relation: "timescaledb_information.hypertables",
    sql: `select hypertable_schema::text as schema, hypertable_name::text as name
      from timescaledb_information.hypertables`,
  },
  {
    relation: "pg_catalog.pg_dist_partition",
    sql:
      `select n.nspname::text as schema, c.relname::text as name from pg_catalog.pg_dist_partition p
      join pg_class c on c.oid = p.logicalrelid join pg_namespace n on n.oid = c.relnamespace`,
  },
];

/** The names of the tables in the target's schema that an extension manages. */
export async function tablesOfExtensions(target: Target): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { relation, sql } of LISTS) {
    const [row] = await target.query<{ there: boolean }>(
      "select to_regclass($1) is not null as there",
      [relation],
    );
    if (!row?.there) continue;
    const rows = await target.query<{ schema: string; name: string }>(sql);
    names.push(...rows.filter(({ schema }) => schema === target.schema).map(({ name }) => name));
  }
  return names;
}
