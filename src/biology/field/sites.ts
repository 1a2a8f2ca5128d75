/** The sites of a farm: the sea areas that its plan uses, in the order of their names. */
import type { ContainerFacts, Facts } from "../../farm/facts.ts";
import type { Assignment } from "../../farm/state.ts";

/** A sea area. */
export interface Site {
  /** `S-SEA-01`. */
  readonly name: string;
  /** Name of its geography. */
  readonly geography: string;
}

/** The sites, and where fish are. */
export interface Sites {
  readonly all: readonly Site[];
  /** Position of the site of a container, -1 in fresh water. */
  of(assignment: Assignment): number;
  /** The container that fish are in. */
  place(assignment: Assignment): ContainerFacts;
}

/** The sites of a plan. */
export function sitesOf({ batches }: Facts): Sites {
  const byName = new Map<string, Site>();
  for (const { places, geography } of batches) {
    for (const { atSea, home } of places.flat()) {
      if (atSea) byName.set(home, { name: home, geography: geography.name });
    }
  }
  const all = [...byName.values()].sort((a, b) => a.name < b.name ? -1 : 1);
  const positions = new Map(all.map(({ name }, i) => [name, i]));
  const containers = batches.flatMap(({ places }) => places.flat());
  /** By the id of a container: asked for every fish and hour. */
  const sites = new Int16Array(containers.reduce((most, { id }) => Math.max(most, id), 0) + 1);
  for (const { id, home } of containers) sites[id] = positions.get(home) ?? -1;
  const place = ({ batch, stage, ordinal }: Assignment) => batches[batch]!.places[stage]![ordinal]!;
  return { all, place, of: (assignment) => sites[place(assignment).id]! };
}
