/** Lice counts as documented (domain.md#10): twenty fish of every ring, every week, by chance alone. */
import { aimA, aimB, unit, valueAt, wholeOf } from "../../chance/addressed.ts";
import type { Lice } from "../../farm/biology.ts";
import type { BatchFacts, Facts } from "../../farm/facts.ts";
import { addLice, type LiceCount } from "../../farm/lice_count.ts";
import type { LiceRates } from "../../farm/rates.ts";
import type { Assignment } from "../../farm/state.ts";

const ITEM = { lice: 0, occasional: 1, occasionalType: 2, occasionalCount: 3, method: 4 } as const;

/** Counts the lice of a ring on a day index of its batch. */
export function countLice(
  into: LiceCount,
  { position }: Pick<Assignment, "position">,
  { keys }: BatchFacts,
  index: number,
  adultDay: number,
  rates: LiceRates,
): void {
  const a = aimA(keys.lice, index, position);
  const b = aimB(keys.lice, index, position);
  const { shares, occasional, detection } = rates;
  const { factor } = rates.pressure.find((step) => adultDay < step.belowDay)!;
  const perFish = rates.base + rates.span * unit(valueAt(a, b, ITEM.lice)) * factor;
  const total = Math.floor(perFish * rates.fish);
  into.rows = 0;
  into.fish = rates.fish;
  // A kind that is not found has no row.
  for (const { typeId, percent } of shares) {
    const lice = Math.floor(total * percent / 100);
    if (lice > 0) addLice(into, typeId, lice);
  }
  if (unit(valueAt(a, b, ITEM.occasional)) < occasional.probability) {
    // At least 1, or the range would be empty (defects.md#b-28).
    const most = Math.max(1, Math.floor(total * occasional.upToPercent / 100));
    const { typeIds } = occasional;
    addLice(
      into,
      typeIds[wholeOf(valueAt(a, b, ITEM.occasionalType), 0, typeIds.length)]!,
      wholeOf(valueAt(a, b, ITEM.occasionalCount), 1, most),
    );
  }
  const u = unit(valueAt(a, b, ITEM.method));
  into.method = detection.findIndex(({ upTo }) => u < upTo);
  if (into.method < 0) into.method = detection.length - 1;
}

/** Lice without a memory: every week is counted anew. */
export function documentedLice({ batches, rates }: Facts): Lice {
  const { lice, stages } = rates;
  const sea = stages.at(-1)!.fromIndex;
  return {
    counted: ({ day }, { batch }) => (day - batches[batch]!.startDay) % lice.everyDays === 0,
    count(into, { day }, assignment) {
      const facts = batches[assignment.batch]!;
      const index = day - facts.startDay;
      countLice(into, assignment, facts, index, index - sea, lice);
    },
  };
}
