/** May the dataset go into tables that are there already? */
import { ReddError } from "../errors.ts";
import type { Table } from "../tables/description.ts";
import { type Catalog, countRows, differences, hasRows } from "./catalog.ts";
import { requireInsert } from "./rights.ts";
import type { Target } from "./target.ts";
import { redactUrl } from "./url.ts";

/** Django fills these when it migrates; they are loaded into a target without their rows only. */
const DJANGO_OWN = ["django_content_type", "auth_permission"];

/**
 * Judges a target's tables before anything is sent.
 *
 * @returns the names of Django's own tables when the target has rows in one of them: they are to
 *   be left alone.
 * @throws {ReddError} input, when a table differs from its description (every difference is named)
 *   or holds rows; environment, when rights are missing.
 */
export async function judgeTarget(
  target: Target,
  tables: readonly Table[],
  catalog: Catalog,
): Promise<readonly string[]> {
  requireSameColumns(target, tables, catalog);
  await requireInsert(target, tables);
  const full: Table[] = [];
  for (const table of tables) {
    if (await hasRows(target, table)) full.push(table);
  }
  await requireEmpty(target, full.filter(({ name }) => !DJANGO_OWN.includes(name)));
  return full.length === 0 ? [] : DJANGO_OWN;
}

/**
 * Makes sure that rows of the described tables fit the target's.
 *
 * @throws {ReddError} input, naming every difference.
 */
export function requireSameColumns(
  target: Target,
  tables: readonly Table[],
  catalog: Catalog,
): void {
  const found = differences(tables, catalog);
  if (found.length === 0) return;
  throw new ReddError("input", "TARGET_DIFFERS", {
    cannot: `load into ${redactUrl(target.url)}`,
    because: `its tables are not those of AquaMind's 2025-11 schema: ${found.join("; ")}`,
    remedy: "Load into a database that this version of AquaMind has migrated, or an empty one",
  });
}

/** How many tables with rows a message names. */
const NAMED = 6;

async function requireEmpty(target: Target, full: readonly Table[]): Promise<void> {
  if (full.length === 0) return;
  const counts: string[] = [];
  for (const table of full.slice(0, NAMED)) {
    counts.push(`${table.name} (${await countRows(target, table)})`);
  }
  if (full.length > NAMED) counts.push(`and ${full.length - NAMED} more`);
  throw new ReddError("input", "TARGET_NOT_EMPTY", {
    cannot: `load into ${redactUrl(target.url)}`,
    because: `these tables hold rows already: ${counts.join(", ")}`,
    remedy: "Load into an empty database, or empty the tables first",
  });
}
