/**
 * The benchmark of one batch: `deno task bench`. Prints figures of this run on this machine; only
 * their ratios travel.
 */
import { buildWorld } from "../src/generate/build_world.ts";
import { parseIso } from "../src/farm/days.ts";
import { buildInfrastructure } from "../src/farm/ground/infrastructure.ts";
import { readFixtures } from "../src/fixtures/read.ts";
import { readManifest } from "../src/dataset/manifest.ts";
import { passOver } from "../src/generate/pass.ts";
import { planSingle } from "../src/schedule/single.ts";
import { VERSION } from "../src/version.ts";
import { costsByEvent } from "./by_event.ts";
import { writeReadings } from "./duckdb.ts";
import { readingFormatter, renderer } from "./in_memory.ts";
import { line, median, print, rate, seconds, speed, watched } from "./measure.ts";

const ROUNDS = 5;
const CLI = new URL("../cli/main.ts", import.meta.url).pathname;
const BATCH = ["--start-date", "2022-01-01", "--duration", "900"];

/** Collects garbage where V8 was asked to let us. */
const gc = (globalThis as { gc?: () => void }).gc ?? (() => {});

function heapKB(): number {
  gc();
  return Deno.memoryUsage().heapUsed / 1000;
}

const fixtures = readFixtures();
const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
const schedule = planSingle(
  {
    startDay: parseIso("2022-01-01")!,
    eggs: 3_500_000,
    geography: "Faroe Islands",
    duration: 900,
    seed: 1,
  },
  fixtures.profile,
  infrastructure,
);
const world = buildWorld({ schedule, fixtures, infrastructure, seed: 1 });

const memory = Math.round(Deno.systemMemoryInfo().total / 1e9);
print(
  `Redd ${VERSION}, Deno ${Deno.version.deno}, ${navigator.hardwareConcurrency} cores, ${memory} GB`,
);
print(`A batch of 900 days, 3.5 M eggs; medians of ${ROUNDS} rounds, warm\n`);

// One thread, no disk.
const format = readingFormatter(world, 9000);
for (let i = 0; i < 3; i++) format();
const heapBefore = heapKB();
const readings = format();
const formatSeconds = await seconds(ROUNDS, format);
const heapAfter = heapKB();
print(line(
  "formatting readings, one thread",
  [
    rate(readings.rows, formatSeconds),
    speed(readings.bytes, formatSeconds),
  ].join(" "),
));
const perRow = (heapAfter - heapBefore) * 1000 / (readings.rows * ROUNDS);
print(line(
  `  heap before and after ${ROUNDS * readings.rows / 1e6 | 0} M rows`,
  `${heapBefore.toFixed(0)} kB, ${heapAfter.toFixed(0)} kB (${perRow.toFixed(4)} bytes a row)`,
));

const pass = passOver(world);
const render = renderer(world, pass);
for (let i = 0; i < 5; i++) {
  render();
  passOver(world);
}
const all = render();
const renderSeconds = await seconds(ROUNDS * 2, render);
const passSeconds = await seconds(ROUNDS * 2, () => passOver(world));
print(line(
  "rendering all tables, one thread",
  [
    rate(all.rows, renderSeconds),
    speed(all.bytes, renderSeconds),
  ].join(" "),
));
print(line(
  "the pass over all days",
  `${(passSeconds * 1000).toFixed(1)} ms, ${
    (100 * passSeconds / renderSeconds).toFixed(1)
  } % of rendering`,
));

// Where the time goes: an event writes its tables together, so they share its time.
print("\nby event, one thread: its time, and the rows of its tables");
for (const { event, tables, seconds } of costsByEvent(world)) {
  const rows = tables.reduce((sum, one) => sum + one.rows, 0);
  if (rows === 0) continue;
  print(line(`  ${event}`, `${rate(rows, seconds)} ${(seconds * 1000).toFixed(2).padStart(7)} ms`));
  for (const one of tables) {
    print(`    ${one.table.padEnd(44)} ${String(one.rows).padStart(9)} rows`);
  }
}
print("");

// To disk, a whole process each time.
const folder = await Deno.makeTempDir({ prefix: "redd-bench-" });
try {
  for (const workers of [1, 2]) {
    const out = `${folder}/w${workers}`;
    const runs = [];
    for (let round = 0; round < ROUNDS; round++) {
      runs.push(
        await watched(Deno.execPath(), [
          "run",
          "--allow-read",
          "--allow-write",
          "--allow-sys=statfs",
          CLI,
          "generate",
          ...BATCH,
          "--workers",
          String(workers),
          "--force",
          "--out",
          out,
        ]),
      );
    }
    const { rows, bytes } = await readManifest(out);
    const taken = median(runs.map((run) => run.seconds));
    print(line(
      `generate to disk, ${workers} worker(s), whole process`,
      [
        rate(rows, taken),
        speed(bytes, taken),
        `${taken.toFixed(2)} s`,
        `peak ${Math.max(...runs.map((run) => run.peakMB)).toFixed(0)} MB`,
      ].join(" "),
    ));
  }
  const { rows, bytes } = await readManifest(`${folder}/w2`);
  const copies = await seconds(ROUNDS, async () => {
    await Deno.remove(`${folder}/copy`, { recursive: true }).catch(() => {});
    await watched("cp", ["-r", "--reflink=never", `${folder}/w2`, `${folder}/copy`]);
  });
  print(line("cp of the dataset", `${rate(rows, copies)} ${speed(bytes, copies)}`));
  for (const threads of [1, 2]) {
    const peer = `${folder}/duckdb.csv`;
    const taken = await seconds(ROUNDS, () => writeReadings(peer, readings.rows, threads));
    const size = (await Deno.stat(peer)).size;
    print(line(
      `DuckDB, as many readings, ${threads} thread(s)`,
      `${rate(readings.rows, taken)} ${speed(size, taken)}`,
    ));
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
