/** Rows of transfer workflows, their actions, and the histories of both (domain.md#12, domain.md#18). */
import { isoOf } from "../farm/days.ts";
import { divideRounded } from "../farm/exact.ts";
import type { Move, Pour } from "../farm/events.ts";
import type { Batch, Transition } from "../farm/state.ts";
import type { Voyage } from "../farm/voyage.ts";
import { placeOf, type World } from "../farm/world.ts";
import { CONTENT_TYPES } from "../fixtures/numbering.ts";
import { feature } from "./feature.ts";
import {
  historyColumns,
  hundredthsText,
  isoInstant,
  type PlainRow,
  writeRow,
} from "./plain_row.ts";
import { TRANSACTION_TABLES, transactionRows } from "./transactions.ts";

/** Finished parts in percent of all, two decimals, rounded down: 100 is said of the last alone. */
function percentage(done: number, all: number): string {
  return hundredthsText(all === 0 ? 10_000 : Math.floor(10_000 * done / all));
}

/** The row of a workflow as it is now: totals and actions are those of the mornings so far. */
export function workflowRow(transition: Transition, batch: Batch, world: World): PlainRow {
  const { number, startDay } = world.batches[batch.index]!;
  const { stages } = world.rates;
  const { firstDay, plannedDays, completedDay, fromStage, toStage } = transition;
  const done = completedDay !== null;
  const index = String(firstDay - startDay).padStart(3, "0");
  const sold = done && transition.intercompany;
  return {
    id: transition.id,
    workflow_number: `TRF-${number}-D${index}`,
    workflow_type: "LIFECYCLE_TRANSITION",
    status: done ? "COMPLETED" : "IN_PROGRESS",
    planned_start_date: isoOf(firstDay),
    planned_completion_date: isoOf(firstDay + plannedDays - 1),
    actual_start_date: isoOf(firstDay),
    actual_completion_date: done ? isoOf(completedDay) : null,
    total_source_count: transition.moved + transition.dead,
    total_transferred_count: transition.moved,
    total_mortality_count: transition.dead,
    total_biomass_kg: hundredthsText(transition.biomass),
    total_actions_planned: transition.planned,
    actions_completed: transition.actions,
    completion_percentage: percentage(transition.actions, transition.planned),
    is_intercompany: sold,
    source_subsidiary: sold ? "FRESHWATER" : null,
    dest_subsidiary: sold ? "FARMING" : null,
    notes: `${number}: ${stages[fromStage]!.name} to ${stages[toStage]!.name}`,
    cancellation_reason: "",
    created_at: isoInstant({ day: firstDay, hour: 0 }),
    updated_at: isoInstant({ day: transition.updatedDay, hour: 0 }),
    batch_id: batch.id,
    completed_by_id: done ? world.ids.makers.management : null,
    dest_lifecycle_stage_id: stages[toStage]!.id,
    finance_transaction_id: transition.transaction,
    initiated_by_id: world.ids.makers.management,
    source_lifecycle_stage_id: stages[fromStage]!.id,
  };
}

/** The workflow before it was found to be intercompany. */
const ONE_COMPANY: PlainRow = {
  is_intercompany: false,
  source_subsidiary: null,
  dest_subsidiary: null,
};

/** The workflow before its sale was posted. */
const UNSOLD: PlainRow = { finance_transaction_id: null };

/** The workflow before it was completed. */
const UNDER_WAY: PlainRow = {
  status: "IN_PROGRESS",
  actual_completion_date: null,
  completed_by_id: null,
  ...ONE_COMPANY,
  ...UNSOLD,
};

/**
 * A workflow when the first `done` pours of a morning are over. One that begins and ends on a morning
 * is planned, action by action, and then carried out; one of several mornings is carried out action
 * by action.
 */
function afterPours(move: Move, done: number): PlainRow {
  const { transition, first, last, pours } = move;
  if (first && last) {
    return {
      ...UNDER_WAY,
      total_source_count: 0,
      total_transferred_count: 0,
      total_mortality_count: 0,
      total_biomass_kg: hundredthsText(0),
      total_actions_planned: done,
      actions_completed: 0,
      completion_percentage: hundredthsText(0),
    };
  }
  const later = pours.slice(done);
  const fish = transition.moved - later.reduce((sum, { count }) => sum + count, 0);
  const dead = transition.dead - later.reduce((sum, pour) => sum + pour.dead, 0);
  const biomass = transition.biomass - later.reduce((sum, pour) => sum + pour.biomass, 0);
  const actions = transition.actions - later.length;
  return {
    ...UNDER_WAY,
    total_source_count: fish + dead,
    total_transferred_count: fish,
    total_mortality_count: dead,
    total_biomass_kg: hundredthsText(biomass),
    actions_completed: actions,
    completion_percentage: percentage(actions, transition.planned),
  };
}

/** From where to where, and of a voyage how long it was, the oxygen of its water and its dead. */
function notesOf({ from, to, dead }: Pour, voyage: Voyage | null, world: World): string {
  const way = `${placeOf(world, from).name} to ${placeOf(world, to).name}`;
  if (voyage === null) return way;
  const { minutes, oxygen } = voyage;
  const lost = dead === 0 ? "" : `, ${dead} fish dead on the way`;
  return `${way}: well boat, ${minutes} minutes, oxygen ${hundredthsText(oxygen)} mg/L${lost}`;
}

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
  const voyage = world.biology.husbandry.voyage({ day }, pour.to);
  return {
    id,
    action_number: number,
    source_population_before: pour.before,
    transferred_count: pour.count,
    mortality_during_transfer: pour.dead,
    transferred_biomass_kg: hundredthsText(pour.biomass),
    status: "COMPLETED",
    planned_date: date,
    actual_execution_date: date,
    transfer_method: "PUMP",
    water_temp_c: null,
    oxygen_level: voyage === null ? null : hundredthsText(voyage.oxygen),
    execution_duration_minutes: voyage === null ? null : voyage.minutes,
    notes: notesOf(pour, voyage, world),
    created_at: at,
    updated_at: at,
    dest_assignment_id: pour.to.id,
    executed_by_id: world.ids.makers.management,
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

/** How often a morning saves its workflow: as it begins, after each action, and as it ends. */
function savesOf({ first, last, pours, intercompany }: Move): number {
  return (first ? 1 : 0) + pours.length + (last ? intercompany ? 3 : 1 : 0);
}

/** Transitions of batches: an action for every pour, the saves of their workflows, and the sales. */
export const transfers = feature({
  tables: {
    transferAction: "batch_transferaction",
    transferWorkflowHistory: "batch_historicalbatchtransferworkflow",
    transferActionHistory: "batch_historicaltransferaction",
    ...TRANSACTION_TABLES,
  },
  // The farm numbers workflows and their sales itself: a transition refers to them.
  count({ numbers }) {
    return {
      moved(_batch, move) {
        const pours = move.pours.length;
        numbers.transferAction += pours;
        numbers.transferWorkflowHistory += savesOf(move);
        numbers.transferActionHistory += pours;
        if (move.transition.transaction !== null) numbers.transactionHistory++;
      },
    };
  },
  render(rendering) {
    const { parts, tables, farm, world, numbers } = rendering;
    const actions = tables.transferAction;
    const workflowsPast = tables.transferWorkflowHistory;
    const actionsPast = tables.transferActionHistory;
    const user = world.ids.makers.management;
    const trade = transactionRows(rendering);

    /** The farming company buys the fish that went to sea: biomass times price, to the cent. */
    function sell(batch: Batch, { id, biomass }: Transition, transaction: number): void {
      const { transfer } = world.batches[batch.index]!.geography;
      trade(
        {
          policyId: transfer.policyId,
          contentTypeId: world.ids.contentTypes.get(CONTENT_TYPES.transferWorkflow)!,
          objectId: id,
          amount: hundredthsText(divideRounded(biomass * transfer.price, 100)),
          currency: transfer.currency,
        },
        { day: farm.day, hour: 0 },
        transaction,
      );
    }

    return {
      moved(batch, move) {
        const { day } = farm;
        const at = isoInstant({ day, hour: 0 });
        const { transition, first, last, pours } = move;
        const workflow = workflowRow(transition, batch, world);
        const saved = (type: "+" | "~", changes: PlainRow = {}) => {
          const history = historyColumns(numbers.transferWorkflowHistory++, type, at, user);
          writeRow(parts.transferWorkflowHistory, workflowsPast, {
            ...workflow,
            ...changes,
            ...history,
          });
        };
        if (first) saved("+", afterPours(move, 0));
        const before = transition.actions - pours.length;
        pours.forEach((pour, i) => {
          const id = numbers.transferAction++;
          const action = actionRow(id, before + i + 1, transition.id, day, pour, world);
          writeRow(parts.transferAction, actions, action);
          const history = historyColumns(numbers.transferActionHistory++, "+", at, user);
          writeRow(parts.transferActionHistory, actionsPast, { ...action, ...history });
          saved("~", afterPours(move, i + 1));
        });
        if (!last) return;
        // Flags and sale are saved one after the other where the fish change company.
        saved("~", { ...ONE_COMPANY, ...UNSOLD });
        if (transition.transaction === null) return;
        saved("~", UNSOLD);
        sell(batch, transition, transition.transaction);
        saved("~");
      },
    };
  },
});
