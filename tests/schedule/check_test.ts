// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertMatch } from "@std/assert";
import { isoOf, parseIso } from "../../src/farm/days.ts";
import { buildInfrastructure } from "../../src/farm/ground/infrastructure.ts";
import { checkSchedule, findingText } from "../../src/schedule/check.ts";
import { warningTexts } from "../../src/schedule/warnings.ts";
import type { Schedule, ScheduledBatch } from "../../src/schedule/format.ts";
import { fixtures, oneAfterTheOther, oneBatch, places, twoInOneArea } from "../small_farm.ts";

const good = oneBatch({ start: "2024-01-15", duration: 500 });
const two = twoInOneArea({ start: "2024-01-15", duration: 500 }, 30);

/** What is found in a schedule, as `path is because (batch, dates)`. */
function foundFully(schedule: Schedule): string | undefined {
  const finding = checkSchedule(schedule, fixtures.profile, places);
  return finding === undefined ? undefined : findingText(finding);
}

/** The same without the batch and its dates. */
function found(schedule: Schedule): string | undefined {
  return foundFully(schedule)?.replace(/ \([^()]*\)$/, "");
}

/** `good` with its batch changed. */
function changed(change: (batch: ScheduledBatch) => Partial<ScheduledBatch>): Schedule {
  const batch = good.batches[0]!;
  return { ...good, batches: [{ ...batch, ...change(batch) }] };
}

/** `good` with the stay of its parr changed. */
function withParr(change: Partial<NonNullable<ScheduledBatch["freshwater"]["parr"]>>): Schedule {
  return changed(({ freshwater }) => ({
    freshwater: { ...freshwater, parr: { ...freshwater.parr!, ...change } },
  }));
}

/** `good` with its stay at sea changed. */
function withSea(change: Partial<NonNullable<ScheduledBatch["sea"]>>): Schedule {
  return changed(({ sea }) => ({ sea: { ...sea!, ...change } }));
}

/** `two` with its second batch changed. */
function withSecond(change: Partial<ScheduledBatch>): Schedule {
  return { ...two, batches: [two.batches[0]!, { ...two.batches[1]!, ...change }] };
}

const parr = good.batches[0]!.freshwater.parr!;
const rings = good.batches[0]!.sea!.rings;

Deno.test("a schedule in order has no finding", () => {
  for (const schedule of [good, two, oneAfterTheOther({ duration: 500 }, 90)]) {
    assertEquals(found(schedule), undefined);
  }
});

Deno.test("the number of batches is the stated one", () => {
  const metadata = { ...good.metadata, total_batches: 3 };
  assertEquals(
    found({ ...good, metadata }),
    "metadata.total_batches is 3, expected 1, the number of batches",
  );
});

Deno.test("batch numbers are unique", () => {
  const twin = withSecond({ batch_id: "SCO-2024-001" });
  assertEquals(found(twin), "batches[1].batch_id is SCO-2024-001, as batches[0] has it");
});

Deno.test("batches come in the order of their start dates", () => {
  const [first, second] = two.batches;
  assertEquals(
    found({ ...two, batches: [second!, first!] }),
    "batches[1].start_date is 2024-01-15, expected a day not before 2024-02-14",
  );
});

Deno.test("a batch starts before the as-of date", () => {
  assertEquals(
    found({ ...good, metadata: { ...good.metadata, as_of: "2024-01-15" } }),
    "batches[0].start_date is 2024-01-15, expected a day before the as-of date",
  );
});

Deno.test("the duration is min(900, days to the as-of date)", () => {
  const because = "499, expected 500 = min(900, days to the as-of date, 2025-05-29)";
  assertEquals(found(changed(() => ({ duration: 499 }))), `batches[0].duration is ${because}`);
  const old = { ...good, metadata: { ...good.metadata, as_of: "2027-01-01" } };
  assertEquals(
    found(old),
    "batches[0].duration is 500, expected 900 = min(900, days to the as-of date, 2027-01-01)",
  );
});

Deno.test("stages begin on the days of the profile", () => {
  assertEquals(
    found(withParr({ start_day: 181 })),
    "batches[0].freshwater.parr.start_day is 181, expected 180",
  );
  assertEquals(
    found(withSea({ start_day: 451 })),
    "batches[0].sea.start_day is 451, expected 450",
  );
});

Deno.test("a container is named once", () => {
  const twice = [...parr.containers.slice(0, 9), parr.containers[0]!];
  assertEquals(
    found(withParr({ containers: twice })),
    `batches[0].freshwater.parr.containers is ${twice.join(", ")}, expected every container once`,
  );
});

Deno.test("containers exist", () => {
  assertEquals(
    found(withParr({ containers: ["S-FW-01-C-C11", ...parr.containers.slice(1)] })),
    "batches[0].freshwater.parr.containers is S-FW-01-C-C11, which is no container that holds batches",
  );
});

Deno.test("of the documented totals' extras the sea area holds batches, and no hall does (D-01)", () => {
  const { layout, master, profile } = fixtures;
  const full = buildInfrastructure(layout, master, { documentedTotals: true });
  const [batch] = oneBatch({ geography: "Faroe Islands", duration: 500 }).batches;
  const changedTo = (change: Partial<ScheduledBatch>) => ({
    ...good,
    batches: [{ ...batch!, ...change }],
  });
  const { sea, freshwater } = batch!;
  const area = "Faroe Islands Sea Area 1";
  const rings = sea!.rings.map((_, i) => `Ring-${String(i + 1).padStart(2, "0")}`);
  const spare = full.halls.find(({ usable }) => !usable)!;
  const tank = full.containers.find(({ hallId }) => hallId === spare.id)!;
  const { egg_alevin } = freshwater;
  for (const farm of [places, full]) {
    assertEquals(
      checkSchedule(changedTo({ sea: { ...sea!, area, rings } }), profile, farm),
      undefined,
    );
    const elsewhere = changedTo({ sea: { ...sea!, area: "FI-SEA-01", rings } });
    assertEquals(
      checkSchedule(elsewhere, profile, farm)?.because,
      "Ring-01, which is not in FI-SEA-01",
    );
    const hall = { ...egg_alevin!, hall: spare.name, containers: [tank.name] };
    const finding = checkSchedule(
      changedTo({ freshwater: { ...freshwater, egg_alevin: hall } }),
      profile,
      farm,
    );
    assertEquals(finding?.path, "batches[0].freshwater.egg_alevin.containers");
    assertEquals(finding?.because, `${tank.name}, which is no container that holds batches`);
  }
});

Deno.test("containers are of the batch's geography", () => {
  const { sea } = oneBatch({ geography: "Faroe Islands" }).batches[0]!;
  assertEquals(
    found(withSea({ area: sea!.area, rings: sea!.rings })),
    "batches[0].sea.rings is FI-SEA-01-Ring-01, which is not in Scotland",
  );
});

Deno.test("containers are in the stated hall, rings in the stated area", () => {
  assertEquals(
    found(withParr({ hall: "S-FW-02-Hall-C" })),
    "batches[0].freshwater.parr.containers is S-FW-01-C-C01, which is not in S-FW-02-Hall-C",
  );
  assertEquals(
    found(withSea({ area: "S-SEA-02" })),
    "batches[0].sea.rings is S-SEA-01-Ring-01, which is not in S-SEA-02",
  );
});

Deno.test("a stage has ten containers", () => {
  assertEquals(
    found(withParr({ containers: parr.containers.slice(1) })),
    "batches[0].freshwater.parr.containers is 9 containers, expected 10",
  );
});

Deno.test("a stage is in a hall of its letter", () => {
  const { smolt } = good.batches[0]!.freshwater;
  assertEquals(
    found(withParr({ hall: smolt!.hall, containers: smolt!.containers })),
    "batches[0].freshwater.parr.hall is S-FW-01-Hall-D, expected a hall of letter C",
  );
});

Deno.test("a stage that is reached has a hall", () => {
  const without = changed(({ freshwater: { parr: _, ...rest } }) => ({ freshwater: rest }));
  assertEquals(
    found(without),
    "batches[0].freshwater.parr is missing, expected a hall from day 180",
  );
});

Deno.test("a stage that is not reached needs no hall", () => {
  const young = oneBatch({ duration: 180 });
  const { parr: _, smolt: __, post_smolt: ___, ...reached } = young.batches[0]!.freshwater;
  const batches = [{ ...young.batches[0]!, freshwater: reached, sea: null }];
  assertEquals(found({ ...young, batches }), undefined);
  const metadata = { ...young.metadata, as_of: "2024-07-14" };
  assertEquals(
    found({ ...young, metadata, batches: [{ ...batches[0]!, duration: 181 }] }),
    "batches[0].freshwater.parr is missing, expected a hall from day 180",
  );
});

Deno.test("a batch that reaches the sea has rings", () => {
  assertEquals(
    found(changed(() => ({ sea: null }))),
    "batches[0].sea is null, expected rings from day 450",
  );
});

Deno.test("the number of rings is the stated one", () => {
  assertEquals(
    found(withSea({ rings: rings.slice(1) })),
    "batches[0].sea.rings_count is 10, expected 9",
  );
});

Deno.test("a finding names the batch and the dates of the stay", () => {
  assertEquals(
    foundFully(withParr({ hall: "S-FW-02-Hall-C" })),
    "batches[0].freshwater.parr.containers is S-FW-01-C-C01, which is not in S-FW-02-Hall-C " +
      "(SCO-2024-001, 2024-07-13 to 2024-10-11)",
  );
  assertEquals(
    foundFully(changed(() => ({ duration: 499 }))),
    "batches[0].duration is 499, expected 500 = min(900, days to the as-of date, " +
      "2025-05-29) (SCO-2024-001, 2024-01-15 to 2025-05-28)",
  );
});

Deno.test("two batches are never in one container on a day", () => {
  const { freshwater, station, sea } = two.batches[0]!;
  assertEquals(
    foundFully(withSecond({ freshwater, station })),
    "batches[1].freshwater.egg_alevin.containers is S-FW-01-A-C01, where SCO-2024-001 is from " +
      "2024-01-15 to 2024-04-14 (SCO-2024-002, 2024-02-14 to 2024-05-14)",
  );
  assertEquals(
    foundFully(withSecond({ sea })),
    "batches[1].sea.rings is S-SEA-01-Ring-01, where SCO-2024-001 is from 2025-04-09 to " +
      "2026-07-03 (SCO-2024-002, 2025-05-09 to 2026-08-02)",
  );
});

Deno.test("a batch may come in on the day that another leaves", () => {
  assertEquals(found(oneAfterTheOther({ duration: 500 }, 90)), undefined);
  assertEquals(
    found(oneAfterTheOther({ duration: 500 }, 89)),
    "batches[1].freshwater.egg_alevin.containers is S-FW-01-A-C01, where SCO-2024-001 is from " +
      "2024-01-15 to 2024-04-14",
  );
});

Deno.test("a stay lies within its stage and the effective_duration", () => {
  assertEquals(
    found(withParr({ end_day: 271 })),
    "batches[0].freshwater.parr.end_day is 271, expected 181 to 270, the end of the stage",
  );
  assertEquals(
    found(withParr({ end_day: 180 })),
    "batches[0].freshwater.parr.end_day is 180, expected 181 to 270, the end of the stage",
  );
  assertEquals(
    found(changed(() => ({ effective_duration: 845 }))),
    "batches[0].sea.end_day is 900, expected 451 to 845, the effective_duration",
  );
  const fraction = changed(({ sea }) => ({
    effective_duration: 844.3,
    sea: { ...sea!, end_day: 845 },
  }));
  assertEquals(found(fraction), undefined);
});

Deno.test("the station is that of the first hall", () => {
  assertEquals(
    found(changed(() => ({ station: "S-FW-02" }))),
    "batches[0].station is S-FW-02, expected S-FW-01, the station of its first hall",
  );
});

Deno.test("worker partitions, where there are some, hold every batch once", () => {
  const worker = (batch_indices: number[], count = batch_indices.length) => (
    { batch_indices, batch_range: "1", count }
  );
  const of = (...workers: ReturnType<typeof worker>[]) => {
    const worker_partitions = Object.fromEntries(workers.map((one, i) => [`worker_${i + 1}`, one]));
    return found({ ...two, metadata: { ...two.metadata, worker_partitions } });
  };
  assertEquals(of(worker([0]), worker([1])), undefined);
  assertEquals(of(worker([0, 1])), undefined);
  const because =
    "metadata.worker_partitions is without every index from 0 to 1 once; it may be left out altogether";
  for (const wrong of [[worker([0])], [worker([0, 1]), worker([1])], [worker([0, 2])], []]) {
    assertEquals(of(...wrong), because);
  }
  assertEquals(
    of(worker([0]), worker([1], 2)),
    "metadata.worker_partitions.worker_2.count is 2, expected 1, the number of its batches",
  );
});

/** Both in the same rings: the first reserves them up to a day, the second comes `later`. */
function sharingRings(reserved: number, later: number, duration: number): Schedule {
  const schedule = twoInOneArea({ start: "2023-01-15", duration, target: 4.5 }, later);
  const [first, second] = schedule.batches;
  const sea = { ...first!.sea!, end_day: reserved };
  return { ...schedule, batches: [{ ...first!, sea }, { ...second!, sea: first!.sea }] };
}

Deno.test("fish are in their rings to the harvest, however long these are reserved", () => {
  // A batch of 4.5 kg is harvested on day 758; another may come on day 758 - 450 = 308.
  const inRing = /^batches\[1\]\.sea\.rings is S-SEA-01-Ring-01, where SCO-2023-001 is from/;
  assertEquals(found(sharingRings(500, 308, 900)), undefined);
  assertMatch(found(sharingRings(500, 307, 900))!, inRing);
  // What is reserved beyond the harvest is nobody's.
  assertEquals(found(sharingRings(759, 308, 900)), undefined);
  assertEquals(warningTexts(sharingRings(759, 308, 900), fixtures.profile), []);
  // Fish that would meet if they lived on are a warning.
  const young = sharingRings(900, 30, 60);
  assertEquals(found(young), undefined);
  assertEquals(warningTexts(young, fixtures.profile), [
    "batches[1].sea.rings is S-SEA-01-Ring-01, where SCO-2023-001 is from 2024-04-09 to 2025-02-11, " +
    "so that it cannot be extended (SCO-2023-002, 2024-05-09 to 2025-03-13)",
  ]);
  // What is not simulated is as the file reserves it.
  assertEquals(found(sharingRings(500, 100, 550)), undefined);
  assertMatch(found(sharingRings(500, 99, 550))!, inRing);
});

Deno.test("a stay that ends before the stage does hides no conflict", () => {
  // The fish stay in hall A to day 90, whatever the file says of the reservation.
  const schedule = oneAfterTheOther({ duration: 500 }, 60);
  const shortened = structuredClone(schedule) as {
    batches: { freshwater: Record<string, { start_day: number; end_day: number }> }[];
  };
  for (const { freshwater } of shortened.batches) {
    for (const stay of Object.values(freshwater)) stay.end_day = stay.start_day + 10;
  }
  const finding = found(shortened as unknown as Schedule);
  assertEquals(typeof finding, "string", "two batches share hall A for thirty days");
});

Deno.test("dates are those of the calendar that a dataset can hold, also in a schedule made in code", () => {
  const expected = "expected a date of the calendar from 1910-01-01 to 2189-12-31";
  const startsOn = (start_date: string) => changed(() => ({ start_date }));
  for (const date of ["1909-12-31", "2190-01-01", "0001-01-01", "9999-12-31", "NaN-NaN-NaN", ""]) {
    assertEquals(found(startsOn(date)), `batches[0].start_date is ${date}, ${expected}`);
    const dated = { ...good, metadata: { ...good.metadata, as_of: date } };
    assertEquals(found(dated), `metadata.as_of is ${date}, ${expected}`);
  }
  const { as_of: _, ...metadata } = good.metadata;
  assertEquals(
    found({ ...good, metadata: { ...metadata, generated_date: "2199-01-01" } }),
    `metadata.generated_date is 2199-01-01, ${expected}`,
  );
  for (const start of ["1910-01-01", "1969-12-31", "1970-01-01", "2187-01-01"]) {
    assertEquals(found(oneBatch({ start, duration: 900 })), undefined, start);
  }
});

Deno.test("a schedule spans 100 years at most", () => {
  const from = (start_date: string) => {
    const [first, second] = two.batches;
    return found({ ...two, batches: [{ ...first!, start_date, duration: 900 }, second!] });
  };
  const asOf = parseIso(two.metadata.as_of!)!;
  assertEquals(from(isoOf(asOf - 36_525)), undefined);
  const tooEarly = isoOf(asOf - 36_526);
  assertEquals(
    from(tooEarly),
    `metadata.as_of is ${
      isoOf(asOf)
    }, expected at most 100 years after the first start, ${tooEarly}`,
  );
});
