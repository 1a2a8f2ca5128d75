/** Growth (section 9): the cube root of the weight gains the same amount every day. */
import { cubeRoot } from "../chance/arithmetic.ts";
import type { Events } from "./events.ts";
import type { Batch, Farm } from "./state.ts";
import type { StageRates, World } from "./world.ts";

/**
 * The weight after one day: w' = (w^(1/3) + c T)^3, at most the stage's cap, rounded to 0.01 g
 * (Iwama and Tautz 1981; rule of section 9).
 *
 * @param weight In 0.01 g.
 * @return In 0.01 g.
 */
export function grownWeight(weight: number, stage: StageRates): number {
  const root = cubeRoot(weight / 100) + stage.growthStep;
  return Math.min(Math.floor(root * root * root * 100 + 0.5), stage.weightCap);
}

/** Lets the fish of every fed stage grow by one day. */
export function growAll(farm: Farm, world: World, events: Events): void {
  const hour = world.rates.growthHour;
  for (const batch of farm.batches) {
    if (world.rates.stages[batch.stage]!.growthStep > 0) {
      growBatch(batch, farm.day, hour, world, events);
    }
  }
}

function growBatch(batch: Batch, day: number, hour: number, world: World, events: Events): void {
  const stage = world.rates.stages[batch.stage]!;
  let from = -1;
  let to = 0;
  for (const assignment of batch.assignments) {
    if (assignment.weight !== from) {
      from = assignment.weight;
      to = grownWeight(from, stage);
    }
    assignment.weight = to;
    assignment.updated.day = day;
    assignment.updated.hour = hour;
    events.grew(assignment);
  }
}

/** Weighs fish of every container with a fed stage, every seventh day of the batch (section 9). */
export function weighAll(farm: Farm, world: World, events: Events): void {
  const { everyDays, fromStage } = world.rates.samples;
  for (const batch of farm.batches) {
    if (batch.stage < fromStage) continue;
    const index = farm.day - world.batches[batch.index]!.startDay;
    if (index % everyDays !== 0) continue;
    for (const assignment of batch.assignments) {
      assignment.weighedDay = farm.day;
      events.weighed(assignment);
    }
  }
}
