/** Days between batches and over which one is moved: what is usual, given, written and read. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { parse } from "@std/yaml";
import { ReddError } from "../../src/errors.ts";
import { isoOf, parseIso } from "../../src/farm/days.ts";
import { appendBatches } from "../../src/schedule/append.ts";
import { checkSchedule, findingText } from "../../src/schedule/check.ts";
import { countBatches } from "../../src/schedule/batch_count.ts";
import { extendedSchedule } from "../../src/schedule/append.ts";
import type { Schedule, ScheduledBatch } from "../../src/schedule/format.ts";
import { type Pauses, pausesOf, pausesText, usualPauses } from "../../src/schedule/pauses.ts";
import { type FarmRequest, planFarm } from "../../src/schedule/plan.ts";
import { readSchedule } from "../../src/schedule/read.ts";
import { scheduleText } from "../../src/schedule/text.ts";
import { fieldBatch, fieldFixtures } from "../field_farm.ts";
import { inTempFolder } from "../generate/files.ts";
import { fixtures, places } from "../small_farm.ts";
import { fc, runs } from "../random.ts";

const AS_OF = parseIso("2025-11-21")!;
const { profile: documented } = fixtures;
const { profile: field } = fieldFixtures;
const NONE: Pauses = { transitionDays: 1, graceDays: 0, fallowWeeks: 0 };
const USUAL: Pauses = { transitionDays: 10, graceDays: 14, fallowWeeks: 8 };

const plan = (profile: typeof field, request: Partial<FarmRequest> = {}) =>
  planFarm(
    { perGeography: 4, stagger: 50, saturation: 0.85, asOf: AS_OF, seed: 7, ...request },
    profile,
    places,
  );

Deno.test("field leaves days between batches, documented none, and a plan says what it leaves", () => {
  assertEquals([usualPauses(documented), usualPauses(field)], [NONE, USUAL]);
  assertEquals([pausesOf(plan(documented)), pausesOf(plan(field))], [NONE, USUAL]);
  assertEquals(pausesOf(fieldBatch()), USUAL);
  const fields = ["transition_days", "grace_days", "fallow_weeks", "planned_from"];
  const said = (schedule: Schedule) => fields.filter((name) => name in schedule.metadata);
  assertEquals(said(plan(documented)), []);
  assertEquals(said(plan(field)), fields);
});

Deno.test("what is given holds, and the rest is as usual", () => {
  assertEquals(pausesOf(plan(field, { pauses: { graceDays: 3 } })), { ...USUAL, graceDays: 3 });
  assertEquals(pausesOf(plan(field, { pauses: NONE })), NONE);
  const rested = { graceDays: 5, fallowWeeks: 4 };
  assertEquals(pausesOf(plan(documented, { pauses: rested })), { ...NONE, ...rested });
});

Deno.test("a schedule remembers its pauses in its file, in a dataset that is longer and with more batches", () =>
  inTempFolder(async (folder) => {
    const given = fc.record({
      transitionDays: fc.integer({ min: 1, max: 30 }),
      graceDays: fc.integer({ min: 0, max: 60 }),
      fallowWeeks: fc.integer({ min: 1, max: 52 }),
    });
    await fc.assert(
      fc.asyncProperty(given, async (pauses) => {
        const schedule = plan(field, { pauses });
        const path = `${folder}/plan.yaml`;
        await Deno.writeTextFile(path, scheduleText(schedule));
        const read = readSchedule(path, field, places);
        assertEquals(read, schedule);
        assertEquals(pausesOf(read), pauses);
        const later = isoOf(AS_OF + 400);
        assertEquals(pausesOf(extendedSchedule(read, later)), pauses);
        const longer = appendBatches(read, later, 7, field, places);
        assert(longer.batches.length > schedule.batches.length);
        assertEquals(pausesOf(longer), pauses);
        assertEquals(checkSchedule(longer, field, places), undefined);
      }),
      { numRuns: runs(10) },
    );
  }));

Deno.test("pauses that there are not are no part of a file", () => {
  assertEquals(pausesText(NONE), {});
  assertEquals(pausesText({ ...NONE, graceDays: 2 }), { grace_days: 2 });
  const text = scheduleText(plan(field, { pauses: { ...NONE, fallowWeeks: 3 } }));
  const { metadata } = parse(text) as Schedule;
  assertEquals([metadata.transition_days, metadata.grace_days], [undefined, undefined]);
  assertEquals(metadata.fallow_weeks, 3);
});

/** The containers of a batch, the days from and to which it has them, and its area. */
function reserved({ start_date, freshwater, sea }: ScheduledBatch) {
  const start = parseIso(start_date)!;
  const stays = [
    ...Object.values(freshwater).map((stay) => ({ ...stay!, names: stay!.containers })),
    { ...sea!, names: sea!.rings },
  ];
  return stays.flatMap(({ names, start_day, end_day }) =>
    names.map((name) => ({ name, area: sea!.area, from: start + start_day, to: start + end_day }))
  );
}

/** The fewest days between two batches in a place of some kind. */
function fewestBetween(
  schedule: Schedule,
  placeOf: (stay: ReturnType<typeof reserved>[0]) => string,
) {
  const ends = new Map<string, number>();
  let fewest = Infinity;
  const stays = schedule.batches.map(reserved);
  for (const batch of stays) {
    for (const stay of batch) {
      fewest = Math.min(fewest, stay.from - (ends.get(placeOf(stay)) ?? -Infinity));
    }
    for (const stay of batch) ends.set(placeOf(stay), stay.to);
  }
  return fewest;
}

for (const [name, profile] of [["documented", documented], ["field", field]] as const) {
  Deno.test(`containers rest as many days as are given, and areas as many weeks, under ${name}`, () => {
    const given = fc.record({
      transitionDays: fc.integer({ min: 1, max: 30 }),
      graceDays: fc.integer({ min: 0, max: 60 }),
      fallowWeeks: fc.integer({ min: name === "field" ? 1 : 0, max: 52 }),
    });
    const [perGeography, stagger] = [
      fc.integer({ min: 20, max: 40 }),
      fc.integer({ min: 20, max: 35 }),
    ];
    let tight = 0;
    fc.assert(
      fc.property(given, perGeography, stagger, (pauses, perGeography, stagger) => {
        let schedule: Schedule;
        try {
          schedule = plan(profile, { pauses, perGeography, stagger });
        } catch (thrown) {
          if (thrown instanceof ReddError && thrown.code === "NO_PLACE") return;
          throw thrown;
        }
        assertEquals(checkSchedule(schedule, profile, places), undefined);
        const container = fewestBetween(schedule, ({ name }) => name);
        assert(container >= pauses.graceDays, `${container} days`);
        if (pauses.fallowWeeks === 0) return;
        // Containers in halls have no area in their names.
        const rings = schedule.batches.map((batch) => ({ ...batch, freshwater: {} }));
        const site = fewestBetween({ ...schedule, batches: rings }, ({ area }) => area);
        assert(site >= 7 * pauses.fallowWeeks, `${site} days`);
        tight++;
      }),
      { numRuns: runs(25) },
    );
    assert(tight > 3, `${tight} of the plans had fallow`);
  });
}

Deno.test("where areas rest for a year, fewer batches find a place", () => {
  const most = (pauses: Partial<Pauses>) =>
    countBatches({ years: 4, stagger: 13, saturation: 1, pauses }, documented, places).perGeography;
  assertEquals([most({}), most({ graceDays: 60 }), most({ fallowWeeks: 52 })], [72, 72, 20]);
});

Deno.test("the documented count of batches follows from the days of a transition and between batches", () => {
  // A batch comes every ten days to the ten halls A of Scotland, which it needs for ninety.
  const counted = (pauses: Partial<Pauses>) => {
    const request = { years: 4, stagger: 5, saturation: 1, pauses };
    const { perGeography, binds } = countBatches(request, documented, places);
    return [perGeography, binds];
  };
  for (const [transitionDays, graceDays] of [[1, 10], [4, 7], [6, 6], [10, 1], [30, 1]] as const) {
    const text = `${transitionDays} and ${graceDays} days`;
    assert(counted({ transitionDays, graceDays })[1] !== "halls", text);
    assertEquals(counted({ transitionDays, graceDays: graceDays + 1 }), [10, "halls"], text);
  }
  assertEquals(counted({ transitionDays: 30 }), [186, "time"]);
  const rested = { years: 4, stagger: 6, saturation: 1, pauses: { ...USUAL } };
  assertEquals(countBatches(rested, documented, places), {
    perGeography: 20,
    byTime: 155,
    byPlaces: 20,
    binds: "rings",
  });
});

Deno.test("a documented plan that does not fit is refused with what it lacks, and on which day", () => {
  const refused = (request: Partial<FarmRequest>) => {
    const error = assertThrows(() => plan(documented, request), ReddError);
    assertEquals([error.code, error.exitCode], ["NO_PLACE", 2]);
    return error.message;
  };
  const many = { perGeography: 125, saturation: 1 };
  assertEquals(
    refused({ ...many, stagger: 5, pauses: { transitionDays: 10, graceDays: 14 } }),
    "Cannot plan 125 batches per geography with a stagger of 5 days: SCO-2022-011 finds no halls " +
      "on 2022-08-19, since all 10 halls A in Scotland are taken. What fits is a stagger of 6 days, " +
      "or 10 batches per geography.",
  );
  assertEquals(
    refused({ ...many, stagger: 6, pauses: USUAL }),
    "Cannot plan 125 batches per geography with a stagger of 6 days: SCO-2022-021 finds no rings " +
      "on 2023-07-27, since no sea area in Scotland is empty from 8 weeks before to 8 weeks after. " +
      "What fits is a stagger of 12 days, or 20 batches per geography.",
  );
});

Deno.test("documented halls are kept until the last container is empty, and the next ones from the first on", () => {
  const staysOf = (transitionDays: number) => {
    const { batches } = plan(documented, { pauses: { transitionDays } });
    const { freshwater, sea } = batches[0]!;
    return [...Object.values(freshwater), sea!].map((stay) => [stay!.start_day, stay!.end_day]);
  };
  const starts = [0, 90, 180, 270, 360, 450];
  // Ten containers leave on one day, five and five, four, four and two, or one by one.
  for (
    const [transitionDays, days] of [[1, 1], [2, 2], [3, 3], [7, 5], [10, 10], [30, 10]] as const
  ) {
    assertEquals(
      staysOf(transitionDays).map(([from, to]) => [from, to]),
      starts.map((from, stage) => [from, stage === 5 ? 845 : from + 90 + days - 1]),
    );
  }
});

Deno.test("a documented plan with pauses goes on as one of more batches, and is refused where it does not fit", () => {
  const request = { stagger: 12, saturation: 1, pauses: { transitionDays: 10, graceDays: 14 } };
  const long = plan(documented, { ...request, perGeography: 9 });
  const short = plan(documented, { ...request, perGeography: 6, asOf: AS_OF - 6 * 12 });
  const appended = appendBatches(short, isoOf(AS_OF), 7, documented, places);
  assertEquals(appended.batches, long.batches);
  assertEquals(pausesOf(appended), pausesOf(long));
  assertEquals(checkSchedule(appended, documented, places), undefined);
  const tight = { ...request, stagger: 5, perGeography: 10 };
  const full = plan(documented, { ...tight, asOf: AS_OF - 30 });
  const error = assertThrows(
    () => appendBatches(full, isoOf(AS_OF), 7, documented, places),
    ReddError,
  );
  assertEquals(error.code, "NO_PLACE");
  assert(/finds no halls on \d{4}-\d\d-\d\d, since all 10 halls A in Scotland/.test(error.message));
});

Deno.test("halls that a file keeps for less than a transition takes are kept for all of it", () => {
  const schedule = plan(documented, { perGeography: 30, stagger: 9, saturation: 1 });
  const moved = (transition_days: number) => ({
    ...schedule,
    metadata: { ...schedule.metadata, transition_days },
  });
  assertEquals(checkSchedule(moved(1), documented, places), undefined);
  assertEquals(
    findingText(checkSchedule(moved(10), documented, places)!),
    "batches[10].freshwater.egg_alevin.containers is FI-FW-01-A-C01, where FAR-2024-001 is from " +
      "2024-04-19 to 2024-07-27, beyond 2024-07-18, to which it is reserved (FAR-2024-006, " +
      "2024-07-18 to 2024-10-25)",
  );
});

Deno.test("a file of a gradual plan is read as it is, and its ends are derived from its own days", () =>
  inTempFolder((folder) => {
    const schedule = plan(documented, { pauses: { transitionDays: 10 } });
    const path = `${folder}/plan.yaml`;
    const text = scheduleText(schedule);
    Deno.writeTextFileSync(path, text);
    const remarks: string[] = [];
    const onRemark = (remark: string) => remarks.push(remark);
    assertEquals(readSchedule(path, documented, places, { onRemark }), schedule);
    assertEquals(remarks, []);
    const [unsaid, ends] = [text.replaceAll(/^ +end_day: \d+\n/gm, ""), text.match(/end_day/g)];
    assertEquals(ends?.length, 6 * schedule.batches.length);
    Deno.writeTextFileSync(path, unsaid);
    const stays = (one: Schedule) => one.batches.map(({ freshwater }) => freshwater);
    assertEquals(stays(readSchedule(path, documented, places)), stays(schedule));
    return Promise.resolve();
  }));

Deno.test("halls are kept as many days longer as it takes to move a batch from tank to tank", () => {
  const endsOf = (transitionDays: number) => {
    const { freshwater } = plan(field, { pauses: { transitionDays } }).batches[0]!;
    return Object.values(freshwater).map((stay) => stay!.end_day);
  };
  const [short, long] = [endsOf(1), endsOf(21)];
  // The last hall is left in loads of a well boat, however many days tanks take.
  assertEquals(long.map((end, i) => end - short[i]!), [20, 20, 20, 20, 0]);
});
