/**
 * AquaMind's catalog of 2025-11 as PostgreSQL 15 showed it after AquaMind's own migrations, cut
 * down to the described tables: `schema-2025-11.jsonl`, one table or view per line.
 */

/** A table as a catalog knows it; constraints and indexes stand by name. */
export interface CatalogTable {
  readonly name: string;
  /** Name, type, nullable, identity. */
  readonly columns: readonly (readonly [string, string, boolean, boolean])[];
  readonly primaryKey: { readonly name: string; readonly columns: readonly string[] } | null;
  readonly unique: readonly { readonly name: string; readonly columns: readonly string[] }[];
  readonly checks: readonly { readonly name: string; readonly expression: string }[];
  readonly references: readonly {
    readonly name: string;
    readonly column: string;
    readonly table: string;
    readonly to: string;
  }[];
  readonly indexes: readonly {
    readonly name: string;
    readonly unique: boolean;
    readonly definition: string;
  }[];
}

/** A view with the names and types of its columns. */
export interface CatalogView {
  readonly name: string;
  readonly columns: readonly (readonly [string, string])[];
}

/** What is compared of a schema; tables and views stand by name. */
export interface Catalog {
  readonly tables: readonly CatalogTable[];
  readonly views: readonly CatalogView[];
}

type Line = { readonly group: string; readonly table: CatalogTable } | {
  readonly view: CatalogView;
};

const text = await Deno.readTextFile(new URL("./schema-2025-11.jsonl", import.meta.url));
const lines = text.trimEnd().split("\n").map((line): Line => JSON.parse(line));

/** The recorded catalog. */
export const recorded: Catalog = {
  tables: lines.flatMap((line) => "table" in line ? [line.table] : []),
  views: lines.flatMap((line) => "view" in line ? [line.view] : []),
};

/** The group of every recorded table, by its name. */
export const recordedGroups: ReadonlyMap<string, string> = new Map(
  lines.flatMap((line): [string, string][] =>
    "table" in line ? [[line.table.name, line.group]] : []
  ),
);
