/** One day of the whole farm, phase by phase over all batches (design.md#d2, rulings.md#2). */
import { createAll } from "./creation.ts";
import type { Events } from "./events.ts";
import { stockInitially } from "./feed_store.ts";
import { feedAll } from "./feeding.ts";
import { growAll, weighAll } from "./growth.ts";
import { harvestAll } from "./harvest.ts";
import { tendHealthAll } from "./health.ts";
import { applyMortality } from "./mortality.ts";
import { type Numbers, numbersFrom } from "./numbers.ts";
import { beginPeriods, farmThen } from "./periods.ts";
import { addLaterScenarios } from "./scenarios.ts";
import { type Batch, type Farm, NO_MEMORY } from "./state.ts";
import { moveAll } from "./transfers.ts";
import type { World } from "./world.ts";

/**
 * The farm on its first morning: nothing has happened.
 *
 * @param numbers Where ids begin: the farm's own from 1 on unless given.
 */
export function newFarm(world: World): Farm;
export function newFarm<Own extends Numbers>(world: World, numbers: Own): Farm<Own>;
export function newFarm(world: World, numbers: Numbers = numbersFrom(1)): Farm {
  const day = world.firstDay;
  const batches = world.batches.map((_, index): Batch => ({
    index,
    id: 0,
    stage: 0,
    stageDay: null,
    transition: null,
    status: "PLANNED",
    pinnedScenario: null,
    harvestDay: null,
    assignments: [],
    eaten: 0,
    samples: 0,
    memory: NO_MEMORY,
    updated: { day: 0, hour: 0 },
  }));
  const sites = world.biology.remembering.sites();
  const then = farmThen({ day, batches, sites });
  return {
    day,
    batches,
    stores: world.feedContainers.map(() => ({ total: 0, lots: [] })),
    ordersToday: 0,
    sites,
    began: { week: then, month: then },
    numbers,
  };
}

/** Moves the farm over its current day and tells `events` what happened. */
export function advanceDay(farm: Farm, world: World, events: Events): void {
  farm.ordersToday = 0;
  beginPeriods(farm);
  harvestAll(farm, world, events);
  endBatches(farm, world);
  if (world.initialFeed && farm.day === world.firstDay) stockInitially(farm, world, events);
  createAll(farm, world, events);
  moveAll(farm, world, events);
  addLaterScenarios(farm, world, events);
  world.biology.remembering.morning(farm);
  events.read(farm);
  feedAll(farm, world, 0, events);
  applyMortality(farm, world, events);
  feedAll(farm, world, 1, events);
  growAll(farm, world, events);
  weighAll(farm, world, events);
  tendHealthAll(farm, world, events);
  events.dayEnded(farm);
  world.biology.remembering.evening(farm);
  farm.day++;
}

/** A batch whose simulated time is over keeps its fish, but nothing more is recorded of them. */
function endBatches(farm: Farm, world: World): void {
  for (const batch of farm.batches) {
    if (world.batches[batch.index]!.endDay === farm.day) batch.assignments = [];
  }
}
