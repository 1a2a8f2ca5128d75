/** Databases of which every table holds one row, with an id of 1, and has given ids up to 3. */
import { createForeignKeys, createIndexes, createTables } from "../../../src/aquamind/ddl.ts";
import { qualified, quoteIdent, quoteIdents } from "../../../src/postgres/identifier.ts";
import type { Column, Table } from "../../../src/tables/description.ts";
import { ask } from "../databases.ts";

/** A value that fits a column; what refers to another table refers to its only row. */
function valueOf({ name, type }: Column): string {
  if (/^(integer|bigint|smallint|numeric|double)/.test(type)) return "1";
  if (/^(character varying|text|inet)/.test(type)) return type === "inet" ? "'::1'" : "'1'";
  if (type.startsWith("json")) return "'{}'";
  if (type === "boolean") return "true";
  if (type === "date" || type.startsWith("timestamp")) return "'2024-01-15'";
  if (type.startsWith("time")) return "'12:00'";
  if (type === "uuid") return "'00000000-0000-0000-0000-000000000001'";
  throw new Error(`no value is known for ${name} ${type}`);
}

/** Statements that make these tables, without checks, and their rows. */
export function fullTables(tables: readonly Table[]): string {
  const unchecked = tables.map((table) => ({ ...table, checks: [] }));
  return [
    ...createTables(unchecked),
    ...createForeignKeys(unchecked),
    ...createIndexes(unchecked),
    "begin",
    ...tables.map(({ name, columns }) =>
      `insert into ${quoteIdent(name)} (${quoteIdents(columns.map((column) => column.name))})
       values (${columns.map(valueOf).join(", ")})`
    ),
    "commit",
    ...tables.flatMap(({ name, columns }) =>
      columns.filter(({ identity }) => identity).map((column) =>
        `select setval(pg_get_serial_sequence('${name}', '${column.name}'), 3)`
      )
    ),
  ].join(";\n");
}

/** The number of rows of every table of the schema public, by its name. */
export async function countsOf(url: string): Promise<ReadonlyMap<string, number>> {
  const names = await ask(
    url,
    `select relname from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  );
  const each = names.map(([name]) =>
    `select $$${name}$$, count(*)::int from ${qualified("public", String(name))}`
  );
  const rows = await ask(url, each.join(" union all "));
  return new Map(rows.map(([name, count]) => [String(name), Number(count)]));
}

/** The last id that every sequence of the schema public has given; null for none. */
export async function numberingOf(url: string): Promise<ReadonlyMap<string, number | null>> {
  const rows = await ask(
    url,
    `select d.refobjid::regclass::text, pg_sequence_last_value(s.oid)::int
     from pg_class s join pg_depend d on d.objid = s.oid and d.deptype in ('a', 'i')
       and d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
     where s.relkind = 'S' and s.relnamespace = 'public'::regnamespace`,
  );
  return new Map(rows.map(([name, last]) => [String(name), last as number | null]));
}
