/** Rows of `health_journalentry` and its history (section 11). */
import type { Numbers } from "../farm/numbers.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import type { World } from "../farm/world.ts";
import { tableNamed } from "../tables/catalog.ts";
import type { Part } from "./part.ts";
import { historyColumns, isoInstant, writeRow } from "./plain_row.ts";

/** A function that writes one journal entry. */
export function journalRows(
  live: Part,
  past: Part,
  farm: Farm,
  world: World,
  numbers: Numbers,
): (assignment: Assignment) => void {
  const { hour, category, severity } = world.rates.journal;
  const liveTable = tableNamed("health_journalentry");
  const pastTable = tableNamed("health_historicaljournalentry");
  return (assignment) => {
    const facts = world.batches[assignment.batch]!;
    const at = isoInstant({ day: farm.day, hour });
    const row = {
      id: numbers.journal++,
      entry_date: at,
      category,
      severity,
      description: `Routine observation ${world.rates.stages[assignment.stage]!.name}`,
      resolution_status: false,
      resolution_notes: "",
      batch_id: farm.batches[assignment.batch]!.id,
      container_id: facts.places[assignment.stage]![assignment.ordinal]!.id,
      user_id: world.userId,
      created_at: at,
      updated_at: at,
    };
    writeRow(live, liveTable, row);
    writeRow(past, pastTable, { ...row, ...historyColumns(numbers.journalHistory++, "+", at) });
  };
}
