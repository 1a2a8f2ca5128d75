/** Rows of harvest events, lots and facts, and their histories (domain.md#14 and domain.md#15). */
import type { HarvestLot } from "../farm/harvest_lot.ts";
import type { Assignment, Batch } from "../farm/state.ts";
import { placeOf } from "../farm/world.ts";
import { CONTENT_TYPES } from "../fixtures/numbering.ts";
import { feature } from "./feature.ts";
import { historyColumns, isoInstant, type PlainRow, writeRow } from "./plain_row.ts";
import { countTransactions, TRANSACTION_TABLES, transactionRows } from "./transactions.ts";

/** n thousandths as decimal text. */
function kilograms(n: number): string {
  const whole = Math.floor(n / 1000);
  return `${whole}.${String(n - whole * 1000).padStart(3, "0")}`;
}

/** The harvest of a batch: an event for every ring, its lots, their facts and trades. */
export const harvests = feature({
  tables: {
    harvestEvent: "harvest_harvestevent",
    harvestLot: "harvest_harvestlot",
    fact: "finance_factharvest",
    harvestEventHistory: "harvest_historicalharvestevent",
    harvestLotHistory: "harvest_historicalharvestlot",
    factHistory: "finance_historicalfactharvest",
    ...TRANSACTION_TABLES,
  },
  count(counting) {
    const { world, numbers } = counting;
    return {
      harvested(_batch, assignments) {
        for (const assignment of assignments) {
          if (assignment.population === 0) continue;
          const lots = world.biology.grading.lots(assignment).length;
          numbers.harvestEvent++;
          numbers.harvestEventHistory++;
          numbers.harvestLot += lots;
          numbers.harvestLotHistory += lots;
          numbers.fact += lots;
          numbers.factHistory += lots;
          countTransactions(counting, lots);
        }
      },
    };
  },
  render(rendering) {
    const { parts, tables, farm, world, numbers } = rendering;
    const { harvest } = world.rates;
    const { dailyWork, management } = world.ids.makers;
    const events = tables.harvestEvent;
    const lots = tables.harvestLot;
    const facts = tables.fact;
    const eventsPast = tables.harvestEventHistory;
    const lotsPast = tables.harvestLotHistory;
    const factsPast = tables.factHistory;
    const trade = transactionRows(rendering);

    function writeEvent(batch: Batch, assignment: Assignment, at: string): number {
      const { number, geography } = world.batches[batch.index]!;
      const row: PlainRow = {
        id: numbers.harvestEvent++,
        event_date: at,
        dest_subsidiary: geography.harvestSubsidiary,
        document_ref: `HRV-${number}-${placeOf(world, assignment).name}`,
        created_at: at,
        updated_at: at,
        assignment_id: assignment.id,
        batch_id: batch.id,
        dest_geography_id: geography.id,
      };
      writeRow(parts.harvestEvent, events, row);
      const history = historyColumns(numbers.harvestEventHistory++, "+", at, dailyWork);
      writeRow(parts.harvestEventHistory, eventsPast, { ...row, ...history });
      return row.id as number;
    }

    function writeLot(eventId: number, lot: HarvestLot, at: string): number {
      const row: PlainRow = {
        id: numbers.harvestLot++,
        live_weight_kg: kilograms(lot.live),
        gutted_weight_kg: kilograms(lot.gutted),
        fillet_weight_kg: kilograms(lot.fillet),
        unit_count: lot.units,
        created_at: at,
        updated_at: at,
        event_id: eventId,
        product_grade_id: harvest.grades[lot.grade]!.id,
      };
      writeRow(parts.harvestLot, lots, row);
      const history = historyColumns(numbers.harvestLotHistory++, "+", at, dailyWork);
      writeRow(parts.harvestLotHistory, lotsPast, { ...row, ...history });
      return row.id as number;
    }

    /** Booked on the site of the ring's own area (defects.md#b-08 took the first area). */
    function writeFact(
      batch: Batch,
      assignment: Assignment,
      eventId: number,
      lotId: number,
      lot: HarvestLot,
      at: string,
    ): void {
      const { geography } = world.batches[batch.index]!;
      const row: PlainRow = {
        fact_id: numbers.fact++,
        event_date: at,
        quantity_kg: kilograms(lot.live),
        unit_count: lot.units,
        dim_batch_id: batch.id,
        created_at: at,
        updated_at: at,
        dim_company_id: geography.farmingCompanyId,
        dim_site_id: placeOf(world, assignment).siteId,
        event_id: eventId,
        lot_id: lotId,
        product_grade_id: harvest.grades[lot.grade]!.id,
      };
      writeRow(parts.fact, facts, row);
      const history = historyColumns(numbers.factHistory++, "+", at, management);
      writeRow(parts.factHistory, factsPast, { ...row, ...history });
    }

    return {
      harvested(batch, assignments) {
        const { geography } = world.batches[batch.index]!;
        const instant = { day: farm.day, hour: harvest.hour };
        const at = isoInstant(instant);
        for (const assignment of assignments) {
          if (assignment.population === 0) continue;
          const eventId = writeEvent(batch, assignment, at);
          for (const lot of world.biology.grading.lots(assignment)) {
            writeFact(batch, assignment, eventId, writeLot(eventId, lot, at), lot, at);
            trade({
              policyId: geography.harvestPolicyIds[lot.grade]!,
              contentTypeId: world.ids.contentTypes.get(CONTENT_TYPES.harvestEvent)!,
              objectId: eventId,
              amount: null,
              currency: null,
            }, instant);
          }
        }
      },
    };
  },
});
