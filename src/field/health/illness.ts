/** Diseases of the fish in a ring: what they are today, and what they do to the fish. */
import { aimA, aimB, unit, valueAt } from "../../chance/addressed.ts";
import { exp } from "../../chance/arithmetic.ts";
import { normal } from "../../chance/deviates.ts";
import type { DiseaseRules } from "../../fixtures/field/health_rules.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { wholeBetween } from "../chance.ts";
import { beginExcess, type Process } from "../excess.ts";
import { EXCESS, EXCESS_PLACES, FISH, ILLNESS, ILLNESS_PLACES } from "../memory.ts";

/** Items of chance of an infection: each disease has these. */
const ITEM = { exposed: 0, ill: 1, deaths: 2, signs: 3, results: 4, after: 5, each: 8 } as const;

/** Days from the first day on which others catch it to that on which somebody sees it. */
const SEEN = [3, 15] as const;

/** What a treatment of the gills leaves of those that would die. */
const LEFT_BY_TREATMENT = 0.2;

/** A disease that fish have. */
export interface Illness {
  /** Position of the disease. */
  readonly disease: number;
  readonly rules: DiseaseRules;
  /** Day of the infection, the first day on which others catch it, and the last one. */
  readonly since: number;
  readonly from: number;
  readonly to: number;
  /** Days on which it is seen, and on which the laboratory answers. */
  readonly seen: number;
  readonly answered: number;
  /** Whether a sample is sent to it. */
  readonly sampled: boolean;
  /** How bad it is today, from 0 to 1. */
  readonly degree: number;
}

/** The diseases of rings. */
export interface Illnesses {
  readonly diseases: readonly DiseaseRules[];
  /** How the dead of each disease die. */
  processes(firstCause: number): Process[];
  /** Those that a ring has, also before anybody sees it. */
  of(farm: Farm, ring: Assignment): readonly Illness[];
  /** Whether a ring has a disease, also before anybody sees it. */
  has(ring: Assignment, disease: number): boolean;
  /** Whether a ring may have a disease that it has not. */
  isSusceptible(ring: Assignment, disease: number): boolean;
  /**
   * Gives a ring a disease.
   *
   * @param severity A standard normal deviate of the outbreak's.
   * @param sampled Whether a sample will be sent.
   */
  infect(
    farm: Farm,
    ring: Assignment,
    disease: number,
    severity: number,
    sampled: boolean,
  ): void;
  /** Forgets what is over, and sets what is today of those that are not. */
  goOn(farm: Farm, ring: Assignment): void;
  /** Whether a ring is spared a kind of treatment. */
  isSpared(ring: Assignment, kind: string): boolean;
  /** How many times more fish die of a treatment. */
  handling(farm: Farm, ring: Assignment): number;
  /** The disease for which some rings should be treated, null where there is none. */
  wantTreatment(farm: Farm, rings: readonly Assignment[]): number | null;
  /** Ends what a treatment of the gills ends. */
  treat(farm: Farm, ring: Assignment): void;
}

/** Of fish without a disease, as most are on most days. */
const WELL: readonly Illness[] = [];

/** How bad a disease is on a day, from 0 to 1: up to its peak, and down. */
export function degreeOn(day: number, from: number, to: number, peak: number): number {
  if (day < from || day > to) return 0;
  const at = (day - from + 1) / (to - from + 2);
  return at <= peak ? at / peak : (1 - at) / (1 - peak);
}

/**
 * Diseases of rings.
 *
 * @param firstProcess Position among the processes of death of the first disease's.
 */
export function fieldIllnesses(
  facts: Facts,
  labDays: readonly [number, number],
  firstProcess: number,
): Illnesses {
  const { batches, diseases } = facts;

  /** A number between 0 and 1 of an infection of a ring on a day. */
  function drawn(ring: Assignment, disease: number, since: number, item: number): number {
    const key = batches[ring.batch]!.keys.ringDisease;
    const [a, b] = [aimA(key, since, ring.position), aimB(key, since, ring.position)];
    return unit(valueAt(a, b, disease * ITEM.each + item));
  }

  function at(day: number, ring: Assignment, place: number): Illness {
    const { memory } = ring;
    const disease = memory[place + ILLNESS.disease]! - 1;
    const rules = diseases[disease]!;
    const since = memory[place + ILLNESS.since]!;
    const from = memory[place + ILLNESS.from]!;
    const to = memory[place + ILLNESS.to]!;
    const seen = from + wholeBetween(SEEN, drawn(ring, disease, since, ITEM.signs));
    return {
      disease,
      rules,
      since,
      from,
      to,
      seen,
      answered: seen + wholeBetween(labDays, drawn(ring, disease, since, ITEM.results)),
      sampled: memory[place + ILLNESS.sampled] !== 0,
      degree: degreeOn(day, from, to, rules.course.peak),
    };
  }

  const placesOf = ({ memory }: Assignment) =>
    ILLNESS_PLACES.filter((place) => memory[place] !== 0);
  const isWell = ({ memory }: Assignment) => ILLNESS_PLACES.every((place) => memory[place] === 0);
  const known = (day: number, ring: Assignment) =>
    isWell(ring) ? WELL : placesOf(ring).map((one) => at(day, ring, one));

  return {
    diseases,
    processes: (firstCause) =>
      diseases.map(({ spread: { infectious_days: [least, most] }, course: { peak } }, d) => {
        const days = Math.floor((least + most) / 2);
        const shape = Array.from({ length: days }, (_, day) => degreeOn(day, 0, days - 1, peak));
        const all = shape.reduce((sum, one) => sum + one, 0);
        return { cause: firstCause + d, days: shape.map((one) => one / all) };
      }),
    of: ({ day }, ring) => known(day, ring),
    has: ({ memory }, disease) => ILLNESS_PLACES.some((place) => memory[place] === disease + 1),
    isSusceptible: (ring, disease) =>
      Math.floor(ring.memory[FISH.immune]! / 2 ** disease) % 2 === 0 &&
      placesOf(ring).length < ILLNESS_PLACES.length &&
      placesOf(ring).every((place) => ring.memory[place] !== disease + 1),
    infect({ day }, ring, disease, severity, sampled) {
      const place = ILLNESS_PLACES.find((one) => ring.memory[one] === 0);
      if (place === undefined) return;
      const { spread, course: { deaths } } = diseases[disease]!;
      const { memory } = ring;
      const from = day + wholeBetween(spread.exposed_days, drawn(ring, disease, day, ITEM.exposed));
      const ill = wholeBetween(spread.infectious_days, drawn(ring, disease, day, ITEM.ill));
      memory[place + ILLNESS.disease] = disease + 1;
      memory[place + ILLNESS.since] = day;
      memory[place + ILLNESS.from] = from;
      memory[place + ILLNESS.to] = from + ill - 1;
      memory[place + ILLNESS.sampled] = sampled ? 1 : 0;
      if (spread.immune) memory[FISH.immune]! += 2 ** disease;
      const own = normal(drawn(ring, disease, day, ITEM.deaths));
      const share = deaths.median * exp(deaths.ln_sd * (0.85 * severity + 0.5 * own));
      const killed = ring.population * Math.min(share, deaths.most);
      beginExcess(memory, firstProcess + disease, from, killed);
    },
    goOn({ day }, ring) {
      const { memory } = ring;
      memory[FISH.slower] = memory[FISH.hungrier] = 0;
      for (const place of ILLNESS_PLACES) {
        if (memory[place] === 0) continue;
        const { from, to, degree, rules: { course }, answered } = at(day, ring, place);
        const worst = from + Math.floor((to - from) * course.peak);
        if (day === worst) memory[FISH.quality]! += course.quality;
        if (day > to && day > answered) {
          memory[place] = 0;
          continue;
        }
        memory[FISH.slower] = Math.max(memory[FISH.slower]!, (1 - course.growth) * degree);
        memory[FISH.hungrier] = Math.max(memory[FISH.hungrier]!, (1 - course.appetite) * degree);
      }
    },
    isSpared: (ring, kind) =>
      placesOf(ring).some((place) =>
        diseases[ring.memory[place]! - 1]!.course.spared.some((word) => kind.startsWith(word))
      ),
    handling: ({ day }, ring) =>
      known(day, ring).reduce(
        (all, { degree, rules }) => all * (degree > 0 ? rules.course.handling : 1),
        1,
      ),
    wantTreatment({ day }, rings) {
      for (const ring of rings) {
        for (const { disease, since, from, to, rules } of known(day, ring)) {
          const { treated_after_days: after } = rules.course;
          if (after === undefined || day > to) continue;
          if (day >= from + wholeBetween(after, drawn(ring, disease, since, ITEM.after))) {
            return disease;
          }
        }
      }
      return null;
    },
    treat({ day }, ring) {
      const { memory } = ring;
      for (const place of placesOf(ring)) {
        const { disease, to, rules } = at(day, ring, place);
        if (rules.course.treated_after_days === undefined || day > to) continue;
        memory[place + ILLNESS.to] = Math.max(memory[place + ILLNESS.from]!, day);
        for (const excess of EXCESS_PLACES) {
          if (memory[excess] === firstProcess + disease + 1) {
            memory[excess + EXCESS.fish]! *= LEFT_BY_TREATMENT;
          }
        }
      }
    },
  };
}
