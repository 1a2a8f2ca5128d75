/** Mutations of harvests, facts and transactions, all of a batch that has been harvested. */
import { first, last, type Mutation } from "./mutation.ts";

const EVENT = "harvest_harvestevent";
const LOT = "harvest_harvestlot";
const FACT = "finance_factharvest";
const TRADE = "finance_intercompanytransaction";
const WORKFLOW = "batch_batchtransferworkflow";
const COMPANY = "finance_dimcompany";

const lastFact = last(FACT, "true", "fact_id");
const firstTrade = first(TRADE, "true", "tx_id");
const lastTrade = last(TRADE, "true", "tx_id");

const changes: readonly Mutation[] = [
  {
    check: "B-10",
    sql: `DELETE FROM ${FACT} WHERE ${lastFact}`,
    also: ["LAW-EGGS", "C-30-FACTS", "LAW-MONEY-HARVEST"],
  },
  {
    check: "C-08",
    sql: "UPDATE batch_creationworkflow SET total_eggs_received = total_eggs_received * 2",
    also: ["C-28", "LAW-FISH-EGGS", "LAW-FISH-BATCH", "C-07", "LAW-EGGS"],
  },
  { check: "C-09", sql: "UPDATE batch_mortalityevent SET biomass_kg = biomass_kg * 100" },
  {
    check: "C-15",
    sql: `UPDATE ${LOT} SET live_weight_kg = live_weight_kg * 1.5`,
    also: ["LAW-HARVEST", "C-30-FACTS"],
  },
  { check: "C-16-HARVEST", sql: "UPDATE batch_batch SET status = 'ACTIVE'", also: ["C-16"] },
  {
    check: "C-29",
    sql: `UPDATE ${LOT} SET unit_count = unit_count + 1 WHERE ${first(LOT)}`,
    also: ["LAW-STATE-DAY", "LAW-EGGS", "C-30-FACTS"],
  },
  {
    check: "C-30",
    sql: `UPDATE ${WORKFLOW} SET finance_transaction_id = NULL`,
    also: ["LAW-MONEY-TRANSFER", "LAW-CONTENT-TYPE", "LAW-SOLD", "C-23"],
  },
  {
    check: "C-30",
    sql: `UPDATE ${TRADE} SET amount = amount + 0.01 WHERE ${firstTrade}`,
    also: ["LAW-MONEY-TRANSFER"],
  },
  { check: "C-30", sql: `DELETE FROM ${TRADE} WHERE ${lastTrade}`, also: ["LAW-MONEY-HARVEST"] },
  {
    check: "C-30",
    sql: `UPDATE ${COMPANY} SET geography_id = 3 WHERE ${
      last(COMPANY, "subsidiary = 'LG'", "company_id")
    }`,
  },
  {
    check: "C-30-FACTS",
    sql: `UPDATE ${FACT} SET dim_site_id = dim_site_id + 1 WHERE ${lastFact}`,
  },
  {
    check: "LAW-HARVEST",
    sql: `UPDATE ${LOT} SET gutted_weight_kg = gutted_weight_kg + 0.01 WHERE ${last(LOT)}`,
  },
  {
    check: "LAW-EGGS",
    sql: `UPDATE ${FACT} SET unit_count = unit_count + 1 WHERE ${lastFact}`,
    also: ["C-30-FACTS"],
  },
  { check: "LAW-MONEY-TRANSFER", sql: `UPDATE ${TRADE} SET currency = 'DKK' WHERE ${firstTrade}` },
  {
    check: "LAW-MONEY-TRANSFER",
    sql: "UPDATE finance_intercompanypolicy SET price_per_kg = price_per_kg + 0.01",
    also: ["C-30"],
  },
  {
    check: "LAW-MONEY-TRANSFER",
    sql: `UPDATE ${TRADE} SET posting_date = posting_date + 1 WHERE ${firstTrade}`,
  },
  {
    check: "LAW-MONEY-HARVEST",
    sql: `UPDATE ${TRADE} SET posting_date = posting_date + 1 WHERE ${lastTrade}`,
  },
  {
    check: "LAW-MONEY-HARVEST",
    sql: `UPDATE ${EVENT} SET dest_subsidiary = NULL WHERE ${first(EVENT)}`,
  },
  {
    check: "LAW-CONTENT-TYPE",
    sql: `UPDATE ${TRADE} SET content_type_id =
        (SELECT content_type_id FROM ${TRADE} WHERE ${lastTrade}) WHERE ${firstTrade}`,
    also: ["C-30"],
  },
  {
    check: "LAW-CONTENT-TYPE",
    sql: `UPDATE ${TRADE} SET object_id = 1 WHERE ${lastTrade}`,
    also: ["C-30", "LAW-MONEY-HARVEST"],
  },
  {
    check: "LAW-CONTENT-TYPE",
    sql: "UPDATE django_content_type SET model = 'lot' WHERE model = 'harvestevent'",
    also: ["C-30", "LAW-MONEY-HARVEST"],
  },
  { check: "LAW-VIEW-HARVEST", sql: `UPDATE ${FACT} SET dim_site_id = 999 WHERE ${lastFact}` },
  { check: "LAW-VIEW-HARVEST", sql: "UPDATE finance_dimsite SET site_name = ''" },
  {
    check: "LAW-VIEW-TRANSACTIONS",
    sql: `UPDATE ${TRADE} SET policy_id = 999 WHERE ${lastTrade}`,
    also: ["LAW-MONEY-HARVEST"],
  },
  {
    check: "LAW-VIEW-TRANSACTIONS",
    sql: `UPDATE ${COMPANY} SET display_name = ''`,
    also: ["LAW-VIEW-HARVEST"],
  },
];

export const harvestMutations: readonly Mutation[] = changes.map((change) => ({
  ...change,
  on: "life",
}));
