/** Mutations tried on an engine: what goes wrong by each, before it is undone. */
import { connect } from "../../src/postgres/target.ts";
import { allChecks } from "../../src/catalogue/catalogue.ts";
import type { VerifyCheck } from "../../src/catalogue/check.ts";
import type { Engine } from "../../src/catalogue/engine.ts";
import { openFilesEngine } from "../../src/verify/engines/files.ts";
import { postgresEngine } from "../../src/verify/engines/postgres.ts";
import { runCheck } from "../../src/verify/run.ts";
import type { DatasetName, Loaded } from "./loaded.ts";
import { expected, type Mutation, tableOf } from "./mutation.ts";

/** A mutation, the checks that should fail by it, and those that fail or break. */
export type Tried = readonly [
  mutation: Mutation,
  expected: readonly string[],
  wrong: readonly string[],
];

/**
 * The checks that can see a mutation: those that read the changed table, and those of the whole
 * database unless rows are only updated, which changes neither their number nor the catalog.
 */
function observers(mutation: Mutation): readonly VerifyCheck[] {
  const updates = mutation.sql.startsWith("UPDATE");
  return allChecks.filter(({ id, tables }) =>
    id === mutation.check ||
    (tables.length === 0 ? !updates : tables.includes(tableOf(mutation)))
  );
}

async function tried(
  mutation: Mutation,
  engine: Engine,
  { manifest }: Loaded,
  watched: readonly VerifyCheck[] = observers(mutation),
): Promise<Tried> {
  const ids = new Set(expected(mutation));
  const wanted = allChecks.filter(({ id, asks }) =>
    ids.has(id) && (asks === undefined || engine.abilities.includes(asks))
  );
  const wrong: string[] = [];
  for (const check of watched) {
    const { status } = await runCheck(engine, check, manifest);
    if (status !== "passed" && status !== "skipped") wrong.push(`${check.id} ${status}`);
  }
  return [mutation, wanted.map(({ id }) => `${id} failed`), wrong];
}

/** The datasets whose files are asked. */
export const ON_FILES: readonly DatasetName[] = ["single", "life", "pair", "field"];

/** Are there tables on which files are asked, and rows of them that change? */
export function isOnFiles({ check, on = "single", sql }: Mutation): boolean {
  const asks = allChecks.find(({ id }) => id === check)?.asks;
  return ON_FILES.includes(on) && asks === undefined && !sql.startsWith("ALTER TABLE");
}

/** Tries those mutations that files can have on the tables that they were read into. */
export async function onFiles(
  mutations: readonly Mutation[],
  loaded: Loaded,
): Promise<readonly Tried[]> {
  await using engine = await openFilesEngine(loaded.dataset, { threads: 1 });
  const found: Tried[] = [];
  for (const mutation of mutations.filter(isOnFiles)) {
    await engine.run(`BEGIN; ${mutation.sql}`);
    found.push(await tried(mutation, engine, loaded));
    await engine.run("ROLLBACK");
  }
  return found;
}

/**
 * Tries mutations on a database. That no other check fails than should has been seen on files, where
 * a mutation can be tried there.
 */
export async function onDatabase(
  mutations: readonly Mutation[],
  loaded: Loaded,
): Promise<readonly Tried[]> {
  const target = await connect(loaded.url);
  const found: Tried[] = [];
  try {
    for (const mutation of mutations) {
      await target.query("begin");
      await target.query("set local timezone = 'UTC'");
      await target.query(mutation.sql);
      const engine = await postgresEngine(target, loaded.manifest);
      const ids = new Set(expected(mutation));
      const few = isOnFiles(mutation) ? allChecks.filter(({ id }) => ids.has(id)) : undefined;
      found.push(await tried(mutation, engine, loaded, few));
      await target.query("rollback");
    }
  } finally {
    await target.close();
  }
  return found;
}
