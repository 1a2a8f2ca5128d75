/** Rows of health: samplings with fish and scores, lice, treatments and journal (domain.md#10, domain.md#11). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { growthCurve } from "../../src/biology/documented/growth.ts";
import { numberMaster } from "../../src/fixtures/numbering.ts";
import { anyWish } from "../any_wish.ts";
import { fixtures, inRings, oneBatch, twoInOneArea, worldOf } from "../small_farm.ts";
import { type Row, rowsOfDataset } from "./dataset.ts";
import { by, dayOf, grouped, type Rows, units } from "./rows.ts";
import { fc, runs } from "../random.ts";

const ids = numberMaster(fixtures);
const lifeWorld = worldOf(
  inRings(oneBatch({ eggs: 3_500_000, duration: 835, target: 6.5 }), 10),
  5,
);
const life = rowsOfDataset(lifeWorld);
const curve = growthCurve(lifeWorld.rates);
const shared = rowsOfDataset(
  worldOf(twoInOneArea({ eggs: 2_000_000, duration: 780, target: 4.5 }, 11), 6),
);

/** Index of a row's day in the life of its batch. */
function indexOf(rows: Rows, assignment: Row, day: string | undefined): number {
  return dayOf(day) - dayOf(by(rows("batch_batch"), "id").get(assignment.batch_id!)!.start_date);
}

/** Aggregates of a sampling recomputed from its fish. */
function checkSampling(sampling: Row, fish: readonly Row[], simulated: number): void {
  assertEquals(
    fish.map((one) => one.fish_identifier),
    [
      ...fish.keys(),
    ].map((f) => `F${String(f + 1).padStart(3, "0")}`),
  );
  assertEquals([sampling.number_of_fish_sampled, sampling.calculated_sample_size], ["75", "75"]);
  const length = Math.cbrt(simulated / 1.2);
  for (
    const [column, name, mean, low, high] of [
      ["weight_g", "weight_g", simulated / 100, 0.5, 1.5],
      ["length_cm", "length_cm", length, 0.7, 1.3],
    ] as const
  ) {
    const values = fish.map((one) => units(one[column], 2));
    const average = values.reduce((sum, value) => sum + value, 0) / 75;
    const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / 75;
    assertAlmostEquals(units(sampling[`avg_${name}`], 2), average, 0.5 + 1e-6);
    assertAlmostEquals(units(sampling[`std_dev_${name}`], 2), Math.sqrt(variance), 0.5 + 1e-6);
    assertEquals(units(sampling[`min_${name}`], 2), Math.min(...values));
    assertEquals(units(sampling[`max_${name}`], 2), Math.max(...values));
    assert(Math.min(...values) >= 100 * low * mean - 0.51, `${name}: ${Math.min(...values)}`);
    assert(Math.max(...values) <= 100 * high * mean + 0.51, `${name}: ${Math.max(...values)}`);
  }
  const k = fish.reduce((sum, one) => {
    return sum + 100 * Number(one.weight_g) / Number(one.length_cm) ** 3;
  }, 0) / 75;
  assertAlmostEquals(Number(sampling.avg_k_factor), k, 0.00005 + 1e-9);
}

function checkSamplings(rows: Rows): void {
  const assignments = by(rows("batch_batchcontainerassignment"), "id");
  const fish = grouped(rows("health_individualfishobservation"), (row) => row.sampling_event_id!);
  const scores = grouped(
    rows("health_fishparameterscore"),
    (row) => row.individual_fish_observation_id!,
  );
  const parameters = [...ids.healthParameters.values()].map(String);
  const days = new Set<string>();
  for (const sampling of rows("health_healthsamplingevent")) {
    const assignment = assignments.get(sampling.assignment_id!)!;
    const index = indexOf(rows, assignment, sampling.sampling_date);
    assert(index >= 360 && index % 30 === 0, `a sampling on day ${index}`);
    checkStay(sampling, sampling.sampling_date!, assignment);
    days.add(`${assignment.batch_id} ${index}`);
    const own = fish.get(sampling.id!)!;
    assertEquals(own.length, 75);
    checkSampling(sampling, own, curve[index]!);
    for (const one of own) {
      assertEquals(scores.get(one.id!)!.map((score) => score.parameter_id), parameters);
      assertEquals(one.created_at, `${sampling.sampling_date}T14:00:00Z`);
    }
  }
  assertEquals(days.size, rows("health_healthsamplingevent").length, "one container a month");
}

/** A row lies within the stay of its fish in the container. */
function checkStay(row: Row, day: string, assignment: Row): void {
  const on = day.slice(0, 10);
  assert(assignment.assignment_date! <= on, `${on} before ${assignment.assignment_date}`);
  const left = assignment.departure_date!;
  assert(left === "" || on < left, `${on} after ${left}`);
  if (row.container_id === undefined) return;
  assertEquals([row.container_id, row.batch_id], [assignment.container_id, assignment.batch_id]);
}

/** Every lice count, treatment and journal entry is where and when it may be. */
function checkHealth(rows: Rows): void {
  checkSamplings(rows);
  const assignments = by(rows("batch_batchcontainerassignment"), "id");
  const counted = new Set<string>();
  for (const count of rows("health_licecount")) {
    const assignment = assignments.get(count.assignment_id!)!;
    const index = indexOf(rows, assignment, count.count_date);
    checkStay(count, count.count_date!, assignment);
    assertEquals([assignment.lifecycle_stage_id, index % 7], ["6", 0]);
    assert(Number(count.count_value) > 0);
    assertEquals(count.count_date!.slice(10), "T10:00:00Z");
    assertEquals(count.notes, `Weekly monitoring - Day ${index}`);
    assertEquals(
      [count.adult_female_count, count.adult_male_count, count.juvenile_count, count.fish_sampled],
      ["0", "0", "0", "20"],
    );
    const confidence = { manual: "0.95", visual: "0.75", automated: "0.98", camera: "0.90" };
    const method = count.detection_method as keyof typeof confidence;
    assertEquals(count.confidence_level, confidence[method]);
    const key = `${count.assignment_id} ${count.count_date} ${count.lice_type_id}`;
    assert(!counted.has(key), `a type is counted twice: ${key}`);
    counted.add(key);
  }
  for (const treatment of rows("health_treatment")) {
    const assignment = assignments.get(treatment.batch_assignment_id!)!;
    const index = indexOf(rows, assignment, treatment.treatment_date);
    checkStay(treatment, treatment.treatment_date!, assignment);
    checkTreatment(treatment, index, assignment.lifecycle_stage_id!);
  }
  for (const entry of rows("health_journalentry")) {
    const day = entry.entry_date!.slice(0, 10);
    const stay = rows("batch_batchcontainerassignment").find((one) =>
      one.container_id === entry.container_id && one.batch_id === entry.batch_id &&
      one.assignment_date! <= day && (one.departure_date === "" || day < one.departure_date!)
    )!;
    assertEquals(indexOf(rows, stay, day) % 30, 0);
    const stage = lifeWorld.rates.stages[Number(stay.lifecycle_stage_id)]!.name;
    assertEquals(
      [entry.entry_date!.slice(10), entry.category, entry.severity, entry.description],
      ["T14:00:00Z", "observation", "low", `Routine observation ${stage}`],
    );
    assertEquals([entry.resolution_status, entry.resolution_notes], ["false", ""]);
  }
}

function checkTreatment(treatment: Row, index: number, stage: string): void {
  const vaccine = {
    180: ["IPN Vaccine", "3"],
    210: ["Multi-component Vaccine", "3"],
    280: ["VHS Vaccine", "4"],
    310: ["IPN Vaccine", "4"],
  }[index];
  const { treatment_type, duration_days, withholding_period_days, vaccination_type_id } = treatment;
  if (vaccine === undefined) {
    assert(index === 600 || index === 720, `a treatment on day ${index}`);
    assertEquals(
      [stage, treatment_type, duration_days, withholding_period_days, vaccination_type_id],
      ["6", "physical", "7", "42", ""],
    );
    assertEquals(treatment.treatment_date!.slice(10), "T09:00:00Z");
  } else {
    const id = ids.vaccinationTypes.get(vaccine[0]!)!;
    assertEquals(
      [stage, treatment_type, duration_days, withholding_period_days, vaccination_type_id],
      [vaccine[1]!, "vaccination", "1", "21", String(id)],
    );
    assertEquals(treatment.treatment_date!.slice(10), "T10:00:00Z");
    assert(treatment.description!.includes(vaccine[0]!));
  }
  assert(treatment.dosage !== "");
  assertEquals(
    [treatment.outcome, treatment.includes_weighing, treatment.sampling_event_id],
    ["successful", "false", ""],
  );
  assertEquals(treatment.journal_entry_id, "");
}

Deno.test("every record of health is where its fish were, and its figures are those of its fish", () => {
  checkHealth(life);
  checkHealth(shared);
  assertEquals(life("health_healthsamplingevent").length, 16);
  assertEquals(life("health_individualfishobservation").length, 1_200);
  assertEquals(life("health_fishparameterscore").length, 10_800);
  assertEquals(life("health_treatment").length, 60);
  assertEquals(life("health_journalentry").length, 28);
});

Deno.test("records of health hold for any batch", () => {
  fc.assert(
    fc.property(anyWish, (wish) => checkHealth(rowsOfDataset(worldOf(oneBatch(wish), wish.seed)))),
    { numRuns: runs(8) },
  );
});

Deno.test("B-20: the condition factor is near 1.2", () => {
  for (const rows of [life, shared]) {
    const factors = rows("health_healthsamplingevent").map((one) => Number(one.avg_k_factor));
    for (const factor of factors) assert(factor > 1 && factor < 1.6, `${factor}`);
    const mean = factors.reduce((sum, factor) => sum + factor, 0) / factors.length;
    // A spread of 10 % in length raises the mean of 1 / length^3 by about 6 %.
    assertAlmostEquals(mean, 1.27, 0.05);
    const ofMeans = rows("health_healthsamplingevent").map((one) =>
      100 * Number(one.avg_weight_g) / Number(one.avg_length_cm) ** 3
    );
    const meanFish = ofMeans.reduce((sum, factor) => sum + factor, 0) / ofMeans.length;
    assertAlmostEquals(meanFish, 1.2, 0.03);
  }
});

Deno.test("B-21: a fish has nine scores, those of the active parameters", () => {
  const active = fixtures.master.health.parameters.filter((one) => one.active);
  assertEquals(active.length, 9);
  const scores = life("health_fishparameterscore");
  assertEquals(
    new Set(scores.map((score) => Number(score.parameter_id))),
    new Set(active.map((one) => one.id)),
  );
  assertEquals(scores.length, 9 * life("health_individualfishobservation").length);
});

Deno.test("scores 0 to 3 have 60, 30, 8 and 2 percent, for every parameter", () => {
  const scores = [...life("health_fishparameterscore"), ...shared("health_fishparameterscore")];
  const shareOf = (own: readonly Row[], score: number) =>
    100 * own.filter((one) => one.score === String(score)).length / own.length;
  [60, 30, 8, 2].forEach((percent, score) => {
    assertAlmostEquals(shareOf(scores, score), percent, 1);
    for (const own of grouped(scores, (one) => one.parameter_id!).values()) {
      assertAlmostEquals(shareOf(own, score), percent, 4);
    }
  });
});

Deno.test("weights of sampled fish spread by 15 %, lengths by 10 %, independently", () => {
  const samplings = by(life("health_healthsamplingevent"), "id");
  const assignments = by(life("batch_batchcontainerassignment"), "id");
  const pairs = life("health_individualfishobservation").map((fish) => {
    const { assignment_id, sampling_date } = samplings.get(fish.sampling_event_id!)!;
    const simulated = curve[indexOf(life, assignments.get(assignment_id!)!, sampling_date)]!;
    return [
      Number(fish.weight_g) / (simulated / 100) - 1,
      Number(fish.length_cm) / Math.cbrt(simulated / 1.2) - 1,
    ] as const;
  });
  const mean = (of: (pair: readonly [number, number]) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  assertAlmostEquals(mean(([w]) => w), 0, 0.015);
  assertAlmostEquals(mean(([, l]) => l), 0, 0.01);
  assertAlmostEquals(Math.sqrt(mean(([w]) => w * w)), 0.15, 0.01);
  assertAlmostEquals(Math.sqrt(mean(([, l]) => l * l)), 0.1, 0.007);
  assertAlmostEquals(mean(([w, l]) => w * l) / 0.015, 0, 0.1);
});

Deno.test("a ring's weekly count has 4.03 rows, all of one method", () => {
  const rings = grouped(
    life("health_licecount"),
    (row) => `${row.assignment_id} ${row.count_date}`,
  );
  assertEquals(rings.size, 550);
  assertAlmostEquals(life("health_licecount").length / 550, 4.03, 0.06);
  for (const own of rings.values()) {
    assertEquals(new Set(own.map((row) => row.detection_method)).size, 1);
  }
});

Deno.test("histories repeat the rows; a sampling is first saved without its aggregates", () => {
  for (
    const [live, past, saves] of [
      ["health_licecount", "health_historicallicecount", 1],
      ["health_treatment", "health_historicaltreatment", 1],
      ["health_journalentry", "health_historicaljournalentry", 1],
      ["health_healthsamplingevent", "health_historicalhealthsamplingevent", 2],
    ] as const
  ) {
    const history = grouped(life(past), (row) => row.id!);
    assertEquals(life(past).length, saves * life(live).length);
    for (const row of life(live)) {
      const own = history.get(row.id!)!;
      assertEquals(own.map((one) => one.history_type).join(""), saves === 1 ? "+" : "+~");
      for (const [column, value] of Object.entries(row)) {
        assertEquals(own.at(-1)![column], value, `${past}.${column}`);
        const aggregate = /^(avg|std_dev|min|max|calculated)_/.test(column);
        if (aggregate) assertEquals(own[0]![column], "", column);
      }
    }
  }
});
