/** Mutations of the checks that exist once per table: `C-24 <history>` and `LAW-ORDER <table>`. */
import { tableNamed } from "../../src/tables/catalog.ts";
import { liveTableOf } from "../../src/verify/history.ts";
import { first, last, type Mutation } from "./mutation.ts";

/** What else sees that the first and the last row of a table have exchanged their days. */
const SEE_EXCHANGE: Readonly<Record<string, readonly string[]>> = {
  batch_batchtransferworkflow: ["LAW-TIME-PARENT"],
  batch_creationaction: ["LAW-TIME-PARENT"],
  batch_creationworkflow: ["LAW-TIME-PARENT"],
  batch_growthsample: ["C-35"],
  batch_historicalbatchcontainerassignment: ["LAW-FISH-BATCH", "LAW-FISH-EVENING", "LAW-GROWTH"],
  batch_individualgrowthobservation: ["LAW-TIME-PARENT"],
  batch_mortalityevent: ["C-35", "LAW-FISH-BATCH", "LAW-FISH-EVENING"],
  batch_transferaction: ["LAW-TIME-PARENT"],
  environmental_environmentalreading: ["C-22", "C-35"],
  inventory_feedingevent: ["C-14", "C-35", "LAW-FEED-HOUR"],
  inventory_feedpurchase: ["A-08", "C-13"],
  inventory_historicalfeedcontainerstock: ["LAW-FEED-HOUR", "LAW-FEED-LOT"],
};

/** What else sees that the last row of a table lies 400 days later. */
const SEE_LATER: Readonly<Record<string, readonly string[]>> = {
  batch_batchtransferworkflow: ["LAW-TIME-PARENT"],
  batch_creationworkflow: ["LAW-TIME-PARENT"],
  batch_growthsample: ["C-35"],
  batch_mortalityevent: ["C-35", "LAW-FISH-BATCH", "LAW-FISH-EVENING"],
  environmental_environmentalreading: ["C-22", "C-35"],
  inventory_feedingevent: ["C-14", "C-35", "LAW-FEED-HOUR"],
  inventory_feedpurchase: ["C-13"],
  inventory_historicalfeedcontainerstock: ["LAW-FEED-HOUR"],
};

function orderMutations(name: string, day: string, id: string, joined: boolean): Mutation[] {
  const of = (what: string) => `(SELECT ${what} FROM ${name})`;
  return [
    {
      check: `LAW-ORDER ${name}`,
      on: joined ? "pair" : "single",
      sql: `UPDATE ${name} SET ${day} = CASE WHEN ${id} = ${of(`min(${id})`)}
          THEN ${of(`max(${day})`)} ELSE ${of(`min(${day})`)} END
        WHERE ${id} IN (${of(`min(${id})`)}, ${of(`max(${id})`)})`,
      also: SEE_EXCHANGE[name] ?? [],
    },
    {
      check: `LAW-ORDER ${name}`,
      sql: `UPDATE ${name} SET ${day} = ${day} + interval '400 days'
        WHERE ${last(name, "true", id)}`,
      also: SEE_LATER[name] ?? [],
    },
  ];
}

/** What else sees that the first creation in a history is called a change. */
const SEE_CHANGE: Readonly<Record<string, readonly string[]>> = {
  inventory_historicalfeedcontainerstock: ["LAW-FEED-HOUR", "LAW-FEED-LOT"],
};

function historyMutations(past: string, live: string): Mutation[] {
  return [
    {
      check: `C-24 ${past}`,
      sql: `UPDATE ${past} SET history_type = '~'
        WHERE ${first(past, "history_type = '+'", "history_id")}`,
      also: SEE_CHANGE[past] ?? [],
    },
    {
      check: `C-24 ${past}`,
      sql: `UPDATE ${live} SET updated_at = updated_at + interval '1 second'
        WHERE ${first(live)}`,
    },
  ];
}

/** The mutations of the checks of some tables. */
export function tableMutations(tables: readonly string[]): Mutation[] {
  return tables.map((name) => tableNamed(name)).flatMap(({ name, kind, day, columns, group }) => {
    const id = columns.find((column) => column.identity)!.name;
    const dated = kind === "windowed" || kind === "joined" ? day : undefined;
    const live = group === "history" && kind !== "static" ? liveTableOf(name) : undefined;
    return [
      ...(dated === undefined ? [] : orderMutations(name, dated, id, kind === "joined")),
      ...(live === undefined ? [] : historyMutations(name, live.name)),
    ];
  });
}
