/** Feeding summaries recomputed from the rows by their definition (domain.md#17). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { isoOf } from "../../src/farm/days.ts";
import type { World } from "../../src/farm/world.ts";
import { anyWish } from "../any_wish.ts";
import { oneAfterTheOther, oneBatch, twoInOneArea, worldOf } from "../small_farm.ts";
import { type Row, rowsOfDataset } from "./dataset.ts";
import { by, dayOf, grouped, rounded, type Rows, total, units } from "./rows.ts";
import { fc, runs } from "../random.ts";

const LEVELS = ["VERY_HIGH", "HIGH", "MEDIUM", "LOW"];

/** The columns of a container's summary as domain.md#17 defines them. */
type Defined = Record<string, string>;

function decimal(n: number, places: number): string {
  const digits = String(n).padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function confidenceOf(lastWeighing: string, periodEnd: number): string {
  const days = lastWeighing === "" ? Infinity : periodEnd - dayOf(lastWeighing);
  return days < 0
    ? "LOW"
    : days < 10
    ? "VERY_HIGH"
    : days < 20
    ? "HIGH"
    : days < 40
    ? "MEDIUM"
    : "LOW";
}

/** What the rows say of the active containers of one batch. */
function definedOf(rows: Rows, world: World, batch: string): Defined[] {
  const to = world.asOf - 1;
  const from = to - 30;
  const within = (day: string | undefined) => dayOf(day) >= from && dayOf(day) <= to;
  const assignments = rows("batch_batchcontainerassignment").filter((one) =>
    one.batch_id === batch
  );
  const own = new Set(assignments.map((one) => one.id!));
  const samples = rows("batch_growthsample").filter((one) =>
    own.has(one.assignment_id!) && within(one.sample_date)
  );
  const first = units(samples[0]?.avg_weight_g ?? "0", 2);
  const last = units(samples.at(-1)?.avg_weight_g ?? "0", 2);
  if (samples.length < 2 || last <= first) return [];
  const meals = grouped(
    rows("inventory_feedingevent").filter((meal) => within(meal.feeding_date)),
    (meal) => meal.batch_assignment_id!,
  );
  return assignments.flatMap((assignment): Defined[] => {
    const eaten = meals.get(assignment.id!);
    if (assignment.is_active !== "true" || eaten === undefined) return [];
    const fish = Number(assignment.population_count);
    const starting = rounded(fish * first, 1000);
    const ending = rounded(fish * last, 1000);
    const feed = rounded(total(eaten, "amount_kg", 4), 100);
    const fcr = rounded(feed * 1000, ending - starting);
    return [{
      period_start: isoOf(from),
      period_end: isoOf(to),
      total_feed_kg: decimal(feed, 2),
      starting_biomass_kg: decimal(starting, 2),
      ending_biomass_kg: decimal(ending, 2),
      growth_kg: decimal(ending - starting, 2),
      fcr: fcr < 100_000 ? decimal(fcr, 3) : "",
      confidence_level: confidenceOf(assignment.last_weighing_date!, to),
      estimation_method: "MEASURED",
      data_points: String(samples.length),
      batch_id: batch,
      container_assignment_id: assignment.id!,
    }];
  });
}

/** The batch's summary as the sums over its containers. */
function joined(containers: readonly Defined[]): Defined {
  const sum = (column: string) => decimal(total(containers, column, 2), 2);
  const rated = containers.filter((one) => one.fcr !== "");
  const weighted = rated.reduce(
    (all, one) => all + BigInt(units(one.total_feed_kg, 2)) * BigInt(units(one.fcr, 3)),
    0n,
  );
  const feed = BigInt(total(rated, "total_feed_kg", 2));
  const fcr = feed === 0n ? "" : decimal(Number((2n * weighted + feed) / (2n * feed)), 3);
  const worst = Math.max(...containers.map((one) => LEVELS.indexOf(one.confidence_level!)));
  return {
    period_start: containers[0]!.period_start!,
    period_end: containers[0]!.period_end!,
    total_feed_kg: sum("total_feed_kg"),
    total_feed_consumed_kg: sum("total_feed_kg"),
    total_growth_kg: sum("growth_kg"),
    total_biomass_gain_kg: sum("growth_kg"),
    total_starting_biomass_kg: sum("starting_biomass_kg"),
    total_ending_biomass_kg: sum("ending_biomass_kg"),
    container_count: String(containers.length),
    fcr,
    weighted_avg_fcr: fcr,
    overall_confidence_level: LEVELS[worst]!,
    estimation_method: "MEASURED",
    average_biomass_kg: "",
    average_feeding_percentage: "",
    batch_id: containers[0]!.batch_id!,
  };
}

/** A row without the columns that the definition does not name. */
function named(row: Row, like: Defined): Defined {
  return Object.fromEntries(Object.keys(like).map((column) => [column, row[column]!]));
}

/** Compares the summaries with their definition; returns how many containers have one. */
function checkSummaries(rows: Rows, world: World): number {
  const containers = grouped(rows("inventory_containerfeedingsummary"), (row) => row.batch_id!);
  const batches = by(rows("inventory_batchfeedingsummary"), "batch_id");
  let found = 0;
  for (const { id, status } of rows("batch_batch")) {
    const defined = definedOf(rows, world, id!);
    const own = containers.get(id!) ?? [];
    assertEquals(own.map((row, i) => named(row, defined[i] ?? {})), defined, `batch ${id}`);
    const batch = batches.get(id!);
    assertEquals(batch !== undefined, defined.length > 0);
    if (status === "COMPLETED") assertEquals(own.length, 0);
    if (batch === undefined) continue;
    const whole = joined(defined);
    assertEquals(named(batch, whole), whole);
    found += defined.length;
  }
  for (
    const [live, past] of [
      ["inventory_containerfeedingsummary", "inventory_historicalcontainerfeedingsummary"],
      ["inventory_batchfeedingsummary", "inventory_historicalbatchfeedingsummary"],
    ] as const
  ) {
    const then = by(rows(past), "id");
    assertEquals(then.size, rows(live).length);
    for (const row of rows(live)) {
      assertEquals(then.get(row.id!)!.history_type, "+");
      for (const [column, value] of Object.entries(row)) {
        assertEquals(then.get(row.id!)![column], value, `${past}.${column}`);
      }
    }
  }
  return found;
}

Deno.test("summaries follow their definition on every kind of last day", () => {
  for (
    const [duration, containers] of [
      [60, 0], // eggs are not fed
      [92, 0], // one week of samples, but of ten containers
      [100, 10],
      [179, 0], // on the plateau samples need not grow
      [181, 10], // the day of a transition: one day's feed in new containers
      [200, 10],
      [400, 10],
      [451, 14],
      [452, 14],
      [460, 14],
      [700, 14],
      [835, 14],
      [850, 0], // harvested
    ] as const
  ) {
    const world = worldOf(oneBatch({ eggs: 3_500_000, duration, target: 6.5 }), 8);
    const found = checkSummaries(rowsOfDataset(world), world);
    // Where samples hardly grow, chance decides whether the last is heavier than the first.
    const uncertain = [92, 179, 181, 451, 452].includes(duration);
    if (!uncertain) assertEquals(found, containers, `${duration} days`);
    else assert(found === 0 || found === (duration > 450 ? 14 : 10), `${duration}: ${found}`);
  }
});

Deno.test("summaries follow their definition whatever the batch", () => {
  fc.assert(
    fc.property(anyWish, (wish) => {
      const world = worldOf(oneBatch(wish), wish.seed);
      checkSummaries(rowsOfDataset(world), world);
    }),
    { numRuns: runs(12) },
  );
});

Deno.test("summaries keep batches apart, in one area and in the same halls", () => {
  for (
    const [schedule, containers] of [
      [twoInOneArea({ eggs: 2_000_000, duration: 500 }, 200), 20],
      [oneAfterTheOther({ eggs: 2_000_000, duration: 300 }, 95), 20],
      [twoInOneArea({ eggs: 2_000_000, duration: 800, target: 4.5 }, 150), 10],
    ] as const
  ) {
    const world = worldOf(schedule, 2);
    assertEquals(checkSummaries(rowsOfDataset(world), world), containers);
  }
});

Deno.test("B-33: summaries end on the last simulated day, and no clock is asked", () => {
  const clock = globalThis.Date;
  const asked = () => {
    throw new Error("the clock was asked");
  };
  const periods: string[][] = [];
  try {
    globalThis.Date = new Proxy(clock, { get: asked, construct: asked, apply: asked });
    for (const start of ["2001-03-05", "2071-03-05"]) {
      const world = worldOf(oneBatch({ eggs: 3_500_000, start, duration: 150 }));
      const rows = rowsOfDataset(world);
      for (const table of ["inventory_containerfeedingsummary", "inventory_batchfeedingsummary"]) {
        const [row] = rows(table);
        periods.push([row!.period_start!, row!.period_end!, row!.created_at!.slice(0, 10)]);
      }
    }
  } finally {
    globalThis.Date = clock;
  }
  const [first, second] = [["2001-07-02", "2001-08-01"], ["2071-07-02", "2071-08-01"]] as const;
  assertEquals(periods, [first, first, second, second].map((one) => [...one, one[1]]));
});
