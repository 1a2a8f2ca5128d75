/** Water as documented (domain.md#6): every reading is even chance in the range of its sensor. */
import { aimA, aimB, valueAt, wholeOf } from "../../chance/addressed.ts";
import type { Water } from "../../farm/biology.ts";
import { divideRounded } from "../../farm/exact.ts";
import type { BatchFacts, Facts } from "../../farm/facts.ts";
import type { Whereabouts } from "./stay.ts";

/** Items of one hour at an address; no container has more sensors. */
const ITEMS_PER_HOUR = 16;

/** The mean of the temperatures of a container on a day index, in 0.01 °C, whatever day it is. */
export type MeanTemperature = (facts: BatchFacts, stay: Whereabouts, index: number) => number;

/** The mean temperatures that follow from the readings. */
export function meanTemperatures({ rates }: Facts): MeanTemperature {
  const { temperatureParameterId } = rates.analysis;
  const hours = rates.readingHours.length;
  return ({ keys, places }, { stage, ordinal, position }, index) => {
    const { sensors } = places[stage]![ordinal]!;
    const sensor = sensors.findIndex((one) => one.parameterId === temperatureParameterId);
    const { low, span } = sensors[sensor]!;
    const a = aimA(keys.reading, index, position);
    const b = aimB(keys.reading, index, position);
    let sum = 0;
    for (let h = 0; h < hours; h++) {
      sum += wholeOf(valueAt(a, b, h * ITEMS_PER_HOUR + sensor), low, span);
    }
    return divideRounded(sum, hours * 100);
  };
}

/** Water without a memory, and with sensors that never fail. */
export function documentedWater({ batches, rates }: Facts, mean: MeanTemperature): Water {
  const hours = rates.readingHours.length;
  return {
    count(_farm, { index, assignments }) {
      const { places } = batches[index]!;
      let sensors = 0;
      for (const { stage, ordinal } of assignments) {
        sensors += places[stage]![ordinal]!.sensors.length;
      }
      return sensors * hours;
    },
    read(into, { day }, { batch, stage, ordinal, position }, hour) {
      const { keys, places, startDay } = batches[batch]!;
      const { sensors } = places[stage]![ordinal]!;
      const a = aimA(keys.reading, day - startDay, position);
      const b = aimB(keys.reading, day - startDay, position);
      for (let s = 0; s < sensors.length; s++) {
        const { low, span } = sensors[s]!;
        into[s] = wholeOf(valueAt(a, b, hour * ITEMS_PER_HOUR + s), low, span);
      }
    },
    temperature({ day }, assignment) {
      const facts = batches[assignment.batch]!;
      return mean(facts, assignment, day - facts.startDay);
    },
    measuresTemperature: () => true,
    remark: () => null,
  };
}
