/** Daily states recomputed from the rows of everything else (domain.md#16, rulings.md#16). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { growthCurve } from "../../src/biology/documented/growth.ts";
import type { World } from "../../src/farm/world.ts";
import { anyWish } from "../any_wish.ts";
import { oneBatch, places, twoInOneArea, worldOf } from "../small_farm.ts";
import { type Row, rowsOfDataset } from "./dataset.ts";
import { by, dayOf, grouped, rounded, type Rows, total, units } from "./rows.ts";
import { fc, runs } from "../random.ts";

/** Gain of the cube root of the weight (g) per °C and day, and cap in 0.01 g, by stage order. */
const COEFFICIENT = [0, 0, 0.00225, 0.00275, 0.00275, 0.00325, 0.0031];
const CAP = [0, 10, 600, 6_000, 18_000, 50_000, 700_000];

/** What the other tables say of every assignment. */
interface Book {
  readonly world: World;
  readonly curve: Int32Array;
  readonly assignments: readonly Row[];
  readonly states: ReadonlyMap<string, readonly Row[]>;
  readonly deaths: ReadonlyMap<string, readonly Row[]>;
  readonly meals: ReadonlyMap<string, readonly Row[]>;
  readonly samples: ReadonlyMap<string, readonly Row[]>;
  readonly eggs: ReadonlyMap<string, Row>;
  readonly transfers: ReadonlyMap<string, readonly Row[]>;
  readonly batches: ReadonlyMap<string, Row>;
}

function bookOf(world: World, rows: Rows): Book {
  const on = (column: string, day: string) => (row: Row) => `${row[column]} ${row[day]}`;
  return {
    world,
    curve: growthCurve(world.rates),
    assignments: rows("batch_batchcontainerassignment"),
    states: grouped(rows("batch_actualdailyassignmentstate"), (row) => row.assignment_id!),
    deaths: grouped(rows("batch_mortalityevent"), on("assignment_id", "event_date")),
    meals: grouped(rows("inventory_feedingevent"), on("batch_assignment_id", "feeding_date")),
    samples: grouped(rows("batch_growthsample"), on("assignment_id", "sample_date")),
    eggs: by(rows("batch_creationaction"), "dest_assignment_id"),
    transfers: grouped(rows("batch_transferaction"), (row) => row.dest_assignment_id!),
    batches: by(rows("batch_batch"), "id"),
  };
}

/** Every column but the temperature, from the first day of an assignment to its last. */
function checkAssignment(book: Book, assignment: Row): void {
  const id = assignment.id!;
  const order = Number(assignment.lifecycle_stage_id);
  const from = dayOf(assignment.assignment_date);
  const to = assignment.departure_date === "" ? book.world.asOf : dayOf(assignment.departure_date);
  const start = dayOf(book.batches.get(assignment.batch_id!)!.start_date);
  const states = book.states.get(id) ?? [];
  assertEquals(states.length, to - from, `states of assignment ${id}`);
  const egg = book.eggs.get(id);
  const entered = book.transfers.get(id) ?? [];
  let fish = egg === undefined ? total(entered, "transferred_count") : Number(egg.egg_count_actual);
  let weight = 10;
  if (entered.length > 0) {
    const source = book.states.get(entered[0]!.source_assignment_id!)!.at(-1)!;
    assertEquals(dayOf(source.date), from - 1);
    weight = units(source.avg_weight_g, 2);
  }
  let biomass = 0;
  states.forEach((state, i) => {
    const where = `assignment ${id} on day ${from + i - start} of its batch`;
    const day = `${id} ${state.date}`;
    assertEquals([dayOf(state.date), state.day_number], [from + i, `${from + i - start + 1}`]);
    const dead = total(book.deaths.get(day), "count");
    fish -= dead;
    assertEquals([state.mortality_count, state.population], [`${dead}`, `${fish}`], where);
    const feed = rounded(total(book.meals.get(day), "amount_kg", 4), 100);
    assertEquals(units(state.feed_kg, 2), feed, where);
    const sample = book.samples.get(day)?.[0];
    const now = units(state.avg_weight_g, 2);
    const simulated = book.curve[from + i - start]!;
    assert(Math.abs(now - simulated) <= 0.08 * simulated, `${now} g/100 on ${where}`);
    if (sample !== undefined) {
      assertEquals(now, units(sample.avg_weight_g, 2), where);
    } else if (order === 1) {
      assertEquals(now, 10, where);
    } else {
      const root = Math.cbrt(weight / 100) + COEFFICIENT[order]! * Number(state.temp_c);
      const most = Math.floor(simulated * 8 / 100);
      const grown = Math.min(100 * root ** 3, CAP[order]!);
      const within = Math.max(simulated - most, Math.min(grown, simulated + most));
      assert(Math.abs(now - within) <= 0.5 + 1e-6, `${now} instead of ${within} g/100, ${where}`);
    }
    const next = rounded(fish * now, 1000);
    assertEquals(units(state.biomass_kg, 2), next, where);
    const gain = next - biomass;
    const fcr = i > 0 && feed > 0 && gain > 100 ? Math.min(10_000, rounded(feed * 1000, gain)) : 0;
    const said = state.observed_fcr === "" ? 0 : units(state.observed_fcr, 3);
    assertEquals(said, fcr, `FCR of ${where}`);
    assertEquals(state.anchor_type, sample === undefined ? "" : "growth_sample");
    assertEquals(JSON.parse(state.sources!), {
      temp: "measured",
      weight: sample === undefined ? "tgc_computed" : "measured",
      mortality: "actual",
      feed: feed > 0 ? "actual" : "none",
      ...(fcr > 0 ? { fcr: "observed" } : {}),
    });
    assertEquals(JSON.parse(state.confidence_scores!), {
      temp: 1,
      weight: sample === undefined ? 0.8 : 1,
      mortality: 1,
      feed: feed > 0 ? 1 : 0,
    });
    assertEquals(dayOf(state.last_computed_at), from + i + 1);
    assertEquals(
      [state.batch_id, state.container_id, state.lifecycle_stage_id],
      [assignment.batch_id, assignment.container_id, assignment.lifecycle_stage_id],
    );
    [weight, biomass] = [now, next];
  });
  assertEquals(fish, Number(assignment.population_count), `fish of assignment ${id}`);
}

/** The fish of a batch change by its deaths alone, transitions or not. */
function checkBatches(rows: Rows): void {
  const states = grouped(rows("batch_actualdailyassignmentstate"), (row) => row.batch_id!);
  const workflows = by(rows("batch_creationworkflow"), "batch_id");
  for (const [batch, own] of states) {
    let fish = Number(workflows.get(batch)!.total_eggs_received);
    for (const today of grouped(own, (row) => row.date!).values()) {
      fish -= total(today, "mortality_count");
      assertEquals(total(today, "population"), fish, `batch ${batch} on ${today[0]!.date}`);
    }
  }
}

function checkStates(world: World, rows: Rows): void {
  const book = bookOf(world, rows);
  assertEquals(book.states.size, book.assignments.length);
  for (const assignment of book.assignments) checkAssignment(book, assignment);
  checkBatches(rows);
}

const lifeWorld = worldOf(
  oneBatch({
    eggs: 3_500_003,
    geography: "Faroe Islands",
    duration: 840,
    target: 6.5,
  }),
  11,
);
const life = rowsOfDataset(lifeWorld);
const smallWorld = worldOf(oneBatch({ eggs: 100_000, duration: 500 }), 3);
const small = rowsOfDataset(smallWorld);
const sharedWorld = worldOf(
  twoInOneArea({ eggs: 2_000_003, duration: 800, target: 4.5 }, 5),
  42,
);
const shared = rowsOfDataset(sharedWorld);

const DATASETS = [
  ["a whole life in fourteen rings", lifeWorld, life],
  ["a small batch", smallWorld, small],
  ["two batches of which one is harvested", sharedWorld, shared],
] as const;

for (const [name, world, rows] of DATASETS) {
  Deno.test(`every column of every state follows from the other tables: ${name}`, () => {
    checkStates(world, rows);
  });

  Deno.test(`B-12: the temperature is the mean of the day's Temperature readings: ${name}`, () => {
    const parameter = places.containers[0]!.sensors.find((one) => one.parameter === "Temperature")!;
    const temperatures = new Map<string, number[]>();
    for (const reading of rows("environmental_environmentalreading")) {
      if (reading.parameter_id !== String(parameter.parameterId)) continue;
      const day = `${reading.batch_container_assignment_id} ${reading.reading_time!.slice(0, 10)}`;
      const values = temperatures.get(day) ?? [];
      values.push(units(reading.value, 4));
      temperatures.set(day, values);
    }
    for (const state of rows("batch_actualdailyassignmentstate")) {
      const values = temperatures.get(`${state.assignment_id} ${state.date}`)!;
      assertEquals(values.length, 6);
      const mean = rounded(values.reduce((sum, value) => sum + value, 0), 600);
      assertEquals(units(state.temp_c, 2), mean, `state ${state.id}`);
      assert(state.sources!.includes('"temp":"measured"'));
    }
  });
}

Deno.test("every column of every state follows from the other tables: any batch", () => {
  fc.assert(
    fc.property(anyWish, (wish) => {
      const world = worldOf(oneBatch(wish), wish.seed);
      checkStates(world, rowsOfDataset(world));
    }),
    { numRuns: runs(12) },
  );
});

/** Populations of a batch by day number. */
function fishByDay(rows: Rows): Map<number, number> {
  const days = grouped(rows("batch_actualdailyassignmentstate"), (row) => row.day_number!);
  return new Map([...days].map(([day, own]) => [Number(day), total(own, "population")]));
}

Deno.test("B-13: the egg stage loses its deaths once, and day 91 does not jump", () => {
  const fish = fishByDay(life);
  for (const [day, share] of [[91, 0.873], [90, 0.8737], [1, 0.9985]] as const) {
    assert(Math.abs(fish.get(day)! / 3_500_003 - share) < 0.001, `day ${day}: ${fish.get(day)}`);
  }
  for (let day = 2; day <= 835; day++) {
    const change = fish.get(day)! / fish.get(day - 1)!;
    assert(change <= 1 && change > 0.998, `day ${day}: ${change}`);
  }
});

Deno.test("survival is 75.8 % after 835 days", () => {
  assertEquals(fishByDay(life).size, 835);
  assert(Math.abs(fishByDay(life).get(835)! / 3_500_003 - 0.758) < 0.001);
});

Deno.test("B-14: no feed conversion on the day that fish are placed", () => {
  const first = by(life("batch_batchcontainerassignment"), "id");
  let placed = 0;
  for (const state of life("batch_actualdailyassignmentstate")) {
    if (state.date !== first.get(state.assignment_id!)!.assignment_date) continue;
    assertEquals(state.observed_fcr, "");
    placed++;
  }
  assertEquals(placed, 64);
});

Deno.test("feed conversion is between 0.9 and 2.5 on at least 80 % of the days at sea", () => {
  for (const rows of [life, shared]) {
    const states = rows("batch_actualdailyassignmentstate");
    const sea = states.filter((state) => state.lifecycle_stage_id === "6");
    const likely = sea.filter(({ observed_fcr }) =>
      observed_fcr !== "" && Number(observed_fcr) >= 0.9 && Number(observed_fcr) <= 2.5
    );
    assert(likely.length >= 0.8 * sea.length, `${likely.length} of ${sea.length}`);
  }
});

Deno.test("B-35: a ring begins where its first tank ended", () => {
  const book = bookOf(lifeWorld, life);
  for (const assignment of book.assignments.filter((one) => one.lifecycle_stage_id === "6")) {
    const source = book.transfers.get(assignment.id!)![0]!.source_assignment_id!;
    const before = units(book.states.get(source)!.at(-1)!.avg_weight_g, 2);
    const first = book.states.get(assignment.id!)![0]!;
    // One day of growth at sea, not the weight that the source was simulated to have.
    const grown = (Math.cbrt(before / 100) + 0.0031 * Number(first.temp_c)) ** 3;
    assert(Math.abs(units(first.avg_weight_g, 2) - 100 * grown) <= 0.5 + 1e-6, assignment.id);
  }
});

Deno.test("B-36: no state but a sample's is above the cap of its stage", () => {
  for (const state of life("batch_actualdailyassignmentstate")) {
    if (state.anchor_type === "growth_sample") continue;
    const cap = CAP[Number(state.lifecycle_stage_id)]!;
    assert(units(state.avg_weight_g, 2) <= cap, `state ${state.id}`);
  }
});
