/** The sites of a farm: the sea areas that its plan uses, in the order of their names. */
import { exp } from "../chance/arithmetic.ts";
import type { ContainerFacts, Facts } from "../farm/facts.ts";
import type { Assignment, Farm } from "../farm/state.ts";

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
  /** The rings with fish of every site, batch after batch: as they are when fish have been moved today. */
  rings(farm: Farm): readonly (readonly Assignment[])[];
}

/** Another site of the same coast. */
export interface Neighbour {
  readonly site: number;
  /** What it is to the site, from 1 where there is no way between, a third at the range. */
  readonly share: number;
}

/** Neighbours that are less than this are none. */
const LEAST_SHARE = 0.02;

/**
 * The neighbours of every site. The sites of a coast lie along it in the order of their names.
 *
 * @param spacing Kilometres from one to the next.
 * @param range Kilometres after which a neighbour counts for a third.
 */
export function neighboursOf({ all }: Sites, spacing: number, range: number): Neighbour[][] {
  return all.map(({ name, geography }) =>
    all.flatMap((other, site) => {
      if (other.geography !== geography || other.name === name) return [];
      const apart = Math.abs(numberOf(other.name) - numberOf(name));
      const share = exp(-apart * spacing / range);
      return share < LEAST_SHARE ? [] : [{ site, share }];
    })
  );
}

/** The number at the end of the name of an area, 0 where there is none. */
function numberOf(name: string): number {
  return Number(/\d+$/.exec(name)?.[0] ?? 0);
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
  const of = (assignment: Assignment) => sites[place(assignment).id]!;
  const today = { farm: undefined as Farm | undefined, day: NaN, rings: [] as Assignment[][] };

  function rings(farm: Farm): readonly (readonly Assignment[])[] {
    if (today.farm === farm && today.day === farm.day) return today.rings;
    const rings: Assignment[][] = all.map(() => []);
    for (const { assignments } of farm.batches) {
      for (const one of assignments) {
        const site = of(one);
        if (site >= 0) rings[site]!.push(one);
      }
    }
    Object.assign(today, { farm, day: farm.day, rings });
    return rings;
  }

  return { all, place, of, rings };
}
