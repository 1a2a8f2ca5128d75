/** When the dead of the biology `field` are taken out, and when that is written down. */
import type { DeathEntryRules } from "../fixtures/field/death_rules.ts";
import type { Facts } from "../farm/facts.ts";
import type { Assignment, Farm, Memory } from "../farm/state.ts";
import { isWeekend } from "./calendar.ts";
import { keysOfPlaces, uniformAt } from "./chance.ts";
import { BATCH, FISH, SITE } from "./memory.ts";
import type { Sites } from "./sites.ts";

/** Items of chance of a site's or a batch's day, and of a container's. */
const ITEM = { missed: 0, delay: 1, own: 2 } as const;

/** The habits of those who take out the dead. */
export interface DeathEntry {
  /** Decides at which sites the dead are taken out today, and when that is written down. */
  morning(farm: Farm): void;
  /**
   * Whether the dead of a container are taken out today; they always are before its fish leave.
   *
   * @param dead How many there are, as expected.
   */
  isTaken(farm: Farm, assignment: Assignment, dead: number): boolean;
  /** Days after which those that are taken out of a container today are entered. */
  delay(farm: Farm, assignment: Assignment): number;
}

/** The days from the deaths to their entry, for `u` between 0 and 1. */
export function delayOf({ same_day, next_day, latest_days }: DeathEntryRules, u: number): number {
  if (u < same_day) return 0;
  if (u < same_day + next_day) return 1;
  const late = (u - same_day - next_day) / (1 - same_day - next_day);
  return 2 + Math.min(Math.floor(late * (latest_days - 1)), latest_days - 2);
}

/** A count as it is written down: large ones are rounded now and then, for `u` between 0 and 1. */
export function writtenCount(rules: DeathEntryRules, count: number, u: number): number {
  if (count <= rules.rounded_above || u >= rules.rounded_share) return count;
  return Math.floor(count / rules.rounded_to) * rules.rounded_to;
}

/** The habits of a profile. */
export function fieldDeathEntry(facts: Facts, rules: DeathEntryRules, sites: Sites): DeathEntry {
  const siteKeys = keysOfPlaces(facts.seed, "siteDeathEntry", sites.all);
  const sea = facts.rates.stages.length - 1;

  /** The share of days missed together, and of the others those missed in one container. */
  function missed(day: number): readonly [number, number] {
    return isWeekend(day) ? onWeekends : onWeekdays;
  }

  function partsOf(share: number): readonly [number, number] {
    const together = share * rules.together;
    return [together, (share - together) / (1 - together)];
  }

  const [onWeekdays, onWeekends] = [
    partsOf(rules.missed_on_weekdays),
    partsOf(rules.missed_on_weekends),
  ];

  const memoryOf = (farm: Farm, { batch }: Assignment): Memory => farm.batches[batch]!.memory;

  return {
    morning(farm) {
      const [together] = missed(farm.day);
      farm.sites.forEach((memory, s) => {
        const key = siteKeys[s]!;
        memory[SITE.missed] = uniformAt(key, farm.day, 0, ITEM.missed) < together ? 1 : 0;
        memory[SITE.delay] = delayOf(rules, uniformAt(key, farm.day, 0, ITEM.delay));
      });
      for (const { index, assignments, memory } of farm.batches) {
        if (assignments.length === 0) continue;
        const key = facts.batches[index]!.keys.fishDeathEntry;
        memory[BATCH.missed] = uniformAt(key, farm.day, 0, ITEM.missed) < together ? 1 : 0;
        memory[BATCH.delay] = delayOf(rules, uniformAt(key, farm.day, 0, ITEM.delay));
      }
    },
    isTaken(farm, assignment, dead) {
      const { batch, stage, position, memory } = assignment;
      const leaving = memory[FISH.leaving]!;
      if (dead >= rules.never_missed_from || leaving !== 0 && farm.day + 1 >= leaving) return true;
      const together = stage === sea
        ? farm.sites[sites.of(assignment)]![SITE.missed]
        : memoryOf(farm, assignment)[BATCH.missed];
      if (together === 1) return false;
      const key = facts.batches[batch]!.keys.fishDeathEntry;
      return uniformAt(key, farm.day, position, ITEM.own) >= missed(farm.day)[1];
    },
    delay: (farm, assignment) =>
      assignment.stage === sea
        ? farm.sites[sites.of(assignment)]![SITE.delay]!
        : memoryOf(farm, assignment)[BATCH.delay]!,
  };
}
