// @ts-types="../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import type { Schedule, ScheduledBatch } from "../../src/schedule/format.ts";
import { findingText } from "../../src/schedule/finding.ts";
import { parseIso } from "../../src/farm/days.ts";
import { checkSchedule } from "../../src/schedule/check.ts";
import { scheduleWarnings, warningTexts } from "../../src/schedule/warnings.ts";
import { fixtures, oneBatch, places, twoInOneArea } from "../small_farm.ts";

/** The warnings of a batch of 5.5 kg, harvested on day 799, whose file is changed. */
function warned(duration: number, change: (batch: ScheduledBatch) => Partial<ScheduledBatch>) {
  const schedule: Schedule = oneBatch({ start: "2024-01-15", duration, target: 5.5 });
  const batch = schedule.batches[0]!;
  const changed = { ...schedule, batches: [{ ...batch, ...change(batch) }] };
  return scheduleWarnings(changed, fixtures.profile).map(findingText);
}

const withSea = (end_day: number) => ({ sea }: ScheduledBatch) => ({ sea: { ...sea!, end_day } });

const withFry = (end_day: number) => ({ freshwater }: ScheduledBatch) => ({
  freshwater: { ...freshwater, fry: { ...freshwater.fry!, end_day } },
});

const cannot = (day: number, to: string) => [
  `batches[0] is reserved up to day ${day} of 799, so that it cannot be extended ` +
  `(SCO-2024-001, 2024-01-15 to ${to})`,
];

Deno.test("places that are kept to the harvest are not warned of", () => {
  assertEquals(warned(150, () => ({})), []);
  assertEquals(warned(150, withSea(799)), []);
});

Deno.test("rings that are kept to a day before the harvest are warned of, until it has been", () => {
  assertEquals(warned(150, withSea(798)), cannot(798, "2024-06-13"));
  assertEquals(warned(798, withSea(798)), cannot(798, "2026-03-23"));
  assertEquals(warned(799, withSea(500)), []);
});

Deno.test("a hall that is kept too short is warned of while its stage has not passed", () => {
  assertEquals(warned(150, withFry(179)), cannot(179, "2024-06-13"));
  assertEquals(warned(180, withFry(150)), []);
});

Deno.test("a stage without a place is warned of where it lies ahead", () => {
  assertEquals(warned(150, () => ({ sea: null })), cannot(450, "2024-06-13"));
  const early = ({ freshwater: { egg_alevin, fry } }: ScheduledBatch) => (
    { freshwater: { egg_alevin: egg_alevin!, fry: fry! } }
  );
  assertEquals(warned(150, early), cannot(180, "2024-06-13"));
});

Deno.test("an as-of date more than a week after the last fish is warned of, and no rule is broken", () => {
  // A batch of 5.5 kg is harvested on day 799, which is 2026-03-24.
  const until = (as_of: string) => {
    const schedule = oneBatch({
      start: "2024-01-15",
      duration: parseIso(as_of)! - parseIso("2024-01-15")!,
      target: 5.5,
    });
    const later = { ...schedule, metadata: { ...schedule.metadata, as_of } };
    assertEquals(checkSchedule(later, fixtures.profile, places), undefined);
    return warningTexts(later, fixtures.profile);
  };
  assertEquals(until("2026-03-31"), []);
  assertEquals(until("2026-04-01"), [
    "metadata.as_of is 2026-04-01, and no batch lives after 2026-03-24: the days between have no rows",
  ]);
});

Deno.test("a warning of many batches is said once, with their number", () => {
  const schedule = twoInOneArea({
    start: "2024-01-15",
    duration: 150,
    target: 5.5,
  }, 7);
  const batches = schedule.batches.map((batch) => ({ ...batch, sea: null }));
  assertEquals(warningTexts({ ...schedule, batches }, fixtures.profile), [
    `${cannot(450, "2024-06-13")[0]}; and 1 more like this`,
  ]);
});
