/** The descriptor of a dataset: a Data Package v2 with Redd's own facts under `redd` (design.md#d13). */
import type { Column, Table } from "../tables/description.ts";
import type { ReddManifest } from "./manifest.ts";

const PROFILES = "https://datapackage.org/profiles/2.0";

type Json = Readonly<Record<string, unknown>>;

/** A column's type in the terms of Table Schema. */
export function fieldType(type: string): string {
  if (/^(smallint|integer|bigint)$/.test(type)) return "integer";
  if (type.startsWith("numeric") || type === "double precision") return "number";
  if (type.startsWith("timestamp")) return "datetime";
  if (type.startsWith("time")) return "time";
  if (type === "boolean" || type === "date") return type;
  return type === "jsonb" ? "object" : "string";
}

/**
 * A field of Table Schema. Empty text is written `""`, NULL as nothing: for NOT NULL text columns no
 * value is missing (rulings.md#19).
 */
function field({ name, type, nullable, meaning }: Column): Json {
  const kind = fieldType(type);
  const length = /^character varying\((\d+)\)$/.exec(type)?.[1];
  const constraints = {
    ...(nullable ? {} : { required: true }),
    ...(length === undefined ? {} : { maxLength: Number(length) }),
  };
  return {
    name,
    type: kind,
    ...(type === "uuid" ? { format: "uuid" } : {}),
    description: meaning,
    ...(kind === "string" && !nullable ? { missingValues: [] } : {}),
    ...(Object.keys(constraints).length === 0 ? {} : { constraints }),
  };
}

function foreignKeys(table: Table, present: ReadonlySet<string>): Json[] {
  return table.columns.flatMap(({ name, references }) => {
    if (references === undefined || !present.has(references.table)) return [];
    const { table: to, column } = references;
    const reference = { ...(to === table.name ? {} : { resource: to }), fields: [column] };
    return [{ fields: [name], reference }];
  });
}

function resource(table: Table, redd: ReddManifest, present: ReadonlySet<string>): Json {
  const entry = redd.tables[table.name]!;
  const keys = foreignKeys(table, present);
  const paths = entry.parts.map((part) => part.path);
  const only = entry.parts.length === 1 ? entry.parts[0] : undefined;
  return {
    $schema: `${PROFILES}/dataresource.json`,
    name: table.name,
    type: "table",
    description: table.meaning,
    path: paths.length === 1 ? paths[0] : paths,
    format: "csv",
    mediatype: "text/csv",
    encoding: "utf-8",
    ...(only === undefined ? {} : { bytes: only.bytes, hash: `sha256:${only.sha256}` }),
    schema: {
      $schema: `${PROFILES}/tableschema.json`,
      fields: table.columns.map(field),
      primaryKey: table.primaryKey.columns,
      ...(keys.length === 0 ? {} : { foreignKeys: keys }),
    },
  };
}

/** The descriptor of a dataset whose tables are given in the order of loading. */
export function descriptorOf(redd: ReddManifest, tables: readonly Table[]): Json {
  const present = new Set(tables.map((table) => table.name));
  return {
    $schema: `${PROFILES}/datapackage.json`,
    name: `redd-${redd.schedule.sha256.slice(0, 12)}`,
    title: "History of a salmon farm",
    description:
      `AquaMind test data of ${redd.firstDay} to ${redd.asOf} (exclusive), made by Redd ${redd.version}. ` +
      "A monthly table has a file for each month in which it has rows.",
    version: redd.version,
    resources: tables.map((table) => resource(table, redd, present)),
    redd,
  };
}
