/** Rows of `batch_mortalityevent` and its history (section 8). */
import type { Numbers } from "../farm/numbers.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import type { World } from "../farm/world.ts";
import { columns, date, hundredths, instant, integer, quoted, text } from "./bytes.ts";
import { historyAndUser } from "./history.ts";
import type { Part } from "./part.ts";

/** A function that writes one mortality event; biomass in 0.01 kg. */
export function deathRows(
  live: Part,
  past: Part,
  farm: Farm,
  world: World,
  numbers: Numbers,
): (assignment: Assignment, deaths: number, biomass: number) => void {
  const hour = world.rates.mortalityHour;
  const causes = world.rates.stages.map((stage) =>
    columns(`UNKNOWN,${quoted(`Daily check ${stage.name}`)}`)
  );
  return (assignment, deaths, biomass) => {
    const { day } = farm;
    const id = numbers.mortality++;
    const batchId = farm.batches[assignment.batch]!.id;
    for (const part of [live, past]) {
      const { out } = part;
      let at = integer(out, part.begin(), id);
      at = date(out, at, day);
      at = integer(out, at, deaths);
      at = hundredths(out, at, biomass);
      at = text(out, at, causes[assignment.stage]!);
      at = instant(out, at, day, hour);
      at = instant(out, at, day, hour);
      if (part === past) {
        at = historyAndUser(out, at, numbers.mortalityHistory++, day, hour, "+");
      }
      at = integer(out, at, batchId);
      part.end(integer(out, at, assignment.id));
    }
  };
}
