/** The range of dates: what a schedule may have, and what is reckoned from it. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { CALENDAR, isoOf, parseIso } from "../../src/farm/days.ts";
import { profileSchema } from "../../src/fixtures/profile.ts";
import { dateInRange, FIRST_DATE, LAST_DATE } from "../../src/schedule/range.ts";
import { assignmentRow } from "../../src/render/assignments.ts";
import { batchRow } from "../../src/render/batches.ts";
import { passOver } from "../../src/generate/pass.ts";
import { fixtures, oneBatch, worldOf } from "../small_farm.ts";

Deno.test("the dates of schedules are 1910 to 2189, those of rows 1900 to 2199", () => {
  assertEquals([FIRST_DATE, LAST_DATE], ["1910-01-01", "2189-12-31"]);
  assertEquals([isoOf(CALENDAR.first), isoOf(CALENDAR.last)], ["1900-01-01", "2199-12-31"]);
  for (const iso of [FIRST_DATE, LAST_DATE, "1970-01-01"]) {
    assertEquals(dateInRange(iso), parseIso(iso));
  }
  for (const iso of ["1909-12-31", "2190-01-01", "2025-02-29", "2025-1-1", "", "2025", "z"]) {
    assertEquals(dateInRange(iso), undefined, iso);
  }
});

Deno.test("no profile reckons from a schedule's dates beyond those of rows", () => {
  const { profile } = fixtures;
  const [first, last] = [parseIso(FIRST_DATE)!, parseIso(LAST_DATE)!];
  const longest = 3000;
  assert(first - longest - 365 >= CALENDAR.first);
  assert(last + longest + 365 <= CALENDAR.last);
  const accepts = (change: object) => profileSchema.safeParse({ ...profile, ...change }).success;
  const { feeding, stages, projection } = profile;
  const bought = (days: number) => ({
    feeding: {
      ...feeding,
      initial: { ...feeding.initial, days_before_first_batch: days, shelf_life_days: days },
    },
  });
  const reordered = (days: number) => ({
    feeding: { ...feeding, reorder: { ...feeding.reorder, delivery_days: days } },
  });
  const lived = (days: number) => ({
    stages: stages.map((one, i) => i === 0 ? { ...one, days: one.days + days } : one),
  });
  const all = stages.reduce((sum, one) => sum + one.days, 0);
  const projected = (days: number) => ({ projection: { ...projection, days } });
  for (
    const [change, most] of [
      [bought, longest],
      [reordered, 365],
      [projected, longest],
      [lived, longest - all],
    ] as const
  ) {
    assertEquals([accepts(change(most)), accepts(change(most + 1))], [true, false]);
  }
});

Deno.test("what happens on 1970-01-01 is dated, not left out", () => {
  // Fish change tanks on day 90, and are weighed on every seventh day.
  const moved = passOver(worldOf(oneBatch({ start: "1969-10-03", duration: 120 })));
  const [first] = moved.assignments;
  const world = worldOf(oneBatch({ start: "1969-10-03", duration: 120 }));
  const row = assignmentRow(first!, moved.end.batches[0]!, world);
  assertEquals([row.departure_date, first!.departureDay], ["1970-01-01", 0]);
  const still = assignmentRow(moved.assignments.at(-1)!, moved.end.batches[0]!, world);
  assertEquals(still.departure_date, null);

  const wish = { duration: 880, target: 5 };
  const harvestedAfter = passOver(worldOf(oneBatch({ ...wish, start: "2000-01-01" })))
    .end.batches[0]!.harvestDay! - parseIso("2000-01-01")!;
  const epoch = worldOf(oneBatch({ ...wish, start: isoOf(-harvestedAfter) }));
  const { end } = passOver(epoch);
  assertEquals(batchRow(end.batches[0]!, epoch).actual_end_date, "1970-01-01");
});
