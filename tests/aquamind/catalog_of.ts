/** The catalog of a database's schema, in the shape of the recorded one. */
import type postgres from "postgres";
import type { Catalog, CatalogTable, CatalogView } from "../tables/recorded_schema.ts";

/**
 * Tables with columns, keys, checks, references and the indexes that no constraint owns. The NOT
 * NULL constraints that PostgreSQL 18 lists are left out, as the columns say the same; everything
 * stands by name, compared by code unit.
 */
const TABLES = `
WITH tables AS (
  SELECT c.oid, c.relname FROM pg_class c
  WHERE c.relnamespace = $1::text::regnamespace AND c.relkind IN ('r', 'p')
),
shown AS (
  SELECT con.oid, con.conrelid, con.conname, con.contype, con.confrelid,
    pg_get_constraintdef(con.oid) AS definition,
    con.condeferrable AND con.condeferred AS deferred,
    (SELECT json_agg(a.attname ORDER BY k.place)
     FROM unnest(con.conkey) WITH ORDINALITY AS k(number, place)
     JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.number) AS own,
    (SELECT a.attname FROM pg_attribute a
     WHERE a.attrelid = con.confrelid AND a.attnum = con.confkey[1]) AS target
  FROM pg_constraint con JOIN tables t ON t.oid = con.conrelid
  WHERE con.contype IN ('p', 'u', 'c', 'f')
)
SELECT json_build_object(
  'name', t.relname,
  'columns', (
    SELECT json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod),
      NOT a.attnotnull, a.attidentity = 'd') ORDER BY a.attnum)
    FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped),
  'primaryKey', (
    SELECT json_build_object('name', s.conname, 'columns', s.own)
    FROM shown s WHERE s.conrelid = t.oid AND s.contype = 'p'),
  'unique', coalesce((
    SELECT json_agg(json_build_object('name', s.conname, 'columns', s.own)
      ORDER BY s.conname COLLATE "C")
    FROM shown s WHERE s.conrelid = t.oid AND s.contype = 'u'), '[]'),
  'checks', coalesce((
    SELECT json_agg(json_build_object('name', s.conname, 'expression', s.definition)
      ORDER BY s.conname COLLATE "C")
    FROM shown s WHERE s.conrelid = t.oid AND s.contype = 'c'), '[]'),
  'references', coalesce((
    SELECT json_agg(json_build_object('name', s.conname, 'column', s.own->>0,
      'table', r.relname, 'to', s.target) ORDER BY s.conname COLLATE "C")
    FROM shown s JOIN pg_class r ON r.oid = s.confrelid
    WHERE s.conrelid = t.oid AND s.contype = 'f' AND s.deferred), '[]'),
  'indexes', coalesce((
    SELECT json_agg(json_build_object('name', c.relname, 'unique', i.indisunique, 'definition',
      substring(pg_get_indexdef(i.indexrelid) FROM ' (USING .*)$')) ORDER BY c.relname COLLATE "C")
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = t.oid AND NOT EXISTS (
      SELECT FROM pg_constraint con
      WHERE con.conindid = i.indexrelid AND con.contype IN ('p', 'u'))), '[]')
) AS described
FROM tables t ORDER BY t.relname COLLATE "C"`;

const VIEWS = `
SELECT json_build_object('name', c.relname, 'columns', (
  SELECT json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod))
    ORDER BY a.attnum)
  FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0)) AS described
FROM pg_class c WHERE c.relnamespace = $1::text::regnamespace AND c.relkind = 'v'
ORDER BY c.relname COLLATE "C"`;

/** Reads the catalog of a schema; a foreign key that is not deferred is left out, and so missed. */
export async function catalogOf(sql: postgres.Sql, schema = "public"): Promise<Catalog> {
  const tables = await sql.unsafe<{ described: CatalogTable }[]>(TABLES, [schema]);
  const views = await sql.unsafe<{ described: CatalogView }[]>(VIEWS, [schema]);
  return {
    tables: tables.map((row) => row.described),
    views: views.map((row) => row.described),
  };
}
