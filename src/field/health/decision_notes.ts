/** What the journal says of decisions and diseases, in the words of those who keep the fish. */
import type { TreatmentRules } from "../../fixtures/field/treatment_rules.ts";
import { isoOf } from "../../farm/days.ts";
import type { Facts } from "../../farm/facts.ts";
import { meanWeightOf, weighAtLeast } from "../../farm/mean_weight.ts";
import type { Note } from "../../farm/notes.ts";
import type { Assignment, Farm } from "../../farm/state.ts";
import { keysOfPlaces, uniformAt } from "../chance.ts";
import type { Illnesses } from "./illness.ts";
import { BATCH, FISH, SITE } from "../memory.ts";
import type { Sites } from "../sites.ts";
import { chosenText, ringsText } from "../words.ts";
import { limitOn } from "./treatment_decisions.ts";

/** Items of chance of a site's day. */
const ITEM = { lice: 10, signs: 11, slaughter: 12 } as const;

/** A number in the words of a farm: two decimals. */
function twoDecimals(n: number): string {
  return (Math.floor(n * 100 + 0.5) / 100).toFixed(2);
}

/** Notes of decisions to treat and to slaughter, and of diseases that are seen and confirmed. */
export function decisionNotes(
  facts: Facts,
  rules: TreatmentRules,
  sites: Sites,
  illnesses: Illnesses,
): (farm: Farm) => Note[] {
  const { rates: { lice: { hour }, stages } } = facts;
  const last = stages.length - 1;
  const keys = keysOfPlaces(facts.seed, "siteTreatment", sites.all);

  function pick(farm: Farm, site: number, item: number, texts: readonly string[]): string {
    return chosenText(texts, uniformAt(keys[site]!, farm.day, 0, item));
  }

  function noteOf(assignment: Assignment, severity: Note["severity"], text: string): Note {
    return { assignment, hour, category: "issue", severity, text };
  }

  /** The rings at a site that a decision of today is about. */
  function meant(farm: Farm, site: number): Assignment[] {
    return sites.rings(farm)[site]!.filter(({ memory }) => memory[FISH.treatment]! > farm.day);
  }

  function treating(farm: Farm, site: number): Note[] {
    const memory = farm.sites[site]!;
    if (memory[SITE.decided] !== farm.day) return [];
    const some = meant(farm, site);
    if (some.length === 0) return [];
    const { name, geography } = sites.all[site]!;
    const kind = rules.kinds[memory[SITE.decidedKind]! - 1]!.name.toLowerCase();
    const first = isoOf(Math.min(...some.map((one) => one.memory[FISH.treatment]!)));
    const plan = `${kind} of ${ringsText(some.length)} from ${first}`;
    if (memory[SITE.decidedFor] !== 0) {
      const disease = illnesses.diseases[memory[SITE.decidedFor]! - 1]!.name;
      return [noteOf(some[0]!, "medium", `${disease} at ${name}: gill scores call for ${plan}`)];
    }
    const females = memory[SITE.decidedLice]!;
    const limit = limitOn(rules, geography, farm.day);
    const count = `${twoDecimals(females)} adult females a fish by forecast`;
    const texts = females >= limit * rules.share_of_limit
      ? [
        `Lice at ${name} on the way to the limit of ${limit}: ${count}. Ordered ${plan}`,
        `${name}: ${count}, limit ${limit}. Decided with the vet: ${plan}`,
        `Counts of ${name} rise, ${count}; ${plan}, so that the limit of ${limit} holds`,
      ]
      : [
        `${name}: boat free this week, ${plan} though lice are few (${count})`,
        `Gills and lice of ${name} to be cleaned up before the next weeks: ${plan} (${count})`,
        `Many attached lice at ${name}, ${count}; early ${plan}`,
      ];
    return [
      noteOf(some[0]!, females >= limit ? "high" : "medium", pick(farm, site, ITEM.lice, texts)),
    ];
  }

  /** A ring by its name, several by their number. */
  function named(some: readonly Assignment[], site: string): string {
    return some.length === 1 ? sites.place(some[0]!).name : `${some.length} rings of ${site}`;
  }

  function ofDiseases(farm: Farm, site: number, some: readonly Assignment[]): Note[] {
    const { name } = sites.all[site]!;
    const seen = new Map<number, Assignment[]>();
    const answered = new Map<number, Assignment[]>();
    const put = (into: Map<number, Assignment[]>, disease: number, ring: Assignment) =>
      into.set(disease, [...into.get(disease) ?? [], ring]);
    for (const ring of some) {
      for (const illness of illnesses.of(farm, ring)) {
        if (illness.seen > illness.to) continue;
        if (illness.seen === farm.day) put(seen, illness.disease, ring);
        if (illness.sampled && illness.answered === farm.day) put(answered, illness.disease, ring);
      }
    }
    return [
      ...[...seen].map(([d, where]) => {
        const signs = pick(farm, site, ITEM.signs, illnesses.diseases[d]!.signs);
        return noteOf(where[0]!, "medium", `${signs} (${named(where, name)})`);
      }),
      ...[...answered].map(([d, where]) => {
        const { name: disease, course: { slaughter_days: days }, lab } = illnesses.diseases[d]!;
        const then = days === undefined
          ? ""
          : `; all fish of the site to be slaughtered within ${days} days`;
        const text = `${disease} confirmed in ${named(where, name)}: ${lab.found}${then}`;
        return noteOf(where[0]!, "high", text);
      }),
    ];
  }

  /** The slaughter of a batch that was decided last evening. */
  function slaughtering(farm: Farm): Note[] {
    return farm.batches.flatMap(({ index, stage, memory, assignments }) => {
      if (stage !== last || assignments.length === 0 || memory[BATCH.slaughter] === 0) return [];
      const { fasting_days: { harvest } } = facts.field!.feeding;
      if (memory[BATCH.slaughter] !== farm.day + harvest[1]) return [];
      const ring = assignments[0]!;
      const site = sites.of(ring);
      const { name } = sites.all[site]!;
      const { harvestWeight } = facts.batches[index]!;
      const weight = `${twoDecimals(meanWeightOf(assignments) / 100_000)} kg`;
      const target = `${harvestWeight / 100_000} kg`;
      const from = isoOf(memory[BATCH.slaughter]!);
      const why = memory[BATCH.slaughterBy] !== 0
        ? "by order of the authority, early and at whatever weight"
        : weighAtLeast(assignments, harvestWeight)
        ? `mean weight ${weight}, target ${target}`
        : pick(farm, site, ITEM.slaughter, [
          `mean weight ${weight}; earlier than the target of ${target}, the site is near its limit`,
          `mean weight ${weight}; not waiting for ${target}, biomass or the plan for the rings binds`,
        ]);
      return [noteOf(ring, "low", `Slaughter of ${name} from ${from}: ${why}`)];
    });
  }

  return (farm) => [
    ...sites.rings(farm).flatMap((some, site) =>
      some.length === 0 ? [] : [...treating(farm, site), ...ofDiseases(farm, site, some)]
    ),
    ...slaughtering(farm),
  ];
}
