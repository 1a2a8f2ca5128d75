/**
 * The benchmark of the loader: `deno task bench:load [DATASET] [--data-dir DIR]`. Loads DATASET, or
 * a freshly generated `medium`, into fresh databases of an embedded server with AquaMind's migrated
 * schema: in both ways of Redd, and beside them by server-side COPY and psql's \copy, around the very
 * index and constraint builds of the rebuild way. All in one run; only the ratios travel.
 *
 * The server, and what is generated, lie in a temporary folder inside DIR, which says what disk is
 * measured. The server's user must be able to read DATASET.
 */
import { basename, join } from "node:path";
import { parseArgs } from "@std/cli/parse-args";
import { readManifest } from "../src/dataset/manifest.ts";
import type { Phase } from "../src/load/progress.ts";
import type { RebuildReport } from "../src/load/rebuild/rebuild.ts";
import type { LoadReport } from "../src/load/report.ts";
import { startServer } from "../src/server/server.ts";
import { VERSION } from "../src/version.ts";
import { copyInPsql, copyInServer, loadBaseline } from "./load_baseline.ts";
import { freshDatabases } from "./load_database.ts";
import { line, print, rate, watched } from "./measure.ts";

const CLI = new URL("../cli/main.ts", import.meta.url).pathname;

/** What a load tells of itself. */
interface Told {
  readonly seconds: Readonly<Record<Phase, number>>;
  /** The tables that were rebuilt; the deferred way has none. */
  readonly rebuilt?: readonly string[];
  /** The greatest resident memory of the process that loads, where it is one of its own. */
  readonly peakMB?: number;
}

type Load = (url: string) => Promise<Told>;

/** A load as it was measured, in seconds. */
interface Run {
  /** From before the first connection, or the start of the process, to the end of the last. */
  readonly all: number;
  readonly copy: number;
  /** Indexes, keys and foreign keys. */
  readonly build: number;
  readonly peakMB: number;
}

// The server may run as another user than this process, and has to read what is generated.
Deno.umask(0o022);
const { _: [given], "data-dir": parent } = parseArgs(Deno.args, { string: ["data-dir", "_"] });
const folder = await Deno.makeTempDir({
  prefix: "redd-bench-load-",
  ...(parent === undefined ? {} : { dir: await Deno.realPath(parent) }),
});
await Deno.chmod(folder, 0o755);

/** The dataset to load, with an absolute path. */
async function datasetFolder(): Promise<string> {
  if (given !== undefined) return await Deno.realPath(String(given));
  const out = join(folder, "medium");
  await watched(Deno.execPath(), [
    "run",
    "-A",
    CLI,
    "generate",
    "--preset",
    "medium",
    "--out",
    out,
  ]);
  return out;
}

/** What a command prints; undefined where there is no such command. */
async function saidBy(command: string, ...args: string[]): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command(command, { args }).output();
    return new TextDecoder().decode(stdout).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function serverSide(dataset: string, jobs: number): Load {
  return (url) => loadBaseline(dataset, url, jobs, copyInServer);
}

function byPsql(dataset: string): Load {
  return async (url) => {
    let peakMB = 0;
    const copy = copyInPsql(join(folder, "copy.sql"), async (args) => {
      peakMB = (await watched("psql", args)).peakMB;
    });
    return { ...await loadBaseline(dataset, url, 1, copy), peakMB };
  };
}

/** Redd's own command in a process of its own; `exec` leaves it the number that is watched. */
function redd(dataset: string, ...way: string[]): Load {
  return async (url) => {
    const report = join(folder, "report.json");
    const command = [Deno.execPath(), "run", "-A", CLI, "load", dataset, "--json", ...way];
    const shell = ["-c", 'exec "$@" > "$0"', report, ...command, "--database-url", url];
    const { peakMB } = await watched("sh", shell);
    const told = JSON.parse(await Deno.readTextFile(report)) as LoadReport | RebuildReport;
    return { ...told, peakMB };
  };
}

function rebuild(dataset: string, jobs: number): Load {
  return redd(dataset, "--method", "rebuild", "--jobs", String(jobs));
}

function runLine(name: string, rows: number, { all, copy, build, peakMB }: Run): string {
  const figures = [all, copy, build].map((seconds) => `${seconds.toFixed(1).padStart(7)} s`);
  const memory = peakMB === 0 ? [] : [`${peakMB.toFixed(0).padStart(5)} MB`];
  return line(name, [...figures, rate(rows, all), ...memory].join(" "));
}

/** How many times as long one load takes as another. */
function timesAsLong(run: Run, peer: Run): string {
  return (["all", "copy", "build"] as const)
    .map((phase) => `${(run[phase] / peer[phase]).toFixed(2).padStart(9)}`).join(" ");
}

try {
  const memory = Math.round(Deno.systemMemoryInfo().total / 1e9);
  const cores = navigator.hardwareConcurrency;
  const psql = await saidBy("psql", "--version");
  print(`Redd ${VERSION}, Deno ${Deno.version.deno}, ${cores} cores, ${memory} GB`);
  print(`The embedded server 18 on ${await saidBy("stat", "-f", "-c", "%T", folder)}`);
  print(psql ?? "no psql on PATH: it is left out");
  const dataset = await datasetFolder();
  const { rows, bytes, tables } = await readManifest(dataset);
  const files = Object.values(tables).reduce((sum, { parts }) => sum + parts.length, 0);
  print(`The dataset ${basename(dataset)}: ${rows} rows, ${bytes} bytes, ${files} files\n`);

  await using server = await startServer({ dataDir: join(folder, "postgres"), defaultDir: folder });
  const fresh = await freshDatabases(server);
  let rebuilt: string | undefined;
  const measured = async (name: string, load: Load): Promise<Run> => {
    const database = await fresh();
    const began = performance.now();
    const told = await load(database.url);
    const all = (performance.now() - began) / 1000;
    await database.judge(rows);
    await database.drop();
    rebuilt ??= told.rebuilt?.join();
    if (told.rebuilt !== undefined && told.rebuilt.join() !== rebuilt) {
      throw new Error(`${name} has rebuilt ${told.rebuilt}, the loads before it ${rebuilt}`);
    }
    const { copy, indexes, constraints } = told.seconds;
    const run = { all, copy, build: indexes + constraints, peakMB: told.peakMB ?? 0 };
    print(runLine(name, rows, run));
    return run;
  };

  print(line("", "   in all      copy     build                   memory"));
  // The first load finds no log files to use again, and the dataset perhaps not in memory.
  await measured("server-side COPY, jobs 2, to warm up", serverSide(dataset, 2));
  const server1 = await measured("server-side COPY, jobs 1", serverSide(dataset, 1));
  const redd1 = await measured("Redd rebuild, jobs 1", rebuild(dataset, 1));
  const psql1 = psql && await measured("psql \\copy, jobs 1", byPsql(dataset));
  const server2 = await measured("server-side COPY, jobs 2", serverSide(dataset, 2));
  const redd2 = await measured("Redd rebuild, jobs 2", rebuild(dataset, 2));
  const deferred = await measured("Redd deferred", redd(dataset, "--method", "deferred"));
  const serverAgain = await measured("server-side COPY, jobs 2, again", serverSide(dataset, 2));
  const reddAgain = await measured("Redd rebuild, jobs 2, again", rebuild(dataset, 2));

  print("\nHow many times as long (goal in all: at most 1.10 times server-side COPY)");
  print(line("Redd rebuild to server-side COPY, jobs 1", timesAsLong(redd1, server1)));
  print(line("Redd rebuild to server-side COPY, jobs 2", timesAsLong(redd2, server2)));
  print(line("  again", timesAsLong(reddAgain, serverAgain)));
  if (psql1) print(line("Redd rebuild to psql \\copy, jobs 1", timesAsLong(redd1, psql1)));
  print("\nHow many times as fast as the deferred way, in all (goal: at least 5)");
  print(line("Redd rebuild, jobs 1", (deferred.all / redd1.all).toFixed(2).padStart(9)));
  print(line("Redd rebuild, jobs 2", (deferred.all / redd2.all).toFixed(2).padStart(9)));
  const peak = Math.max(...[redd1, redd2, deferred, reddAgain].map(({ peakMB }) => peakMB));
  print("\nThe loader's memory (goal: under 200 MB)");
  print(line("the greatest of Redd's loads", `${peak.toFixed(0).padStart(6)} MB`));
} finally {
  await Deno.remove(folder, { recursive: true });
}
