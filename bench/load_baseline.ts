/**
 * The peers of the loader's benchmark: the same rows into the same tables, copied by the server
 * itself or by psql, around the work that Redd's rebuild way has the database do. They keep no
 * ledger, take no digests and count no rows; that is Redd's own cost.
 */
import { join } from "node:path";
import { openDataset } from "../src/archive/open_dataset.ts";
import { copyStatement } from "../src/load/copy.ts";
import { type TableData, tableDataOf } from "../src/dataset/table_data.ts";
import { qualified } from "../src/postgres/identifier.ts";
import type { Stage, Step } from "../src/load/ledger/steps.ts";
import { type Phase, phaseClock } from "../src/load/progress.ts";
import { LARGE } from "../src/load/rebuild/begin.ts";
import { runStep } from "../src/load/rebuild/build.ts";
import { share } from "../src/load/rebuild/pool.ts";
import { readDefinitions, rebuildable } from "../src/load/rebuild/definitions.ts";
import { advanceSequences } from "../src/postgres/sequences.ts";
import { CATALOG_ALONE } from "../src/postgres/session.ts";
import { connect, type Target } from "../src/postgres/target.ts";

/** How long the phases of a peer took, and which tables it has rebuilt. */
export interface Baseline {
  readonly seconds: Readonly<Record<Phase, number>>;
  readonly rebuilt: readonly string[];
}

/** What one transaction copies: the statements of its files, and whether the tables have keys. */
interface Unit {
  readonly copies: readonly string[];
  readonly small: boolean;
}

/** What the sessions of a load have set, as far as rows depend on it. */
const SETTINGS = `set search_path = ${CATALOG_ALONE}; set timezone = 'UTC'; ` +
  "set datestyle = 'ISO, YMD'";

/** Has the units copied; the pool's tables are without indexes and keys. */
export type CopyUnits = (pool: readonly Target[], units: readonly Unit[]) => Promise<void>;

/** Loads a dataset folder, whose path is absolute, as the rebuild way would, but for the copying. */
export async function loadBaseline(
  folder: string,
  url: string,
  jobs: number,
  copy: CopyUnits,
): Promise<Baseline> {
  const clock = phaseClock();
  clock.enter("schema");
  const tableData = tableDataOf(await openDataset(folder, { believed: true }));
  const tables = tableData.map(({ table }) => table);
  const pool = [await connect(url)];
  try {
    const target = pool[0]!;
    while (pool.length < jobs) pool.push(await connect(url));
    for (const one of pool) await one.query(SETTINGS);
    const { rebuilt, steps } = await takeApart(target, tableData);

    clock.enter("copy");
    await copy(pool, unitsOf(folder, target, tableData, rebuilt));

    clock.enter("indexes");
    for (const stage of ["index", "key", "setting"] as const) await takeStage(pool, steps, stage);

    clock.enter("analyze");
    await share(pool, tables, async (one, { name }) => {
      await one.query(`analyze ${qualified(one.schema, name)}`);
    });

    clock.enter("constraints");
    for (const stage of ["foreign key", "validation"] as const) await takeStage(pool, steps, stage);

    clock.enter("sequences");
    await advanceSequences(target, tables);
    return { seconds: clock.stop(), rebuilt };
  } finally {
    for (const target of pool) await target.close();
  }
}

/** Drops the indexes and keys of the large tables, the largest first. */
async function takeApart(target: Target, tableData: readonly TableData[]) {
  const largest = tableData.filter(({ entry }) => entry.rows >= LARGE)
    .toSorted((a, b) => b.entry.rows - a.entry.rows)
    .map(({ table }) => table.name);
  await target.query("begin");
  const tables = await rebuildable(target, largest);
  const { drops, steps } = await readDefinitions(target, tables);
  if (drops.length > 0) await target.query(drops.join("; "));
  await target.query("commit");
  return { rebuilt: tables.map(({ name }) => name), steps };
}

/** The small tables in one transaction, and every part of a large one in a transaction of its own. */
function unitsOf(
  folder: string,
  { schema, version }: Target,
  tableData: readonly TableData[],
  rebuilt: readonly string[],
): readonly Unit[] {
  const isLarge = ({ table }: TableData) => rebuilt.includes(table.name);
  const copiesOf = ({ table, entry }: TableData) =>
    entry.parts.map(({ path }) => {
      const file = `'${join(folder, path).replaceAll("'", "''")}'`;
      return copyStatement(table, qualified(schema, table.name), version, false)
        .replace("FROM STDIN", () => `FROM ${file}`);
    });
  const small = tableData.filter((data) => !isLarge(data)).flatMap(copiesOf);
  const large = tableData.filter(isLarge).flatMap(copiesOf);
  return [
    ...(small.length === 0 ? [] : [{ copies: small, small: true }]),
    ...large.map((copy) => ({ copies: [copy], small: false })),
  ];
}

/** The statements that begin a transaction of the rebuild way. */
function beginning(small: boolean): string {
  const deferring = small ? "; set constraints all deferred" : "";
  return `begin; set local synchronous_commit = off${deferring}`;
}

/** The server reads the files itself; its user must be able to. */
export const copyInServer: CopyUnits = (pool, units) =>
  share(pool, units, async (target, { copies, small }) => {
    await target.query(beginning(small));
    for (const copy of copies) await target.query(copy);
    await target.query("commit");
  });

/** One psql session runs a script of `\copy`, which is written to the path given. */
export function copyInPsql(
  script: string,
  psql: (args: readonly string[]) => Promise<unknown>,
): CopyUnits {
  return async (pool, units) => {
    const { url } = pool[0]!;
    const lines = [
      `${SETTINGS};`,
      ...units.flatMap(({ copies, small }) => [
        `${beginning(small)};`,
        ...copies.map((copy) => copy.replace(/^COPY/, "\\copy")),
        "commit;",
      ]),
    ];
    await Deno.writeTextFile(script, lines.join("\n") + "\n");
    await psql(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", script]);
  };
}

/** Takes the steps of a stage with as much side by side as the rebuild way has. */
async function takeStage(
  pool: readonly Target[],
  all: readonly Step[],
  stage: Stage,
): Promise<void> {
  const steps = all.filter((step) => step.stage === stage);
  if (stage === "index") return await share(pool, steps.map((step) => [step]), takeSteps);
  if (stage !== "validation") return await takeSteps(pool[0]!, steps);
  const byTable = Map.groupBy(steps, ({ relation }) => relation);
  await share(pool, [...byTable.values()].sort((a, b) => b.length - a.length), takeSteps);
}

async function takeSteps(target: Target, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    await target.query("begin");
    await runStep(target, step);
    await target.query("commit");
  }
}
