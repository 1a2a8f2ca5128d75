/**
 * Users and content types have other ids in every database: Django numbers them as they come. The
 * dataset has its own, and a map by username and by application and model (rulings.md#23); here it is
 * said which id of the target stands for which of the dataset.
 */
import { ReddError } from "../errors.ts";
import type { ReddManifest } from "../dataset/manifest.ts";
import { tableNamed } from "../tables/catalog.ts";
import type { Column, Table } from "../tables/description.ts";
import type { Catalog } from "./catalog.ts";
import { qualified, quoteIdent } from "../postgres/identifier.ts";
import type { Target } from "../postgres/target.ts";
import { redactUrl } from "../postgres/url.ts";

const USERS = "auth_user";
const PROFILES = "users_userprofile";
const TYPES = "django_content_type";

/** The tables that are read to find the target's ids. */
export const IDENTIFYING: readonly string[] = [USERS, PROFILES, TYPES];

/** The target's ids of the rows of one table, by the dataset's. */
export interface Renumbering {
  readonly ids: ReadonlyMap<number, number>;
  /** What the target has no row for, by the dataset's id. */
  readonly lacking: ReadonlyMap<number, string>;
}

/** Tables whose ids in the target are not the dataset's, by name. */
export type IdMap = ReadonlyMap<string, Renumbering>;

/** A target that numbers everything as the dataset does. */
export const SAME_IDS: IdMap = new Map();

/**
 * The table whose ids a column holds: the one it refers to, its own for a key, and in a history
 * what the live table's column refers to, as histories have no foreign keys.
 */
export function idsOf(table: Table, column: Column): string | undefined {
  if (column.references !== undefined) return column.references.table;
  const live = table.historyOf === undefined ? table : tableNamed(table.historyOf);
  const own = live.columns.find(({ name }) => name === column.name);
  if (own?.references !== undefined) return own.references.table;
  return live.primaryKey.columns[0] === column.name ? live.name : undefined;
}

/** Own ids as the ledger keeps them: for every table its pairs of ids, and what is lacking. */
export function idMapText(idMap: IdMap): string {
  return JSON.stringify(
    [...idMap].map(([table, { ids, lacking }]) => [table, [...ids], [...lacking]]),
  );
}

/** Own ids as they stand in the ledger. */
export type KeptIds = readonly (readonly [
  table: string,
  ids: readonly (readonly [number, number])[],
  lacking: readonly (readonly [number, string])[],
])[];

/** The reverse of `idMapText`, its JSON read. */
export function idMapOf(kept: KeptIds): IdMap {
  return new Map(
    kept.map(([table, ids, lacking]) => [
      table,
      { ids: new Map(ids), lacking: new Map(lacking) },
    ]),
  );
}

/** Finds the target's ids. Tables that number as the dataset does are left out. */
export async function readIdMap(
  target: Target,
  { users, contentTypes }: Pick<ReddManifest, "users" | "contentTypes">,
  catalog: Catalog,
): Promise<IdMap> {
  const numbersOf = (table: string, name: string) =>
    catalog.has(table) ? numbersBy(target, table, name) : new Map<string, number>();
  const types = await numbersOf(TYPES, `app_label || '.' || model`);
  const userIds = placed(users, await numbersOf(USERS, "username"));
  const profileOf = await numbersOf(PROFILES, "user_id::text");
  // The dataset's profiles have the ids of their users.
  const profiles = Object.fromEntries(
    Object.values(users).map((id) => [`${userIds.get(id)}`, id]),
  );
  const own = new Map<string, Renumbering>();
  const add = (table: string, ids: ReadonlyMap<number, number>, lacking = new Map()) => {
    const differs = [...ids].some(([dataset, id]) => dataset !== id);
    if (differs || lacking.size > 0) own.set(table, { ids, lacking });
  };
  add(USERS, userIds);
  add(PROFILES, placed(profiles, profileOf));
  if (types.size === 0) return own;
  const named = Object.entries(contentTypes);
  add(
    TYPES,
    new Map(named.flatMap(([name, id]) => types.has(name) ? [[id, types.get(name)!]] : [])),
    new Map(named.flatMap(([name, id]) => types.has(name) ? [] : [[id, name]])),
  );
  return own;
}

/** The ids of a table of the target by a text that names its rows. */
async function numbersBy(
  target: Target,
  table: string,
  name: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await target.query<{ id: number; name: string }>(
    `select id::int as id, ${name} as name from ${qualified(target.schema, table)}`,
  );
  return new Map(rows.map((row) => [row.name, row.id]));
}

/**
 * Where rows go: to the target's row of the same name, else to their own id if it is free, else
 * behind all others. Where a row has gone already, it is found by its name.
 */
function placed(
  wanted: Readonly<Record<string, number>>,
  there: ReadonlyMap<string, number>,
): ReadonlyMap<number, number> {
  const taken = new Set(there.values());
  let last = Math.max(0, ...taken, ...Object.values(wanted));
  return new Map(
    Object.entries(wanted).map(([name, id]) => {
      const found = there.get(name);
      return [id, found ?? (taken.has(id) ? ++last : id)];
    }),
  );
}

/** The SQL value of a column that holds ids of a renumbered table; ids without a place stay. */
export function renumbered(column: string, { ids }: Renumbering): string {
  return chosen(column, [...ids]);
}

/** The reverse: the dataset's ids of a column of the target. */
export function numberedBack(column: string, { ids }: Renumbering): string {
  return chosen(column, [...ids].map(([dataset, own]) => [own, dataset]));
}

function chosen(column: string, pairs: readonly (readonly [number, number])[]): string {
  const cases = pairs.filter(([from, to]) => from !== to).map(([from, to]) =>
    ` when ${from} then ${to}`
  );
  return cases.length === 0 ? column : `case ${column}${cases.join("")} else ${column} end`;
}

/**
 * Makes sure that staged rows point to nothing that the target lacks.
 *
 * @param staged The staging relation, quoted.
 * @throws {ReddError} input, naming the content type.
 */
export async function refuseLacking(
  target: Target,
  table: Table,
  staged: string,
  idMap: IdMap,
): Promise<void> {
  for (const column of table.columns) {
    const lacking = idMap.get(idsOf(table, column) ?? "")?.lacking ?? new Map<number, string>();
    if (lacking.size === 0) continue;
    const name = quoteIdent(column.name);
    const [found] = await target.query<{ id: number }>(
      `select ${name}::int as id from ${staged}
       where ${name} in (${[...lacking.keys()].join(", ")}) limit 1`,
    );
    if (found === undefined) continue;
    throw new ReddError("input", "CONTENT_TYPE_MISSING", {
      cannot: `load into ${redactUrl(target.url)}`,
      because: `it has no content type ${lacking.get(found.id)}`,
      remedy: "Load into a database that AquaMind has migrated, or an empty one",
    });
  }
}
