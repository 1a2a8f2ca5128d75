/** Rows of `health_licecount` and its history (domain.md#10). */
import { newLiceCount } from "../farm/lice_count.ts";
import { placeOf } from "../farm/world.ts";
import {
  fixedField,
  fixedFields,
  writeField,
  writeHundredths,
  writeInstant,
  writeInteger,
} from "./bytes.ts";
import { feature } from "./feature.ts";
import { writeHistory } from "./history.ts";

/** What was counted in one ring: a row for every lice type that was found, and its history. */
export const liceCounts = feature({
  tables: { lice: "health_licecount", liceHistory: "health_historicallicecount" },
  count({ farm, world, numbers }) {
    const { biology, rates } = world;
    const count = newLiceCount(rates.lice);
    return {
      liceCounted(assignment) {
        biology.lice.count(count, farm, assignment);
        numbers.lice += count.rows;
        numbers.liceHistory += count.rows;
      },
    };
  },
  render({ parts, farm, world, numbers }) {
    const { lice: live, liceHistory: past } = parts;
    const rates = world.rates.lice;
    const user = world.ids.makers.health;
    const count = newLiceCount(rates);
    const methods = rates.detection.map(({ method }) => fixedField(method));
    /** The three counts of the old format, which stays 0. */
    const oldFormat = fixedFields("0,0,0");

    return {
      liceCounted(assignment, index) {
        const containerId = placeOf(world, assignment).id;
        const batchId = farm.batches[assignment.batch]!.id;
        const notes = fixedField(`Weekly monitoring - Day ${index}`);
        world.biology.lice.count(count, farm, assignment);

        const references = (out: DataView, at: number) =>
          writeInteger(out, writeInteger(out, at, batchId), containerId);
        const finding = (out: DataView, at: number, i: number) => {
          at = writeHundredths(out, at, rates.detection[count.method]!.confidence);
          at = writeInteger(out, at, count.counts[i]!);
          at = writeField(out, at, methods[count.method]!);
          at = writeInteger(out, at, count.typeIds[i]!);
          return writeInteger(out, at, assignment.id);
        };
        for (let i = 0; i < count.rows; i++) {
          const id = numbers.lice++;
          for (const part of [live, past]) {
            const { out } = part;
            let at = writeInteger(out, part.begin(), id);
            at = writeInstant(out, at, farm.day, rates.hour);
            at = writeField(out, at, oldFormat);
            at = writeInteger(out, at, count.fish);
            at = writeField(out, at, notes);
            if (part === past) {
              at = writeHistory(out, at, numbers.liceHistory++, farm.day, rates.hour, "+");
              at = writeInteger(out, references(out, at), user);
            } else {
              at = references(out, at);
            }
            at = writeInteger(out, at, user);
            part.end(finding(out, at, i));
          }
        }
      },
    };
  },
});
