/** What the target has of AquaMind's tables. */
import type { Table } from "../tables/description.ts";
import { addedTables } from "./added_tables.ts";
import { qualified } from "../postgres/identifier.ts";
import type { Target } from "../postgres/target.ts";

/** A column of the target. */
export interface TargetColumn {
  readonly name: string;
  /** As `format_type` prints it. */
  readonly type: string;
  readonly nullable: boolean;
  /** Has the column a sequence of its own, as identity or serial? */
  readonly numbered: boolean;
  /** Does the server fill the column where COPY leaves it out? */
  readonly filled: boolean;
}

/** Columns by table; a table that is not there is not in the map. */
export type Catalog = ReadonlyMap<string, readonly TargetColumn[]>;

/**
 * Reads the columns of those tables that the target has, in the order of the columns, and of the
 * tables that only AquaMind's later schemas have.
 */
export async function readCatalog(target: Target, tables: readonly Table[]): Promise<Catalog> {
  const rows = await target.query<TargetColumn & { table: string }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
       not a.attnotnull as nullable,
       pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) is not null
         as numbered,
       a.atthasdef or a.attidentity <> '' or a.attgenerated <> '' as filled
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname = $1 and c.relkind in ('r', 'p')
     order by c.relname, a.attnum`,
    [target.schema],
  );
  const described = new Set([...tables, ...addedTables].map((table) => table.name));
  const catalog = new Map<string, TargetColumn[]>();
  for (const { table, ...column } of rows) {
    if (!described.has(table)) continue;
    const columns = catalog.get(table);
    if (columns === undefined) catalog.set(table, [column]);
    else columns.push(column);
  }
  return catalog;
}

/** The number of rows of a table, counted. */
export async function countTableRows(target: Target, table: Table): Promise<number> {
  const [row] = await target.query<{ rows: string }>(
    `select count(*) as rows from ${qualified(target.schema, table.name)}`,
  );
  return Number(row?.rows ?? 0);
}

/** Has the table a row? */
export async function hasRows(target: Target, table: Table): Promise<boolean> {
  const [row] = await target.query<{ found: boolean }>(
    `select exists (select from ${qualified(target.schema, table.name)}) as found`,
  );
  return row?.found === true;
}
