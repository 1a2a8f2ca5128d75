/** Mutations of a database that holds two datasets, and of one with AquaMind's later schema. */
import { tableNamed } from "../../src/tables/catalog.ts";
import { GUEST_ID } from "./loaded.ts";
import { first, last, type Mutation } from "./mutation.ts";

const ASSIGNMENT = "batch_batchcontainerassignment";
const MORTALITY = "batch_mortalityevent";
const READING = "environmental_environmentalreading";
const PURCHASE = "inventory_feedpurchase";
const STOCK = "inventory_feedcontainerstock";
const PAST_STOCK = "inventory_historicalfeedcontainerstock";

/** The silo that the guest's fish eat from. */
const GUESTS_SILO = `(SELECT min(feed_container_id) FROM ${STOCK} WHERE id >= ${GUEST_ID})`;

/** The host's initial feed of a barge. */
const HOSTS_FEED = `quantity_kg = 25000 AND id = (SELECT min(id) FROM ${STOCK}
        WHERE quantity_kg = 25000 AND id < ${GUEST_ID})`;

/** What sees that a fish has died twice. */
const FISH_LAWS = [
  "C-28",
  "LAW-EGGS",
  "LAW-FISH-BATCH",
  "LAW-FISH-EVENING",
  "LAW-FISH-STAY",
  "LAW-STATE",
  "C-24 batch_historicalmortalityevent",
];

/** A row again, under an id of no dataset. */
function again(table: string, from: string): string {
  const names = tableNamed(table).columns.map(({ name }) => name);
  const values = names.map((name) => name === "id" ? "-id" : name);
  return `INSERT INTO ${table} (${names.join(", ")})
      SELECT ${values.join(", ")} FROM ${table} WHERE ${from}`;
}

export const besideMutations: readonly Mutation[] = [
  {
    check: "ROWS",
    on: "guest",
    sql: `DELETE FROM ${READING} WHERE ${last(READING)}`,
    also: ["C-06", "C-22"],
  },
  // A death that no dataset has brought: alone it is a row too many, and beside another dataset it
  // is still one fish too many.
  {
    check: "ROWS",
    sql: again(MORTALITY, first(MORTALITY)),
    also: ["B-09", "C-06", ...FISH_LAWS],
  },
  {
    check: "LAW-FISH-STAY",
    on: "guest",
    sql: again(MORTALITY, last(MORTALITY)),
    also: FISH_LAWS,
  },
  {
    check: "A-08",
    on: "guest",
    sql: `UPDATE ${PURCHASE} SET batch_number = 'INIT-20240101-0001'
      WHERE ${first(PURCHASE, `id >= ${GUEST_ID}`)}`,
  },
  {
    check: "C-17",
    on: "guest",
    sql: `UPDATE ${ASSIGNMENT} SET container_id =
        (SELECT container_id FROM ${ASSIGNMENT} WHERE ${last(ASSIGNMENT, `id < ${GUEST_ID}`)})
      WHERE ${last(ASSIGNMENT)}`,
    also: ["LAW-PLACE"],
  },
  {
    check: "C-11",
    on: "guest",
    sql: `UPDATE ${STOCK} SET feed_container_id = ${GUESTS_SILO} WHERE ${HOSTS_FEED}`,
  },
  {
    check: "LAW-FEED-CAPACITY",
    on: "guest",
    also: [`C-24 ${PAST_STOCK}`],
    sql: `UPDATE ${PAST_STOCK} SET feed_container_id = ${GUESTS_SILO} WHERE ${HOSTS_FEED}`,
  },
  {
    check: `LAW-ORDER ${MORTALITY}`,
    on: "guest",
    sql: `UPDATE ${MORTALITY} SET event_date = event_date + 2000 WHERE ${last(MORTALITY)}`,
    also: ["C-35", "LAW-FISH-BATCH", "LAW-FISH-EVENING", "LAW-STATE"],
  },
  {
    check: "B-01",
    on: "newer",
    sql: "UPDATE batch_batch SET pinned_projection_run_id = NULL",
    also: ["C-19", "C-23"],
  },
  {
    check: "LAW-PROJECTION-END",
    on: "newer",
    sql: "UPDATE scenario_scenarioprojection SET projection_run_id = -1 WHERE day_number = 760",
    also: ["B-01"],
  },
];
