/**
 * Mutations of the checks that exist once per table: `C-24 <history>`, `LAW-ORDER <table>` and
 * `LAW-MAKER <table>`.
 */
import { tableNamed } from "../../src/tables/catalog.ts";
import type { Table } from "../../src/tables/description.ts";
import { liveTableOf } from "../../src/catalogue/checks/history.ts";
import { makerChecks } from "../../src/catalogue/checks/makers.ts";
import type { DatasetName, LoadedDatasets } from "./loaded.ts";
import { first, last, type Mutation } from "./mutation.ts";

/** What else sees that the days of the first and the last row are exchanged, or one is moved. */
const SEE_EXCHANGE: Readonly<Record<string, readonly string[]>> = {
  // Its day is the event's, which the live row has too.
  batch_historicalmortalityevent: ["C-24 batch_historicalmortalityevent"],
  batch_actualdailyassignmentstate: [
    "C-31",
    "LAW-STATE",
    "LAW-STATE-DAY",
    "LAW-STATE-WEIGHT",
    "LAW-STATE-FCR",
  ],
  batch_creationaction: ["LAW-TIME-PARENT"],
  batch_creationworkflow: ["LAW-TIME-PARENT"],
  batch_growthsample: ["C-35", "LAW-STATE-WEIGHT"],
  batch_historicalbatchcontainerassignment: ["LAW-FISH-BATCH", "LAW-FISH-EVENING", "LAW-GROWTH"],
  batch_individualgrowthobservation: ["LAW-TIME-PARENT"],
  batch_mortalityevent: ["C-35", "LAW-FISH-BATCH", "LAW-FISH-EVENING", "LAW-STATE"],
  batch_transferaction: ["LAW-TIME-PARENT"],
  environmental_environmentalreading: ["C-22", "C-35"],
  finance_factharvest: ["LAW-MONEY-HARVEST"],
  finance_intercompanytransaction: ["LAW-MONEY-TRANSFER"],
  harvest_harvestevent: [
    "LAW-STATE-DAY",
    "C-16-HARVEST",
    "C-29",
    "LAW-MONEY-HARVEST",
    "LAW-TIME-PARENT",
  ],
  harvest_harvestlot: ["LAW-TIME-PARENT"],
  health_fishparameterscore: ["LAW-TIME-PARENT"],
  health_healthsamplingevent: ["C-35-HEALTH"],
  health_individualfishobservation: ["LAW-TIME-PARENT"],
  health_journalentry: ["LAW-PLACE-HEALTH"],
  health_treatment: ["C-35-HEALTH", "B-12"],
  inventory_batchfeedingsummary: ["LAW-SUMMARY-BATCH", "LAW-SUMMARY-PERIOD"],
  inventory_containerfeedingsummary: ["LAW-SUMMARY", "LAW-SUMMARY-PERIOD"],
  inventory_feedingevent: ["C-14", "C-35", "LAW-FEED-HOUR", "LAW-STATE", "LAW-SUMMARY-BATCH"],
  inventory_feedpurchase: ["A-08", "C-13"],
  inventory_historicalfeedcontainerstock: ["LAW-FEED-HOUR", "LAW-FEED-LOT"],
  scenario: ["LAW-PROJECTION", "LAW-TIME-PARENT"],
};

/** What else sees that the last row of a table lies 2000 days later. */
const SEE_LATER: Readonly<Record<string, readonly string[]>> = {
  batch_historicalmortalityevent: ["C-24 batch_historicalmortalityevent"],
  batch_actualdailyassignmentstate: ["C-31", "LAW-STATE", "LAW-STATE-DAY"],
  batch_creationworkflow: ["LAW-TIME-PARENT"],
  batch_growthsample: ["C-35", "LAW-STATE-WEIGHT"],
  batch_mortalityevent: ["C-35", "LAW-FISH-BATCH", "LAW-FISH-EVENING", "LAW-STATE"],
  environmental_environmentalreading: ["C-22", "C-35"],
  finance_factharvest: ["LAW-MONEY-HARVEST"],
  finance_intercompanytransaction: ["LAW-MONEY-TRANSFER"],
  harvest_harvestevent: [
    "LAW-STATE-DAY",
    "C-16-HARVEST",
    "C-29",
    "LAW-MONEY-HARVEST",
    "LAW-TIME-PARENT",
  ],
  harvest_harvestlot: ["LAW-TIME-PARENT"],
  health_healthlabsample: ["C-35-HEALTH"],
  health_healthsamplingevent: ["C-35-HEALTH"],
  health_individualfishobservation: ["LAW-TIME-PARENT"],
  health_journalentry: ["LAW-PLACE-HEALTH"],
  health_licecount: ["C-06-HEALTH", "C-35-HEALTH", "B-13"],
  health_treatment: ["C-35-HEALTH", "B-12"],
  inventory_batchfeedingsummary: ["LAW-SUMMARY-BATCH", "LAW-SUMMARY-PERIOD", "LAW-SUMMARY-AHEAD"],
  inventory_containerfeedingsummary: ["LAW-SUMMARY", "LAW-SUMMARY-PERIOD", "LAW-SUMMARY-AHEAD"],
  inventory_feedingevent: ["C-14", "C-35", "LAW-FEED-HOUR", "LAW-STATE"],
  inventory_feedpurchase: ["C-13"],
  inventory_historicalfeedcontainerstock: ["LAW-FEED-HOUR"],
};

/** These have rows on one day only in a dataset of one harvest. */
const OF_ONE_DAY = [
  "finance_factharvest",
  "finance_historicalfactharvest",
  "harvest_harvestevent",
  "harvest_harvestlot",
  "harvest_historicalharvestevent",
  "harvest_historicalharvestlot",
];

function orderMutations(name: string, day: string, id: string, on: DatasetName): Mutation[] {
  const of = (what: string) => `(SELECT ${what} FROM ${name})`;
  const outOfOrder = OF_ONE_DAY.includes(name)
    ? `UPDATE ${name} SET ${day} = ${day} + interval '1 day' WHERE ${first(name, "true", id)}`
    : `UPDATE ${name} SET ${day} = CASE WHEN ${id} = ${of(`min(${id})`)}
          THEN ${of(`max(${day})`)} ELSE ${of(`min(${day})`)} END
        WHERE ${id} IN (${of(`min(${id})`)}, ${of(`max(${id})`)})`;
  return [
    { check: `LAW-ORDER ${name}`, on, sql: outOfOrder, also: SEE_EXCHANGE[name] ?? [] },
    {
      check: `LAW-ORDER ${name}`,
      on,
      sql: `UPDATE ${name} SET ${day} = ${day} + interval '2000 days'
        WHERE ${last(name, "true", id)}`,
      also: SEE_LATER[name] ?? [],
    },
  ];
}

/** What else sees that the first creation in a history is called a change. */
const SEE_CHANGE: Readonly<Record<string, readonly string[]>> = {
  inventory_historicalfeedcontainerstock: ["LAW-FEED-HOUR", "LAW-FEED-LOT"],
};

/** A change of a row that breaks no other law, where that of `updated_at` does not do. */
const CHANGES: Readonly<Record<string, string>> = {
  health_licecount: "notes = ''",
  health_treatment: "description = ''",
  inventory_batchfeedingsummary: "average_biomass_kg = 1",
  inventory_containerfeedingsummary: "created_at = created_at + interval '1 hour', " +
    "updated_at = updated_at + interval '1 hour'",
};

function historyMutations(past: string, live: Table, on: DatasetName): Mutation[] {
  const id = live.primaryKey.columns[0]!;
  const change = CHANGES[live.name] ?? "updated_at = updated_at + interval '1 second'";
  return [
    {
      check: `C-24 ${past}`,
      on,
      sql: `UPDATE ${past} SET history_type = '~'
        WHERE ${first(past, "history_type = '+'", "history_id")}`,
      also: SEE_CHANGE[past] ?? [],
    },
    {
      check: `C-24 ${past}`,
      on,
      sql: `UPDATE ${live.name} SET ${change} WHERE ${first(live.name, "true", id)}`,
    },
  ];
}

/** A row that somebody else has made. */
function makerMutations({ name, columns, primaryKey }: Table, on: DatasetName): Mutation[] {
  if (!makerChecks.some(({ id }) => id === `LAW-MAKER ${name}`)) return [];
  const users = columns.filter(({ references }) => references?.table === "auth_user")
    .map((column) => column.name).filter((column) => !/^(cancelled|completed)_by/.test(column));
  const column = users.find((one) => one === "history_user_id") ?? users[0]!;
  return [{
    check: `LAW-MAKER ${name}`,
    on,
    sql: `UPDATE ${name} SET ${column} = (SELECT id FROM auth_user WHERE username = 'system_admin')
        WHERE ${last(name, "true", primaryKey.columns[0]!)}`,
  }];
}

/** The mutations of the checks of the tables that datasets fill. */
export function tableMutations(datasets: LoadedDatasets): Mutation[] {
  const rowsOn = (on: "single" | "pair" | "life", table: string) =>
    datasets[on].manifest.tables[table]!.rows;
  /** Joined tables have a day in `single`, harvests are in `life` alone, samples of labs in `field`. */
  function datasetOf({ name, kind }: Table): DatasetName {
    if (kind !== "joined" && rowsOn("single", name) > 1) return "single";
    if (rowsOn("pair", name) > 1) return "pair";
    return rowsOn("life", name) > 1 ? "life" : "field";
  }
  const names = Object.keys(datasets.single.manifest.tables);
  return names.map((name) => tableNamed(name)).flatMap((table) => {
    const { name, kind, day, columns, group } = table;
    const id = columns.find((column) => column.identity)!.name;
    const on = datasetOf(table);
    const live = group === "history" && kind !== "static" ? liveTableOf(name) : undefined;
    return [
      ...(day === undefined || kind === "static" ? [] : orderMutations(name, day, id, on)),
      ...(live === undefined ? [] : historyMutations(name, live, on)),
      ...makerMutations(table, on),
    ];
  });
}
