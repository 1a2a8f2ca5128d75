/** The laws of time, recomputed from the rows: their order, their assignments, their histories. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { parse } from "@std/csv";
import { DAY_TABLES } from "../../src/render/day_rows.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { headerOf } from "../../src/tables/description.ts";
import { places } from "../small_farm.ts";
import { csvOfDays, csvOfEntities, type Row } from "./dataset.ts";
import { datasets, law, TABLES } from "./laws.ts";
import { by, grouped } from "./rows.ts";

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

law("the history of assignments has the documented rows per container and stage", (rows) => {
  const past = grouped(rows("batch_historicalbatchcontainerassignment"), (row) => row.id!);
  const deaths = grouped(rows("batch_mortalityevent"), (row) => row.assignment_id!);
  for (const { id, lifecycle_stage_id, is_active } of rows("batch_batchcontainerassignment")) {
    if (is_active === "true") continue;
    // '+' and closing, growth on 90 days but in the egg stage, and one row per day with deaths.
    const grown = lifecycle_stage_id === "1" ? 0 : 90;
    assertEquals(past.get(id!)!.length, 2 + grown + (deaths.get(id!)?.length ?? 0));
  }
});

law("a batch is planned, active, and never completed by a transition (B-04)", (rows) => {
  const perBatch = grouped(rows("batch_historicalbatch"), (row) => row.id!);
  const moves = grouped(rows("batch_batchtransferworkflow"), (row) => row.batch_id!);
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
