/** Lice counts at sea (domain.md#10): twenty fish of every ring, every week. */
import { aimA, aimB, unit, valueAt, wholeOf } from "../chance/addressed.ts";
import type { Events } from "./events.ts";
import type { LiceRates } from "./rates.ts";
import type { Assignment, Farm } from "./state.ts";
import type { BatchFacts, World } from "./world.ts";

/** What was counted in one ring. It is filled again for every ring. */
export interface LiceCount {
  /** By lice type: first the shares of the profile, then the occasional one; 0 gives no row. */
  readonly typeIds: number[];
  readonly counts: number[];
  /** Index of the detection method. */
  method: number;
  /** How many counts are above 0. */
  rows: number;
}

/** An empty count for these rates. */
export function newLiceCount({ shares }: LiceRates): LiceCount {
  const typeIds = [...shares.map((share) => share.typeId), 0];
  return { typeIds, counts: typeIds.map(() => 0), method: 0, rows: 0 };
}

const ITEM = { lice: 0, occasional: 1, occasionalType: 2, occasionalCount: 3, method: 4 } as const;

/** Counts the lice of a ring on a day index of its batch. */
export function countLice(
  into: LiceCount,
  assignment: Assignment,
  { keys }: BatchFacts,
  index: number,
  adultDay: number,
  rates: LiceRates,
): void {
  const a = aimA(keys.lice, index, assignment.ordinal);
  const b = aimB(keys.lice, index, assignment.ordinal);
  const { shares, occasional, detection } = rates;
  const { factor } = rates.pressure.find((step) => adultDay < step.belowDay)!;
  const perFish = rates.base + rates.span * unit(valueAt(a, b, ITEM.lice)) * factor;
  const total = Math.floor(perFish * rates.fish);
  into.rows = 0;
  for (let i = 0; i < shares.length; i++) {
    into.counts[i] = Math.floor(total * shares[i]!.percent / 100);
    if (into.counts[i]! > 0) into.rows++;
  }
  const last = shares.length;
  into.counts[last] = 0;
  if (unit(valueAt(a, b, ITEM.occasional)) < occasional.probability) {
    // At least 1, or the range would be empty (defects.md#b-28).
    const most = Math.max(1, Math.floor(total * occasional.upToPercent / 100));
    const { typeIds } = occasional;
    into.typeIds[last] = typeIds[wholeOf(valueAt(a, b, ITEM.occasionalType), 0, typeIds.length)]!;
    into.counts[last] = wholeOf(valueAt(a, b, ITEM.occasionalCount), 1, most);
    into.rows++;
  }
  const u = unit(valueAt(a, b, ITEM.method));
  into.method = detection.findIndex(({ upTo }) => u < upTo);
  if (into.method < 0) into.method = detection.length - 1;
}

/** Counts lice in every ring whose batch is due this week. */
export function countLiceAll(farm: Farm, world: World, events: Events): void {
  const { stages, lice } = world.rates;
  const sea = stages.at(-1)!;
  for (const batch of farm.batches) {
    if (batch.stage !== sea.order) continue;
    const index = farm.day - world.batches[batch.index]!.startDay;
    if (index % lice.everyDays !== 0) continue;
    for (const assignment of batch.assignments) {
      events.liceCounted(assignment, index, index - sea.fromIndex);
    }
  }
}
