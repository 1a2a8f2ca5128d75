/**
 * When fish of the biology `field` go to the next stage: when they weigh enough, within some days of
 * the plan; tank after tank in fresh water, to sea in loads of whole tanks over weeks. It is decided
 * some days before, since fish fast before they are moved.
 */
import type { MovingRules } from "../fixtures/field/moving_rules.ts";
import type { Facts } from "../farm/facts.ts";
import { weighAtLeast } from "../farm/mean_weight.ts";
import type { Assignment, Batch, Farm } from "../farm/state.ts";
import { uniformAt, wholeBetween } from "./chance.ts";
import { BATCH, FISH } from "./memory.ts";

/** Items of chance of a batch and the stage that it leaves. */
const ITEM = { egg: 0, load: 1, gap: 2, target: 3 } as const;

/** The decision to move. */
export interface Moving {
  /** Decides in the evening which containers leave in the days to come. */
  evening(farm: Farm, batch: Batch): void;
}

/** Moving by weight and plan. */
export function fieldMoving(facts: Facts, rules: MovingRules, fasting: number): Moving {
  const { batches, rates: { stages }, transitionDays } = facts;
  const sea = stages.length - 1;

  function drawn(batch: Batch, item: number): number {
    return uniformAt(batches[batch.index]!.keys.moving, batch.stage, 0, item);
  }

  /** The days after the first one on which each container leaves: by tank, or by load. */
  function daysAfter(batch: Batch, containers: number): (turn: number) => number {
    if (transitionDays === 1) return () => 0;
    if (batch.stage + 1 < sea) {
      const days = Math.min(transitionDays, containers);
      return (turn) => Math.floor(turn * days / containers);
    }
    const tanks = wholeBetween(rules.tanks_per_load, drawn(batch, ITEM.load));
    const gap = wholeBetween(rules.days_between_loads, drawn(batch, ITEM.gap));
    return (turn) => Math.floor(turn / tanks) * gap;
  }

  /** Do the fish weigh what they should? Eggs that have hatched weigh what they did. */
  function isReady(batch: Batch, index: number, earliest: number, latest: number): boolean {
    const { weightCap, growthStep } = stages[batch.stage]!;
    if (index < earliest) return false;
    if (index >= latest) return true;
    if (growthStep === 0) {
      return index >= wholeBetween([earliest, latest], drawn(batch, ITEM.egg));
    }
    const [least, most] = rules.target_share;
    const target = weightCap * (least + (most - least) * drawn(batch, ITEM.target));
    return weighAtLeast(batch.assignments, target);
  }

  return {
    evening(farm, batch) {
      const { stage, transition, memory, assignments, index } = batch;
      if (transition !== null || stage >= sea) return;
      if (memory[BATCH.leaving]! > farm.day) return;
      memory[BATCH.leaving] = 0;
      const { places, startDay, stays } = batches[index]!;
      if ((places[stage + 1]?.length ?? 0) === 0) return;
      const first = farm.day + 1 + fasting;
      const [earliest, end] = [stays[stage + 1]!.from, stays[stage]!.to];
      const after = daysAfter(batch, assignments.length);
      // Where the plan leaves less time, the last ones leave together with those before.
      const room = end - Math.max(earliest, first - startDay);
      const longest = Math.min(after(assignments.length - 1), room);
      if (!isReady(batch, first - startDay, earliest, end - longest)) return;
      memory[BATCH.leaving] = first;
      assignments.forEach((one, turn) =>
        one.memory[FISH.leaving] = first + Math.min(after(turn), longest)
      );
    },
  };
}

/** Those containers of a batch whose day it is. */
export function leavingToday({ day }: Farm, { stage, assignments }: Batch): Assignment[] {
  return assignments.filter((one) => one.stage === stage && one.memory[FISH.leaving] === day);
}

/** In how many days all containers of a batch will have left that leave from today on. */
export function daysOfMove({ day }: Farm, { assignments }: Batch): number {
  return Math.max(...assignments.map(({ memory }) => memory[FISH.leaving]!)) - day + 1;
}
