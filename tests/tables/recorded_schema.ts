/**
 * AquaMind's catalogs as PostgreSQL 15 showed them after AquaMind's own migrations, one table or
 * view per line: `schema-2025-11.jsonl`, cut down to the described tables, and
 * `schema-2026-03.jsonl`, which is whole.
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

async function readLines(file: string): Promise<readonly Line[]> {
  const text = await Deno.readTextFile(new URL(file, import.meta.url));
  return text.trimEnd().split("\n").map((line): Line => JSON.parse(line));
}

function catalogOfLines(lines: readonly Line[]): Catalog {
  return {
    tables: lines.flatMap((line) => "table" in line ? [line.table] : []),
    views: lines.flatMap((line) => "view" in line ? [line.view] : []),
  };
}

const lines = await readLines("./schema-2025-11.jsonl");

/** The recorded catalog of 2025-11. */
export const recorded: Catalog = catalogOfLines(lines);

/** The recorded catalog of 2026-03, with three tables of Django's own that `recorded` lacks. */
export const recorded2026: Catalog = catalogOfLines(await readLines("./schema-2026-03.jsonl"));

/** The group of every recorded table of 2025-11, by its name. */
export const recordedGroups: ReadonlyMap<string, string> = new Map(
  lines.flatMap((line): [string, string][] =>
    "table" in line ? [[line.table.name, line.group]] : []
  ),
);
