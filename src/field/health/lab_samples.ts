/**
 * Samples that a laboratory answers: of fish in which a disease was seen, and now and then of fish in
 * which nothing was, as authorities and companies have it.
 */
import { uniformOf } from "../chance.ts";
import type { HealthRules } from "../../fixtures/field/health_rules.ts";
import type { Examination } from "../../farm/biology.ts";
import { civilOf } from "../../farm/days.ts";
import type { Facts } from "../../farm/facts.ts";
import type { LabSample } from "../../farm/lab_sample.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { keysOfPlaces, uniformAt, wholeBetween } from "../chance.ts";
import type { Illnesses } from "./illness.ts";
import type { Sites } from "../sites.ts";

/** Items of chance of a sample, and of a site's screening. */
const ITEM = {
  ...{ fish: 0, positive: 1, ct: 2, number: 3 },
  ...{ offset: 0, days: 1, ring: 2, late: 3 },
} as const;

/** How late a sample without a sign may be, as a share of the days between two. */
const LATE = 0.4;

/** Fish of a sample. */
const POOL = [5, 10] as const;

/** The samples of a profile. */
export function fieldLabSamples(
  facts: Facts,
  rules: HealthRules,
  sites: Sites,
  illnesses: Illnesses,
): Examination["results"] {
  const { batches, ids, rates: { stages } } = facts;
  const { diseases } = illnesses;
  const last = stages.length - 1;
  const keys = keysOfPlaces(facts.seed, "labSample", sites.all);
  const offsets = keys.map((key) =>
    Math.floor(rules.screening_days * uniformAt(key, 0, 0, ITEM.offset))
  );

  function sampleOf(ring: Assignment, d: number, taken: number, found: boolean): LabSample {
    const { lab } = diseases[d]!;
    const u = uniformOf(batches[ring.batch]!.keys.labSample, taken, ring.position, 10 * d);
    const fish = wholeBetween(POOL, u(ITEM.fish));
    const positive = found ? 1 + Math.floor(u(ITEM.positive) * fish) : 0;
    // The more fish have it, the more of it there is.
    const ct = Math.floor(350 - 130 * positive / fish + 40 * (u(ITEM.ct) - 0.5)) / 10;
    const number = String(Math.floor(10_000 + 90_000 * u(ITEM.number)));
    return {
      assignment: ring,
      sampleTypeId: ids.sampleTypes.get(lab.sample)!,
      taken,
      sent: taken,
      reference: `${rules.lab}-${civilOf(taken).year}-${number}`,
      findings: found ? lab.found : lab.not_found,
      measured: {
        target: lab.target,
        method: lab.method,
        fish,
        positive,
        ...found && lab.method.startsWith("PCR") ? { ct } : {},
      },
    };
  }

  /** What is answered today of rings in which a disease was seen. */
  function ofSeen(farm: Farm): LabSample[] {
    const samples: LabSample[] = [];
    for (const { assignments } of farm.batches) {
      for (const ring of assignments) {
        if (ring.stage !== last) continue;
        for (const { disease, seen, answered, to, sampled } of illnesses.of(farm, ring)) {
          if (sampled && answered === farm.day && seen <= to) {
            samples.push(sampleOf(ring, disease, seen, true));
          }
        }
      }
    }
    return samples;
  }

  /** What is answered today of a site from which a sample was sent without a sign. */
  function ofScreening(farm: Farm, site: number): LabSample[] {
    const [least, most] = rules.lab_days;
    for (let days = least; days <= most; days++) {
      const taken = farm.day - days;
      // Somebody remembers it some days late.
      const turn = Math.floor((taken - offsets[site]!) / rules.screening_days);
      const due = offsets[site]! + turn * rules.screening_days;
      const late = uniformAt(keys[site]!, due, 0, ITEM.late);
      if (taken !== due + Math.floor(late * LATE * rules.screening_days)) continue;
      const u = uniformOf(keys[site]!, taken, 0, 0);
      if (wholeBetween(rules.lab_days, u(ITEM.days)) !== days) continue;
      const rings = farm.batches.flatMap(({ assignments }) =>
        assignments.filter((one) =>
          one.stage === last && sites.of(one) === site && one.fromDay <= taken
        )
      );
      if (rings.length === 0) continue;
      const ring = rings[Math.floor(u(ITEM.ring) * rings.length)]!;
      const d = turn % diseases.length;
      const found = illnesses.of(farm, ring).some(({ disease, from, to }) =>
        disease === d && from <= taken && taken <= to
      );
      return [sampleOf(ring, d, taken, found)];
    }
    return [];
  }

  return (farm) => {
    if (diseases.length === 0) return [];
    return [...ofSeen(farm), ...sites.all.flatMap((_, site) => ofScreening(farm, site))];
  };
}
