/**
 * How a database is read as a dataset. It may hold rows of others beside the dataset's: another
 * dataset that was loaded with `--append`, or what people have entered. Checks of the dataset then
 * read its own rows, which the ids in its manifest tell from the rest; those of the whole farm read
 * all. And columns that a later schema of AquaMind has replaced are read from those that it has.
 */
import type { TableEntry } from "../../dataset/manifest.ts";
import { schemaMappingOf } from "../../aquamind/target_schema.ts";
import type { SchemaMapping } from "../../aquamind/schema_mapping.ts";
import { addedTables } from "../../aquamind/added_tables.ts";
import { type Catalog, readCatalog } from "../../aquamind/catalog.ts";
import { refuseOtherRelations } from "../../aquamind/other_relations.ts";
import { requireEveryRow } from "../../postgres/row_security.ts";
import { ReddError } from "../../errors.ts";
import { redactUrl } from "../../postgres/url.ts";
import { qualified } from "../../postgres/identifier.ts";
import type { Target } from "../../postgres/target.ts";
import { allTables, tableNamed } from "../../tables/catalog.ts";
import type { Table } from "../../tables/description.ts";
import type { Question } from "../../catalogue/engine.ts";
import { isDated, isPlausible } from "../../catalogue/plausible.ts";
import { type Known, manifestOf } from "../../catalogue/known.ts";

/** What a database is read as. */
export interface DatabaseReading {
  /** The schema of its tables. */
  readonly schema: string;
  /** Whether it holds batches of others. */
  readonly shared: boolean;
  readonly mapping: SchemaMapping;
  /** Whether dates that none can be are read as none. */
  readonly plausibleAlone?: true;
}

/** The condition that a row `t` is the dataset's: its ids ascend without a gap. */
function isOwn(table: Table, { rows, lastId }: TableEntry): string {
  const id = table.columns.find((column) => column.identity)!.name;
  return `t.${id} BETWEEN ${lastId - rows + 1} AND ${lastId}`;
}

/**
 * Looks how a database is to be read, in the transaction that is open. Rows of others count where
 * they are batches: any other that is too much is for the checks to find.
 */
export async function databaseReading(target: Target, known: Known): Promise<DatabaseReading> {
  const catalog = await catalogOf(target, Object.keys(known.tables));
  const mapping = schemaMappingOf(catalog);
  const { schema } = target;
  const batches = tableNamed("batch_batch");
  const entry = manifestOf(known)?.tables[batches.name];
  if (entry === undefined || !catalog.has(batches.name)) {
    return { schema, shared: false, mapping };
  }
  const [row] = await target.query<{ shared: boolean }>(
    `select exists (
       select from ${qualified(schema, batches.name)} t where not (${isOwn(batches, entry)})
     ) as shared`,
  );
  return { schema, shared: row?.shared === true, mapping };
}

/**
 * What a database has of AquaMind's tables.
 *
 * @param tables The tables whose every row must be seen, where they are there.
 * @throws {ReddError} input, where there are none, or something else by their names; environment,
 *   where row-level security hides rows.
 */
export async function catalogOf(target: Target, tables: readonly string[]): Promise<Catalog> {
  const names = [...tables, ...addedTables.map(({ name }) => name)];
  await requireEveryRow(target, "verify", names);
  const catalog = await readCatalog(target, allTables);
  if (catalog.size > 0) return catalog;
  await refuseOtherRelations(target, "verify", names);
  throw new ReddError("input", "NOT_LOADED", {
    cannot: `verify ${redactUrl(target.url)}`,
    because: "it has none of AquaMind's tables",
    remedy: "Load the dataset first, or name the database that it was loaded into",
  });
}

/** Master data are everybody's; places may be more than the dataset's, and so their sites (D-01). */
function isOwned({ name, kind, group }: Table): boolean {
  return kind !== "static" || group === "infrastructure" || name === "finance_dimsite";
}

/** The columns of a table that no others replace, implausible dates taken for none. */
function plausibleColumns(
  { columns }: Table,
  replaced: Pick<ReadonlyMap<string, unknown>, "has">,
): readonly string[] {
  return columns.filter(({ name }) => !replaced.has(name)).map((column) => {
    const name = `t."${column.name}"`;
    if (!isDated(column)) return name;
    return `CASE WHEN ${isPlausible(name, column.type)} THEN ${name} END AS "${column.name}"`;
  });
}

/**
 * What stands before a check's query on this database, up to the name of the query itself: where its tables and views are, and how they
 * are read. The session's search path holds none of the target's schemas, since functions and
 * operators of somebody else's making could be taken for PostgreSQL's own there.
 */
export function prelude(
  { sql, tables, own }: Question,
  known: Known,
  { schema, shared, mapping, plausibleAlone }: DatabaseReading,
): string {
  const words = new Set(sql.match(/\b[a-z_]+\b/g));
  const names = (tables.length > 0 ? tables : Object.keys(known.tables))
    .filter((name) => words.has(name));
  const views = new Set(sql.match(/\bvw_[a-z_]+\b/g));
  const seen = Array.from(
    views,
    (name) => `${name} AS NOT MATERIALIZED (SELECT * FROM ${qualified(schema, name)})`,
  );
  const entries = manifestOf(known)?.tables;
  const read = names.map((name) => {
    const [table, entry] = [tableNamed(name), entries?.[name]];
    const ownAlone = shared && own && entry !== undefined && isOwned(table);
    const replaced = Object.entries(mapping.back[name] ?? {});
    const plain = plausibleAlone ? plausibleColumns(table, new Map(replaced)) : ["t.*"];
    const columns = [...plain, ...replaced.map(([column, value]) => `${value} AS ${column}`)];
    const rows = ownAlone ? ` WHERE ${isOwn(table, entry)}` : "";
    const from = qualified(schema, name);
    return `${name} AS NOT MATERIALIZED (SELECT ${columns.join(", ")} FROM ${from} t${rows})`;
  });
  const all = [...read, ...seen];
  return `WITH ${all.map((one) => `${one},\n`).join("")}`;
}
