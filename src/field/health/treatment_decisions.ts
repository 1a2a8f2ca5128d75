/**
 * Decisions to treat of the biology `field`: once a week a site looks at its lice and gills and
 * decides; its rings are treated over some days, after a fast.
 */
import { exp } from "../../chance/arithmetic.ts";
import type { RationRules } from "../../fixtures/field/ration_rules.ts";
import type { TreatmentKindRules, TreatmentRules } from "../../fixtures/field/treatment_rules.ts";
import { civilOf, isoOf } from "../../farm/days.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { isSeason } from "../calendar.ts";
import { keysOfPlaces, uniformAt, wholeBetween } from "../chance.ts";
import type { Conditions } from "../water/conditions.ts";
import type { Illnesses } from "./illness.ts";
import { preAdultsOn } from "./lice.ts";
import { FISH, SITE, USES } from "../memory.ts";
import type { Sites } from "../sites.ts";

/** Items of chance of a site, and of its day. */
const ITEM = { weekday: 0, treats: 1, kind: 2, whole: 3, notice: 4, over: 5 } as const;

/** No fish are treated in their first days at sea. */
const SETTLED_DAYS = 21;

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

/** Days for which treated fish may not be sold in water of a temperature in °C. */
export function withholdingDays(
  { withholding_degree_days: degrees }: TreatmentKindRules,
  temperature: number,
): number {
  return degrees === 0 ? 0 : Math.ceil(degrees / Math.max(temperature, 2));
}

/** The decisions of a profile: what a site decides today. */
export function treatmentDecisions(
  facts: Facts,
  rules: TreatmentRules,
  feeding: RationRules,
  sites: Sites,
  conditions: Conditions,
  illnesses: Illnesses,
): (farm: Farm, site: number) => void {
  const { batches, field, rates: { stages } } = facts;
  const { kinds } = rules;
  const last = stages.length - 1;
  const keys = keysOfPlaces(facts.seed, "siteTreatment", sites.all);
  const weekdays = keys.map((key) => Math.floor(7 * uniformAt(key, 0, 0, ITEM.weekday)));
  const fast = feeding.fasting_days.treatment;
  const latest = batches.map(({ startDay, stays }) =>
    startDay + (stays[last]?.to ?? 0) - field!.harvest.longest_days
  );

  /** The rings of a site that may be treated. */
  function ringsOf(farm: Farm, site: number): Assignment[] {
    return sites.rings(farm)[site]!.filter(({ filledDay, memory }) =>
      memory[FISH.leaving] === 0 && memory[FISH.treatment] === 0 &&
      farm.day - filledDay >= SETTLED_DAYS
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

  function isAllowed(
    farm: Farm,
    kind: TreatmentKindRules,
    rings: readonly Assignment[],
    end: number,
  ): boolean {
    return rings.every((ring) => {
      const temperature = conditions.temperature(farm, ring);
      // Colder water until then makes the time longer.
      const bound = end + kind.duration_days + withholdingDays(kind, temperature - 3);
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

  return function decide(farm: Farm, site: number): void {
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
    memory[SITE.decidedLice] = forecast;
    memory[SITE.decidedFor] = gills === null ? 0 : gills + 1;
    memory[USES + kind]! += 1;
    // Feed is changed everywhere at once.
    const days = kinds[kind]!.in_feed ? 1 : over;
    some.forEach(({ memory: fish }, turn) => {
      fish[FISH.treatment] = first + Math.floor(turn * days / some.length);
      fish[FISH.treatmentKind] = kind + 1;
    });
  };
}
