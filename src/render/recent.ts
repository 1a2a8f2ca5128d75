/**
 * What the feeding summaries need of their window, gathered while its days are lived (domain.md#17):
 * who ate how much, and which samples were the first and the last.
 */
import type { Listener } from "../farm/events.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import type { World } from "../farm/world.ts";

/** First day of the window that ends on the last simulated day. */
export function summaryStart(world: World): number {
  return world.asOf - 1 - world.rates.analysis.summary.windowDays;
}

/** A sample of a batch: by its address the fish can be measured again. */
export interface Weighed {
  /** Day index of the batch. */
  readonly index: number;
  readonly position: number;
  /** What the fish weigh, in 0.01 g. */
  readonly weight: number;
}

/** The samples of a batch. */
export interface RecentSamples {
  readonly first: Weighed;
  last: Weighed;
  count: number;
}

/** What happened in the window of the summaries. */
export interface Recent {
  /** What assignments ate, by id, in 0.0001 kg. */
  readonly feed: ReadonlyMap<number, number>;
  /** By index of the batch. */
  readonly samples: ReadonlyMap<number, RecentSamples>;
}

/** The listener that gathers it, and what it has gathered. */
export function gatherRecent(farm: Farm, world: World): { events: Listener; recent: Recent } {
  const from = summaryStart(world);
  const feed = new Map<number, number>();
  const samples = new Map<number, RecentSamples>();
  const weigh = ({ batch, position, weight }: Assignment) => {
    const weighed = { index: farm.day - world.batches[batch]!.startDay, position, weight };
    const known = samples.get(batch);
    if (known === undefined) {
      samples.set(batch, { first: weighed, last: weighed, count: 1 });
    } else {
      known.last = weighed;
      known.count++;
    }
  };
  const events: Listener = {
    fed({ id }, { amount }) {
      if (farm.day >= from) feed.set(id, (feed.get(id) ?? 0) + amount);
    },
    weighed(assignment) {
      if (farm.day >= from) weigh(assignment);
    },
  };
  return { events, recent: { feed, samples } };
}
