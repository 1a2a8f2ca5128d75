/** Transactions between companies: transfers to sea and harvests (domain.md#12 and domain.md#15). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { buildCompanies, type Policy } from "../../src/farm/ground/companies.ts";
import { numberMaster } from "../../src/fixtures/numbering.ts";
import { anyWish } from "../any_wish.ts";
import { fixtures, oneBatch, places, twoInOneArea, worldOf } from "../small_farm.ts";
import { type Row, rowsOfDataset } from "./dataset.ts";
import { by, grouped, rounded, type Rows, total, units } from "./rows.ts";
import { fc, runs } from "../random.ts";

const companies = buildCompanies(fixtures, places);
const ids = numberMaster(fixtures);
const TRANSFER = String(ids.contentTypes.get("batch.batchtransferworkflow"));
const HARVEST = String(ids.contentTypes.get("harvest.harvestevent"));
/** Of Post-Smolt, per kg, in hundredths (domain.md#3.6 c). */
const PRICE: Record<string, number> = { EUR: 1_500, GBP: 1_300 };

function policyOf(trade: Row): Policy & { from: string; to: string } {
  const policy = companies.policies.find((one) => one.id === Number(trade.policy_id))!;
  const nameOf = (id: number) => companies.companies.find((one) => one.id === id)!.subsidiary;
  return { ...policy, from: nameOf(policy.fromCompanyId), to: nameOf(policy.toCompanyId) };
}

function geographyOf(batch: Row): string {
  return batch.batch_number!.startsWith("SCO") ? "Scotland" : "Faroe Islands";
}

/** The transaction of every workflow that goes to sea, and of no other. */
function checkTransfers(rows: Rows): void {
  const batches = by(rows("batch_batch"), "id");
  const trades = rows("finance_intercompanytransaction");
  const own = by(trades.filter((one) => one.content_type_id === TRANSFER), "object_id");
  const sold = rows("batch_batchtransferworkflow").filter((one) => one.is_intercompany === "true");
  assertEquals([...own.keys()], sold.map((one) => one.id!));
  for (const workflow of rows("batch_batchtransferworkflow")) {
    const trade = own.get(workflow.id!);
    assertEquals(workflow.finance_transaction_id, trade?.tx_id ?? "");
    assertEquals(trade !== undefined, workflow.dest_lifecycle_stage_id === "6");
    if (trade === undefined) continue;
    const policy = policyOf(trade);
    const geography = geographyOf(batches.get(workflow.batch_id!)!);
    assertEquals([policy.basis, policy.stage, policy.from, policy.to, policy.geography], [
      "lifecycle",
      "Post-Smolt",
      "FW",
      "FM",
      geography,
    ]);
    assertEquals(trade.currency, geography === "Scotland" ? "GBP" : "EUR");
    assertEquals(trade.posting_date, workflow.actual_completion_date);
    const biomass = units(workflow.total_biomass_kg, 2);
    assertEquals(units(trade.amount, 2), rounded(biomass * PRICE[trade.currency!]!, 100));
  }
}

/** Five transactions of five grades for every harvested ring. */
function checkHarvests(rows: Rows): void {
  const batches = by(rows("batch_batch"), "id");
  const trades = rows("finance_intercompanytransaction");
  const own = grouped(
    trades.filter((one) => one.content_type_id === HARVEST),
    (one) => one.object_id!,
  );
  const lots = grouped(rows("harvest_harvestlot"), (lot) => lot.event_id!);
  assertEquals([...own.keys()], rows("harvest_harvestevent").map((event) => event.id!));
  for (const event of rows("harvest_harvestevent")) {
    const five = own.get(event.id!)!;
    assertEquals(
      five.map((trade) => String(policyOf(trade).gradeId)),
      lots.get(event.id!)!.map((lot) => lot.product_grade_id!),
    );
    for (const trade of five) {
      const { basis, from, to, geography } = policyOf(trade);
      assertEquals([basis, from, to], ["grade", "FM", "LG"]);
      assertEquals(geography, geographyOf(batches.get(event.batch_id!)!));
      assertEquals([trade.amount, trade.currency], ["", ""]);
      assertEquals(trade.posting_date, event.event_date!.slice(0, 10));
    }
  }
}

function checkAll(rows: Rows): void {
  checkTransfers(rows);
  checkHarvests(rows);
  const trades = rows("finance_intercompanytransaction");
  const keys = trades.map((one) => `${one.content_type_id} ${one.object_id} ${one.policy_id}`);
  assertEquals(new Set(keys).size, trades.length, "unique by content type, object and policy");
  for (const trade of trades) {
    assertEquals(
      [trade.state, trade.event_id, trade.approved_by_id, trade.approval_date],
      ["pending", "", "", ""],
    );
  }
  const past = by(rows("finance_historicalintercompanytransaction"), "tx_id");
  assertEquals(past.size, trades.length);
  for (const trade of trades) {
    const then = past.get(trade.tx_id!)!;
    assertEquals(then.history_type, "+");
    for (const [column, value] of Object.entries(trade)) assertEquals(then[column], value, column);
  }
}

const DATASETS = (["Scotland", "Faroe Islands"] as const).map((geography) => {
  const wish = { eggs: 2_100_003, duration: 805, target: 5, geography };
  return rowsOfDataset(worldOf(twoInOneArea(wish, 9), 4));
});

Deno.test("transfers to sea and harvests are sold between the companies of their geography", () => {
  for (const rows of DATASETS) {
    checkAll(rows);
    const rings = rows("harvest_harvestevent").length;
    assert(rings >= 20);
    assertEquals(rows("finance_intercompanytransaction").length, 2 + 5 * rings);
  }
});

Deno.test("transactions hold for any batch", () => {
  fc.assert(
    fc.property(anyWish, (wish) => checkAll(rowsOfDataset(worldOf(oneBatch(wish), wish.seed)))),
    { numRuns: runs(10) },
  );
});

Deno.test("B-05: the totals of every workflow are the sums of its actions, so it can be sold", () => {
  for (const rows of DATASETS) {
    const actions = grouped(rows("batch_transferaction"), (one) => one.workflow_id!);
    const assignments = by(rows("batch_batchcontainerassignment"), "id");
    assertEquals(rows("batch_batchtransferworkflow").length, 10);
    for (const workflow of rows("batch_batchtransferworkflow")) {
      const own = actions.get(workflow.id!)!;
      const sources = new Set(own.map((one) => one.source_assignment_id!));
      const fish = [...sources].reduce(
        (sum, id) => sum + Number(assignments.get(id)!.population_count),
        0,
      );
      assertEquals(Number(workflow.total_source_count), fish);
      assertEquals(Number(workflow.total_transferred_count), total(own, "transferred_count"));
      assertEquals(fish, total(own, "transferred_count"));
      const biomass = units(workflow.total_biomass_kg, 2);
      assertEquals(biomass, total(own, "transferred_biomass_kg", 2));
      assert(biomass > 0);
    }
  }
});

Deno.test("B-06: the sea transfer has a price in the buyer's currency", () => {
  for (const rows of DATASETS) {
    const sold = rows("finance_intercompanytransaction").filter((one) =>
      one.content_type_id === TRANSFER
    );
    assertEquals(sold.length, 2);
    for (const trade of sold) {
      const { pricePerKg, currency } = policyOf(trade);
      assertEquals([currency, pricePerKg! * 100], [trade.currency, PRICE[trade.currency!]]);
      // Two million smolts of half a kilogram at 13 or 15 per kg.
      const amount = Number(trade.amount);
      assert(amount > 10e6 && amount < 14e6, trade.amount);
    }
  }
});
