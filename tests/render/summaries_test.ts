/** Feeding summaries recomputed from states and feedings by their definition (domain.md#17). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { isoOf } from "../../src/farm/days.ts";
import { factsOf, type World, worldOf as worldIn } from "../../src/farm/world.ts";
import { anyWish } from "../any_wish.ts";
import { GRADUAL } from "../gradual.ts";
import { inRings, oneAfterTheOther, oneBatch, twoInOneArea, worldOf } from "../small_farm.ts";
import { type Row, rowsOfDataset } from "./dataset.ts";
import { by, dayOf, grouped, rounded, type Rows, total, units } from "./rows.ts";
import { fc, runs } from "../random.ts";

const CONTAINER = "inventory_containerfeedingsummary";
const BATCH = "inventory_batchfeedingsummary";
const STATE = "batch_actualdailyassignmentstate";

const LEVELS = ["VERY_HIGH", "HIGH", "MEDIUM", "LOW"];

/** A week or month, first and last day. */
interface Period {
  readonly from: number;
  readonly to: number;
}

/** Every Monday to Sunday and every calendar month between two days, by their ends, weeks first. */
function periodsBetween(first: number, last: number): Period[] {
  const periods: Period[] = [];
  for (let to = first; to <= last; to++) {
    const date = new Date(to * 86_400_000);
    if (date.getUTCDay() === 0) periods.push({ from: to - 6, to });
    const next = new Date((to + 1) * 86_400_000);
    if (next.getUTCDate() === 1) {
      periods.push({ from: to + 1 - date.getUTCDate(), to });
    }
  }
  return periods;
}

function decimal(n: number, places: number): string {
  const digits = String(Math.abs(n)).padStart(places + 1, "0");
  return `${n < 0 ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function confidenceOf(weighed: number | undefined, to: number): string {
  const days = weighed === undefined ? Infinity : to - weighed;
  return LEVELS[[10, 20, 40].filter((step) => days >= step).length]!;
}

function fcrOf(feed: number, gain: number): string {
  if (feed === 0 || gain <= 0) return "";
  const fcr = rounded(feed * 1000, gain);
  return fcr < 100_000 ? decimal(fcr, 3) : "";
}

type Defined = Record<string, string>;

/** What states and feedings say of some containers in a period. */
function definedBy(
  before: readonly Row[],
  now: readonly Row[],
  meals: readonly Row[],
  weighings: ReadonlyMap<string, readonly number[]>,
  { from, to }: Period,
) {
  const feed = rounded(total(meals, "amount_kg", 4), 100);
  const [starting, ending] = [
    total(before, "biomass_kg", 2),
    total(now, "biomass_kg", 2),
  ];
  const sampled = [...before, ...now].map((one) => one.anchor_type === "growth_sample");
  const worst = Math.max(...now.map(({ assignment_id: id }) => {
    const last = weighings.get(id!)?.findLast((day) => day <= to);
    return LEVELS.indexOf(confidenceOf(last, to));
  }));
  return {
    dates: {
      period_start: isoOf(from),
      period_end: isoOf(to),
      created_at: `${isoOf(to)}T18:00:00Z`,
    },
    feed: decimal(feed, 2),
    starting: decimal(starting, 2),
    ending: decimal(ending, 2),
    growth: decimal(ending - starting, 2),
    fcr: fcrOf(feed, ending - starting),
    confidence: LEVELS[worst]!,
    method: sampled.every(Boolean) ? "MEASURED" : sampled.some(Boolean) ? "MIXED" : "INTERPOLATED",
  };
}

/** The summaries of containers and batches as domain.md#17 defines them, in the order of their ids. */
function definitions(
  rows: Rows,
  world: World,
): { container: Defined[]; batch: Defined[] } {
  const states = grouped(rows(STATE), (row) => row.date!);
  const meals = grouped(
    rows("inventory_feedingevent"),
    (row) => row.feeding_date!,
  );
  const weighings = new Map(
    [...grouped(rows("batch_growthsample"), (row) => row.assignment_id!)].map((
      [id, samples],
    ) => [id, samples.map((one) => dayOf(one.sample_date))] as const),
  );
  const arrivals = grouped(
    rows("batch_transferaction"),
    (row) => row.dest_assignment_id!,
  );
  const container: Defined[] = [];
  const batch: Defined[] = [];
  for (const period of periodsBetween(world.firstDay, world.asOf - 1)) {
    const { from, to } = period;
    const days = Array.from(
      { length: to - from + 1 },
      (_, i) => isoOf(from + i),
    );
    const eaten = days.flatMap((day) => meals.get(day) ?? []);
    const now = grouped(states.get(isoOf(to)) ?? [], (row) => row.batch_id!);
    const before = states.get(isoOf(from - 1)) ?? [];
    const sampled = days.flatMap((day) =>
      (states.get(day) ?? []).filter((one) => one.anchor_type === "growth_sample")
    );
    for (const [batchId, evening] of now) {
      const started = before.filter((one) => one.batch_id === batchId);
      if (started.length === 0) continue;
      for (const one of evening) {
        const id = one.assignment_id!;
        const own = started.filter((row) => row.assignment_id === id);
        const came = (arrivals.get(id) ?? []).some((
          { actual_execution_date: day },
        ) => dayOf(day) >= from && dayOf(day) <= to);
        if (own.length === 0 || came) continue;
        const fed = eaten.filter((meal) => meal.batch_assignment_id === id);
        const said = definedBy(own, [one], fed, weighings, period);
        container.push({
          ...said.dates,
          total_feed_kg: said.feed,
          starting_biomass_kg: said.starting,
          ending_biomass_kg: said.ending,
          growth_kg: said.growth,
          fcr: said.fcr,
          confidence_level: said.confidence,
          estimation_method: said.method,
          data_points: String(
            sampled.filter((row) => row.batch_id === batchId).length,
          ),
          batch_id: batchId,
          container_assignment_id: id,
        });
      }
      const fed = eaten.filter((meal) => meal.batch_id === batchId);
      const said = definedBy(started, evening, fed, weighings, period);
      batch.push({
        ...said.dates,
        total_feed_kg: said.feed,
        total_feed_consumed_kg: said.feed,
        total_growth_kg: said.growth,
        total_biomass_gain_kg: said.growth,
        total_starting_biomass_kg: said.starting,
        total_ending_biomass_kg: said.ending,
        container_count: String(evening.length),
        fcr: said.fcr,
        weighted_avg_fcr: said.fcr,
        overall_confidence_level: said.confidence,
        estimation_method: said.method,
        average_biomass_kg: "",
        average_feeding_percentage: "",
        batch_id: batchId,
      });
    }
  }
  return { container, batch };
}

/** A row without the columns that the definition does not name. */
function named(row: Row, like: Defined): Defined {
  return Object.fromEntries(
    Object.keys(like).map((column) => [column, row[column]!]),
  );
}

/** Compares the summaries with their definition; returns them. */
function checkSummaries(
  rows: Rows,
  world: World,
): { container: Row[]; batch: Row[] } {
  const defined = definitions(rows, world);
  const found = { container: rows(CONTAINER), batch: rows(BATCH) };
  for (const kind of ["container", "batch"] as const) {
    const like = defined[kind][0] ?? {};
    assertEquals(
      found[kind].map((row) => named(row, like)),
      defined[kind],
      kind,
    );
  }
  for (
    const [live, past] of [
      [CONTAINER, "inventory_historicalcontainerfeedingsummary"],
      [BATCH, "inventory_historicalbatchfeedingsummary"],
    ] as const
  ) {
    const then = by(rows(past), "id");
    assertEquals([then.size, rows(past).length], [
      rows(live).length,
      rows(live).length,
    ]);
    for (const row of rows(live)) {
      assertEquals(then.get(row.id!)!.history_type, "+");
      for (const [column, value] of Object.entries(row)) {
        assertEquals(then.get(row.id!)![column], value, `${past}.${column}`);
      }
    }
  }
  return found;
}

const periodOf = ({ period_start, period_end }: Row) => `${period_start} to ${period_end}`;

Deno.test("summaries are of whole weeks and months, over the whole life of a batch", () => {
  // A Monday to a Tuesday: the first week has no evening before it, the last is not over.
  const young = worldOf(oneBatch({ start: "2024-01-15", duration: 51 }), 8);
  const { batch, container } = checkSummaries(rowsOfDataset(young), young);
  assertEquals(batch.map(periodOf), [
    "2024-01-22 to 2024-01-28",
    "2024-01-29 to 2024-02-04",
    "2024-02-05 to 2024-02-11",
    "2024-02-12 to 2024-02-18",
    "2024-02-19 to 2024-02-25",
    "2024-02-01 to 2024-02-29",
    "2024-02-26 to 2024-03-03",
  ]);
  assertEquals(container.length, 70);
  // Eggs are not fed, and some die.
  for (const one of batch) {
    const {
      fcr,
      total_feed_kg,
      total_growth_kg,
      overall_confidence_level: level,
    } = one;
    assertEquals([fcr, total_feed_kg, level], ["", "0.00", "LOW"]);
    assert(total_growth_kg!.startsWith("-"));
  }
  // Harvested on 2026-03-04, index 779: neither this week nor this month has an end.
  const life = worldOf(
    oneBatch({ start: "2024-01-15", duration: 900, target: 5 }),
    8,
  );
  const whole = checkSummaries(rowsOfDataset(life), life);
  const harvested = whole.batch.at(-1)!;
  assertEquals(periodOf(harvested), "2026-02-23 to 2026-03-01");
  const months = whole.batch.filter((one) => one.period_start!.endsWith("-01"));
  assertEquals(months.at(-1)!.period_end, "2026-02-28");
});

Deno.test("summaries follow their definition whatever the batch", () => {
  fc.assert(
    fc.property(anyWish, (wish) => {
      const world = worldOf(oneBatch(wish), wish.seed);
      checkSummaries(rowsOfDataset(world), world);
    }),
    { numRuns: runs(8) },
  );
});

Deno.test("summaries keep batches apart, in one area and in the same halls", () => {
  for (
    const schedule of [
      twoInOneArea({ eggs: 2_000_000, duration: 500 }, 200),
      oneAfterTheOther({ eggs: 2_000_000, duration: 300 }, 95),
    ]
  ) {
    const world = worldOf(schedule, 2);
    const { batch } = checkSummaries(rowsOfDataset(world), world);
    assertEquals(new Set(batch.map((one) => one.batch_id)).size, 2);
  }
});

Deno.test("fish that come in the middle of a period are no growth of a container", () => {
  const schedule = inRings(
    oneBatch({ eggs: 60_000, duration: 790, target: 4.5 }),
    7,
  );
  const world = worldIn(factsOf(worldOf(schedule)), GRADUAL);
  const { container, batch } = checkSummaries(rowsOfDataset(world), world);
  const fcrs = container.flatMap(({ fcr }) => fcr === "" ? [] : [units(fcr, 3)]);
  // The least of all is that of small fry; with arriving fish as growth it would be near zero.
  assert(Math.min(...fcrs) > 100, `${Math.min(...fcrs)}`);
  // A batch moves on in the middle of a month, and has its summary all the same.
  assert(batch.some((one) => one.estimation_method === "MIXED"));
});

Deno.test("a batch is summed up while it moves, and its FCR is feed by gain", () => {
  const world = worldOf(
    oneBatch({ eggs: 3_500_000, duration: 500, start: "2024-01-15" }),
    8,
  );
  const { batch, container } = checkSummaries(rowsOfDataset(world), world);
  // It goes to sea on 2025-04-09, a Wednesday.
  const week = batch.find((one) => one.period_start === "2025-04-07")!;
  assertEquals(
    container.filter((one) => one.period_start === "2025-04-07"),
    [],
  );
  assertEquals([week.container_count, week.period_end], ["14", "2025-04-13"]);
  const months = batch.filter((one) => one.period_start!.endsWith("-01") && one.fcr !== "");
  assert(months.length > 10, `${months.length} months`);
});

Deno.test("B-33: summaries ask no clock", () => {
  const clock = globalThis.Date;
  const asked = () => {
    throw new Error("the clock was asked");
  };
  const ends: string[] = [];
  try {
    globalThis.Date = new Proxy(clock, {
      get: asked,
      construct: asked,
      apply: asked,
    });
    for (const start of ["2001-03-05", "2071-03-05"]) {
      const world = worldOf(oneBatch({ start, duration: 50 }));
      ends.push(rowsOfDataset(world)(BATCH).at(-1)!.period_end!);
    }
  } finally {
    globalThis.Date = clock;
  }
  assertEquals(ends, ["2001-04-22", "2071-04-19"]);
});
