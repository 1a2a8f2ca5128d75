/** The laws of time and place: rows in day order, after their parents, where the fish are. */
import { allTables, tableNamed } from "../../tables/catalog.ts";
import type { Table } from "../../tables/description.ts";
import type { DefectId, VerifyCheck } from "../check.ts";
import { type CheckRates, sqlBy } from "../rates.ts";

/** Initial stock is bought and received before the first day (rulings.md#8). */
const EARLY = [
  "inventory_feedpurchase",
  "inventory_historicalfeedpurchase",
  "inventory_historicalfeedcontainerstock",
];

/** The first day on which feed may be bought. */
function earliest({ initialFeed, orders }: CheckRates<"initialFeed" | "orders">): string {
  return `:first_day - ${Math.max(initialFeed.daysBefore, orders.deliveryDays)}`;
}

/** Readings come in the order of their hours too (rulings.md#3). */
const BY_INSTANT = ["reading_time"];

/** Tables whose order the original had wrong. */
const DEFECTS: Readonly<Record<string, readonly DefectId[]>> = {
  batch_actualdailyassignmentstate: ["B-35"],
};

/** A table is in day order when the ids of a day are above those of all days before. */
function orderCheck({ name, day, columns }: Table & { readonly day: string }): VerifyCheck {
  const id = columns.find((column) => column.identity)!.name;
  const time = BY_INSTANT.includes(day) ? day : `CAST(${day} AS date)`;
  const sql = (first: string) => `
      WITH days AS (
        SELECT ${time} AS day, min(${id}) AS lowest, max(${id}) AS highest
        FROM ${name} GROUP BY ${time}
      ), marks AS (
        SELECT day, lowest, max(highest) OVER (
          ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS highest_before FROM days
      )
      SELECT day, lowest AS id, highest_before FROM marks
      WHERE lowest <= highest_before OR CAST(day AS date) > :as_of OR CAST(day AS date) < ${first}`;
  return {
    id: `LAW-ORDER ${name}`,
    title: "rows are in day order, from the first day to the last",
    source: "design.md#promise-1, rulings.md#3",
    ...DEFECTS[name] === undefined ? {} : { defects: DEFECTS[name] },
    tables: [name],
    ...(EARLY.includes(name)
      ? sqlBy(["initialFeed", "orders"], (rates) => sql(earliest(rates)))
      : { sql: sql(":first_day") }),
    expects: "no rows",
  };
}

function hasDay(table: Table): table is Table & { readonly day: string } {
  return table.day !== undefined && (table.kind === "windowed" || table.kind === "joined");
}

function idOf(table: string): string {
  return tableNamed(table).primaryKey.columns[0]!;
}

/** Children and parents: a row's column may not be below its parent's. */
const PARENTS = [
  ["batch_batchcontainerassignment", "assignment_date", "batch_id", "batch_batch", "start_date"],
  ["batch_creationworkflow", "actual_start_date", "batch_id", "batch_batch", "start_date"],
  ["batch_creationaction", "created_at", "workflow_id", "batch_creationworkflow", "created_at"],
  ["batch_batchtransferworkflow", "actual_start_date", "batch_id", "batch_batch", "start_date"],
  [
    "batch_transferaction",
    "created_at",
    "workflow_id",
    "batch_batchtransferworkflow",
    "created_at",
  ],
  [
    "batch_individualgrowthobservation",
    "created_at",
    "growth_sample_id",
    "batch_growthsample",
    "created_at",
  ],
  [
    "inventory_feedcontainerstock",
    "created_at",
    "feed_purchase_id",
    "inventory_feedpurchase",
    "created_at",
  ],
  [
    "health_individualfishobservation",
    "created_at",
    "sampling_event_id",
    "health_healthsamplingevent",
    "created_at",
  ],
  [
    "health_fishparameterscore",
    "created_at",
    "individual_fish_observation_id",
    "health_individualfishobservation",
    "created_at",
  ],
  ["harvest_harvestlot", "created_at", "event_id", "harvest_harvestevent", "event_date"],
  ["finance_factharvest", "event_date", "lot_id", "harvest_harvestlot", "created_at"],
  ["scenario", "created_at", "batch_id", "batch_batch", "created_at"],
] as const;

/** Entities, whose ids ascend with their creation. */
const ENTITIES = allTables.filter(({ kind }) => kind === "entity").map(({ name }) => name);

/** All checks of this file. */
export const orderChecks: readonly VerifyCheck[] = [
  ...allTables.filter(hasDay).map(orderCheck),
  {
    id: "LAW-TIME-ENTITY",
    title: "entities are numbered in order of creation and change until the last day",
    source: "design.md#promise-1, rulings.md#1 and rulings.md#7",
    tables: ENTITIES,
    ...sqlBy(["initialFeed", "orders"], (rates) =>
      ENTITIES.map((table) => `
      SELECT * FROM (
        SELECT '${table}' AS entity, id, created_at, updated_at,
          lag(created_at) OVER (ORDER BY id) AS created_before FROM ${table}
      ) ${table}_rows
      WHERE created_at < created_before OR updated_at < created_at
        OR CAST(updated_at AS date) > :as_of OR CAST(created_at AS date) < ${earliest(rates)}`)
        .join(
          "\n      UNION ALL",
        )),
    expects: "no rows",
  },
  {
    id: "LAW-TIME-PARENT",
    title: "no row comes before its parent",
    source: "design.md#promise-1",
    wholeFarm: true,
    tables: [...new Set(PARENTS.flatMap(([child, , , parent]) => [child, parent]))],
    sql: PARENTS.map(([child, time, link, parent, parentTime]) => `
      SELECT '${child}' AS child, c.${idOf(child)} AS id, c.${link} AS parent FROM ${child} c
      JOIN ${parent} p ON p.id = c.${link} WHERE c.${time} < p.${parentTime}`).join(
      "\n      UNION ALL",
    ),
    expects: "no rows",
  },
  {
    id: "LAW-PLACE",
    title: "readings, feedings and deaths belong to the batch that is in the container",
    source: "design.md#promise-3",
    wholeFarm: true,
    tables: [
      "environmental_environmentalreading",
      "environmental_environmentalparameter",
      "infrastructure_sensor",
      "inventory_feedingevent",
      "batch_mortalityevent",
      "batch_batchcontainerassignment",
    ],
    sql: `
      SELECT 'reading' AS event, r.id, r.batch_container_assignment_id AS assignment
      FROM environmental_environmentalreading r
      JOIN batch_batchcontainerassignment a ON a.id = r.batch_container_assignment_id
      JOIN infrastructure_sensor s ON s.id = r.sensor_id
      JOIN environmental_environmentalparameter p ON p.id = r.parameter_id
      WHERE r.container_id <> a.container_id OR r.batch_id <> a.batch_id
        OR s.container_id <> r.container_id OR s.sensor_type <> p.name
      UNION ALL
      SELECT 'feeding', f.id, f.batch_assignment_id FROM inventory_feedingevent f
      LEFT JOIN batch_batchcontainerassignment a ON a.id = f.batch_assignment_id
      WHERE a.id IS NULL OR f.container_id <> a.container_id OR f.batch_id <> a.batch_id
      UNION ALL
      SELECT 'mortality', m.id, m.assignment_id FROM batch_mortalityevent m
      LEFT JOIN batch_batchcontainerassignment a ON a.id = m.assignment_id
      WHERE a.id IS NULL OR m.batch_id <> a.batch_id`,
    expects: "no rows",
  },
];
