/** Datasets of documented batches that change stage container by container: the same however written. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { isoOf, parseIso } from "../../src/farm/days.ts";
import { extend } from "../../src/generate/extend.ts";
import { generate, generateShard } from "../../src/generate/generate.ts";
import { mergeShards, shardFolders } from "../../src/generate/merge.ts";
import { extendedSchedule } from "../../src/schedule/append.ts";
import { inTurn } from "../in_turn.ts";
import { lean, twoInOneArea } from "../small_farm.ts";
import { digestsIn, inTempFolder } from "./files.ts";

/** On the last day one batch is at sea, and of the other nine of ten tanks have left for Post-Smolt. */
const START = "2023-05-10";
const whole = inTurn(twoInOneArea({ eggs: 110_000, duration: 464, start: START }, 95));
const recipe = { schedule: whole, fixtures: lean, seed: 7, workers: 1 };

/** The states of the transfer workflows of a dataset, in their order. */
function workflows(folder: string): string[] {
  const text = Deno.readTextFileSync(`${folder}/data/batch_batchtransferworkflow.csv`);
  return [...text.matchAll(/\b(?:IN_PROGRESS|COMPLETED)\b/g)].map(([state]) => state);
}

Deno.test("workers, shards and extensions in the middle of a transition give the bytes of one run", () =>
  inTempFolder(async (folder) => {
    await generate({ ...recipe, folder: `${folder}/once` });
    const once = digestsIn(`${folder}/once`);
    assertEquals(workflows(`${folder}/once`), [...new Array(8).fill("COMPLETED"), "IN_PROGRESS"]);

    await generate({ ...recipe, workers: 2, folder: `${folder}/two` });
    assertEquals(digestsIn(`${folder}/two`), once);

    const shards = [1, 2, 3].map((number) => `${folder}/shard-${number}`);
    for (const [i, out] of shards.entries()) {
      await generateShard({ ...recipe, folder: out }, { number: i + 1, of: 3 });
    }
    await mergeShards(`${folder}/merged`, shardFolders(shards), recipe);
    assertEquals(digestsIn(`${folder}/merged`), once);

    const out = `${folder}/steps`;
    const dayOf = (index: number) => isoOf(parseIso(START)! + index);
    // As-of dates by the day index of the first batch, and how many workflows are over and under way.
    const steps = [
      [97, 0, 1],
      [100, 1, 0],
      [187, 1, 2],
      [276, 3, 2],
      [283, 4, 1],
      [455, 7, 1],
      [464, 8, 1],
    ] as const;
    let longer = { ...recipe, schedule: extendedSchedule(whole, dayOf(steps[0]![0])) };
    for (const [i, [index, done, underWay]] of steps.entries()) {
      const asOf = dayOf(index);
      if (i > 0) longer = { ...recipe, ...await extend(out, longer.schedule, asOf, lean) };
      await generate({ ...longer, workers: 1, folder: out });
      const states = workflows(out);
      const count = states.filter((state) => state === "COMPLETED").length;
      assertEquals([count, states.length - count], [done, underWay], `${index}`);
    }
    assertEquals(digestsIn(out), once);
  }));
