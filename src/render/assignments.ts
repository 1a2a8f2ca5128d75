/** Rows of `batch_batchcontainerassignment` and its history (domain.md#4, domain.md#12, domain.md#18). */
import { biomassOf } from "../farm/exact.ts";
import type { Assignment, Batch } from "../farm/state.ts";
import { placeOf, type World } from "../farm/world.ts";
import { isoOf } from "../farm/days.ts";
import {
  fixedField,
  writeBoolean,
  writeDate,
  writeDateOrEmpty,
  writeField,
  writeHundredths,
  writeInstant,
  writeInteger,
} from "./bytes.ts";
import { feature, type Rendering } from "./feature.ts";
import { type HistoryType, writeHistoryAndUser } from "./history.ts";
import { hundredthsText, isoInstant, type PlainRow } from "./plain_row.ts";

const NO_NOTES = fixedField("");

/** A function that writes one history row of an assignment as it is now. */
function assignmentHistory(
  { parts, farm, world, numbers }: Rendering<"assignmentHistory">,
): (assignment: Assignment, type: HistoryType, user: number) => void {
  const past = parts.assignmentHistory;
  return (assignment, type, user) => {
    const { out } = past;
    const { day, hour } = assignment.updated;
    const place = placeOf(world, assignment);
    let at = writeInteger(out, past.begin(), assignment.id);
    at = writeInteger(out, at, assignment.population);
    at = writeHundredths(out, at, assignment.weight);
    at = writeHundredths(out, at, biomassOf(assignment.population, assignment.weight));
    at = writeDate(out, at, assignment.fromDay);
    at = writeDateOrEmpty(out, at, assignment.departureDay);
    at = writeBoolean(out, at, assignment.active);
    at = writeDateOrEmpty(out, at, assignment.weighedDay);
    at = writeField(out, at, NO_NOTES);
    at = writeInstant(out, at, assignment.fromDay, 0);
    at = writeInstant(out, at, day, hour);
    at = writeHistoryAndUser(out, at, numbers.assignmentHistory++, day, hour, type, user);
    at = writeInteger(out, at, farm.batches[assignment.batch]!.id);
    at = writeInteger(out, at, place.id);
    past.end(writeInteger(out, at, world.rates.stages[assignment.stage]!.id));
  };
}

/** The row of an assignment in its last state. */
export function assignmentRow(assignment: Assignment, batch: Batch, world: World): PlainRow {
  const place = placeOf(world, assignment);
  const day = (n: number | null) => n === null ? null : isoOf(n);
  return {
    id: assignment.id,
    population_count: assignment.population,
    biomass_kg: hundredthsText(biomassOf(assignment.population, assignment.weight)),
    assignment_date: isoOf(assignment.fromDay),
    is_active: assignment.active,
    notes: "",
    created_at: isoInstant({ day: assignment.fromDay, hour: 0 }),
    updated_at: isoInstant(assignment.updated),
    batch_id: batch.id,
    container_id: place.id,
    lifecycle_stage_id: world.rates.stages[assignment.stage]!.id,
    avg_weight_g: hundredthsText(assignment.weight),
    departure_date: day(assignment.departureDay),
    last_weighing_date: day(assignment.weighedDay),
  };
}

/** The history of assignments: a row for every time that one was saved. */
export const assignments = feature({
  tables: { assignmentHistory: "batch_historicalbatchcontainerassignment" },
  count({ numbers }) {
    const save = () => {
      numbers.assignmentHistory++;
    };
    return {
      created(batch) {
        numbers.assignmentHistory += batch.assignments.length;
      },
      moved(_batch, move) {
        const { sources, destinations, refilled } = move;
        numbers.assignmentHistory += sources.length + destinations.length + refilled.length;
      },
      died: save,
      grew: save,
      harvested(_batch, rings) {
        numbers.assignmentHistory += rings.length;
      },
    };
  },
  render(rendering) {
    const save = assignmentHistory(rendering);
    const { dailyWork, management } = rendering.world.ids.makers;
    const change = (assignment: Assignment) => save(assignment, "~", dailyWork);
    return {
      created(batch) {
        for (const assignment of batch.assignments) save(assignment, "+", management);
      },
      moved(_batch, move) {
        for (const assignment of move.sources) save(assignment, "~", management);
        for (const assignment of move.destinations) save(assignment, "+", management);
        for (const assignment of move.refilled) save(assignment, "~", management);
      },
      died: change,
      grew: change,
      harvested(_batch, rings) {
        for (const assignment of rings) change(assignment);
      },
    };
  },
});
