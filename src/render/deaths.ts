/** Rows of `batch_mortalityevent` and its history (domain.md#8). */
import { columns, date, hundredths, instant, integer, quoted, text } from "./bytes.ts";
import { feature } from "./feature.ts";
import { historyAndUser } from "./history.ts";

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
    const causes = world.rates.stages.map((stage) =>
      columns(`UNKNOWN,${quoted(`Daily check ${stage.name}`)}`)
    );
    return {
      died(assignment, deaths, biomass) {
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
      },
    };
  },
});
