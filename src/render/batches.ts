/** Rows of `batch_batch` and its history (domain.md#4, domain.md#18). */
import { isoOf } from "../farm/days.ts";
import type { Batch } from "../farm/state.ts";
import type { World } from "../farm/world.ts";
import { feature, type Rendering } from "./feature.ts";
import type { HistoryType } from "./history.ts";
import { historyColumns, isoInstant, type PlainRow, writeRow } from "./plain_row.ts";

/** The row of a batch as it is now. */
export function batchRow(batch: Batch, world: World): PlainRow {
  const { number, startDay, eggs, purpose } = world.batches[batch.index]!;
  return {
    id: batch.id,
    batch_number: number,
    status: batch.status,
    start_date: isoOf(startDay),
    expected_end_date: null,
    actual_end_date: batch.harvestDay === null ? null : isoOf(batch.harvestDay),
    notes: `${number}: ${eggs} eggs received on ${isoOf(startDay)}` +
      (purpose === undefined ? "" : `; ${purpose}`),
    created_at: isoInstant({ day: startDay, hour: 0 }),
    updated_at: isoInstant(batch.updated),
    lifecycle_stage_id: world.rates.stages[batch.stage]!.id,
    species_id: world.ids.species,
    batch_type: "STANDARD",
    pinned_scenario_id: batch.pinnedScenario,
  };
}

/** A function that writes one history row of a batch, with `changes` to what it is now. */
function batchHistory(
  { parts, tables, world, numbers }: Rendering<"batchHistory">,
): (batch: Batch, type: HistoryType, changes?: PlainRow) => void {
  return (batch, type, changes = {}) => {
    writeRow(parts.batchHistory, tables.batchHistory, {
      ...batchRow(batch, world),
      ...changes,
      ...historyColumns(
        numbers.batchHistory++,
        type,
        isoInstant(batch.updated),
        world.ids.makers.management,
      ),
    });
  };
}

/** The history of batches: a row for every time that one was saved. */
export const batches = feature({
  tables: { batchHistory: "batch_historicalbatch" },
  count({ numbers }) {
    const save = () => {
      numbers.batchHistory++;
    };
    return {
      created() {
        numbers.batchHistory += 2;
      },
      moved(_batch, { last }) {
        if (last) save();
      },
      planned(batch, scenario) {
        if (scenario.id === batch.pinnedScenario) save();
      },
      harvested({ status }) {
        if (status === "COMPLETED") save();
      },
    };
  },
  render(rendering) {
    const save = batchHistory(rendering);
    const change = (batch: Batch) => save(batch, "~");
    return {
      created(batch) {
        save(batch, "+", { status: "PLANNED" });
        save(batch, "~");
      },
      moved(batch, { last }) {
        if (last) change(batch);
      },
      planned(batch, scenario) {
        if (scenario.id === batch.pinnedScenario) change(batch);
      },
      harvested(batch) {
        if (batch.status === "COMPLETED") change(batch);
      },
    };
  },
});
