/** Extensions under `field`, in the middle of moves from tank to tank and of loads to sea. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { isoOf } from "../../src/farm/days.ts";
import type { Fixtures } from "../../src/fixtures/fixtures.ts";
import { buildInfrastructure } from "../../src/farm/ground/infrastructure.ts";
import { buildWorld } from "../../src/generate/build_world.ts";
import { extend } from "../../src/generate/extend.ts";
import { generate } from "../../src/generate/generate.ts";
import { passOver } from "../../src/generate/pass.ts";
import { extendedSchedule } from "../../src/schedule/append.ts";
import { fieldBatch, fieldFixtures } from "../field_farm.ts";
import { lean } from "../small_farm.ts";
import { digestsIn, inTempFolder } from "./files.ts";

/** The profile `field` on a farm with few places. */
const fixtures: Fixtures = {
  ...lean,
  diseases: fieldFixtures.diseases,
  profile: fieldFixtures.profile,
  profileSha256: fieldFixtures.profileSha256,
};
const infrastructure = buildInfrastructure(fixtures.layout, fixtures.master);
const recipe = { fixtures, seed: 7, workers: 1 };

const whole = fieldBatch({ eggs: 200_000, duration: 430, start: "2023-02-04" });
const { transitions } = passOver(
  buildWorld({ schedule: whole, fixtures, infrastructure, seed: 7 }),
);

/** The first and the last day of each move. */
const moves = transitions.map(({ firstDay, completedDay }) => [firstDay, completedDay!] as const);

/** The states of the transfer workflows of a dataset, in their order. */
function workflows(folder: string): string[] {
  const path = `${folder}/data/batch_batchtransferworkflow.csv`;
  const text = Deno.readTextFileSync(path);
  return [...text.matchAll(/\b(?:IN_PROGRESS|COMPLETED)\b/g)].map(([state]) => state);
}

Deno.test("extensions that cut moves give the bytes of one run, in which the moves are done", () =>
  inTempFolder(async (folder) => {
    assertEquals(moves.length, 5);
    for (const [first, last] of moves) assert(last - first >= 3, `${last - first + 1} days`);
    const middle = (move: number) => Math.floor((moves[move]![0] + moves[move]![1] + 1) / 2);
    const [begins, ends] = moves[2]!;
    const steps = [
      [middle(1), 1],
      [begins, 2],
      [begins + 1, 2],
      [ends, 2],
      [ends + 1, 3],
      [middle(4), 4],
      [moves[4]![1] + 2, 5],
    ] as const;
    const out = `${folder}/steps`;
    let longer = { ...recipe, schedule: extendedSchedule(whole, isoOf(steps[0]![0])) };
    for (const [i, [day, done]] of steps.entries()) {
      const asOf = isoOf(day);
      if (i > 0) longer = { ...recipe, ...await extend(out, longer.schedule, asOf, fixtures) };
      await generate({ ...longer, workers: 1, folder: out });
      const states = workflows(out);
      const count = states.filter((state) => state === "COMPLETED").length;
      assertEquals(count, done, asOf);
      assertEquals(
        states.length - count,
        done < 5 && day !== begins && day !== ends + 1 ? 1 : 0,
        asOf,
      );
    }
    await generate({ ...recipe, schedule: longer.schedule, folder: `${folder}/once` });
    assertEquals(digestsIn(out), digestsIn(`${folder}/once`));
  }));
