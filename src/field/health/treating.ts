/**
 * Treatments at sea of the biology `field`: once a week a site looks at its lice and gills and decides;
 * its rings are treated over some days, after a fast. What a treatment leaves of the lice, and how
 * many fish die of it, is so on the morning of its day.
 */
import { exp } from "../../chance/arithmetic.ts";
import type { RationRules } from "../../fixtures/field/ration_rules.ts";
import type { TreatmentKindRules, TreatmentRules } from "../../fixtures/field/treatment_rules.ts";
import { civilOf, isoOf } from "../../farm/days.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import type { Treatment } from "../../farm/treatment.ts";
import { isSeason } from "../calendar.ts";
import { keysOfPlaces, normalAt, uniformAt, wholeBetween } from "../chance.ts";
import type { Conditions } from "../water/conditions.ts";
import { beginExcess } from "../excess.ts";
import type { Illnesses } from "./illness.ts";
import { ATTACHED, preAdultsOn } from "./lice.ts";
import { FISH, SITE, USES } from "../memory.ts";
import type { Part } from "../remembering.ts";
import type { Sites } from "../sites.ts";

/** Items of chance of a site's day, and of a ring's. */
const ITEM = {
  ...{ weekday: 0, treats: 1, kind: 2, whole: 3, notice: 4, over: 5 },
  ...{ dosage: 6, efficacy: 0, deaths: 1 },
} as const;

/** No fish are treated in their first days at sea. */
const SETTLED_DAYS = 21;

/** What the share that dies is multiplied with at the least, however cold, small and sound fish are. */
const LEAST_FACTOR = 0.2;

/** No treatment kills more. */
const MOST_KILLED = 0.3;

/** The places of lice that move on the fish. */
const MOVING = [FISH.preAdults, FISH.preAdults2, FISH.females, FISH.males] as const;

/** Treatments. */
export interface Treating extends Required<Pick<Part, "morning" | "evening">> {
  /** What is given to the fish of a ring today. */
  treatment(farm: Farm, ring: Assignment): Treatment | null;
}

/** Adult females on a fish that must not be passed on a day. */
export function limitOn(
  { limits }: Pick<TreatmentRules, "limits">,
  geography: string,
  day: number,
): number {
  const date = isoOf(day);
  const { month } = civilOf(day);
  const own = limits.filter((one) =>
    one.geography === geography && (one.from === undefined || one.from <= date) &&
    (one.months === undefined || isSeason(one.months, month))
  );
  return own.at(-1)?.females ?? Infinity;
}

/** The chance that a site decides in a week to treat, for adult females by forecast and their limit. */
export function chanceOf(
  { usual, steep, share_of_limit }: Pick<TreatmentRules, "usual" | "steep" | "share_of_limit">,
  forecast: number,
  limit: number,
): number {
  return 1 - exp(-usual - steep * Math.max(0, forecast - share_of_limit * limit) / limit);
}

/**
 * The treatments of a profile.
 *
 * @param firstProcess Position among the processes of death of the first kind's.
 */
export function fieldTreating(
  facts: Facts,
  rules: TreatmentRules,
  feeding: RationRules,
  sites: Sites,
  conditions: Conditions,
  illnesses: Illnesses,
  firstProcess: number,
): Treating {
  const { batches, field, rates: { stages } } = facts;
  const { kinds } = rules;
  const last = stages.length - 1;
  const keys = keysOfPlaces(facts.seed, "siteTreatment", sites.all);
  const weekdays = keys.map((key) => Math.floor(7 * uniformAt(key, 0, 0, ITEM.weekday)));
  const fast = feeding.fasting_days.treatment;
  const latest = batches.map(({ startDay, stays }) =>
    startDay + (stays[last]?.to ?? 0) - field!.harvest.longest_days
  );

  function ringsOf(farm: Farm, site: number): Assignment[] {
    return farm.batches.flatMap(({ assignments }) =>
      assignments.filter((one) =>
        one.stage === last && sites.of(one) === site && one.memory[FISH.leaving] === 0 &&
        one.memory[FISH.treatment] === 0 && farm.day - one.filledDay >= SETTLED_DAYS
      )
    );
  }

  function forecastOf(rings: readonly Assignment[]): number {
    let [fish, lice] = [0, 0];
    for (const ring of rings) {
      const { population, memory } = ring;
      fish += population;
      lice += population * (memory[FISH.females]! + rules.ahead * preAdultsOn(ring));
    }
    return fish === 0 ? 0 : lice / fish;
  }

  /** Days for which treated fish may not be sold in water of a temperature. */
  function withholding(
    { withholding_degree_days: degrees }: TreatmentKindRules,
    temperature: number,
  ) {
    return degrees === 0 ? 0 : Math.ceil(degrees / Math.max(temperature, 2));
  }

  function isAllowed(
    farm: Farm,
    kind: TreatmentKindRules,
    rings: readonly Assignment[],
    end: number,
  ): boolean {
    return rings.every((ring) => {
      const temperature = conditions.temperature(farm, ring);
      // Colder water until then makes the time longer.
      const bound = end + kind.duration_days + withholding(kind, temperature - 3);
      return temperature <= kind.warmest_c && bound <= latest[ring.batch]! &&
        !illnesses.isSpared(ring, kind.name);
    });
  }

  /** A kind by its share, of those that may be; -1 where none may. */
  function chosen(u: number, before: number, may: (kind: TreatmentKindRules) => boolean): number {
    const shares = kinds.map((kind, k) =>
      may(kind) ? kind.share * (k === before ? rules.again : 1) : 0
    );
    let left = u * shares.reduce((sum, one) => sum + one, 0);
    return shares.findIndex((share) => share > 0 && (left -= share) < 0);
  }

  function decide(farm: Farm, site: number): void {
    const { day } = farm;
    const memory = farm.sites[site]!;
    const key = keys[site]!;
    if ((day - weekdays[site]!) % 7 !== 0) return;
    if (memory[SITE.decided] !== 0 && day - memory[SITE.decided]! < rules.pause_days) return;
    const rings = ringsOf(farm, site);
    if (rings.length === 0) return;
    const u = (item: number) => uniformAt(key, day, 0, item);
    const gills = illnesses.wantTreatment(farm, rings);
    const forecast = forecastOf(rings);
    const limit = limitOn(rules, sites.all[site]!.geography, day);
    if (gills === null && u(ITEM.treats) >= chanceOf(rules, forecast, limit)) return;
    const order = [...rings].sort((a, b) =>
      b.memory[FISH.females]! - a.memory[FISH.females]! || a.ordinal - b.ordinal
    );
    const isWhole = gills !== null || u(ITEM.whole) < rules.whole_site;
    const some = (isWhole ? rings : order.slice(0, Math.ceil(rings.length / 2)))
      .toSorted((a, b) => a.ordinal - b.ordinal);
    const first = day + 1 + fast + wholeBetween(rules.notice_days, u(ITEM.notice));
    const over = wholeBetween(rules.over_days, u(ITEM.over));
    // Nobody prescribes a medicine for lice that are few.
    const few = gills === null && forecast < rules.share_of_limit * limit;
    const may = (one: TreatmentKindRules) =>
      (gills === null ? one.efficacy > 0 : one.helps_gills) &&
      !(few && one.type === "medication") && isAllowed(farm, one, some, first + over);
    const kind = chosen(u(ITEM.kind), memory[SITE.decidedKind]! - 1, may);
    if (kind < 0) return;
    memory[SITE.decided] = day;
    memory[SITE.decidedKind] = kind + 1;
    memory[SITE.decidedRings] = some.length;
    memory[SITE.decidedLice] = forecast;
    memory[SITE.decidedFor] = gills === null ? 0 : gills + 1;
    memory[USES + kind]! += 1;
    // Feed is changed everywhere at once.
    const days = kinds[kind]!.in_feed ? 1 : over;
    some.forEach(({ memory: fish }, turn) => {
      fish[FISH.treatment] = first + Math.floor(turn * days / some.length);
      fish[FISH.treatmentKind] = kind + 1;
    });
  }

  function efficacyOf(farm: Farm, ring: Assignment, k: number): number {
    const kind = kinds[k]!;
    // The use that is under way has made nobody resistant yet.
    const uses = farm.sites[sites.of(ring)]![USES + k]! - 1;
    const z = normalAt(
      batches[ring.batch]!.keys.ringTreatment,
      farm.day,
      ring.position,
      ITEM.efficacy,
    );
    const left = kind.efficacy + kind.efficacy_sd * z - kind.resistance * Math.max(uses, 0);
    return Math.min(Math.max(left, 0.05), 0.98);
  }

  function killedShare(farm: Farm, ring: Assignment, { deaths }: TreatmentKindRules): number {
    if (deaths === 0) return 0;
    const { batch, position, weight, memory } = ring;
    const z = normalAt(batches[batch]!.keys.ringTreatment, farm.day, position, ITEM.deaths);
    const usual = memory[FISH.rate]! * farm.sites[sites.of(ring)]![SITE.deathFactor]!;
    const factor = (1 + rules.deaths_per_c * (conditions.temperature(farm, ring) - 9)) *
      (1 + rules.deaths_per_kg * (weight / 100_000 - 2)) *
      (1 + rules.deaths_per_usual * 100 * usual) * illnesses.handling(farm, ring);
    return Math.min(
      MOST_KILLED,
      deaths * exp(rules.deaths_sd * z) * Math.max(factor, LEAST_FACTOR),
    );
  }

  /** Gives a ring what was decided for today. */
  function give(farm: Farm, ring: Assignment): void {
    const { population, memory } = ring;
    const { day } = farm;
    const k = memory[FISH.treatmentKind]! - 1;
    const kind = kinds[k]!;
    const efficacy = efficacyOf(farm, ring, k);
    memory[FISH.efficacy] = efficacy;
    if (kind.in_feed) {
      const [from, to] = rules.in_feed_days;
      memory[FISH.killingFrom] = day + from;
      memory[FISH.killingTo] = day + to;
      // So that in the end the share of its efficacy is gone.
      memory[FISH.killing] = 1 - exp(-efficacy * (1 + efficacy / 2) / (to - from + 1));
    } else {
      for (const place of ATTACHED) memory[place]! *= 1 - efficacy * kind.of_chalimus;
      for (const place of MOVING) {
        memory[place]! *= 1 - efficacy;
      }
    }
    memory[FISH.boundTo] = Math.max(
      memory[FISH.boundTo]!,
      day + kind.duration_days + withholding(kind, conditions.temperature(farm, ring)),
    );
    if (kind.helps_gills) illnesses.treat(farm, ring);
    const killed = killedShare(farm, ring, kind);
    if (killed > 0) beginExcess(memory, firstProcess + k, day, population * killed);
  }

  return {
    morning(farm) {
      for (const { assignments } of farm.batches) {
        for (const one of assignments) {
          if (one.stage === last && one.memory[FISH.treatment] === farm.day) give(farm, one);
        }
      }
      for (let site = 0; site < keys.length; site++) decide(farm, site);
    },
    evening(farm, { assignments }) {
      for (const { memory } of assignments) {
        if (memory[FISH.treatment] !== farm.day) continue;
        memory[FISH.treated] = farm.day;
        memory[FISH.treatment] = 0;
      }
    },
    treatment(farm, ring) {
      const { memory } = ring;
      if (memory[FISH.treatment] !== farm.day) return null;
      const kind = kinds[memory[FISH.treatmentKind]! - 1]!;
      const site = sites.of(ring);
      const { [SITE.decided]: decided, [SITE.decidedFor]: against } = farm.sites[site]!;
      // One crew does all rings alike.
      const u = uniformAt(keys[site]!, decided!, 0, ITEM.dosage);
      const efficacy = memory[FISH.efficacy]!;
      const what = against === 0 ? "lice" : "gill disease";
      return {
        type: kind.type,
        description: `${kind.name}, against ${what}`,
        dosage: kind.dosages[Math.floor(u * kind.dosages.length)]!,
        durationDays: kind.duration_days,
        withholdingDays: withholding(kind, conditions.temperature(farm, ring)),
        outcome: efficacy >= rules.successful_from
          ? "successful"
          : efficacy >= rules.partial_from
          ? "partial"
          : "unsuccessful",
        said: `treated against ${what}: ${kind.name}`,
      };
    },
  };
}
