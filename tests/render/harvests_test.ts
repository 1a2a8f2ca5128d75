/** Harvest events, lots, facts, and what a harvest changes (domain.md#14 and domain.md#15). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { buildCompanies } from "../../src/farm/ground/companies.ts";
import { isoOf } from "../../src/farm/days.ts";
import type { World } from "../../src/farm/world.ts";
import { numberMaster } from "../../src/fixtures/numbering.ts";
import { DAY_TABLES } from "../../src/render/day_rows.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import type { Column } from "../../src/tables/description.ts";
import { anyWish } from "../any_wish.ts";
import {
  fixtures,
  inRings,
  oneAfterTheOther,
  oneBatch,
  places,
  twoInOneArea,
  worldOf,
} from "../small_farm.ts";
import { type Row, rowsOfDataset } from "./dataset.ts";
import { by, dayOf, grouped, rounded, type Rows, total, units } from "./rows.ts";
import { fc, runs } from "../random.ts";

const SHARES = [["SUPERIOR", 10, 115], ["GRADE_A", 40, 105], ["GRADE_B", 35, 100], [
  "GRADE_C",
  12,
  85,
], ["REJECT", 3, 60]] as const;
const grades = numberMaster(fixtures).productGrades;
const companies = buildCompanies(fixtures, places);

/** Every event, lot and fact against the ring that was harvested. */
function checkHarvests(rows: Rows): void {
  const batches = by(rows("batch_batch"), "id");
  const assignments = by(rows("batch_batchcontainerassignment"), "id");
  const containers = new Map(places.containers.map((one) => [String(one.id), one]));
  const lots = grouped(rows("harvest_harvestlot"), (lot) => lot.event_id!);
  const facts = by(rows("finance_factharvest"), "lot_id");
  const events = by(rows("harvest_harvestevent"), "assignment_id");

  for (const event of events.values()) {
    const assignment = assignments.get(event.assignment_id!)!;
    const batch = batches.get(event.batch_id!)!;
    const ring = containers.get(assignment.container_id!)!;
    const area = places.areas.find((one) => one.name === ring.areaName)!;
    const site = companies.sites.find((one) => one.name === ring.areaName)!;
    const farming = companies.companies.find((one) => one.id === site.companyId)!;
    const fish = Number(assignment.population_count);
    const weight = units(assignment.avg_weight_g, 2);
    assertEquals(assignment.batch_id, event.batch_id);
    assertEquals(event.event_date, `${batch.actual_end_date}T10:00:00Z`);
    assertEquals(event.dest_subsidiary, "LG");
    assertEquals(event.document_ref, `HRV-${batch.batch_number}-${ring.name}`);
    assertEquals(event.dest_geography_id, String(farming.geographyId));
    assertEquals([site.sourceModel, site.sourceId], ["area", area.id]);
    assertEquals([farming.subsidiary, farming.geography], ["FM", ring.geography]);

    const own = lots.get(event.id!)!;
    assertEquals(own.map((lot) => lot.product_grade_id), SHARES.map(([c]) => `${grades.get(c)}`));
    assertEquals(total(own, "unit_count"), fish, "every fish is in a lot");
    own.forEach((lot, i) => {
      const [code, percent, factor] = SHARES[i]!;
      const count = Number(lot.unit_count);
      const share = Math.floor(fish * percent / 100);
      const extra = count - share;
      assert(code === "GRADE_B" ? extra >= 0 && extra <= 4 : extra === 0, `${code}: ${count}`);
      const live = rounded(count * weight * factor, 10_000);
      assertEquals(units(lot.live_weight_kg, 3), live);
      assertEquals(units(lot.gutted_weight_kg, 3), rounded(live * 85, 100));
      assertEquals(units(lot.fillet_weight_kg, 3), rounded(live * 55, 100));
      const fact = facts.get(lot.id!)!;
      assertEquals(
        [fact.quantity_kg, fact.unit_count, fact.product_grade_id, fact.event_id, fact.event_date],
        [lot.live_weight_kg, lot.unit_count, lot.product_grade_id, event.id, event.event_date],
      );
      assertEquals(
        [fact.dim_batch_id, fact.dim_company_id, fact.dim_site_id],
        [batch.id, String(farming.id), String(site.id)],
      );
    });
    const over = total(own, "live_weight_kg", 3) / 1000 - 1.005 * fish * weight / 100_000;
    assert(Math.abs(over) < 0.55 * weight / 100_000 + 0.003, `${over} kg more than 100.5 %`);
  }
  assertEquals(facts.size, rows("harvest_harvestlot").length);
}

/** What is left of a batch after its harvest: nothing (B-04, B-32). */
function checkEnds(rows: Rows, world: World): void {
  const events = grouped(rows("harvest_harvestevent"), (event) => event.batch_id!);
  const stays = grouped(rows("batch_batchcontainerassignment"), (stay) => stay.batch_id!);
  const past = grouped(rows("batch_historicalbatch"), (row) => row.id!);
  for (const batch of rows("batch_batch")) {
    const rings = stays.get(batch.id!)!.filter((stay) => stay.lifecycle_stage_id === "6");
    const own = events.get(batch.id!) ?? [];
    const history = past.get(batch.id!)!;
    const done = own.length > 0;
    assertEquals(batch.status, done ? "COMPLETED" : "ACTIVE");
    assertEquals(batch.actual_end_date, done ? own[0]!.event_date!.slice(0, 10) : "");
    const ended = history.filter((row) => row.status === "COMPLETED" || row.actual_end_date !== "");
    assertEquals(ended, done ? [history.at(-1)!] : [], "B-04: only the last row says so");
    if (!done) continue;
    assertEquals(own.map((event) => event.assignment_id), rings.map((ring) => ring.id));
    for (const ring of rings) {
      assertEquals([ring.is_active, ring.departure_date], ["false", batch.actual_end_date]);
      assert(Number(ring.population_count) > 0);
    }
    assert(dayOf(batch.actual_end_date) < world.asOf, "rulings.md#4");
  }
}

/** Tables with a row of a batch on a day, and the column of the day. */
const DAILY = [
  ["environmental_environmentalreading", "reading_time"],
  ["inventory_feedingevent", "feeding_date"],
  ["batch_mortalityevent", "event_date"],
  ["batch_actualdailyassignmentstate", "date"],
  ["health_licecount", "count_date"],
  ["health_treatment", "treatment_date"],
  ["health_journalentry", "entry_date"],
] as const;

const tenRings = worldOf(
  inRings(oneBatch({ eggs: 3_500_000, duration: 900, target: 6.5 }), 10),
  1,
);
const following = worldOf(oneAfterTheOther({ eggs: 3_000_001, duration: 890, target: 4.5 }, 100));
const sharing = worldOf(
  twoInOneArea({ eggs: 1_234_567, duration: 845, geography: "Faroe Islands", target: 5 }, 20),
);
const DATASETS: readonly (readonly [string, World, Rows, number])[] = [
  ["a batch in ten rings", tenRings, rowsOfDataset(tenRings), 10],
  ["batches in two areas", following, rowsOfDataset(following), 24],
  ["batches in one area", sharing, rowsOfDataset(sharing), 20],
];

for (const [name, world, rows, rings] of DATASETS) {
  Deno.test(`every ring is harvested to the last fish, in five lots and facts: ${name}`, () => {
    checkHarvests(rows);
    checkEnds(rows, world);
    assertEquals(rows("harvest_harvestevent").length, rings);
    assertEquals(rows("harvest_harvestlot").length, 5 * rings);
    assertEquals(rows("finance_factharvest").length, 5 * rings);
  });
}

Deno.test("harvested fish are the lots and the facts, whatever the batch", () => {
  let harvested = 0;
  fc.assert(
    fc.property(anyWish, (wish) => {
      const world = worldOf(oneBatch(wish), wish.seed);
      const rows = rowsOfDataset(world);
      checkHarvests(rows);
      checkEnds(rows, world);
      harvested += rows("harvest_harvestevent").length;
    }),
    { numRuns: runs(12), examples: [[{ seed: 3, eggs: 100_000, duration: 800, target: 4.5 }]] },
  );
  assert(harvested > 0);
});

Deno.test("B-07: every harvest has a destination subsidiary and so transactions", () => {
  for (const [, , rows] of DATASETS) {
    const events = rows("harvest_harvestevent");
    assertEquals(new Set(events.map((event) => event.dest_subsidiary)), new Set(["LG"]));
    const trades = grouped(rows("finance_intercompanytransaction"), (one) => one.object_id!);
    for (const event of events) assertEquals(trades.get(event.id!)!.length >= 5, true);
  }
});

Deno.test("B-08: a harvest is booked on its own area, not on the first of the geography", () => {
  const siteOf = (fact: Row) =>
    companies.sites.find((site) => site.id === Number(fact.dim_site_id))!.name;
  const rows = DATASETS[1]![2];
  const perBatch = grouped(rows("finance_factharvest"), (fact) => fact.dim_batch_id!);
  assertEquals(
    [...perBatch.values()].map((facts) => [...new Set(facts.map(siteOf))]),
    [["S-SEA-01"], ["S-SEA-02"]],
  );
});

Deno.test("B-32: harvested assignments depart on the harvest day", () => {
  for (const [, , rows] of DATASETS) {
    const assignments = by(rows("batch_batchcontainerassignment"), "id");
    for (const event of rows("harvest_harvestevent")) {
      const assignment = assignments.get(event.assignment_id!)!;
      assertEquals(assignment.departure_date, event.event_date!.slice(0, 10));
      assertEquals(assignment.updated_at, event.event_date);
    }
  }
});

Deno.test("nothing else happens to a batch from its harvest day on", () => {
  // Two batches, of which the second is there for a hundred days more.
  for (const [, world, rows] of DATASETS.slice(1, 2)) {
    const ends = new Map(rows("batch_batch").map((one) => [one.id, one.actual_end_date!]));
    for (const [table, column] of DAILY) {
      const last = new Map<string, string>();
      for (const row of rows(table)) last.set(row.batch_id!, row[column]!.slice(0, 10));
      for (const [batch, end] of ends) {
        const before = isoOf((end === "" ? world.asOf : dayOf(end)) - 1);
        assert(last.get(batch!)! <= before, `${table}: ${last.get(batch!)} of ${batch}`);
        if (/state|reading|feeding/.test(table)) assertEquals(last.get(batch!), before, table);
      }
    }
  }
});

Deno.test("histories of events, lots and facts have one '+' row each, equal to the live row", () => {
  for (
    const [live, past, id] of [
      ["harvest_harvestevent", "harvest_historicalharvestevent", "id"],
      ["harvest_harvestlot", "harvest_historicalharvestlot", "id"],
      ["finance_factharvest", "finance_historicalfactharvest", "fact_id"],
    ] as const
  ) {
    const rows = DATASETS[0]![2];
    const then = by(rows(past), id);
    assertEquals(rows(past).length, rows(live).length);
    for (const row of rows(live)) {
      const old = then.get(row[id]!)!;
      assertEquals([old.history_type, old.history_date], ["+", row.created_at]);
      for (const [column, value] of Object.entries(row)) assertEquals(old[column], value, column);
    }
  }
});

/** What the numbers of a column look like; undefined where it holds none. */
function numberIn({ type, nullable }: Column): RegExp | undefined {
  const [, precision, scale] = /^numeric\((\d+),(\d+)\)$/.exec(type) ?? [];
  const orNothing = nullable ? "|" : "";
  if (type === "integer") return new RegExp(`^(\\d{1,9}${orNothing})$`);
  if (precision === undefined) return undefined;
  const whole = Number(precision) - Number(scale);
  return new RegExp(`^(\\d{1,${whole}}(\\.\\d{1,${scale}})?${orNothing})$`);
}

Deno.test("numbers of the largest farm in the fewest rings fit their columns", () => {
  const schedule = inRings(oneBatch({ eggs: 5_000_000, duration: 900, target: 6.5 }), 3);
  const rows = rowsOfDataset(worldOf(schedule, 3));
  assertEquals(rows("harvest_harvestlot").length, 15);
  const small = Object.values(DAY_TABLES).filter((name) =>
    !/reading|observation|sample|score/.test(name)
  );
  for (const name of [...small, "batch_batchcontainerassignment"]) {
    for (const column of tableNamed(name).columns) {
      const fits = numberIn(column);
      if (fits === undefined) continue;
      // Fish that died may weigh more than the others have gained.
      const signed = /^(total_)?(growth|biomass_gain)_kg$/.test(column.name);
      for (const row of rows(name)) {
        const value = row[column.name]!;
        assertMatch(signed ? value.replace("-", "") : value, fits, `${name}.${column.name}`);
      }
    }
  }
});
