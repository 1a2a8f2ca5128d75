/**
 * Samples that a laboratory answers: of fish in which a disease was seen, and now and then of fish in
 * which nothing was, as authorities and companies have it.
 */
import type { HealthRules } from "../../fixtures/field/health_rules.ts";
import type { Examination } from "../../farm/biology.ts";
import { civilOf } from "../../farm/days.ts";
import type { Facts } from "../../farm/facts.ts";
import { type LabSample, NO_LAB_SAMPLES } from "../../farm/lab_sample.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { keysOfPlaces, uniformAt, uniformOf, wholeBetween } from "../chance.ts";
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

/** A sample that is sent without a sign. */
interface Screening {
  /** Its number; those before the first day of all are negative. */
  readonly turn: number;
  readonly taken: number;
  readonly answered: number;
  /** Of which ring, from 0 to 1. */
  readonly which: number;
}

/** The samples of a profile. */
export function fieldLabSamples(
  facts: Facts,
  rules: HealthRules,
  sites: Sites,
  illnesses: Illnesses,
): Examination["results"] {
  const { batches, ids } = facts;
  const { diseases } = illnesses;
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
  function ofSeen(farm: Farm, ring: Assignment): LabSample[] {
    return illnesses.of(farm, ring).flatMap(({ disease, seen, answered, to, sampled }) =>
      sampled && answered === farm.day && seen <= to ? [sampleOf(ring, disease, seen, true)] : []
    );
  }

  /** The even and the odd turn of screening that each site was asked for last. */
  const turns = sites.all.map((): Screening[] => []);

  /** When a site is screened, and when that is answered, by the number of the turn. */
  function screening(site: number, turn: number): Screening {
    const own = turns[site]!;
    const slot = turn & 1;
    const known = own[slot];
    if (known?.turn === turn) return known;
    const due = offsets[site]! + turn * rules.screening_days;
    const u = uniformOf(keys[site]!, due, 0, 0);
    // Somebody remembers it some days late.
    const taken = due + Math.floor(u(ITEM.late) * LATE * rules.screening_days);
    const answered = taken + wholeBetween(rules.lab_days, u(ITEM.days));
    return own[slot] = { turn, taken, answered, which: u(ITEM.ring) };
  }

  /** What is answered today of a site from which a sample was sent without a sign. */
  function ofScreening(farm: Farm, site: number, rings: readonly Assignment[]): LabSample[] {
    const now = Math.floor((farm.day - offsets[site]!) / rules.screening_days);
    return [now - 1, now].flatMap((number) => {
      const { turn, taken, answered, which } = screening(site, number);
      if (answered !== farm.day) return [];
      const there = rings.filter(({ fromDay }) => fromDay <= taken);
      if (there.length === 0) return [];
      const ring = there[Math.floor(which * there.length)]!;
      const d = turn % diseases.length;
      const found = illnesses.of(farm, ring).some(({ disease, from, to }) =>
        disease === d && from <= taken && taken <= to
      );
      return [sampleOf(ring, d, taken, found)];
    });
  }

  return (farm) => {
    if (diseases.length === 0) return NO_LAB_SAMPLES;
    return sites.rings(farm).flatMap((rings, site) =>
      rings.length === 0
        ? NO_LAB_SAMPLES
        : [...rings.flatMap((ring) => ofSeen(farm, ring)), ...ofScreening(farm, site, rings)]
    );
  };
}
