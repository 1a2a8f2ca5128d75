/**
 * Lice counts of the biology `field`: some fish of a ring, a week apart or two in the cold, unequal
 * as lice are on fish; and now and then none, for a reason that the journal says.
 */
import { aimA, aimB, unit, valueAt } from "../../chance/addressed.ts";
import { normal, poisson } from "../../chance/deviates.ts";
import type { LiceRules } from "../../fixtures/field/lice_rules.ts";
import { liceTypeKey } from "../../fixtures/numbering.ts";
import type { Lice } from "../../farm/biology.ts";
import { civilOf } from "../../farm/days.ts";
import type { Facts } from "../../farm/facts.ts";
import { addLice } from "../../farm/lice_count.ts";
import type { Note } from "../../farm/notes.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { keysOfPlaces, uniformAt, wholeBetween } from "../chance.ts";
import { attachedOn, type LicePopulation, preAdultsOn } from "./lice.ts";
import { FISH } from "../memory.ts";
import type { Sea } from "../water/sea.ts";
import type { Sites } from "../sites.ts";
import { chosenText, ringsText } from "../words.ts";

/** Items of chance of a site, of its day, and of a ring's count. */
const ITEM = {
  weekday: 0,
  weather: 0,
  why: 1,
  fish: 0,
  howMany: 1,
  method: 2,
  other: 3,
  shift: 2,
} as const;

/** Items of a count from which each stage has two: how unequal, and how many. */
const STAGES_FROM = 4;

/** Why a ring that is due is not counted. */
type Reason = "weather" | "rest" | "slaughter" | "other";

/** Counts, and what the journal says of those that are not taken. */
export interface FieldLiceCounts extends Lice {
  notes(farm: Farm): Note[];
}

/**
 * How many times the mean a sum over fish is, by the gamma distribution that makes a Poisson number
 * negative binomial (Wilson and Hilferty 1931).
 *
 * @param shape Of the sum: fish times the exponent of a fish.
 */
export function unequal(shape: number, z: number): number {
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return Math.max(0, root * root * root);
}

/** The counts of a profile. */
export function fieldLiceCounts(
  facts: Facts,
  rules: LiceRules,
  sites: Sites,
  sea: Sea,
  population: LicePopulation,
): FieldLiceCounts {
  const { batches, ids, rates: { lice: { detection, hour } } } = facts;
  const { counts } = rules;
  const keys = keysOfPlaces(facts.seed, "liceCount", sites.all);
  const weekdays = keys.map((key) => Math.floor(7 * uniformAt(key, 0, 0, ITEM.weekday)));
  const typeOf = (species: string, gender: string, stage: string) =>
    ids.liceTypes.get(liceTypeKey({ species, gender, stage }))!;
  const salmon = "Lepeophtheirus salmonis";
  const types = {
    female: typeOf(salmon, "female", "adult"),
    male: typeOf(salmon, "male", "adult"),
    preFemale: typeOf(salmon, "female", "pre-adult"),
    preMale: typeOf(salmon, "male", "pre-adult"),
    chalimus: typeOf(salmon, "female", "chalimus"),
    caligus: typeOf("Caligus elongatus", "female", "adult"),
  };

  /** Whether each site counts on a day: asked for every ring. */
  const known = sites.all.map(() => ({ day: NaN, isDue: false }));

  function isDue(farm: Farm, site: number): boolean {
    const last = known[site]!;
    if (last.day !== farm.day) {
      last.day = farm.day;
      last.isDue = isDayOf(farm, site);
    }
    return last.isDue;
  }

  /** Is it the day of the week, and in the cold of the other week, on which a site counts? */
  function isDayOf(farm: Farm, site: number): boolean {
    // A day sooner or later now and then, as boats and weather have it.
    const turn = Math.floor((farm.day - weekdays[site]! + 1) / counts.days);
    const u = uniformAt(keys[site]!, turn, 0, ITEM.shift);
    const shift = counts.days < 3 ? 0 : u < 0.15 ? -1 : u > 0.85 ? 1 : 0;
    const since = turn * counts.days;
    if (farm.day !== weekdays[site]! + since + shift) return false;
    if (sea.temperature(farm, site) >= counts.cold_c) return true;
    const weeks = Math.max(1, Math.floor(counts.cold_days / counts.days + 0.5));
    return since / counts.days % weeks === 0;
  }

  function reasonNot(farm: Farm, site: number, ring: Assignment): Reason | null {
    const { day } = farm;
    const { batch, position, memory } = ring;
    if (uniformAt(keys[site]!, day, 0, ITEM.weather) < counts.missed[civilOf(day).month - 1]!) {
      return "weather";
    }
    const leaving = memory[FISH.leaving]!;
    if (leaving !== 0 && leaving - day <= counts.before_slaughter_days) return "slaughter";
    const [treated, planned] = [memory[FISH.treated]!, memory[FISH.treatment]!];
    if (treated !== 0 && day - treated <= counts.rest_days) return "rest";
    if (planned !== 0 && planned - day <= counts.rest_days) return "rest";
    const u = uniformAt(batches[batch]!.keys.liceCount, day, position, ITEM.other);
    return u < counts.missed_other ? "other" : null;
  }

  function noteOf(farm: Farm, site: number, reason: Reason, rings: readonly Assignment[]): Note {
    const u = uniformAt(keys[site]!, farm.day, 0, ITEM.why);
    const { name } = sites.all[site]!;
    const why = {
      weather: chosenText(counts.weather, u),
      rest: "the fish rest around a treatment",
      slaughter: "the fish are starved for slaughter",
      other: chosenText(counts.other, u),
    }[reason];
    return {
      assignment: rings[0]!,
      hour,
      category: "observation",
      severity: "low",
      text: `Lice not counted in ${ringsText(rings.length)} of ${name}: ${why}`,
    };
  }

  return {
    counted(farm, ring) {
      const site = sites.of(ring);
      return isDue(farm, site) && reasonNot(farm, site, ring) === null;
    },
    count(into, farm, ring) {
      const { batch, position, memory } = ring;
      const key = batches[batch]!.keys.liceCount;
      const [a, b] = [aimA(key, farm.day, position), aimB(key, farm.day, position)];
      const uniform = (item: number) => unit(valueAt(a, b, item));
      into.rows = 0;
      into.fish = uniform(ITEM.fish) < counts.other_share
        ? wholeBetween(counts.other_fish, uniform(ITEM.howMany))
        : counts.fish;
      let item = STAGES_FROM;
      const found = (lice: number, seen: number) => {
        const all = lice * seen * into.fish *
          unequal(counts.dispersion * into.fish, normal(uniform(item++)));
        return poisson(all, uniform(item++));
      };
      const { seen } = counts;
      // A count in which none was found is told from none taken by its row of adult females.
      addLice(into, types.female, found(memory[FISH.females]!, seen.adult));
      const more = (typeId: number, lice: number, share: number) => {
        const some = found(lice, share);
        if (some > 0) addLice(into, typeId, some);
      };
      more(types.male, memory[FISH.males]!, seen.adult);
      more(types.preFemale, preAdultsOn(ring) / 2, seen.pre_adult);
      more(types.preMale, preAdultsOn(ring) / 2, seen.pre_adult);
      more(types.chalimus, attachedOn(ring), seen.chalimus);
      more(types.caligus, population.caligus(farm, sites.of(ring)), seen.adult);
      // A site keeps to its way of counting for months.
      const u = uniformAt(keys[sites.of(ring)]!, Math.floor(farm.day / 91), 0, ITEM.method);
      const method = detection.findIndex(({ upTo }) => u < upTo);
      into.method = method < 0 ? detection.length - 1 : method;
    },
    notes: (farm) =>
      sites.rings(farm).flatMap((rings, site) => {
        if (rings.length === 0 || !isDue(farm, site)) return [];
        const left = Map.groupBy(rings, (ring) => reasonNot(farm, site, ring));
        left.delete(null);
        return Array.from(left, ([reason, some]) => noteOf(farm, site, reason!, some));
      }),
  };
}
