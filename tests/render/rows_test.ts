/** The laws of conservation and of time, recomputed from the rows of two whole datasets. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
// @ts-types="../../types/std_csv.d.ts"
import { parse } from "@std/csv";
import { isoOf } from "../../src/farm/days.ts";
import { DAY_TABLES } from "../../src/render/day_rows.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { headerOf } from "../../src/tables/description.ts";
import { oneBatch, places, twoInOneArea, worldOf } from "../small_farm.ts";
import { csvOfDays, csvOfEntities, type Row, rowsOfDataset } from "./dataset.ts";

const youngWorld = worldOf(oneBatch({ eggs: 3_500_007 }), 42);
const seaWorld = worldOf(twoInOneArea({ eggs: 2_000_003, duration: 500 }, 12), 42);

const datasets = [
  { name: "a batch of 200 days", world: youngWorld, rows: rowsOfDataset(youngWorld) },
  { name: "two batches that share a sea area", world: seaWorld, rows: rowsOfDataset(seaWorld) },
] as const;

const ENTITIES = [
  "batch_batch",
  "batch_batchcontainerassignment",
  "inventory_feedcontainerstock",
  "inventory_containerfeedingsummary",
  "inventory_batchfeedingsummary",
  "inventory_historicalcontainerfeedingsummary",
  "inventory_historicalbatchfeedingsummary",
];
const TABLES = [...Object.values(DAY_TABLES), ...ENTITIES];

/** One test per law and dataset. */
function law(what: string, check: (rows: (table: string) => Row[], asOf: string) => void): void {
  for (const { name, world, rows } of datasets) {
    Deno.test(`${what}: ${name}`, () => check(rows, isoOf(world.asOf)));
  }
}

function by(rows: readonly Row[], column: string): Map<string, Row> {
  return new Map(rows.map((row) => [row[column]!, row]));
}

function grouped(rows: readonly Row[], column: string): Map<string, Row[]> {
  return Map.groupBy(rows, (row) => row[column]!);
}

/** A decimal of at most four places as an integer in 0.0001. */
function exact(decimal: string | undefined): number {
  return Math.round(Number(decimal) * 10_000);
}

function total(rows: readonly Row[] | undefined, column: string): number {
  return (rows ?? []).reduce((sum, row) => sum + exact(row[column]), 0);
}

/** The tables whose rows belong to an assignment, with the column that says so and their day. */
const OF_ASSIGNMENTS = [
  ["environmental_environmentalreading", "batch_container_assignment_id", "reading_time"],
  ["inventory_feedingevent", "batch_assignment_id", "feeding_date"],
  ["batch_mortalityevent", "assignment_id", "event_date"],
  ["batch_growthsample", "assignment_id", "sample_date"],
  ["batch_actualdailyassignmentstate", "assignment_id", "date"],
  ["health_licecount", "assignment_id", "count_date"],
  ["health_healthsamplingevent", "assignment_id", "sampling_date"],
  ["health_treatment", "batch_assignment_id", "treatment_date"],
] as const;

for (const { name, world } of datasets) {
  Deno.test(`every row has as many columns as the header: ${name}`, () => {
    const texts = new Map([...csvOfDays(world), ...csvOfEntities(world)]);
    assertEquals([...texts.keys()].sort(), [...TABLES].sort());
    for (const [table, text] of texts) {
      const width = tableNamed(table).columns.length;
      assertEquals(headerOf(tableNamed(table)).split(",").length, width);
      assertEquals(text.at(-1) ?? "\n", "\n", table);
      for (const row of parse(text)) assertEquals(row.length, width, `${table}: ${row}`);
    }
  });
}

law("ids ascend without a gap over all windows", (rows) => {
  for (const table of TABLES) {
    const identity = tableNamed(table).columns.find((column) => column.identity)!.name;
    rows(table).forEach((row, i) => assertEquals(row[identity], String(i + 1), table));
  }
});

law("every table of events is in day order and has no day after the last", (rows, asOf) => {
  for (const table of Object.values(DAY_TABLES)) {
    // A projection looks ahead; its rows come in the order in which scenarios are created.
    const day = tableNamed(table).day ?? "created_at";
    let last = "";
    for (const row of rows(table)) {
      const at = row[day]!;
      assert(last <= at, `${table}: ${at} after ${last}`);
      assert(at < asOf, `${table}: ${at}`);
      last = at;
    }
  }
});

law("nothing but initial purchases is dated before the first batch", (rows) => {
  const first = rows("batch_batch")[0]!.start_date!;
  for (const table of Object.values(DAY_TABLES)) {
    const day = tableNamed(table).day ?? "created_at";
    const early = rows(table).filter((row) => row[day]! < first);
    const isStock = /feedpurchase|historicalfeedcontainerstock/.test(table);
    assertEquals(early.length, isStock ? 236 : 0, table);
  }
  for (const row of rows("inventory_feedpurchase").slice(0, 236)) {
    assertMatch(row.batch_number!, /^INIT-\d{8}-\d{4}$/);
  }
});

law("no row lies before its assignment, after it, or on the day it ends", (rows, asOf) => {
  const assignments = by(rows("batch_batchcontainerassignment"), "id");
  for (const [table, link, day] of OF_ASSIGNMENTS) {
    for (const row of rows(table)) {
      const { assignment_date, departure_date } = assignments.get(row[link]!)!;
      const on = row[day]!.slice(0, 10);
      assert(assignment_date! <= on, `${table} ${row.id} before its assignment`);
      assert(on < (departure_date || asOf), `${table} ${row.id} after its assignment`);
    }
  }
});

law("every reading and meal is of the batch and container of its assignment", (rows) => {
  const assignments = by(rows("batch_batchcontainerassignment"), "id");
  for (const [table, link] of OF_ASSIGNMENTS.slice(0, 2)) {
    for (const row of rows(table)) {
      const assignment = assignments.get(row[link]!)!;
      assertEquals(
        [row.batch_id, row.container_id],
        [assignment.batch_id, assignment.container_id],
      );
    }
  }
});

law("every sensor of a container with fish is read once at every hour", (rows, asOf) => {
  const sensors = new Map(places.containers.map((one) => [String(one.id), one.sensors]));
  const readings = rows("environmental_environmentalreading");
  assertEquals(
    new Set(readings.map((row) => `${row.sensor_id} ${row.reading_time}`)).size,
    readings.length,
  );
  const perAssignment = grouped(readings, "batch_container_assignment_id");
  for (const assignment of rows("batch_batchcontainerassignment")) {
    const { id, container_id, assignment_date, departure_date } = assignment;
    const days = (Date.parse(departure_date || asOf) - Date.parse(assignment_date!)) / 86_400_000;
    const own = sensors.get(container_id!)!;
    assertEquals(perAssignment.get(id!)!.length, days * 6 * own.length, `assignment ${id}`);
    const parameters = new Map(own.map((one) => [String(one.sensorId), String(one.parameterId)]));
    for (const row of perAssignment.get(id!)!) {
      assertEquals(parameters.get(row.sensor_id!), row.parameter_id);
      assertMatch(row.reading_time!, /T(06|08|10|14|16|18):00:00Z$/);
    }
  }
});

law("eggs are the dead and the living", (rows) => {
  const assignments = grouped(rows("batch_batchcontainerassignment"), "batch_id");
  const deaths = grouped(rows("batch_mortalityevent"), "batch_id");
  for (const workflow of rows("batch_creationworkflow")) {
    const id = workflow.batch_id!;
    const alive = assignments.get(id)!.filter((row) => row.is_active === "true");
    const found = total(alive, "population_count") + total(deaths.get(id), "count");
    assertEquals(found, exact(workflow.total_eggs_received), `batch ${id}`);
    assert(alive.length > 0);
  }
});

law("the fish of every assignment came from somewhere and went somewhere (B-01, B-02)", (rows) => {
  const eggs = grouped(rows("batch_creationaction"), "dest_assignment_id");
  const entered = grouped(rows("batch_transferaction"), "dest_assignment_id");
  const left = grouped(rows("batch_transferaction"), "source_assignment_id");
  const deaths = grouped(rows("batch_mortalityevent"), "assignment_id");
  for (const assignment of rows("batch_batchcontainerassignment")) {
    const id = assignment.id!;
    const first = total(eggs.get(id), "egg_count_actual") +
      total(entered.get(id), "transferred_count");
    const last = exact(assignment.population_count);
    assertEquals(first - total(deaths.get(id), "count"), last, `assignment ${id}`);
    assertEquals(
      total(left.get(id), "transferred_count"),
      assignment.is_active === "true" ? 0 : last,
    );
    assertEquals(assignment.is_active === "true", assignment.departure_date === "");
    let before = last;
    for (const action of left.get(id) ?? []) {
      assertEquals(exact(action.source_population_before), before);
      assertEquals(action.mortality_during_transfer, "0");
      before -= exact(action.transferred_count);
    }
  }
});

law("the totals of a transfer are the sums of its actions (B-05)", (rows) => {
  const actions = grouped(rows("batch_transferaction"), "workflow_id");
  const assignments = by(rows("batch_batchcontainerassignment"), "id");
  for (const workflow of rows("batch_batchtransferworkflow")) {
    const own = actions.get(workflow.id!)!;
    assertEquals(exact(workflow.total_source_count), total(own, "transferred_count"));
    assertEquals(exact(workflow.total_transferred_count), total(own, "transferred_count"));
    assertEquals(workflow.total_mortality_count, "0");
    assertEquals(exact(workflow.total_biomass_kg), total(own, "transferred_biomass_kg"));
    assertEquals(
      [workflow.total_actions_planned, workflow.actions_completed],
      [String(own.length), String(own.length)],
    );
    assertEquals(own.map((one) => one.action_number), own.map((_, i) => String(i + 1)));
    const sea = workflow.dest_lifecycle_stage_id === "6";
    assertEquals(workflow.is_intercompany, String(sea));
    const subsidiaries = [workflow.source_subsidiary, workflow.dest_subsidiary];
    assertEquals(subsidiaries, sea ? ["FRESHWATER", "FARMING"] : ["", ""]);
    for (const action of own) {
      const source = assignments.get(action.source_assignment_id!)!;
      const grams = exact(action.transferred_count) / 10_000 * exact(source.avg_weight_g);
      assert(Math.abs(exact(action.transferred_biomass_kg) - grams / 1000) <= 50);
    }
  }
});

law("no container holds two batches on a day", (rows, asOf) => {
  const stays = grouped(rows("batch_batchcontainerassignment"), "container_id");
  for (const [container, own] of stays) {
    own.sort((a, b) => a.assignment_date! < b.assignment_date! ? -1 : 1);
    for (let i = 1; i < own.length; i++) {
      const left = own[i - 1]!.departure_date || asOf;
      assert(left <= own[i]!.assignment_date!, `container ${container}`);
    }
  }
});

law("purchased feed is eaten or left, oldest lot first, at its price", (rows) => {
  const purchases = by(rows("inventory_feedpurchase"), "id");
  const lots = grouped(rows("inventory_feedcontainerstock"), "feed_container_id");
  const feedContainerOf = new Map(
    places.containers.map((one) => [String(one.id), String(one.feedContainerId)]),
  );
  const eaten = new Map<string, number>();
  for (const meal of rows("inventory_feedingevent")) {
    const store = lots.get(feedContainerOf.get(meal.container_id!)!)!;
    let wanted = exact(meal.amount_kg);
    let cost = 0;
    for (const lot of store) {
      const purchase = purchases.get(lot.feed_purchase_id!)!;
      if (purchase.feed_id !== meal.feed_id) continue;
      const left = exact(purchase.quantity_kg) - (eaten.get(lot.id!) ?? 0);
      const taken = Math.min(wanted, left);
      if (taken === 0) continue;
      const at = `${meal.feeding_date}T${meal.feeding_time}Z`;
      assert(lot.created_at! <= at, `meal ${meal.id} eats lot ${lot.id} before it arrives`);
      assert(lot.entry_date! <= at);
      eaten.set(lot.id!, (eaten.get(lot.id!) ?? 0) + taken);
      cost += taken * Number(purchase.cost_per_kg);
      wanted -= taken;
    }
    assertEquals(wanted, 0, `meal ${meal.id} eats what was not bought`);
    assert(Math.abs(exact(meal.feed_cost) - cost) <= 50 + 1e-6, `cost of meal ${meal.id}`);
  }
  for (const lot of [...lots.values()].flat()) {
    const bought = exact(purchases.get(lot.feed_purchase_id!)!.quantity_kg);
    const off = bought - (eaten.get(lot.id!) ?? 0) - exact(lot.quantity_kg);
    // 0.005 kg: the stock is written with two decimals (ruling 13).
    assert(Math.abs(off) <= 50, `lot ${lot.id} is off by ${off / 10_000} kg`);
  }
});

law("a store never holds more than its capacity, lot by lot in the order of receipt", (rows) => {
  const capacity = new Map(places.feedContainers.map((one) => [String(one.id), one.capacityKg]));
  const left = new Map<string, number>();
  const totals = new Map<string, number>();
  for (const row of rows("inventory_historicalfeedcontainerstock")) {
    const store = row.feed_container_id!;
    const now = exact(row.quantity_kg);
    const change = now - (left.get(row.id!) ?? 0);
    assertEquals(row.history_type, left.has(row.id!) ? "~" : "+");
    if (row.history_type === "~") assert(change <= 0 && now >= 0);
    left.set(row.id!, now);
    totals.set(store, (totals.get(store) ?? 0) + change);
    // Half of a hundredth per lot may be rounded up.
    assert(totals.get(store)! <= capacity.get(store)! * 10_000 + 50, `${store} is overfilled`);
  }
});

law("purchases have numbers of their own, bought three days before they arrive (B-19)", (rows) => {
  const purchases = rows("inventory_feedpurchase");
  assertEquals(new Set(purchases.map((row) => row.batch_number)).size, purchases.length);
  const stock = by(rows("inventory_feedcontainerstock"), "feed_purchase_id");
  const perDay = new Map<string, number>();
  for (const row of purchases.slice(236)) {
    const n = (perDay.get(row.purchase_date!) ?? 0) + 1;
    perDay.set(row.purchase_date!, n);
    const stamp = row.purchase_date!.replaceAll("-", "");
    assertEquals(row.batch_number, `AUTO-${stamp}-${String(n).padStart(4, "0")}`);
    const entry = stock.get(row.id!)!.entry_date!;
    assertEquals(Date.parse(entry) - Date.parse(row.purchase_date!), 3 * 86_400_000);
  }
  assert(purchases.length > 236);
});

law("meals are half of the day's share of the biomass, twice a day", (rows) => {
  const percent: Record<string, string> = { 2: "1.50", 3: "1.25", 4: "1.00", 5: "0.75", 6: "0.50" };
  const stage = by(rows("batch_batchcontainerassignment"), "id");
  const meals = rows("inventory_feedingevent");
  const seen = new Set<string>();
  for (const meal of meals) {
    const order = stage.get(meal.batch_assignment_id!)!.lifecycle_stage_id!;
    assertEquals(meal.feeding_percentage, percent[order]);
    const share = exact(meal.batch_biomass_kg) * exact(meal.feeding_percentage) / 1_000_000;
    assert(Math.abs(exact(meal.amount_kg) - share) <= 0.5 + 1e-6, `meal ${meal.id}`);
    assertMatch(meal.feeding_time!, /^(08|16):00:00$/);
    assertEquals(meal.created_at, `${meal.feeding_date}T${meal.feeding_time}Z`);
    seen.add(`${meal.container_id} ${meal.created_at}`);
  }
  assertEquals(seen.size, meals.length);
});

law("fish are fed on their plateaus as everywhere else (B-34)", (rows) => {
  const meals = grouped(rows("inventory_feedingevent"), "batch_assignment_id");
  for (const assignment of rows("batch_batchcontainerassignment")) {
    if (assignment.lifecycle_stage_id === "1" || assignment.is_active === "true") continue;
    assertEquals(meals.get(assignment.id!)!.length, 180, `assignment ${assignment.id}`);
  }
});

law("the aggregates of a sample are those of its thirty fish", (rows) => {
  const fish = grouped(rows("batch_individualgrowthobservation"), "growth_sample_id");
  for (const sample of rows("batch_growthsample")) {
    const own = fish.get(sample.id!)!;
    const means: number[] = [];
    assertEquals(own.map((one) => one.fish_identifier), own.map((_, i) => String(i + 1)));
    assertEquals([own.length, sample.sample_size], [30, "30"]);
    for (const [column, what] of [["weight_g", "weight"], ["length_cm", "length"]] as const) {
      const values = own.map((one) => Number(one[column]));
      const mean = values.reduce((sum, value) => sum + value, 0) / 30;
      means.push(mean);
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 30;
      const average = Number(sample[what === "weight" ? "avg_weight_g" : "avg_length_cm"]);
      assert(Math.abs(average - mean) <= 0.005 + 1e-9);
      const deviation = Number(sample[`std_deviation_${what}`]);
      assert(Math.abs(deviation - Math.sqrt(variance)) <= 0.005 + 1e-9);
      if (what === "length") continue;
      assertEquals(Number(sample.min_weight_g), Math.min(...values));
      assertEquals(Number(sample.max_weight_g), Math.max(...values));
    }
    const k = 100 * means[0]! / means[1]! ** 3;
    assert(Math.abs(Number(sample.condition_factor) - k) <= 0.005 + 1e-9, `sample ${sample.id}`);
  }
});

law("sampled fish lie in the spread about the weight of their day", (rows) => {
  const weights = new Map<string, number>();
  for (const row of rows("batch_historicalbatchcontainerassignment")) {
    weights.set(`${row.id} ${row.history_date}`, Number(row.avg_weight_g));
  }
  const samples = by(rows("batch_growthsample"), "id");
  for (const fish of rows("batch_individualgrowthobservation")) {
    const { assignment_id } = samples.get(fish.growth_sample_id!)!;
    const mean = weights.get(`${assignment_id} ${fish.created_at}`)!;
    const ratio = Number(fish.weight_g) / mean;
    assert(Math.abs(ratio - 1) <= 0.15 + 0.005 / mean, `fish ${fish.id}: ${ratio}`);
    const length = Number(fish.length_cm) / (5 * mean ** 0.33);
    assert(Math.abs(length - 1) <= 0.10 + 0.005, `fish ${fish.id}: ${length}`);
  }
});

law("samples are taken weekly from day 91 on, one per container", (rows) => {
  const start = by(rows("batch_batch"), "id");
  const batchOf = by(rows("batch_batchcontainerassignment"), "id");
  for (const sample of rows("batch_growthsample")) {
    const { start_date } = start.get(batchOf.get(sample.assignment_id!)!.batch_id!)!;
    const index = (Date.parse(sample.sample_date!) - Date.parse(start_date!)) / 86_400_000;
    assert(index >= 91 && index % 7 === 0, `sample ${sample.id} on day ${index}`);
  }
  const keys = rows("batch_growthsample").map((row) => `${row.assignment_id} ${row.sample_date}`);
  assertEquals(new Set(keys).size, keys.length);
});

law("the biomass of the dead is that of their weight on the day", (rows) => {
  // The history row of the deaths carries the weight, at the same instant.
  const weights = new Map(
    rows("batch_historicalbatchcontainerassignment")
      .map((row) => [`${row.id} ${row.history_date}`, exact(row.avg_weight_g)]),
  );
  for (const event of rows("batch_mortalityevent")) {
    assert(Number(event.count) > 0);
    const weight = weights.get(`${event.assignment_id} ${event.created_at}`)!;
    const off = exact(event.biomass_kg) - Number(event.count) * weight / 1000;
    assert(Math.abs(off) <= 50, `mortality ${event.id}`);
  }
});

/** A history table, its live table, and the columns in which they may differ. */
const HISTORIES = [
  ["batch_historicalbatch", "batch_batch", []],
  ["batch_historicalbatchcontainerassignment", "batch_batchcontainerassignment", [
    "last_weighing_date",
  ]],
  ["batch_historicalbatchcreationworkflow", "batch_creationworkflow", []],
  ["batch_historicalcreationaction", "batch_creationaction", []],
  ["batch_historicalbatchtransferworkflow", "batch_batchtransferworkflow", []],
  ["batch_historicaltransferaction", "batch_transferaction", []],
  ["inventory_historicalfeedpurchase", "inventory_feedpurchase", []],
  ["inventory_historicalfeedcontainerstock", "inventory_feedcontainerstock", []],
  ["inventory_historicalfeedingevent", "inventory_feedingevent", []],
  ["batch_historicalmortalityevent", "batch_mortalityevent", []],
  ["batch_historicalgrowthsample", "batch_growthsample", []],
  ["batch_historicalindividualgrowthobservation", "batch_individualgrowthobservation", []],
] as const;

law("every object is created once in its history and ends there as it is", (rows) => {
  for (const [past, live, except] of HISTORIES) {
    const last = new Map<string, Row>();
    for (const row of rows(past)) {
      assertEquals(row.history_type, last.has(row.id!) ? "~" : "+", `${past} ${row.history_id}`);
      last.set(row.id!, row);
    }
    assertEquals(last.size, rows(live).length, past);
    const columns = tableNamed(live).columns.map((column) => column.name)
      .filter((name) => !(except as readonly string[]).includes(name));
    for (const row of rows(live)) {
      const then = last.get(row.id!)!;
      for (const name of columns) assertEquals(then[name], row[name], `${live} ${row.id} ${name}`);
    }
  }
});

law("a history row is dated by the instant of its save", (rows) => {
  for (const [past] of HISTORIES) {
    for (const row of rows(past)) {
      assertEquals(row.history_date, row.updated_at, `${past} ${row.history_id}`);
      assert(row.created_at! <= row.updated_at!);
    }
  }
});

law("an assignment's last weighing is the day of its last sample", (rows) => {
  const last = new Map(
    rows("batch_growthsample").map((one) => [one.assignment_id, one.sample_date]),
  );
  for (const assignment of rows("batch_batchcontainerassignment")) {
    assertEquals(assignment.last_weighing_date, last.get(assignment.id) ?? "");
  }
});

law("the history of assignments has the documented rows per container and stage", (rows) => {
  const past = grouped(rows("batch_historicalbatchcontainerassignment"), "id");
  const deaths = grouped(rows("batch_mortalityevent"), "assignment_id");
  for (const { id, lifecycle_stage_id, is_active } of rows("batch_batchcontainerassignment")) {
    if (is_active === "true") continue;
    // '+' and closing, growth on 90 days but in the egg stage, and one row per day with deaths.
    const grown = lifecycle_stage_id === "1" ? 0 : 90;
    assertEquals(past.get(id!)!.length, 2 + grown + (deaths.get(id!)?.length ?? 0));
  }
});

law("a batch is planned, active, and never completed by a transition (B-04)", (rows) => {
  const perBatch = grouped(rows("batch_historicalbatch"), "id");
  const moves = grouped(rows("batch_batchtransferworkflow"), "batch_id");
  for (const [id, history] of perBatch) {
    const transitions = moves.get(id)!.length;
    assertEquals(history.map((row) => row.status), [
      "PLANNED",
      ...new Array(history.length - 1).fill("ACTIVE"),
    ]);
    assertEquals(new Set(history.map((row) => row.actual_end_date)), new Set([""]));
    const stages = history.map((row) => Number(row.lifecycle_stage_id));
    assertEquals(stages, stages.toSorted());
    assertEquals([...new Set(stages)], Array.from({ length: transitions + 1 }, (_, i) => i + 1));
  }
});

law("readings have four decimals that vary (B-15)", (rows) => {
  const values = grouped(rows("environmental_environmentalreading"), "parameter_id");
  for (const [parameter, own] of values) {
    for (const row of own) assertMatch(row.value!, /^\d+\.\d{4}$/);
    // NH4 varies from 0.0090 to 0.0110: 21 values; no parameter has fewer.
    assert(new Set(own.map((row) => row.value)).size >= 21, `parameter ${parameter}`);
  }
});

law("readings lie within a tenth of the base of their water (B-16)", (rows) => {
  const containers = new Map(places.containers.map((one) => [String(one.id), one]));
  const parameters = new Map(
    places.containers.flatMap((one) =>
      one.sensors.map((s) => [String(s.parameterId), s.parameter])
    ),
  );
  const fresh: Record<string, number> = {
    "Dissolved Oxygen": 90,
    CO2: 8,
    pH: 7.2,
    Temperature: 12,
    NO2: 0.05,
    NO3: 20,
    NH4: 0.01,
  };
  const sea: Record<string, number> = {
    "Dissolved Oxygen": 90,
    pH: 7.2,
    Temperature: 9,
    Salinity: 33,
  };
  const range = new Map<string, [number, number]>();
  for (const row of rows("environmental_environmentalreading")) {
    const container = containers.get(row.container_id!)!;
    const water = container.areaName === undefined ? container.hallLetter! : "sea";
    const name = parameters.get(row.parameter_id!)!;
    const key = `${water} ${name}`;
    const [low, high] = range.get(key) ?? [Infinity, -Infinity];
    range.set(key, [Math.min(low, Number(row.value)), Math.max(high, Number(row.value))]);
  }
  for (const [key, [low, high]] of range) {
    const [water = "", name = ""] = key.split(/ (.*)/);
    const own = water === "E" && name === "Temperature"
      ? 9
      : (water === "sea" ? sea : fresh)[name]!;
    assert(low >= own * 0.9 - 1e-9 && high <= own * 1.1 + 1e-9, `${key}: ${low} to ${high}`);
    assert(low < own * 0.905 && high > own * 1.095, `${key} covers its range: ${low} to ${high}`);
  }
  const atSea = [...range.keys()].filter((key) => key.startsWith("sea"));
  const reached = rows("batch_batchtransferworkflow").some((row) => row.is_intercompany === "true");
  assertEquals(atSea.sort(), reached ? Object.keys(sea).map((name) => `sea ${name}`).sort() : []);
});

law("within an instant, rows go by batch, then container name, then parameter (B-27)", (rows) => {
  const names = new Map(places.containers.map((one) => [String(one.id), one.name]));
  const order = (table: string, at: (row: Row) => string, item: (row: Row) => number) => {
    let last: readonly [string, number, string, number] = ["", 0, "", 0];
    for (const row of rows(table)) {
      const key = [
        at(row),
        Number(row.batch_id),
        names.get(row.container_id!)!,
        item(row),
      ] as const;
      const step = key.findIndex((value, i) => value !== last[i]);
      assert(key[step]! > last[step]!, `${table}: ${key} after ${last}`);
      last = key;
    }
  };
  order(
    "environmental_environmentalreading",
    (row) => row.reading_time!,
    (row) => Number(row.parameter_id),
  );
  order("inventory_feedingevent", (row) => row.created_at!, () => 1);
  order("batch_batchcontainerassignment", (row) => row.assignment_date!, () => 1);
});

law("eggs are split over ten containers, the remainder to the first (B-23)", (rows) => {
  for (const workflow of rows("batch_creationworkflow")) {
    const own = rows("batch_creationaction").filter((row) => row.workflow_id === workflow.id);
    const eggs = Number(workflow.total_eggs_received);
    assertEquals(
      own.map((row) => Number(row.egg_count_actual)),
      own.map((_, i) => Math.floor(eggs / 10) + (i < eggs % 10 ? 1 : 0)),
    );
  }
});

law("every ring and tank that fish came to has an action (B-03)", (rows) => {
  const covered = new Set([
    ...rows("batch_transferaction").map((row) => row.dest_assignment_id),
    ...rows("batch_creationaction").map((row) => row.dest_assignment_id),
  ]);
  for (const { id } of rows("batch_batchcontainerassignment")) assert(covered.has(id), `${id}`);
});
