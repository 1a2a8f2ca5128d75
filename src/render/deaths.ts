/** Rows of `batch_mortalityevent` and its history (domain.md#8). */
import { biomassOf } from "../farm/exact.ts";
import type { Assignment } from "../farm/state.ts";
import type { Toll } from "../farm/toll.ts";
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

/** The dead of a container on a day: for every cause an event and its history. */
export const deaths = feature({
  tables: {
    mortality: "batch_mortalityevent",
    mortalityHistory: "batch_historicalmortalityevent",
  },
  count: ({ numbers }) => ({
    died(_assignment, _deaths, { records }) {
      numbers.mortality += records;
      numbers.mortalityHistory += records;
    },
  }),
  render({ parts, farm, world, numbers }) {
    const { mortality: live, mortalityHistory: past } = parts;
    const both = [live, past];
    const hour = world.rates.mortalityHour;
    const user = world.ids.makers.dailyWork;
    const { mortality } = world.biology;
    const causes = mortality.causes.map(({ cause, description }) =>
      fixedFields(`${csvQuoted(cause)},${csvQuoted(description)}`)
    );

    function write(assignment: Assignment, toll: Toll, record: number): void {
      const { day } = farm;
      const fish = toll.fish[record]!;
      const weight = mortality.weightOf(farm, assignment, toll, record);
      const entered = day + toll.delay[record]!;
      const id = numbers.mortality++;
      const batchId = farm.batches[assignment.batch]!.id;
      for (let p = 0; p < both.length; p++) {
        const part = both[p]!;
        const { out } = part;
        let at = writeInteger(out, part.begin(), id);
        at = writeDate(out, at, day);
        at = writeInteger(out, at, fish);
        at = writeHundredths(out, at, biomassOf(fish, weight));
        at = writeField(out, at, causes[toll.cause[record]!]!);
        at = writeInstant(out, at, entered, hour);
        at = writeInstant(out, at, entered, hour);
        if (part === past) {
          at = writeHistoryAndUser(out, at, numbers.mortalityHistory++, entered, hour, "+", user);
        }
        at = writeInteger(out, at, batchId);
        part.end(writeInteger(out, at, assignment.id));
      }
    }

    return {
      died(assignment, _deaths, toll) {
        for (let record = 0; record < toll.records; record++) write(assignment, toll, record);
      },
    };
  },
});
