/**
 * The checks of a database that a dataset was loaded into, over one connection and over two, by
 * turns: wall time, the server's CPU, and the slowest checks.
 *
 * `deno run -A --config tests/deno.json bench/verify_database.ts DATASET DATA_DIR [ROUNDS] [JOBS,…]`,
 * where DATA_DIR is the folder of the embedded server into which `load` has brought the dataset.
 */
import { join } from "node:path";
import { databaseOf } from "../cli/embedded.ts";
import { readManifest } from "../src/dataset/manifest.ts";
import { startServer } from "../src/server/server.ts";
import { verifyDatabase } from "../src/verify/engines/postgres.ts";
import { line, median, print } from "./measure.ts";

/** Clock ticks of a second, as /proc counts. */
const TICKS = 100;

/** So many of the slowest checks are printed. */
const SLOWEST = 12;

/** The fields of /proc/PID/stat from the state on; none where it has ended. */
function statOf(pid: number | string): readonly string[] {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}

/** The CPU seconds of a server: of its processes that have ended, and of those that run. */
function cpuOf(pid: number): number {
  const own = statOf(pid);
  let ticks = Number(own[13]) + Number(own[14]);
  for (const { name } of Deno.readDirSync("/proc")) {
    const child = /^\d+$/.test(name) ? statOf(name) : [];
    if (child[1] === String(pid)) ticks += Number(child[11]) + Number(child[12]);
  }
  return ticks / TICKS;
}

/** The process of the server whose data lie somewhere below a folder. */
function serverIn(folder: string): number {
  for (const { name } of Deno.readDirSync(folder)) {
    try {
      return Number(Deno.readTextFileSync(join(folder, name, "postmaster.pid")).split("\n")[0]);
    } catch {
      // Not this one.
    }
  }
  throw new Error(`no server runs in ${folder}`);
}

/** The load of the machine, and how many cores it has. */
function load(): string {
  return `load ${Deno.loadavg().map((one) => one.toFixed(1)).join(" ")}, ` +
    `${navigator.hardwareConcurrency} cores`;
}

interface Round {
  readonly wall: number;
  readonly cpu: number;
}

const [dataset, dataDir, rounds = "2", jobsList = "1,2"] = Deno.args;
if (dataset === undefined || dataDir === undefined) throw new Error("give DATASET and DATA_DIR");
const manifest = await readManifest(dataset);
await using server = await startServer({ dataDir });
const url = server.url(databaseOf(dataset));
const pid = serverIn(dataDir);
const all = new Map<number, Round[]>();
for (let round = 0; round < Number(rounds); round++) {
  for (const jobs of jobsList.split(",").map(Number)) {
    const took: [string, number][] = [];
    const [cpu, began] = [cpuOf(pid), performance.now()];
    let last = cpu;
    const { counts } = await verifyDatabase(url, manifest, {
      jobs,
      // Of one connection alone this is what the check has taken.
      onCheck: ({ check: { id } }) => {
        const now = cpuOf(pid);
        took.push([id, now - last]);
        last = now;
      },
    });
    const wall = (performance.now() - began) / 1000;
    const used = cpuOf(pid) - cpu;
    all.set(jobs, [...all.get(jobs) ?? [], { wall, cpu: used }]);
    print(line(
      `${jobs} ${jobs === 1 ? "connection" : "connections"}, round ${round + 1}`,
      `${wall.toFixed(1)} s, ${used.toFixed(1)} CPU s of the server; ${counts.passed} passed, ` +
        `${counts.failed} failed, ${counts.skipped} skipped, ${counts.broken} broken; ${load()}`,
    ));
    if (jobs > 1 || round > 0) continue;
    for (const [id, seconds] of took.toSorted(([, a], [, b]) => b - a).slice(0, SLOWEST)) {
      print(line(`  ${id}`, `${seconds.toFixed(2)} CPU s`));
    }
  }
}
for (const [jobs, of] of all) {
  print(line(
    `median over ${jobs}`,
    `${median(of.map(({ wall }) => wall)).toFixed(1)} s, ` +
      `${median(of.map(({ cpu }) => cpu)).toFixed(1)} CPU s`,
  ));
}
