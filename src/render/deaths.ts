/** Rows of `batch_mortalityevent` and its history (domain.md#8). */
import {
  csvQuoted,
  fixedFields,
  writeDate,
  writeField,
  writeHundredths,
  writeInstant,
  writeInteger,
} from "./bytes.ts";
import { feature } from "./feature.ts";
import { writeHistoryAndUser } from "./history.ts";

/** One mortality event and its history; biomass in 0.01 kg. */
export const deaths = feature({
  tables: {
    mortality: "batch_mortalityevent",
    mortalityHistory: "batch_historicalmortalityevent",
  },
  count: ({ numbers }) => ({
    died() {
      numbers.mortality++;
      numbers.mortalityHistory++;
    },
  }),
  render({ parts, farm, world, numbers }) {
    const { mortality: live, mortalityHistory: past } = parts;
    const hour = world.rates.mortalityHour;
    const user = world.ids.makers.dailyWork;
    const causes = world.rates.stages.map((stage) =>
      fixedFields(`UNKNOWN,${csvQuoted(`Daily check ${stage.name}`)}`)
    );
    return {
      died(assignment, deaths, biomass) {
        const { day } = farm;
        const id = numbers.mortality++;
        const batchId = farm.batches[assignment.batch]!.id;
        for (const part of [live, past]) {
          const { out } = part;
          let at = writeInteger(out, part.begin(), id);
          at = writeDate(out, at, day);
          at = writeInteger(out, at, deaths);
          at = writeHundredths(out, at, biomass);
          at = writeField(out, at, causes[assignment.stage]!);
          at = writeInstant(out, at, day, hour);
          at = writeInstant(out, at, day, hour);
          if (part === past) {
            at = writeHistoryAndUser(out, at, numbers.mortalityHistory++, day, hour, "+", user);
          }
          at = writeInteger(out, at, batchId);
          part.end(writeInteger(out, at, assignment.id));
        }
      },
    };
  },
});
