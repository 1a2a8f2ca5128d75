/**
 * The benchmark of a whole farm: `deno task bench:farm PRESET FOLDER`. Generates into FOLDER with one
 * worker and with two, copies the dataset with cp and sync, and lets DuckDB write as many rows, all
 * in one run. FOLDER says whether it is a disk or a memory file system that is measured.
 *
 * A virtual machine gives memory that it does not use back to its host, and to get a page again takes
 * longer than to fill it. So before everything that is measured in memory, the free memory is
 * written to and freed.
 */
import { statfsSync } from "node:fs";
import { readManifest } from "../src/dataset/manifest.ts";
import { VERSION } from "../src/version.ts";
import { writeReadings } from "./duckdb.ts";
import { line, print, rate, seconds, speed, watched } from "./measure.ts";

const CLI = new URL("../cli/main.ts", import.meta.url).pathname;
const [preset = "production", parent = "out"] = Deno.args;
const folder = await Deno.makeTempDir({ dir: parent, prefix: "bench-" });
const stat = await new Deno.Command("stat", { args: ["-f", "-c", "%T", folder] }).output();
const where = new TextDecoder().decode(stat.stdout).trim();

async function generated(workers: number) {
  const out = `${folder}/${workers}`;
  const command = ["run", "--allow-read", "--allow-write", "--allow-sys=statfs", CLI, "generate"];
  const flags = ["--preset", preset, "--workers", String(workers), "--out", out];
  const child = await watched(Deno.execPath(), [...command, ...flags]);
  return { out, ...child };
}

async function sync(): Promise<void> {
  await watched("sync", []);
}

/** Left free when memory is touched: for the machine, and for what is measured. */
const MARGIN = 3e9;

/** Makes the machine have its free memory at hand, where FOLDER lies in memory. */
async function touchMemory(): Promise<void> {
  if (where !== "tmpfs") return;
  const path = `${folder}/touched`;
  const { bavail, bsize } = statfsSync(folder);
  const room = Math.min(bavail * bsize, Deno.systemMemoryInfo().available - MARGIN);
  const zeros = new Uint8Array(1024 * 1024);
  {
    using file = await Deno.open(path, { write: true, create: true });
    for (let at = 0; at + zeros.length <= room; at += zeros.length) await file.write(zeros);
  }
  await Deno.remove(path);
}

try {
  const memory = Math.round(Deno.systemMemoryInfo().total / 1e9);
  const cores = navigator.hardwareConcurrency;
  print(`Redd ${VERSION}, Deno ${Deno.version.deno}, ${cores} cores, ${memory} GB`);
  print(`The preset ${preset} on ${where}\n`);

  await touchMemory();
  const one = await generated(1);
  await sync();
  const { rows, bytes, state } = await readManifest(one.out);
  await Deno.remove(one.out, { recursive: true });
  await sync();
  await touchMemory();
  let two = { out: "", seconds: 0, peakMB: 0 };
  const written = await seconds(1, async () => {
    two = await generated(2);
    await sync();
  });
  print(line("rows and bytes", `${rows} rows, ${bytes} bytes`));
  print(line("batches", JSON.stringify(state.batches)));
  for (const [workers, run] of [[1, one], [2, two]] as const) {
    print(line(
      `generate, ${workers} worker(s), whole process`,
      [
        rate(rows, run.seconds),
        speed(bytes, run.seconds),
        `${run.seconds.toFixed(1)} s, peak ${run.peakMB.toFixed(0)} MB`,
      ].join(" "),
    ));
  }
  print(line("  the second worker brings", `${(one.seconds / two.seconds).toFixed(2)} times`));
  const took = (s: number) => `${rate(rows, s)} ${speed(bytes, s)} ${s.toFixed(1)} s`;
  print(line("generate, 2 workers, and sync", took(written)));

  await touchMemory();
  const copied = await seconds(1, async () => {
    await watched("cp", ["-r", "--reflink=never", two.out, `${folder}/copy`]);
    await sync();
  });
  print(line("cp of the dataset, and sync", took(copied)));
  print(line("  generating takes", `${(written / copied).toFixed(2)} times as long as cp`));
  await Deno.remove(`${folder}/copy`, { recursive: true });
  await Deno.remove(two.out, { recursive: true });
  await sync();

  await touchMemory();
  const peer = `${folder}/duckdb.csv`;
  const duckdb = await seconds(1, () => writeReadings(peer, rows, 2));
  print(
    line("DuckDB, as many readings, 2 threads", `${rate(rows, duckdb)} ${duckdb.toFixed(1)} s`),
  );
  print(line("  Redd writes", `${(duckdb / two.seconds).toFixed(1)} times as many rows a second`));
} finally {
  await Deno.remove(folder, { recursive: true });
}
