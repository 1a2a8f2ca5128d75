/** What the fish of some containers weigh, each counted once. */
import type { Assignment } from "./state.ts";

type Weighed = Pick<Assignment, "population" | "weight">;

/** Their mean weight, in 0.01 g; 0 where there are none. */
export function meanWeightOf(assignments: readonly Weighed[]): number {
  let [mass, fish] = [0, 0];
  for (const { population, weight } of assignments) {
    mass += population * weight;
    fish += population;
  }
  return fish === 0 ? 0 : mass / fish;
}

/** Do they weigh so much on the mean, in 0.01 g? No division rounds what is decided; no fish do. */
export function weighAtLeast(assignments: readonly Weighed[], least: number): boolean {
  let [mass, fish] = [0, 0];
  for (const { population, weight } of assignments) {
    mass += population * weight;
    fish += population;
  }
  return mass >= least * fish;
}
