/**
 * Treatments at sea of the biology `field`: what one leaves of the lice, and how many fish die of it,
 * is so on the morning of its day.
 */
import { exp, power } from "../../chance/arithmetic.ts";
import type { RationRules } from "../../fixtures/field/ration_rules.ts";
import type { TreatmentKindRules, TreatmentRules } from "../../fixtures/field/treatment_rules.ts";
import type { Facts } from "../../farm/facts.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import type { Treatment } from "../../farm/treatment.ts";
import { keysOfPlaces, normalAt, uniformAt } from "../chance.ts";
import type { Conditions } from "../water/conditions.ts";
import { beginExcess } from "../excess.ts";
import type { Illnesses } from "./illness.ts";
import { ATTACHED } from "./lice.ts";
import { FISH, SITE, USES } from "../memory.ts";
import type { Part } from "../remembering.ts";
import type { Sites } from "../sites.ts";
import { chosenText } from "../words.ts";
import { treatmentDecisions, withholdingDays } from "./treatment_decisions.ts";

/** Items of chance of a site's day, after those of its decision; and of a ring's. */
const ITEM = { dosage: 6, efficacy: 0, deaths: 1 } as const;

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
  const { batches, rates: { stages } } = facts;
  const { kinds } = rules;
  const last = stages.length - 1;
  const keys = keysOfPlaces(facts.seed, "siteTreatment", sites.all);
  const decide = treatmentDecisions(facts, rules, feeding, sites, conditions, illnesses);

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
      memory[FISH.killing] = 1 - power(1 - efficacy, 1 / (to - from + 1));
    } else {
      for (const place of ATTACHED) memory[place]! *= 1 - efficacy * kind.of_chalimus;
      for (const place of MOVING) {
        memory[place]! *= 1 - efficacy;
      }
    }
    memory[FISH.boundTo] = Math.max(
      memory[FISH.boundTo]!,
      day + kind.duration_days + withholdingDays(kind, conditions.temperature(farm, ring)),
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
        dosage: chosenText(kind.dosages, u),
        durationDays: kind.duration_days,
        withholdingDays: withholdingDays(kind, conditions.temperature(farm, ring)),
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
