/** Rows of transfer workflows, their actions, and the histories of both (domain.md#12, domain.md#18). */
import { isoOf } from "../farm/days.ts";
import { divideRounded } from "../farm/exact.ts";
import type { Move, Pour } from "../farm/events.ts";
import type { Batch } from "../farm/state.ts";
import { placeOf, type World } from "../farm/world.ts";
import { CONTENT_TYPES } from "../fixtures/numbering.ts";
import { feature } from "./feature.ts";
import { decimal, historyColumns, isoInstant, type PlainRow, writeRow } from "./plain_row.ts";
import { countTransactions, TRANSACTION_TABLES, transactionRows } from "./transactions.ts";

function workflowRow(id: number, day: number, batch: Batch, move: Move, world: World): PlainRow {
  const { number, startDay } = world.batches[batch.index]!;
  const { stages } = world.rates;
  const date = isoOf(day);
  const at = isoInstant({ day, hour: 0 });
  const index = String(day - startDay).padStart(3, "0");
  const { intercompany } = move;
  return {
    id,
    workflow_number: `TRF-${number}-D${index}`,
    workflow_type: "LIFECYCLE_TRANSITION",
    status: "COMPLETED",
    planned_start_date: date,
    planned_completion_date: date,
    actual_start_date: date,
    actual_completion_date: date,
    total_source_count: move.sourceCount,
    total_transferred_count: move.movedCount,
    total_mortality_count: 0,
    total_biomass_kg: decimal(move.biomass),
    total_actions_planned: move.pours.length,
    actions_completed: move.pours.length,
    completion_percentage: "100.00",
    is_intercompany: intercompany,
    source_subsidiary: intercompany ? "FRESHWATER" : null,
    dest_subsidiary: intercompany ? "FARMING" : null,
    notes: `${number}: ${stages[move.fromStage]!.name} to ${stages[move.toStage]!.name}`,
    cancellation_reason: "",
    created_at: at,
    updated_at: at,
    batch_id: batch.id,
    completed_by_id: world.ids.actingUser,
    dest_lifecycle_stage_id: stages[move.toStage]!.id,
    finance_transaction_id: null,
    initiated_by_id: world.ids.actingUser,
    source_lifecycle_stage_id: stages[move.fromStage]!.id,
  };
}

/** The workflow as it was first saved, before its actions. */
const UNDER_WAY: PlainRow = {
  status: "IN_PROGRESS",
  actual_completion_date: null,
  total_source_count: 0,
  total_transferred_count: 0,
  total_biomass_kg: "0.00",
  total_actions_planned: 0,
  actions_completed: 0,
  completion_percentage: "0.00",
  completed_by_id: null,
};

/** The workflow as it was before it was found to be intercompany. */
const ONE_COMPANY: PlainRow = {
  is_intercompany: false,
  source_subsidiary: null,
  dest_subsidiary: null,
};

function actionRow(
  id: number,
  number: number,
  workflowId: number,
  day: number,
  pour: Pour,
  world: World,
): PlainRow {
  const date = isoOf(day);
  const at = isoInstant({ day, hour: 0 });
  return {
    id,
    action_number: number,
    source_population_before: pour.before,
    transferred_count: pour.count,
    mortality_during_transfer: 0,
    transferred_biomass_kg: decimal(pour.biomass),
    status: "COMPLETED",
    planned_date: date,
    actual_execution_date: date,
    transfer_method: "PUMP",
    water_temp_c: null,
    oxygen_level: null,
    execution_duration_minutes: null,
    notes: `${placeOf(world, pour.from).name} to ${placeOf(world, pour.to).name}`,
    created_at: at,
    updated_at: at,
    dest_assignment_id: pour.to.id,
    executed_by_id: world.ids.actingUser,
    source_assignment_id: pour.from.id,
    workflow_id: workflowId,
    measured_avg_weight_g: null,
    measured_std_dev_weight_g: null,
    measured_sample_size: null,
    measured_avg_length_cm: null,
    measured_notes: "",
    selection_method: "AVERAGE",
  };
}

/** The transition of a batch: a workflow with an action for every pour, and their histories. */
export const transfers = feature({
  tables: {
    transferWorkflow: "batch_batchtransferworkflow",
    transferAction: "batch_transferaction",
    transferWorkflowHistory: "batch_historicalbatchtransferworkflow",
    transferActionHistory: "batch_historicaltransferaction",
    ...TRANSACTION_TABLES,
  },
  count(counting) {
    const { numbers } = counting;
    return {
      moved(_batch, move) {
        const pours = move.pours.length;
        numbers.transferWorkflow++;
        numbers.transferAction += pours;
        // Flags and transaction link are saved one after the other where the fish change company.
        numbers.transferWorkflowHistory += 2 + pours + (move.intercompany ? 2 : 0);
        numbers.transferActionHistory += pours;
        if (move.intercompany) countTransactions(counting, 1);
      },
    };
  },
  render(rendering) {
    const { parts, tables, farm, world, numbers } = rendering;
    const workflows = tables.transferWorkflow;
    const actions = tables.transferAction;
    const workflowsPast = tables.transferWorkflowHistory;
    const actionsPast = tables.transferActionHistory;
    const trade = transactionRows(rendering);

    /** The farming company buys the fish that go to sea: biomass times price, to the cent. */
    function sell(batch: Batch, workflowId: number, move: Move, day: number): number {
      const { transfer } = world.batches[batch.index]!.geography;
      return trade({
        policyId: transfer.policyId,
        contentTypeId: world.ids.contentTypes.get(CONTENT_TYPES.transferWorkflow)!,
        objectId: workflowId,
        amount: decimal(divideRounded(move.biomass * transfer.price, 100)),
        currency: transfer.currency,
      }, { day, hour: 0 });
    }

    return {
      moved(batch, move) {
        const { day } = farm;
        const at = isoInstant({ day, hour: 0 });
        const workflow = workflowRow(numbers.transferWorkflow++, day, batch, move, world);
        const saved = (type: "+" | "~", changes: PlainRow = {}) => {
          const history = historyColumns(numbers.transferWorkflowHistory++, type, at);
          writeRow(parts.transferWorkflowHistory, workflowsPast, {
            ...workflow,
            ...changes,
            ...history,
          });
        };
        saved("+", { ...UNDER_WAY, ...ONE_COMPANY });
        move.pours.forEach((pour, i) => {
          const id = numbers.transferAction++;
          const action = actionRow(id, i + 1, workflow.id as number, day, pour, world);
          writeRow(parts.transferAction, actions, action);
          const history = historyColumns(numbers.transferActionHistory++, "+", at);
          writeRow(parts.transferActionHistory, actionsPast, { ...action, ...history });
          saved("~", { ...UNDER_WAY, ...ONE_COMPANY, total_actions_planned: i + 1 });
        });
        saved("~", ONE_COMPANY);
        if (!move.intercompany) return writeRow(parts.transferWorkflow, workflows, workflow);
        saved("~");
        const linked = {
          ...workflow,
          finance_transaction_id: sell(batch, workflow.id as number, move, day),
        };
        saved("~", linked);
        writeRow(parts.transferWorkflow, workflows, linked);
      },
    };
  },
});
