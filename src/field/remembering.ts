/** What `field` remembers, and when: the parts of the day that change its memories. */
import { exp } from "../chance/arithmetic.ts";
import type { GrowthRules } from "../fixtures/field/growth_rules.ts";
import type { Origin, Remembering } from "../farm/biology.ts";
import type { Facts } from "../farm/facts.ts";
import type { Assignment, Batch, Farm } from "../farm/state.ts";
import { normalAt } from "./chance.ts";
import { BATCH, blank, blankFish, blankSite, FISH } from "./memory.ts";
import type { Sites } from "./sites.ts";

/** A part of the biology that remembers something. */
export interface Part {
  /** Sets what today is like. */
  morning?(farm: Farm): void;
  /** Sets what is known of fish that have come to a container. */
  fill?(farm: Farm, assignment: Assignment, origins: readonly Origin[], before: number): void;
  /** Decides for the days to come. */
  evening?(farm: Farm, batch: Batch): void;
}

/** The mean of what the fish of a container and those that came to it remember at a place. */
export function meanOf(
  assignment: Assignment,
  origins: readonly Origin[],
  before: number,
  place: number,
): number {
  let [fish, sum] = [before, before === 0 ? 0 : before * assignment.memory[place]!];
  for (const { from, count } of origins) {
    fish += count;
    sum += count * from.memory[place]!;
  }
  return fish === 0 ? 0 : sum / fish;
}

/** Memories of sites, batches and fish, filled and changed part by part in the order given. */
export function fieldRemembering(
  facts: Facts,
  growth: GrowthRules,
  sites: Sites,
  parts: readonly Part[],
): Remembering {
  const { batches, rates } = facts;
  const { kinds } = facts.field!.treatments;
  const sea = rates.stages.length - 1;

  /** How fast fish grow that arrive as eggs. */
  function paceOfEggs({ batch, ordinal }: Assignment): number {
    const { pace } = batches[batch]!.keys;
    return exp(
      growth.batch_sd * normalAt(pace, 0, 0, 0) + growth.tank_sd * normalAt(pace, 1, ordinal, 0),
    );
  }

  return {
    sites: () => sites.all.map(() => blankSite(kinds.length)),
    begin(_farm, batch) {
      batch.memory = blank(BATCH);
    },
    fill(farm, assignment, origins, before) {
      const memory = before === 0 ? blankFish() : assignment.memory;
      if (origins.length === 0 && before === 0) {
        memory[FISH.pace] = paceOfEggs(assignment);
        memory[FISH.stateWeight] = rates.eggWeight;
      } else {
        const { batch, stage, ordinal } = assignment;
        const ring = before === 0 && stage === sea
          ? exp(growth.ring_sd * normalAt(batches[batch]!.keys.pace, 2, ordinal, 0))
          : 1;
        const weight = meanOf(assignment, origins, before, FISH.stateWeight);
        memory[FISH.pace] = ring * meanOf(assignment, origins, before, FISH.pace);
        memory[FISH.stateWeight] = Math.floor(weight + 0.5);
      }
      assignment.memory = memory;
      for (const part of parts) part.fill?.(farm, assignment, origins, before);
    },
    morning(farm) {
      for (const part of parts) part.morning?.(farm);
    },
    evening(farm) {
      for (const batch of farm.batches) {
        if (batch.assignments.length === 0) continue;
        for (const part of parts) part.evening?.(farm, batch);
      }
    },
  };
}
