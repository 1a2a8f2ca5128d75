/** What a simulation lives in: the facts and the biology. What changes is in `state.ts`. */
import type { Biology, BiologyModel } from "./biology.ts";
import type { ContainerFacts, Facts } from "./facts.ts";
import type { Assignment } from "./state.ts";

/** The facts, and how fish and water behave under them. */
export interface World extends Facts {
  readonly biology: Biology;
}

/** The world of facts in which a model of biology holds. */
export function worldOf(facts: Facts, model: BiologyModel): World {
  return { ...facts, biology: model.biologyOf(facts) };
}

/** The facts of a world: all of it that can be sent to a worker. */
export function factsOf({ biology: _, ...facts }: World): Facts {
  return facts;
}

/** The container that an assignment is in. */
export function placeOf(
  { batches }: Facts,
  { batch, stage, ordinal }: Pick<Assignment, "batch" | "stage" | "ordinal">,
): ContainerFacts {
  return batches[batch]!.places[stage]![ordinal]!;
}
