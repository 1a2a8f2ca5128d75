/** What is measured of water and fish, recomputed from the rows: readings, samples, the dead. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { tableNamed } from "../../src/tables/catalog.ts";
import { places } from "../small_farm.ts";
import { law, TABLES } from "./laws.ts";
import { by, grouped, units } from "./rows.ts";

law("every sensor of a container with fish is read once at every hour", (rows, asOf) => {
  const sensors = new Map(places.containers.map((one) => [String(one.id), one.sensors]));
  const readings = rows("environmental_environmentalreading");
  assertEquals(
    new Set(readings.map((row) => `${row.sensor_id} ${row.reading_time}`)).size,
    readings.length,
  );
  const perAssignment = grouped(readings, (row) => row.batch_container_assignment_id!);
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

law("readings have four decimals that vary (B-15)", (rows) => {
  const values = grouped(rows("environmental_environmentalreading"), (row) => row.parameter_id!);
  for (const [parameter, own] of values) {
    for (const row of own) assertMatch(row.value!, /^\d+\.\d{4}$/);
    // NH4 varies from 0.0090 to 0.0110: 21 values; no parameter has fewer.
    assert(new Set(own.map((row) => row.value)).size >= 21, `parameter ${parameter}`);
  }
});

law("numbers are written with the decimals of their columns", (rows) => {
  for (const table of TABLES) {
    const columns = tableNamed(table).columns.filter(({ decimals }) => decimals !== undefined);
    for (const row of columns.length === 0 ? [] : rows(table).slice(-500)) {
      for (const { name, nullable, decimals } of columns) {
        const value = row[name]!;
        if (value === "" && nullable) continue;
        assertEquals(value.split(".")[1]?.length, decimals, `${table}.${name} is ${value}`);
      }
    }
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

law("the aggregates of a sample are those of its thirty fish", (rows) => {
  const fish = grouped(rows("batch_individualgrowthobservation"), (row) => row.growth_sample_id!);
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

law("an assignment's last weighing is the day of its last sample", (rows) => {
  const last = new Map(
    rows("batch_growthsample").map((one) => [one.assignment_id, one.sample_date]),
  );
  for (const assignment of rows("batch_batchcontainerassignment")) {
    assertEquals(assignment.last_weighing_date, last.get(assignment.id) ?? "");
  }
});

law("the biomass of the dead is that of their weight on the day", (rows) => {
  // The history row of the deaths carries the weight, at the same instant.
  const weights = new Map(
    rows("batch_historicalbatchcontainerassignment")
      .map((row) => [`${row.id} ${row.history_date}`, units(row.avg_weight_g, 4)]),
  );
  for (const event of rows("batch_mortalityevent")) {
    assert(Number(event.count) > 0);
    const weight = weights.get(`${event.assignment_id} ${event.created_at}`)!;
    const off = units(event.biomass_kg, 4) - Number(event.count) * weight / 1000;
    assert(Math.abs(off) <= 50, `mortality ${event.id}`);
  }
});
