/**
 * Incidents at sea: jellyfish, blooms, low oxygen, predators, rough handling, torn nets. Few rings or
 * all of a site lose a share that is mostly small and now and then terrible, over some weeks.
 */
import { exp, power } from "../chance/arithmetic.ts";
import type { IncidentRules } from "../fixtures/field/incident_rules.ts";
import type { Facts } from "../farm/facts.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import { wave } from "./calendar.ts";
import { keysOfPlaces, normalAt, uniformAt } from "./chance.ts";
import { beginExcess, type Process } from "./excess.ts";
import type { Sites } from "./sites.ts";

/** Items of chance of a site's day, and of a ring's. */
const ITEM = { kind: 0, share: 1, reach: 2, order: 0, ring: 1 } as const;

/** What begins in the water of a site today and may kill. */
export interface WaterEvent {
  /** The name of a kind of incident. */
  readonly kind: string;
  /** How bad it is, in points of oxygen saturation; see `IncidentRules.depths`. */
  readonly depth: number;
}

/** What begins in the water of a site this morning, null for nothing. */
export type WaterEvents = (farm: Farm, site: number) => WaterEvent | null;

/** Incidents. */
export interface Incidents {
  /** How the killed of every kind die, by the position of the kind. */
  readonly processes: readonly Process[];
  /** Lets incidents begin. */
  morning(farm: Farm): void;
}

/** The shares of the killed by day. */
function daysOf({ weeks, fade }: IncidentRules): number[] {
  const all = weeks.reduce((sum, one) => sum + one, 0);
  const shape: number[] = [1];
  while (shape.length < 7) shape.push(shape.at(-1)! * fade);
  const week = shape.reduce((sum, one) => sum + one, 0);
  return weeks.flatMap((share) => shape.map((one) => share / all * one / week));
}

/** The share that an incident kills, for `u` from 0, the most harmless of all, to 1. */
export function killedShare({ least, most, tail }: IncidentRules, u: number): number {
  return Math.min(most, least * power(Math.max(1 - u, 1e-9), -1 / tail));
}

/** How bad a depth is among all that there are, from 0 to 1; deep ones are seldom, as squares are. */
export function badness({ depths: [from, to] }: IncidentRules, depth: number): number {
  return Math.sqrt(Math.min(Math.max((depth - from) / (to - from), 0), 1));
}

/**
 * Incidents by chance.
 *
 * @param firstCause Position of the cause of the first kind.
 * @param water Tells when the water brings one; without it, such incidents come by chance too.
 */
export function fieldIncidents(
  facts: Facts,
  rules: IncidentRules,
  sites: Sites,
  firstCause: number,
  water?: WaterEvents,
): Incidents {
  const { kinds, reach } = rules;
  const siteKeys = keysOfPlaces(facts.seed, "siteIncident", sites.all);
  const allKinds = kinds.reduce((sum, { share }) => sum + share, 0);
  const allReach = reach.reduce((sum, { share }) => sum + share, 0);
  const days = daysOf(rules);

  /** How often each kind begins at a site on a day. */
  function oftenOn(day: number): number[] {
    return kinds.map(({ share, season, season_day, of_water }) =>
      of_water && water !== undefined
        ? 0
        : rules.per_site_year / 365.25 * share / allKinds * (1 + season * wave(day, season_day))
    );
  }

  /** Those rings that an incident reaches. */
  function reached(
    day: number,
    site: number,
    rings: readonly Assignment[],
    most = rings.length,
  ): Assignment[] {
    let u = uniformAt(siteKeys[site]!, day, 0, ITEM.reach) * allReach;
    const found = reach.find(({ share }) => (u -= share) < 0) ?? reach.at(-1)!;
    const order = ({ batch, position }: Assignment) =>
      uniformAt(facts.batches[batch]!.keys.fishIncident, day, position, ITEM.order);
    const count = Math.min(most, Math.max(1, Math.floor(found.rings * rings.length + 0.5)));
    return rings.map((ring) => ({ ring, order: order(ring) }))
      .sort((a, b) => a.order - b.order).slice(0, count).map(({ ring }) => ring);
  }

  /** Lets a kind of incident begin at a site, `u` bad. */
  function strike(farm: Farm, site: number, kind: number, u: number): void {
    const rings = sites.rings(farm)[site]!;
    if (rings.length === 0) return;
    const share = killedShare(rules, u);
    for (const ring of reached(farm.day, site, rings, kinds[kind]!.most_rings)) {
      const { batch, position, population, memory } = ring;
      const key = facts.batches[batch]!.keys.fishIncident;
      const times = exp(rules.ring_sd * normalAt(key, farm.day, position, ITEM.ring));
      const killed = Math.min(rules.most, share * times);
      beginExcess(memory, kind, farm.day, population * killed);
    }
  }

  return {
    processes: kinds.map((_, k) => ({ cause: firstCause + k, days })),
    morning(farm) {
      const often = oftenOn(farm.day);
      siteKeys.forEach((key, site) => {
        let u = uniformAt(key, farm.day, 0, ITEM.kind);
        const kind = often.findIndex((share) => (u -= share) < 0);
        if (kind >= 0) strike(farm, site, kind, uniformAt(key, farm.day, 0, ITEM.share));
        const event = water?.(farm, site) ?? null;
        if (event === null) return;
        const found = kinds.findIndex(({ name }) => name === event.kind);
        if (found >= 0) strike(farm, site, found, badness(rules, event.depth));
      });
    },
  };
}
