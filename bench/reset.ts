/**
 * The benchmark of resets: `deno task bench:reset [DATASET] [--data-dir DIR] [--times N]
 * [--no-load]`. Loads DATASET, or a
 * freshly generated `small`, into an embedded server, and brings it back to its first state in the
 * ways there are: Redd's reset, a wipe and a load, `cp -r` of the database's files, and the server's
 * own statements, one by one. All in one run, each N times in turn (3); only the ratios travel.
 *
 * The server, and what is generated, lie in a temporary folder inside DIR, which says what disk is
 * measured. Who runs it must be able to read the server's files.
 */
import { basename, join } from "node:path";
import { parseArgs } from "@std/cli/parse-args";
import postgres from "postgres";
import { openDataset } from "../src/archive/open_dataset.ts";
import { load } from "../src/load/rebuild/method.ts";
import { wipeDatabase } from "../src/load/wipe/wipe.ts";
import { startServer } from "../src/server/server.ts";
import { cloneDatabase } from "../src/snapshot/clone.ts";
import { dropClones } from "../src/snapshot/drop.ts";
import { resetDatabase } from "../src/snapshot/reset.ts";
import { snapshotDatabase } from "../src/snapshot/snapshot.ts";
import { VERSION } from "../src/version.ts";
import { line, print, watched } from "./measure.ts";

const CLI = new URL("../cli/main.ts", import.meta.url).pathname;

/** The database that is reset. */
const FARM = "farm";

Deno.umask(0o022);
const { _: [given], "data-dir": parent, load: only, times } = parseArgs(Deno.args, {
  string: ["data-dir", "times", "_"],
  boolean: ["load"],
  default: { load: true, times: "3" },
  negatable: ["load"],
});
const folder = await Deno.makeTempDir({
  prefix: "redd-bench-reset-",
  ...(parent === undefined ? {} : { dir: await Deno.realPath(parent) }),
});
await Deno.chmod(folder, 0o755);

async function datasetFolder(): Promise<string> {
  if (given !== undefined) return await Deno.realPath(String(given));
  const out = join(folder, "small");
  const words = ["run", "-A", CLI, "generate", "--preset", "small", "--out", out];
  await watched(Deno.execPath(), words);
  return out;
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

const middle = (all: readonly number[]) => all.toSorted((a, b) => a - b)[all.length >> 1]!;

const taken = new Map<string, number[]>();

async function measured(name: string, work: () => Promise<unknown>): Promise<void> {
  const seconds = await secondsOf(work);
  taken.set(name, [...taken.get(name) ?? [], seconds]);
}

function tell(name: string, note = ""): number {
  const all = taken.get(name)!;
  const each = all.map((seconds) => seconds.toFixed(2).padStart(7)).join("");
  print(line(name, `${middle(all).toFixed(2).padStart(7)} s   (${each.trim()})${note}`));
  return middle(all);
}

try {
  const memory = Math.round(Deno.systemMemoryInfo().total / 1e9);
  const cores = navigator.hardwareConcurrency;
  print(`Redd ${VERSION}, Deno ${Deno.version.deno}, ${cores} cores, ${memory} GB`);
  const { stdout } = await new Deno.Command("stat", { args: ["-f", "-c", "%T", folder] }).output();
  print(`The embedded server 18 on ${new TextDecoder().decode(stdout).trim()}`);
  const [busy] = Deno.loadavg();
  print(`Load of the machine before: ${busy!.toFixed(1)}`);
  const path = await datasetFolder();
  const dataset = await openDataset(path);

  await using server = await startServer({ dataDir: join(folder, "postgres"), defaultDir: folder });
  await server.createDatabase(FARM);
  const url = server.url(FARM);
  await measured("load", () => load(dataset, { url }));
  await using sql = closing(postgres(server.url("postgres"), { max: 1, onnotice: () => {} }));
  const [facts] = await sql.run(
    `select pg_database_size('${FARM}')::float8 as bytes, oid::text as oid,
       (select setting from pg_settings where name = 'file_copy_method') as method
     from pg_database where datname = '${FARM}'`,
  ) as unknown as [{ bytes: number; oid: string; method: string }];
  const { rows } = dataset.manifest;
  print(`The dataset ${basename(path)}: ${rows} rows; as a database ${facts.bytes} bytes\n`);

  await measured("db snapshot", () => snapshotDatabase(url, FARM));
  const create = (how: string) => sql.run(`create database copied template ${FARM} ${how}`);
  for (let i = 0; i < Number(times); i++) {
    for (
      const [name, how, method] of [
        ["CREATE DATABASE, wal_log", "strategy wal_log", "copy"],
        ["CREATE DATABASE, file_copy", "strategy file_copy", "copy"],
        ["CREATE DATABASE, file_copy, clone", "strategy file_copy", "clone"],
      ] as const
    ) {
      await sql.run(`set file_copy_method = ${method}`);
      await measured(name, () => create(how));
      await measured(`${name}: DROP DATABASE`, () => sql.run("drop database copied"));
    }
    const files = join(server.data, "base", facts.oid);
    const copy = join(folder, "copy");
    await measured("cp -r", () => watched("cp", ["-r", files, copy]));
    await measured("cp -r: rm -r", () => Deno.remove(copy, { recursive: true }));
    await measured("cp -r and sync", async () => {
      await watched("cp", ["-r", files, copy]);
      await watched("sync", ["-f", copy]);
    });
    await Deno.remove(copy, { recursive: true });
    let swapped: number | undefined;
    const began = performance.now();
    await measured("db reset", () =>
      resetDatabase(url, FARM, {
        onStep: (step) => {
          if (step.startsWith("removing")) swapped = (performance.now() - began) / 1000;
        },
      }));
    taken.set("db reset: until it is back", [
      ...taken.get("db reset: until it is back") ?? [],
      swapped!,
    ]);
    // The files are others after a reset.
    const found = `select oid::text from pg_database where datname = '${FARM}'`;
    const [now] = await sql.run(found) as unknown as [{ oid: string }];
    facts.oid = now.oid;
    let clone: string | undefined;
    await measured("db clone", async () => {
      clone = (await cloneDatabase(url, FARM)).clones[0]!.database;
    });
    await measured("db drop of the clone", () => dropClones(url, [clone!]));
  }
  if (only) {
    await measured("wipe and load", async () => {
      await wipeDatabase(url);
      await load(dataset, { url });
    });
  }

  print(line("", `the middle one of ${times}`));
  for (const name of taken.keys()) tell(name);
  const of = (name: string) => middle(taken.get(name)!);
  print("\nHow many times as long as cp -r and sync of the files (goal: at most 1)");
  print(line("db reset", (of("db reset") / of("cp -r and sync")).toFixed(2).padStart(7)));
  const back = of("db reset: until it is back");
  print(line("  until it is back", (back / of("cp -r and sync")).toFixed(2).padStart(7)));
  print(line("db reset to cp -r alone", (of("db reset") / of("cp -r")).toFixed(2).padStart(7)));
  if (only) {
    print("\nHow many times as fast as a wipe and a load");
    print(line("db reset", (of("wipe and load") / of("db reset")).toFixed(2).padStart(7)));
  }
  print(`\nLoad of the machine after: ${Deno.loadavg()[0]!.toFixed(1)}`);
} finally {
  await Deno.remove(folder, { recursive: true });
}

function closing(sql: postgres.Sql) {
  return {
    run: (statement: string) => sql.unsafe(statement),
    [Symbol.asyncDispose]: () => sql.end(),
  };
}
