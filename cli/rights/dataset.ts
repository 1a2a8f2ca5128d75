/** The rights of commands that make files. */
import { marksAround } from "../../src/schedule/marks.ts";
import { fileURLToPath } from "node:url";
import { dirname, resolve } from "node:path";
import { homesOf } from "../../src/farm/ground/homes.ts";
import type { Home } from "../../src/farm/ground/places.ts";
import { isProfilePath } from "../../src/fixtures/profile_path.ts";
import { duckdbFile } from "../../src/packages/duckdb.ts";
import { lockBeside } from "../../src/generate/lock.ts";
import { ownFile } from "../../src/own_files.ts";
import type { Given } from "../command.ts";
import { SCHEDULE_DEFAULTS, STDIN, STDOUT, TOUR, TOUR_PAGE } from "../commands/flags.ts";
import { isNamedAfterBatch, outOf } from "../lone_batch.ts";
import { pageRights } from "./report.ts";
import { requireOwned } from "./refusal.ts";
import { NO_RIGHTS, reach, type Rights, sum } from "./rights.ts";

/** Redd's own fixtures. */
export const FIXTURES_FOLDER = fileURLToPath(ownFile("fixtures"));

/** Variables by which schedulers number a shard. */
const SHARD_VARIABLES = ["JOB_COMPLETION_INDEX", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN"];

/** The fixtures that a line reads, whole folders of them. */
function fixturesOfLine(given: Given): string[] {
  const profile = given.text("profile");
  const read = reach(given.text("fixtures") ?? FIXTURES_FOLDER);
  return profile !== undefined && isProfilePath(profile) ? [...read, ...reach(profile)] : read;
}

/** To make or go on with the dataset of a folder. */
function making(folder: string, fixtures = reach(FIXTURES_FOLDER)): Partial<Rights> {
  const own = reach(folder);
  // Where a folder cannot be locked, a file beside it is.
  const paths = [...own, ...own.map(lockBeside)];
  return { read: [...paths, ...fixtures], write: paths, render: own };
}

/** The geographies of the layout; read where a line needs them, since no other waits for YAML. */
async function homesOfLayout(given: Given): Promise<Home[]> {
  requireOwned("generate", sum({ read: fixturesOfLine(given) }));
  const { readLayout } = await import("../../src/fixtures/read.ts");
  return homesOf(readLayout(given.text("fixtures")));
}

/** The rights of a line of `redd generate`: it reads a schedule, and writes a dataset. */
export async function generateRights(given: Given): Promise<Rights> {
  const schedule = given.text("schedule");
  const out = outOf(given, isNamedAfterBatch(given) ? await homesOfLayout(given) : []);
  const made = making(out, fixturesOfLine(given));
  return sum(
    { room: resolve(out) },
    given.on("dry-run") ? { ...made, write: [], render: [] } : made,
    schedule === undefined || schedule === STDIN ? {} : { read: reach(schedule) },
    given.text("shards") === undefined ? {} : { env: SHARD_VARIABLES },
  );
}

/** The rights of the dataset of `redd start`, and of its page, where DuckDB can be had. */
export async function tourRights(): Promise<Rights> {
  const ffi = await duckdbFile().then((library) => [library], () => []);
  return sum(making(TOUR), { ffi }, pageRights(TOUR_PAGE));
}

/** The rights of a line of `redd merge`: it reads shards, and writes a dataset. */
export function mergeRights(given: Given): Rights {
  const [into, ...shards] = given.operands;
  const sources = reach(...shards);
  return sum({ ...making(into!, fixturesOfLine(given)), render: [] }, {
    read: [...sources, ...sources.map(lockBeside)],
  });
}

/** The rights of a line of `redd schedule`: it writes a file, and may read another. */
export function scheduleRights(given: Given): Rights {
  const from = given.text("from");
  const fixtures = {
    read: [...fixturesOfLine(given), ...from === undefined || from === STDIN ? [] : reach(from)],
  };
  const output = given.text("output") ?? SCHEDULE_DEFAULTS.output;
  if (given.on("dry-run") || output === STDOUT) return sum(NO_RIGHTS, fixtures);
  // The folder is read to have a new name in it reach the disk.
  return sum(fixtures, {
    read: [...reach(dirname(output)), ...marksAround(output)],
    write: reach(output, `${output}.partial`),
  });
}
