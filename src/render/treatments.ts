/** Rows of `health_treatment` and its history (domain.md#11). */
import type { Assignment } from "../farm/state.ts";
import { placeOf } from "../farm/world.ts";
import { type Counting, feature } from "./feature.ts";
import { historyColumns, isoInstant, type PlainRow, writeRow } from "./plain_row.ts";

function countTreatments({ numbers }: Counting<"treatment" | "treatmentHistory">) {
  const treated = () => {
    numbers.treatment++;
    numbers.treatmentHistory++;
  };
  return { vaccinated: treated, treated };
}

/** One treatment of one container and its history. */
export const treatments = feature({
  tables: { treatment: "health_treatment", treatmentHistory: "health_historicaltreatment" },
  count: countTreatments,
  render({ parts, tables, farm, world, numbers }) {
    const { treatment: live, treatmentHistory: past } = parts;
    const { vaccination, lice } = world.rates.treatments;
    const liveTable = tables.treatment;
    const pastTable = tables.treatmentHistory;

    function write(assignment: Assignment, hour: number, special: PlainRow): void {
      const at = isoInstant({ day: farm.day, hour });
      const row = {
        id: numbers.treatment++,
        treatment_date: at,
        outcome: "successful",
        batch_id: farm.batches[assignment.batch]!.id,
        batch_assignment_id: assignment.id,
        container_id: placeOf(world, assignment).id,
        user_id: world.ids.makers.health,
        includes_weighing: false,
        sampling_event_id: null,
        journal_entry_id: null,
        ...special,
      };
      writeRow(live, liveTable, row);
      const history = historyColumns(numbers.treatmentHistory++, "+", at, world.ids.makers.health);
      writeRow(past, pastTable, { ...row, ...history });
    }

    return {
      vaccinated(assignment, vaccine, index) {
        const { id, name, dosage } = vaccination.vaccines[vaccine]!;
        const stage = world.rates.stages[assignment.stage]!.name;
        write(assignment, vaccination.hour, {
          treatment_type: "vaccination",
          description: `${name}, ${stage}, day ${index}`,
          dosage,
          duration_days: vaccination.durationDays,
          withholding_period_days: vaccination.withholdingDays,
          vaccination_type_id: id,
        });
      },
      treated(
        assignment,
        { type, description, dosage, durationDays, withholdingDays, outcome },
        index,
      ) {
        write(assignment, lice.hour, {
          treatment_type: type,
          description: `${description}, day ${index}`,
          dosage,
          duration_days: durationDays,
          withholding_period_days: withholdingDays,
          outcome,
          vaccination_type_id: null,
        });
      },
    };
  },
});
