/** The descriptor of a dataset: a Data Package v2 with Redd's own facts under `redd` (design.md#d13). */
import type { Column, Table } from "../tables/description.ts";
import { titleOf } from "../tables/titles.ts";
import { unitOf } from "../tables/units.ts";
import type { ReddManifest } from "./manifest.ts";

const PROFILES = "https://datapackage.org/profiles/2.0";

/** Rows are made by Redd out of its fixtures, whose texts come with them: its licence is theirs. */
const LICENSES = [{
  name: "MIT",
  path: "https://opensource.org/license/mit",
  title: "MIT License, Copyright (c) 2026 The Redd developers",
}];

const AQUAMIND = {
  title: "AquaMind: the schema of its database, and what its documents say of the farm",
  path: "https://github.com/aquarian247/AquaMind",
};

const CONTRIBUTORS = [{ title: "Redd", roles: ["creator"] }];

const KEYWORDS = ["aquaculture", "salmon", "synthetic data", "test data"];

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
function field(column: Column): Json {
  const { name, type, nullable, meaning } = column;
  const unit = unitOf(column);
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
    ...(unit === undefined ? {} : { unit }),
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

/** The files of a table, and what they are. */
export interface PackageFiles {
  /** Relative to the descriptor. */
  readonly paths: readonly string[];
  readonly format: string;
  readonly mediatype: string;
  /** Of CSV. */
  readonly encoding?: string;
  /** Length and digest, where there is one file. */
  readonly bytes?: number;
  readonly hash?: string;
}

function resource(
  table: Table,
  { paths, format, mediatype, ...rest }: PackageFiles,
  present: ReadonlySet<string>,
): Json {
  const keys = foreignKeys(table, present);
  return {
    $schema: `${PROFILES}/dataresource.json`,
    name: table.name,
    type: "table",
    title: titleOf(table),
    description: table.meaning,
    path: paths.length === 1 ? paths[0] : paths,
    format,
    mediatype,
    ...rest,
    schema: {
      $schema: `${PROFILES}/tableschema.json`,
      fields: table.columns.map(field),
      primaryKey: table.primaryKey.columns,
      ...(keys.length === 0 ? {} : { foreignKeys: keys }),
    },
  };
}

/** The CSV files of a table, as the manifest has them. */
function csvFiles({ tables }: ReddManifest, { name }: Table): PackageFiles {
  const { parts } = tables[name]!;
  const only = parts.length === 1 ? parts[0] : undefined;
  return {
    paths: parts.map((part) => part.path),
    format: "csv",
    mediatype: "text/csv",
    encoding: "utf-8",
    ...(only === undefined ? {} : { bytes: only.bytes, hash: `sha256:${only.sha256}` }),
  };
}

/**
 * What a Data Package says of some tables of a dataset, in whatever files they lie.
 *
 * @param filesOf The files of a table.
 */
export function packageOf(
  redd: ReddManifest,
  tables: readonly Table[],
  filesOf: (table: Table) => PackageFiles,
): Json {
  const present = new Set(tables.map((table) => table.name));
  return {
    $schema: `${PROFILES}/datapackage.json`,
    name: `redd-${redd.schedule.sha256.slice(0, 12)}`,
    title: "History of a salmon farm",
    description:
      `AquaMind test data of ${redd.firstDay} to ${redd.asOf} (exclusive), made by Redd ${redd.version}. ` +
      "A monthly table has a file for each month in which it has rows.",
    version: redd.version,
    licenses: LICENSES,
    sources: [{ ...AQUAMIND, version: redd.schema }],
    contributors: CONTRIBUTORS,
    keywords: KEYWORDS,
    resources: tables.map((table) => resource(table, filesOf(table), present)),
  };
}

/** What the files beside the tables are. */
const KINDS: readonly (readonly [RegExp, mediatype: string, title: string])[] = [
  [
    /^schedule\.yaml$/,
    "application/yaml",
    "Plan of the farm, from which the dataset is made again",
  ],
  [/^batches\/(.*)\.log$/, "text/plain", "Life of $1, in words"],
  [/^load_duckdb\.sql$/, "application/sql", "Reads all tables into DuckDB, with their types"],
  [/^load_pandas\.py$/, "text/x-python", "Reads all tables into pandas, with their types"],
  [/^pandas_dtypes\.json$/, "application/json", "Types of all columns, for pandas"],
];

/** A file beside the tables. */
function fileResource({ path, bytes, sha256 }: NonNullable<ReddManifest["files"]>[number]): Json {
  const [form, mediatype, words] = KINDS.find(([form]) => form.test(path)) ?? [];
  const title = form === undefined ? undefined : path.replace(form, words!);
  return {
    $schema: `${PROFILES}/dataresource.json`,
    name: path.toLowerCase().replaceAll(/[^a-z0-9_.-]/g, "-"),
    ...title === undefined ? {} : { title },
    path,
    ...mediatype === undefined ? {} : { mediatype },
    bytes,
    hash: `sha256:${sha256}`,
  };
}

/** The descriptor of a dataset whose tables are given in the order of loading. */
export function descriptorOf(redd: ReddManifest, tables: readonly Table[]): Json {
  const { resources, ...rest } = packageOf(redd, tables, (table) => csvFiles(redd, table));
  const files = (redd.files ?? []).map(fileResource);
  return { ...rest, resources: [...resources as Json[], ...files], redd };
}
