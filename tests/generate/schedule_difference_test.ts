// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { scheduleDifference } from "../../src/generate/schedule_difference.ts";
import { extendedSchedule } from "../../src/schedule/append.ts";
import { oneBatch, twoInOneArea } from "../small_farm.ts";

const one = oneBatch({ start: "2024-01-15", duration: 60 });
const two = twoInOneArea({ start: "2024-01-15", duration: 60 }, 10);

Deno.test("what two schedules differ in is said as a person knows it", () => {
  const batch = one.batches[0]!;
  const changed = (what: object) => ({ ...one, batches: [{ ...batch, ...what }] });
  const longer = extendedSchedule(one, "2024-04-01");
  const cases = [
    [one, one, undefined],
    [one, { ...one, metadata: { ...one.metadata, seed: 99 } }, undefined],
    [one, longer, "goes up to 2024-03-15, not 2024-04-01"],
    [two, one, "has 2 batches, not 1"],
    [
      one,
      extendedSchedule(two, "2024-04-01"),
      "goes up to 2024-03-15, not 2024-04-01 and has 1 " +
      "batch, not 2",
    ],
    [
      one,
      changed({ batch_id: "SCO-2024-777" }),
      `has the batch ${batch.batch_id}, not SCO-2024-777`,
    ],
    [one, changed({ eggs: 5 }), `has the eggs 100000 of ${batch.batch_id}, not 5`],
    [one, changed({ sea: undefined }), `has other sea of ${batch.batch_id}`],
    [
      one,
      { ...one, metadata: { ...one.metadata, stagger_days: 77 } },
      "has the stagger_days " +
      `${one.metadata.stagger_days}, not 77`,
    ],
  ] as const;
  for (const [found, wanted, text] of cases) assertEquals(scheduleDifference(found, wanted), text);
});
