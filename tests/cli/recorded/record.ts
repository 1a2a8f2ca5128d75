/**
 * Records real runs for `tests/cli/time_left_test.ts`: what was told, and when.
 *
 *     deno run -A tests/cli/recorded/record.ts [NAME...]
 *
 * takes some minutes and writes a small file for each run beside this one.
 */
import { fileURLToPath } from "node:url";
import { eventsOf, UNKNOWN_COURSE, withEvent, type WorkEvent } from "../../../cli/time_left.ts";
import { buildInfrastructure } from "../../../src/farm/ground/infrastructure.ts";
import { readFixtures } from "../../../src/fixtures/read.ts";
import { extend } from "../../../src/generate/extend.ts";
import { generate, generateShard } from "../../../src/generate/generate.ts";
import { mergeShards, shardFolders } from "../../../src/generate/merge.ts";
import { readDatasetSchedule } from "../../../src/generate/own_schedule.ts";
import { load, type MethodOptions } from "../../../src/load/rebuild/method.ts";
import type { PhaseWork } from "../../../src/phase_work.ts";
import { planFarm } from "../../../src/schedule/plan.ts";
import { FARM_PRESETS } from "../../../src/schedule/presets.ts";
import { startTestServer } from "../../load/databases.ts";
import { migrate } from "../../load/mini_load.ts";

/** What a run tells: of a load, or of a run that writes. */
interface Told {
  readonly phase: string;
  readonly work: readonly PhaseWork[];
}

/** At most so many events of a run are kept, at even distances of time. */
const KEPT = 150;

/** How many digits of a number are kept. */
function rounded(n: number): number {
  return Number(n.toPrecision(6));
}

/** Records a run to a file. */
async function record(name: string, run: (tell: (told: Told) => void) => Promise<unknown>) {
  const began = performance.now();
  const events: WorkEvent[] = [];
  let course = UNKNOWN_COURSE;
  await run(({ phase, work }) => {
    for (const event of eventsOf(course, work, phase, performance.now() - began)) {
      const next = withEvent(course, event);
      if (next !== course) events.push(event);
      course = next;
    }
  });
  const ms = performance.now() - began;
  // The first and the last event of a phase stay, and one for each piece of time.
  const kept = events.filter((event, i) => {
    const next = events[i + 1];
    const isFirst = events.findIndex(({ phase }) => phase === event.phase) === i;
    if (isFirst || next === undefined || next.phase !== event.phase) return true;
    return Math.floor(event.ms / ms * KEPT) !== Math.floor(next.ms / ms * KEPT);
  });
  const lines = kept.map(({ phase, done, all, ms }) =>
    JSON.stringify([phase, rounded(done), rounded(all), Math.round(ms)])
  );
  const text = `{"ms":${Math.round(ms)},"events":[\n${lines.join(",\n")}\n]}\n`;
  await Deno.writeTextFile(fileURLToPath(new URL(`${name}.json`, import.meta.url)), text);
  // deno-lint-ignore no-console
  console.log(name, Math.round(ms), "ms", kept.length, "events");
}

/** Runs until a share of all work is done, and stops there. */
async function stopped(
  share: number,
  run: (tell: (told: Told) => void, signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const abort = new AbortController();
  const tell = ({ phase, work }: Told) => {
    // Until it is planned, what there is to do is not known.
    if (phase === "plan") return;
    const sum = (key: "done" | "all") => work.reduce((all, one) => all + one[key], 0);
    if (sum("done") >= share * sum("all")) abort.abort();
  };
  await run(tell, abort.signal).catch(() => {});
}

const wanted = (name: string) => Deno.args.length === 0 || Deno.args.includes(name);
const test = await startTestServer();
const folder = test.folder;
const fixtures = readFixtures();
const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
const recipeOf = (preset: "small" | "medium") => ({
  schedule: planFarm({ ...FARM_PRESETS[preset], seed: 1 }, fixtures.profile, infrastructure),
  fixtures,
  seed: 1,
});

try {
  const medium = recipeOf("medium");
  if (wanted("generate")) {
    await record(
      "generate",
      (onProgress) => generate({ ...medium, folder: `${folder}/medium`, onProgress }),
    );
    await Deno.remove(`${folder}/medium`, { recursive: true });
  }
  if (wanted("generate-resumed")) {
    const out = { ...medium, folder: `${folder}/resumed` };
    await stopped(0.4, (onProgress, signal) => generate({ ...out, onProgress, signal }));
    await record("generate-resumed", (onProgress) => generate({ ...out, onProgress }));
    await Deno.remove(out.folder, { recursive: true });
  }
  if (wanted("merge")) {
    const shards = [1, 2].map((number) => `${folder}/shard-${number}`);
    for (const [i, shard] of shards.entries()) {
      await generateShard({ ...medium, folder: shard }, { number: i + 1, of: 2 });
    }
    await record(
      "merge",
      (onProgress) => mergeShards(`${folder}/merged`, shardFolders(shards), medium, { onProgress }),
    );
    for (const one of [...shards, `${folder}/merged`]) await Deno.remove(one, { recursive: true });
  }
  const small = `${folder}/small`;
  await generate({ ...recipeOf("small"), folder: small });
  const database = async (migrated: boolean) => {
    const url = await test.freshDatabase();
    if (migrated) await migrate(url);
    return url;
  };
  const loads: Readonly<Record<string, [boolean, Partial<MethodOptions>, number?]>> = {
    "load-deferred": [true, { method: "deferred" }],
    "load-deferred-empty": [false, { method: "deferred" }],
    "load-rebuild": [true, { method: "rebuild" }],
    "load-rebuild-alone": [true, { method: "rebuild", jobs: 1 }],
    "load-rebuild-resumed": [true, { method: "rebuild" }, 0.2],
    "load-rebuild-resumed-late": [true, { method: "rebuild" }, 0.7],
  };
  for (const [name, [migrated, options, share]] of Object.entries(loads)) {
    if (!wanted(name)) continue;
    const url = await database(migrated);
    if (share !== undefined) {
      await stopped(
        share,
        (onProgress, signal) => load(small, { ...options, url, onProgress, signal }),
      );
    }
    await record(name, (onProgress) => load(small, { ...options, url, onProgress }));
    await test.server.dropDatabase(new URL(url).pathname.slice(1));
  }
  if (wanted("extend") || wanted("load-extended")) {
    const url = await database(true);
    await load(small, { url, method: "rebuild" });
    const schedule = readDatasetSchedule(small, fixtures.profile, infrastructure);
    const recipe = await extend(small, schedule, "2026-02-10", fixtures);
    await record("extend", (onProgress) => generate({ ...recipe, folder: small, onProgress }));
    await record("load-extended", (onProgress) => load(small, { url, onProgress }));
  }
} finally {
  await test.end();
}
