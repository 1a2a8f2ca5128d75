/** Growth (domain.md#9): the cube root of the weight gains the same amount every day. */
import { cubeRoot } from "../chance/arithmetic.ts";
import type { Events } from "./events.ts";
import type { Batch, Farm } from "./state.ts";
import type { Rates, StageRates } from "./rates.ts";
import type { World } from "./world.ts";

/**
 * The weight after one day: w' = (w^(1/3) + c T)^3, at most the cap, rounded to 0.01 g (Iwama and
 * Tautz 1981; rule of domain.md#9).
 *
 * @param weight In 0.01 g.
 * @param step The gain c T of the cube root of the weight in g.
 * @param cap In 0.01 g.
 * @return In 0.01 g.
 */
export function grownWeight(weight: number, step: number, cap: number): number {
  const root = cubeRoot(weight / 100) + step;
  return Math.min(Math.floor(root * root * root * 100 + 0.5), cap);
}

/** The rates that growth alone follows. */
export interface GrowthRates extends Pick<Rates, "eggWeight"> {
  /** By order, as in {@linkcode Rates}. */
  readonly stages: readonly Pick<
    StageRates,
    "fromIndex" | "days" | "growthCoefficient" | "growthStep" | "weightCap"
  >[];
}

/**
 * The weight at the end of every day index of a life, in 0.01 g. Growth has no chance in it, so all
 * fish of all batches follow this curve.
 */
export function growthCurve(rates: GrowthRates): Int32Array {
  const last = rates.stages.at(-1)!;
  const curve = new Int32Array(last.fromIndex + last.days);
  let weight = rates.eggWeight;
  let order = 1;
  for (let index = 0; index < curve.length; index++) {
    if (rates.stages[order + 1]?.fromIndex === index) order++;
    const { growthStep, weightCap } = rates.stages[order]!;
    if (growthStep > 0) weight = grownWeight(weight, growthStep, weightCap);
    curve[index] = weight;
  }
  return curve;
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
      to = grownWeight(from, stage.growthStep, stage.weightCap);
    }
    assignment.weight = to;
    assignment.updated.day = day;
    assignment.updated.hour = hour;
    events.grew(assignment);
  }
}

/** Weighs fish of every container with a fed stage, every seventh day of the batch (domain.md#9). */
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
