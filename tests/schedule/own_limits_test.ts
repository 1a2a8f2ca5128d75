/** The limits that a farm of the profile `field` keeps, each refused with its figures. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { isoOf, parseIso } from "../../src/farm/days.ts";
import { checkSchedule, findingText } from "../../src/schedule/check.ts";
import type { Schedule, ScheduledBatch } from "../../src/schedule/format.ts";
import { planFarm } from "../../src/schedule/plan.ts";
import {
  FARM_PRESETS,
  farmPreset,
  SINGLE_PRESETS,
  singlePreset,
} from "../../src/schedule/presets.ts";
import { planSingle } from "../../src/schedule/single.ts";
import { statisticsOf } from "../../src/schedule/statistics.ts";
import { fieldBatch, fieldFixtures } from "../field_farm.ts";
import { fixtures, oneAfterTheOther, oneBatch, places, twoInOneArea } from "../small_farm.ts";

const { profile } = fieldFixtures;

/** What is wrong with a schedule under a profile; undefined where nothing is. */
function wrong(schedule: Schedule, by = profile): string | undefined {
  const finding = checkSchedule(schedule, by, places);
  return finding === undefined ? undefined : findingText(finding);
}

/** A schedule with one of its batches changed. */
function changed(schedule: Schedule, i: number, change: Partial<ScheduledBatch>): Schedule {
  return { ...schedule, batches: schedule.batches.with(i, { ...schedule.batches[i]!, ...change }) };
}

function withMetadata(schedule: Schedule, metadata: Partial<Schedule["metadata"]>): Schedule {
  return { ...schedule, metadata: { ...schedule.metadata, ...metadata } };
}

/**
 * A batch with all its places, and one in the same that starts some days later.
 *
 * @param inHalls Does the second one have the halls of the first, or others?
 */
function twice(schedule: Schedule, later: number, inHalls: boolean): Schedule {
  const first = schedule.batches[0]!;
  const batch_id = first.batch_id.replace(/001$/, "002");
  const start_date = isoOf(parseIso(first.start_date)! + later);
  const second = { ...first, batch_id, start_date, duration: first.duration - later };
  const other = JSON.parse(
    inHalls
      ? JSON.stringify({ sea: second.sea }).replaceAll("SEA-01", "SEA-02")
      : JSON.stringify({ freshwater: second.freshwater, station: second.station })
        .replaceAll("FW-01", "FW-02"),
  );
  return {
    metadata: { ...schedule.metadata, total_batches: 2 },
    batches: [first, { ...second, ...other }],
  };
}

Deno.test("presets keep the limits: 20, 40 and 98 batches, of a million eggs", () => {
  for (
    const [name, batches, stagger, most] of [
      ["small", 20, 50, 70],
      ["medium", 40, 50, 70],
      ["production", 98, 19, 180],
    ] as const
  ) {
    const request = { ...farmPreset(FARM_PRESETS[name], profile), seed: 7 };
    const schedule = planFarm(request, profile, places);
    assertEquals([wrong(schedule), schedule.batches.length], [undefined, batches], name);
    assertEquals(request.stagger, stagger);
    for (const { eggs } of schedule.batches) assertEquals(eggs >= 1e6 && eggs < 1.25e6, true);
    const { sea, completed } = statisticsOf(schedule, profile, places);
    assertEquals([name, sea.mostAtOnce.Scotland], [name, most]);
    assertEquals(completed > 0, true, name);
  }
  for (const preset of Object.values(SINGLE_PRESETS)) {
    const batch = { ...singlePreset(preset, profile), seed: 7 };
    assertEquals(wrong(planSingle(batch, profile, places)), undefined);
    assertEquals(batch.eggs, 1_100_000);
  }
});

Deno.test("a batch counts as one where it has a hall still and another already", () => {
  const schedule = fieldBatch();
  const stagesOn = (duration: number) => {
    const { active, completed, activeByStage } = statisticsOf(
      withMetadata(changed(schedule, 0, { duration }), {
        as_of: isoOf(parseIso(schedule.batches[0]!.start_date)! + duration),
      }),
      profile,
      places,
    );
    return [completed, active, ...Object.values(activeByStage)];
  };
  // From day 65 to 95 it has hall A and hall B.
  assertEquals(stagesOn(65), [0, 1, 1, 0, 0, 0, 0, 0]);
  assertEquals(stagesOn(80), [0, 1, 1, 0, 0, 0, 0, 0]);
  assertEquals(stagesOn(81), [0, 1, 0, 1, 0, 0, 0, 0]);
  assertEquals(stagesOn(500), [0, 1, 0, 0, 0, 0, 0, 1]);
});

Deno.test("saturation does not fit, and is told which halls are taken", () => {
  const request = { ...farmPreset(FARM_PRESETS.saturation, profile), seed: 7 };
  assertThrows(
    () => planFarm(request, profile, places),
    ReddError,
    "SCO-2022-021 finds no halls on 2022-05-29, since all 10 halls A in Scotland are taken. What " +
      "fits is a stagger of ",
  );
});

Deno.test("fish that would outgrow their rings are refused with the eggs that would not", () => {
  const schedule = fieldBatch({ eggs: 1_100_000 });
  assertEquals(wrong(schedule), undefined);
  const more = changed(schedule, 0, { eggs: 1_600_000 });
  assertEquals(
    wrong(more),
    "batches[0].eggs is 1600000, expected at most 1463662: 130136 fish in each of 10 rings weigh " +
      "547 t at 4.2 kg, and a ring holds 500 t (FI-2023-001, 2023-06-04 to 2025-11-20)",
  );
  const eggs = Number(/at most (\d+)/.exec(wrong(more)!)![1]);
  assertEquals(wrong(changed(schedule, 0, { eggs })), undefined);
  const { area } = schedule.batches[0]!.sea!;
  const rings = places.containers.filter((one) => one.areaName === area).map(({ name }) => name);
  const sea = { ...schedule.batches[0]!.sea!, rings, rings_count: 20 };
  assertEquals(
    wrong(changed(more, 0, { eggs: 1_600_000, sea })),
    "batches[0].eggs is 1600000, expected at most 1463662: 1301366 fish weigh 5466 t at 4.2 kg, and FI-SEA-01 holds 5000 t (FI-2023-001, 2023-06-04 to 2025-11-20)",
  );
  // Young batches have no rings to outgrow, and documented farms no limit.
  assertEquals(wrong(oneBatch({ eggs: 5_000_000 }), fixtures.profile), undefined);
});

Deno.test("two batches on a site are refused, also those of a documented schedule", () => {
  const documented = twoInOneArea({ eggs: 300_000, duration: 800, start: "2023-05-10" }, 40);
  assertEquals(wrong(documented, fixtures.profile), undefined);
  assertEquals(
    wrong(documented),
    "batches[1].sea.area is S-SEA-01 from 2024-09-11 on, where SCO-2023-001 is to 2025-10-26, expected a week without fish between (SCO-2023-002, 2023-06-19 to 2025-07-18)",
  );
});

Deno.test("a site that rests too short is refused, and rests a week where nothing is said", () => {
  const early = twice(fieldBatch(), 540 + 55, false);
  assertEquals(
    wrong(early),
    "batches[1].sea.area is FI-SEA-01 from 2026-01-14 on, where FI-2023-001 is to 2025-11-20, expected 8 weeks without fish between (FI-2023-002, 2025-01-19 to 2025-11-20)",
  );
  assertEquals(wrong(twice(fieldBatch(), 540 + 56, false)), undefined);
  const unsaid = { fallow_weeks: undefined, grace_days: undefined };
  assertEquals(wrong(withMetadata(early, unsaid)), undefined);
  const next = twice(fieldBatch(), 546, false);
  assertEquals(
    wrong(withMetadata(next, unsaid)),
    "batches[1].sea.area is FI-SEA-01 from 2025-11-26 on, where FI-2023-001 is to 2025-11-20, expected a week without fish between (FI-2023-002, 2024-12-01 to 2025-11-20)",
  );
  assertEquals(wrong(withMetadata(twice(fieldBatch(), 547, false), unsaid)), undefined);
});

Deno.test("a container without the days between two batches that a schedule says is refused", () => {
  // The last hall is kept from day 275 to 408.
  assertEquals(wrong(twice(fieldBatch(), 133 + 14, true)), undefined);
  const early = twice(fieldBatch(), 133 + 13, true);
  assertEquals(
    wrong(early),
    "batches[1].freshwater.post_smolt.containers is FI-FW-01-E-C01 from 2024-07-29 on, where FI-2023-001 is to 2024-07-16, expected 14 days between (FI-2023-002, 2023-10-28 to 2025-11-20)",
  );
  assertEquals(wrong(withMetadata(early, { grace_days: undefined })), undefined);
});

Deno.test("documented schedules keep what they say of themselves", () => {
  const two = oneAfterTheOther({ duration: 300 }, 94);
  const said = (metadata: Partial<Schedule["metadata"]>) =>
    wrong(withMetadata(two, metadata), fixtures.profile);
  assertEquals([said({}), said({ grace_days: 4 })], [undefined, undefined]);
  assertEquals(
    said({ grace_days: 5 }),
    "batches[1].freshwater.egg_alevin.containers is S-FW-01-A-C01 from 2024-04-18 on, where SCO-2024-001 is to 2024-04-14, expected 5 days between (SCO-2024-002, 2024-04-18 to 2024-11-10)",
  );
  // Rings are kept until the harvest, however short the file reserves them.
  const area = twoInOneArea({ eggs: 300_000, duration: 700, start: "2023-05-10" }, 40);
  const short = changed(area, 0, { sea: { ...area.batches[0]!.sea!, end_day: 460 } });
  assertEquals(wrong(short, fixtures.profile), undefined);
  assertEquals(
    wrong(withMetadata(short, { fallow_weeks: 1 }), fixtures.profile),
    "batches[1].sea.area is S-SEA-01 from 2024-09-11 on, where SCO-2023-001 is to 2025-04-09, expected a week without fish between (SCO-2023-002, 2023-06-19 to 2025-04-09)",
  );
});

Deno.test("documented schedules live under field where they fit", () => {
  assertEquals(wrong(oneBatch({ eggs: 1_100_000, duration: 800 })), undefined);
  assertEquals(
    wrong(oneBatch({ eggs: 3_500_000, duration: 800 })),
    "batches[0].eggs is 3500000, expected at most 1463662: 2846739 fish weigh 11956 t at 4.2 kg, and S-SEA-01 holds 5000 t (SCO-2024-001, 2024-01-15 to 2026-03-25)",
  );
  const small = planFarm({ ...FARM_PRESETS.small, seed: 7 }, fixtures.profile, places);
  assertEquals(
    wrong(small),
    "batches[0].eggs is 3000000, expected at most 1463662: 244006 fish in each of 10 rings weigh 1025 t at 4.2 kg, and a ring holds 500 t (FAR-2023-001, 2023-02-25 to 2025-08-13)",
  );
  const few = { ...small, batches: small.batches.map((batch) => ({ ...batch, eggs: 1_000_000 })) };
  assertEquals(wrong(few), undefined);
});

Deno.test("a stay whose fish could not leave it in time is refused", () => {
  const schedule = fieldBatch();
  const batch = schedule.batches[0]!;
  const parr = (end_day: number) =>
    changed(schedule, 0, {
      freshwater: { ...batch.freshwater, parr: { ...batch.freshwater.parr!, end_day } },
    });
  const sea = (end_day: number, duration = 900) =>
    withMetadata(changed(schedule, 0, { duration, sea: { ...batch.sea!, end_day } }), {
      as_of: isoOf(parseIso(batch.start_date)! + duration),
    });
  assertEquals([wrong(parr(206)), wrong(sea(466))], [undefined, undefined]);
  assertEquals(
    wrong(parr(157)),
    "batches[0].freshwater.parr.end_day is 157, expected at least 158, so that the last fish to come can leave again (FI-2023-001, 2023-10-07 to 2023-11-08)",
  );
  assertEquals(
    wrong(sea(465)),
    "batches[0].sea.end_day is 465, expected at least 466, so that the last fish to come can leave again (FI-2023-001, 2024-05-29 to 2024-09-11)",
  );
  // Whose last day comes before need not leave.
  assertEquals(wrong(sea(465, 465)), undefined);
});

Deno.test("a place is missing where the fish of a batch must have left the hall before", () => {
  const schedule = fieldBatch({ duration: 408 });
  const none = (duration: number) =>
    withMetadata(changed(schedule, 0, { duration, sea: null }), {
      as_of: isoOf(parseIso("2023-06-04")! + duration),
    });
  assertEquals(wrong(none(408)), undefined);
  assertEquals(
    wrong(none(409)),
    "batches[0].sea is null, expected rings from day 408 (FI-2023-001, 2023-06-04 to 2024-07-17)",
  );
});
