/** Datasets of `field` have equal bytes, however they are made: it remembers, and windows know all of it. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { extend } from "../../src/generate/extend.ts";
import { generate, generateShard } from "../../src/generate/generate.ts";
import { mergeShards, shardFolders } from "../../src/generate/merge.ts";
import { prepare } from "../../src/generate/prepare.ts";
import { isoOf, parseIso } from "../../src/farm/days.ts";
import { extendedSchedule } from "../../src/schedule/append.ts";
import { leanField } from "../field_farm.ts";
import { live } from "../small_farm.ts";
import { fieldLife } from "./field_life.ts";
import { digestsIn, inTempFolder } from "./files.ts";
import { digestsOfParts, GOLDEN_OF_FIELD } from "./golden.ts";

const recipe = { schedule: fieldLife, fixtures: leanField, seed: 7, workers: 1 };
const CHILD = new URL("./field_child.ts", import.meta.url).pathname;
const CONFIG = new URL("../deno.json", import.meta.url).pathname;

/** A process that makes the dataset. */
function child(folder: string, env: Record<string, string> = {}): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", CONFIG, CHILD, folder],
    env,
    stdout: "null",
    stderr: "null",
  }).spawn();
}

Deno.test("under field, workers, shards, another zone and a kill make the pinned bytes", () =>
  inTempFolder(async (folder) => {
    const { manifest } = await generate({ ...recipe, folder: `${folder}/one` });
    const one = digestsIn(`${folder}/one`);
    const golden = JSON.parse(Deno.readTextFileSync(GOLDEN_OF_FIELD)) as Record<string, string>;
    const found = digestsOfParts(manifest);
    // A change here changes every dataset of the profile. Where that is meant: see pin_golden.ts.
    assertEquals(
      Object.keys({ ...golden, ...found }).filter((path) => golden[path] !== found[path]),
      [],
    );

    await generate({ ...recipe, workers: 3, folder: `${folder}/three` });
    assertEquals(digestsIn(`${folder}/three`), one);

    const shards = [1, 2, 3].map((number) => `${folder}/shard-${number}`);
    for (const [i, out] of shards.entries()) {
      await generateShard({ ...recipe, folder: out }, { number: i + 1, of: 3 });
    }
    await mergeShards(`${folder}/merged`, shardFolders(shards), recipe);
    assertEquals(digestsIn(`${folder}/merged`), one);

    const zone = { TZ: "Pacific/Auckland", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" };
    assert((await child(`${folder}/far`, zone).status).success);
    assertEquals(digestsIn(`${folder}/far`), one);

    // Killed when some windows are recorded; the same command goes on.
    const out = `${folder}/killed`;
    const killed = child(out);
    const recorded = () => {
      try {
        return [...Deno.readDirSync(`${out}/work`)].filter(({ name }) =>
          /^\d{4}-\d{2}\.json$/.test(name)
        );
      } catch {
        return [];
      }
    };
    let over = false;
    const ended = killed.status.then(() => over = true);
    while (!over && recorded().length < 5) await new Promise((done) => setTimeout(done, 1));
    if (!over) killed.kill("SIGKILL");
    await ended;
    await generate({ ...recipe, folder: out });
    assertEquals(digestsIn(out), one);
  }));

Deno.test("under field, a dataset that is extended in the middle of moves and a slaughter is the whole", () =>
  inTempFolder(async (folder) => {
    await generate({ ...recipe, folder: `${folder}/once` });
    const { pass } = prepare(recipe);
    const middles = pass.transitions.map(({ firstDay, completedDay }) =>
      firstDay + Math.ceil((completedDay! - firstDay) / 2)
    );
    const slaughtered = pass.assignments.flatMap(({ stage, departureDay }) =>
      stage === 6 ? [departureDay!] : []
    ).sort((a, b) => a - b);
    // In the first transition, on the first of a month, between two tanks that are vaccinated, while
    // smolts go to sea, in an outbreak, between two rings that are treated, and that are slaughtered.
    const given = { vaccinated: [] as number[], treated: [] as number[] };
    const { world } = prepare(recipe);
    let today = 0;
    live(world, {
      read: ({ day }) => void (today = day),
      vaccinated: () => void given.vaccinated.push(today),
      treated: () => void given.treated.push(today),
    });
    const steps = [
      middles[0]!,
      parseIso("2024-02-01")!,
      given.vaccinated[3]! + 1,
      middles.at(-1)!,
      parseIso("2024-10-20")!,
      given.treated[2]! + 1,
      slaughtered[4]! + 1,
      pass.windows.at(-1)!.to,
    ].sort((a, b) => a - b).map(isoOf);
    const out = `${folder}/steps`;
    let schedule = extendedSchedule(fieldLife, steps[0]!);
    await generate({ ...recipe, schedule, folder: out });
    for (const asOf of steps.slice(1)) {
      const longer = await extend(out, schedule, asOf, leanField);
      await generate({ ...longer, workers: 1, folder: out });
      schedule = longer.schedule;
    }
    assertEquals(digestsIn(out), digestsIn(`${folder}/once`));
  }));
