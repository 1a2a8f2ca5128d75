/** Fish poured from containers into others: who gives how many to whom, and what they weigh there. */
import type { Filling } from "./creation.ts";
import { divideRounded } from "./exact.ts";
import type { Assignment } from "./state.ts";

/** One pour, by places in the lists of sources and of destinations: `before` fish are in the source when `count` of them leave. */
export interface PlannedPour {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly count: number;
}

/**
 * Pours all fish of some sources into destinations in order, each as far as it has room: where all
 * there are leave, every destination gets its share (defects.md#b-01, defects.md#b-02,
 * defects.md#b-03).
 *
 * @param room Fish that each destination takes yet: in sum as many as there are, or more.
 */
export function planPours(sources: readonly number[], room: readonly number[]): PlannedPour[] {
  const pours: PlannedPour[] = [];
  const left = [...room];
  let to = 0;
  sources.forEach((fish, from) => {
    for (let before = fish; before > 0;) {
      while (left[to] === 0) to++;
      const count = Math.min(before, left[to]!);
      pours.push({ from, to, before, count });
      before -= count;
      left[to]! -= count;
    }
  });
  return pours;
}

/** What a container is filled with that was empty: the fish weigh what those poured in do. */
export function fillingOf(
  ordinal: number,
  plan: readonly PlannedPour[],
  sources: readonly Assignment[],
): Pick<Filling, "ordinal" | "source" | "population" | "weight"> {
  const into = plan.filter(({ to }) => to === ordinal);
  const first = sources[into[0]?.from ?? 0]!;
  const { fish, mass } = pouredFish(into, sources);
  return {
    ordinal,
    source: into.length === 0 ? 0 : first.ordinal,
    population: fish,
    weight: fish === 0 ? first.weight : divideRounded(mass, fish),
  };
}

/** Adds what is poured into a container to the fish that are in it. */
export function addFish(
  to: Assignment,
  plan: readonly PlannedPour[],
  sources: readonly Assignment[],
  day: number,
): void {
  const { fish, mass } = pouredFish(plan.filter((pour) => pour.to === to.ordinal), sources);
  const all = to.population + fish;
  if (all > 0) to.weight = divideRounded(to.population * to.weight + mass, all);
  to.population = all;
  to.filledDay = day;
  to.updated = { day, hour: 0 };
}

/** The fish of some pours, and their mass in 0.01 g. */
function pouredFish(pours: readonly PlannedPour[], sources: readonly Assignment[]) {
  let [fish, mass] = [0, 0];
  for (const { from, count } of pours) {
    fish += count;
    mass += count * sources[from]!.weight;
  }
  return { fish, mass };
}
