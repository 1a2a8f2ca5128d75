/**
 * A second biology, for tests of the seam: small, and with a memory of every kind. A site has weather
 * that drifts, fish grow by what yesterday's water was, are treated when the last treatment is long
 * past, and are vaccinated by the warmth their batch has had. Its numbers mean nothing to a farmer.
 */
import {
  type Biology,
  type BiologyModel,
  type Growth,
  NO_READING,
  type Origin,
  type Water,
} from "../src/farm/biology.ts";
import { documented } from "../src/biology/documented/documented.ts";
import { grownWeight } from "../src/biology/documented/growth.ts";
import { divideRounded } from "../src/farm/exact.ts";
import type { Facts } from "../src/farm/facts.ts";
import type { Assignment } from "../src/farm/state.ts";
import { stateWeights } from "../src/farm/state_weight.ts";
import { addRecord, fishOf } from "../src/farm/toll.ts";

/** Places in the memory of an assignment: in 0.01 °C, in 0.01 g, in days. */
const FISH = { yesterday: 0, stateWeight: 1, sinceTreatment: 2 } as const;

/** Places in the memory of a batch: warmth in 0.01 degree-days, and whether a vaccine is due. */
const BATCH = { warmth: 0, due: 1 } as const;

/** Days between two treatments, and warmth between two vaccinations. */
const RHYTHM = { treatment: 37, vaccination: 60_000 } as const;

function water({ batches, rates }: Facts, plain: Water): Water {
  const hours = rates.readingHours.length;
  const { temperatureParameterId } = rates.analysis;
  const most = Math.max(
    ...batches.flatMap(({ places }) => places.flat().map(({ sensors }) => sensors.length)),
  );
  const values = new Int32Array(most);
  const read: Water["read"] = (into, farm, assignment, hour) => {
    plain.read(into, farm, assignment, hour);
    const { places } = batches[assignment.batch]!;
    const { sensors } = places[assignment.stage]![assignment.ordinal]!;
    const weather = farm.sites[0]![0]!;
    sensors.forEach(({ parameterId }, s) => {
      if (parameterId === temperatureParameterId) into[s]! += 100 * weather;
      else if ((weather + s + hour) % 5 === 0) into[s] = NO_READING;
    });
  };
  return {
    read,
    count(farm, batch) {
      let readings = 0;
      for (const assignment of batch.assignments) {
        const { stage, ordinal } = assignment;
        const { sensors } = batches[batch.index]!.places[stage]![ordinal]!;
        for (let hour = 0; hour < hours; hour++) {
          read(values, farm, assignment, hour);
          readings += sensors.filter((_, s) => values[s] !== NO_READING).length;
        }
      }
      return readings;
    },
    temperature: (farm, assignment) => plain.temperature(farm, assignment) + farm.sites[0]![0]!,
    measuresTemperature: () => true,
    remark: plain.remark,
  };
}

function growth(
  { batches, rates: { samples, stages } }: Facts,
  plain: Growth,
  temperature: Water["temperature"],
): Growth {
  const weights = stateWeights(samples, plain.expected);
  return {
    ...plain,
    grow(_farm, assignment) {
      const { growthCoefficient, weightCap } = stages[assignment.stage]!;
      if (growthCoefficient === 0) return false;
      const step = growthCoefficient * assignment.memory[FISH.yesterday]! / 100;
      assignment.weight = grownWeight(assignment.weight, step, weightCap);
      return true;
    },
    stateWeight(farm, assignment, before) {
      const { batch, stage, position, weight, weighedDay } = assignment;
      const { startDay } = batches[batch]!;
      if (weighedDay === farm.day) {
        return weights.sampled(batches[batch]!, farm.day - startDay, position, weight);
      }
      return weights.computed(stage, before, temperature(farm, assignment), weight);
    },
    stateWeightBefore: (_farm, { memory }) => memory[FISH.stateWeight]!,
  };
}

/** The mean of what the fish of a container remember when others have come to them. */
export function rememberedMean(
  { memory }: Assignment,
  origins: readonly Origin[],
  before: number,
  place: number,
  eggs: number,
): number {
  const came = origins.reduce((sum, { count }) => sum + count, 0);
  if (before + came === 0 || origins.length === 0) return eggs;
  const own = before === 0 ? 0 : before * memory[place]!;
  const theirs = origins.reduce((sum, { from, count }) => sum + count * from.memory[place]!, 0);
  return divideRounded(own + theirs, before + came);
}

function remembering(facts: Facts): Biology {
  const { batches, rates } = facts;
  const plain = documented.biologyOf(facts);
  const ownWater = water(facts, plain.water);
  const own = { water: ownWater, growth: growth(facts, plain.growth, ownWater.temperature) };
  const weights = stateWeights(rates.samples, own.growth.expected);
  return {
    ...plain,
    ...own,
    mortality: {
      ...plain.mortality,
      take(into, farm, assignment) {
        plain.mortality.take(into, farm, assignment);
        const { memory, population, stage } = assignment;
        const spared = population > fishOf(into);
        if (memory[FISH.yesterday]! < 1_200 && spared) addRecord(into, 1, stage, 0);
      },
    },
    husbandry: {
      ...plain.husbandry,
      vaccine: (farm, { batch }) => farm.batches[batch]!.memory[BATCH.due]! - 1,
      treatment: (_farm, { memory }) =>
        memory[FISH.sinceTreatment]! >= RHYTHM.treatment
          ? {
            ...rates.treatments.lice,
            type: "physical",
            outcome: "successful",
            said: "treated against lice",
          }
          : null,
    },
    remembering: {
      sites: () => [[0]],
      begin(_farm, batch) {
        batch.memory = [0, 0];
      },
      fill(_farm, assignment, origins, before) {
        const mean = (place: number, eggs: number) =>
          rememberedMean(assignment, origins, before, place, eggs);
        assignment.memory = [
          mean(FISH.yesterday, 1_200),
          mean(FISH.stateWeight, rates.eggWeight),
          assignment.ordinal,
        ];
      },
      morning(farm) {
        const [site] = farm.sites;
        site![0] = Math.trunc(site![0]! * 9 / 10) + farm.day * 7919 % 101 - 50;
      },
      evening(farm) {
        for (const batch of farm.batches) {
          if (batch.assignments.length === 0) continue;
          const facts = batches[batch.index]!;
          const index = farm.day - facts.startDay;
          for (const one of batch.assignments) {
            const { memory, stage, position, weight } = one;
            const temperature = own.water.temperature(farm, one);
            memory[FISH.stateWeight] = one.weighedDay === farm.day
              ? weights.sampled(facts, index, position, weight)
              : weights.computed(stage, memory[FISH.stateWeight]!, temperature, weight);
            memory[FISH.yesterday] = temperature;
            const treated = memory[FISH.sinceTreatment]! >= RHYTHM.treatment;
            memory[FISH.sinceTreatment] = treated ? 0 : memory[FISH.sinceTreatment]! + 1;
          }
          const before = batch.memory[BATCH.warmth]!;
          const warmth = before + batch.assignments[0]!.memory[FISH.yesterday]!;
          const due = (sum: number) => Math.floor(sum / RHYTHM.vaccination);
          batch.memory = [warmth, due(warmth) > due(before) ? 1 : 0];
        }
      },
    },
  };
}

/** The model whose biology has a memory. */
export const REMEMBERING: BiologyModel = {
  forecast: documented.forecast,
  biologyOf: remembering,
};
