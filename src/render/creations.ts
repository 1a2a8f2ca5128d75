/** Rows of creation workflows, their actions, and the histories of both (domain.md#4, domain.md#18). */
import { isoOf } from "../farm/days.ts";
import type { Assignment, Batch } from "../farm/state.ts";
import { placeOf, type World } from "../farm/world.ts";
import { feature } from "./feature.ts";
import { historyColumns, isoInstant, type PlainRow, writeRow } from "./plain_row.ts";

function workflowRow(id: number, batch: Batch, world: World): PlainRow {
  const { number, startDay, eggs, supplierId } = world.batches[batch.index]!;
  const start = isoOf(startDay);
  const at = isoInstant({ day: startDay, hour: 0 });
  return {
    id,
    workflow_number: `CRT-${number}`,
    status: "COMPLETED",
    egg_source_type: "EXTERNAL",
    external_supplier_batch_number: "",
    external_cost_per_thousand: null,
    total_eggs_planned: eggs,
    total_eggs_received: eggs,
    total_mortality_on_arrival: 0,
    planned_start_date: start,
    planned_completion_date: start,
    actual_start_date: start,
    actual_completion_date: start,
    total_actions: batch.assignments.length,
    actions_completed: batch.assignments.length,
    progress_percentage: "100.00",
    cancellation_reason: "",
    cancelled_at: null,
    notes: `Egg delivery of ${number}`,
    created_at: at,
    updated_at: at,
    batch_id: batch.id,
    cancelled_by_id: null,
    created_by_id: world.ids.makers.management,
    egg_production_id: null,
    external_supplier_id: supplierId,
  };
}

/** The workflow as it was first saved, before its actions. */
const UNDER_WAY: PlainRow = {
  status: "IN_PROGRESS",
  total_eggs_received: 0,
  actual_completion_date: null,
  total_actions: 0,
  actions_completed: 0,
  progress_percentage: "0.00",
};

function actionRow(
  id: number,
  workflowId: number,
  batch: Batch,
  assignment: Assignment,
  world: World,
): PlainRow {
  const { startDay } = world.batches[batch.index]!;
  const start = isoOf(startDay);
  const at = isoInstant({ day: startDay, hour: 0 });
  return {
    id,
    action_number: assignment.ordinal + 1,
    status: "COMPLETED",
    egg_count_planned: assignment.population,
    egg_count_actual: assignment.population,
    mortality_on_arrival: 0,
    expected_delivery_date: start,
    actual_delivery_date: start,
    delivery_method: "TRANSPORT",
    water_temp_on_arrival: null,
    egg_quality_score: 5,
    execution_duration_minutes: null,
    notes: `Eggs into ${placeOf(world, assignment).name}`,
    created_at: at,
    updated_at: at,
    dest_assignment_id: assignment.id,
    executed_by_id: world.ids.makers.management,
    workflow_id: workflowId,
  };
}

/** The creation of a batch: a workflow with an action for every container, and their histories. */
export const creations = feature({
  tables: {
    creationWorkflow: "batch_creationworkflow",
    creationAction: "batch_creationaction",
    creationWorkflowHistory: "batch_historicalbatchcreationworkflow",
    creationActionHistory: "batch_historicalcreationaction",
  },
  count: ({ numbers }) => ({
    created(batch) {
      const actions = batch.assignments.length;
      numbers.creationWorkflow++;
      numbers.creationAction += actions;
      numbers.creationWorkflowHistory += 2;
      numbers.creationActionHistory += actions;
    },
  }),
  render({ parts, tables, world, numbers }) {
    const workflows = tables.creationWorkflow;
    const actions = tables.creationAction;
    const workflowsPast = tables.creationWorkflowHistory;
    const actionsPast = tables.creationActionHistory;
    const user = world.ids.makers.management;
    return {
      created(batch) {
        const { startDay } = world.batches[batch.index]!;
        const at = isoInstant({ day: startDay, hour: 0 });
        const workflow = workflowRow(numbers.creationWorkflow++, batch, world);
        const saved = (type: "+" | "~", changes: PlainRow = {}) => {
          const history = historyColumns(numbers.creationWorkflowHistory++, type, at, user);
          writeRow(parts.creationWorkflowHistory, workflowsPast, {
            ...workflow,
            ...changes,
            ...history,
          });
        };
        saved("+", UNDER_WAY);
        for (const assignment of batch.assignments) {
          const id = numbers.creationAction++;
          const action = actionRow(id, workflow.id as number, batch, assignment, world);
          writeRow(parts.creationAction, actions, action);
          const history = historyColumns(numbers.creationActionHistory++, "+", at, user);
          writeRow(parts.creationActionHistory, actionsPast, { ...action, ...history });
        }
        writeRow(parts.creationWorkflow, workflows, workflow);
        saved("~");
      },
    };
  },
});
