/** The schema of a profile's rates as a manifest carries them, and their digest. */
import { createHash } from "node:crypto";
import { z } from "../packages/zod.ts";
import { canonicalJson } from "../fixtures/canonical_json.ts";
import {
  ascending,
  boundedText,
  hour,
  list,
  listOrNone,
  mapping,
  trueOrFalse,
  whole,
} from "../fixtures/expected.ts";
import { confidenceLevel } from "../fixtures/profile.ts";
import type { ProfileRates } from "./rates_type.ts";

export type * from "./rates_type.ts";

/** A number from `low` to `high`, with as many decimals as a product of rates has. */
function measure(low: number, high: number) {
  const error = `${low} to ${high}`;
  return z.number({ error }).refine((value) => value >= low && value <= high, { error });
}

const MOST_STAGES = 30;
const days = whole(1, 3000);
const dayIndex = whole(0, 6000);
const share = measure(0, 1);
const percent = measure(0, 100);
const grams = measure(0, 100_000);
const kilograms = measure(0, 99_999_999);
const fish = whole(1, 1000);
const stage = whole(1, MOST_STAGES);
const LETTER = { error: "a capital letter" };
const letter = z.string(LETTER).regex(/^[A-Z]$/, LETTER);
const WATER = { error: "a capital letter or sea" };
const byStage = <Item extends z.ZodType>(item: Item) => list(item, MOST_STAGES);

const samples = { everyDays: days, fromStage: stage, fish };

/** The `redd.profile.rates` key. */
export const ratesSchema = mapping({
  life: mapping({
    containers: whole(1, 99),
    stages: byStage(mapping({ days, hall: letter.optional() })).refine(
      (all) => all.every((one, i) => (one.hall === undefined) === (i === all.length - 1)),
      { error: "a hall for every stage but the last" },
    ),
  }).optional(),
  growth: mapping({
    hour,
    eggWeight: grams,
    stages: byStage(mapping({ step: measure(0, 40), cap: grams })),
  }).optional(),
  deaths: mapping({ perDay: byStage(share) }).optional(),
  readings: mapping({
    hours: ascending(hour),
    spread: share,
    bases: listOrNone(mapping({
      water: z.string(WATER).regex(/^([A-Z]|sea)$/, WATER),
      parameter: boundedText(100),
      base: measure(0, 100_000),
    })),
  }).optional(),
  feeding: mapping({ meals: whole(1, 24), percentPerDay: byStage(percent) }).optional(),
  orders: mapping({
    atMostPercent: percent,
    moreThanKg: kilograms,
    deliveryDays: whole(0, 365),
    pricePerKg: measure(0, 9999),
  }).optional(),
  initialFeed: mapping({ daysBefore: days, siloKg: kilograms, bargeKg: kilograms }).optional(),
  samples: mapping(samples).optional(),
  health: mapping({ ...samples, scorePercents: list(percent, 100).optional() }).optional(),
  lice: mapping({ everyDays: days, fish, alwaysFound: trueOrFalse }).optional(),
  journal: mapping({ everyDays: days }).optional(),
  treatments: mapping({
    vaccinationDays: listOrNone(dayIndex),
    vaccinationWithholdingDays: whole(0, 3000),
    liceDays: listOrNone(dayIndex),
    liceDurationDays: days,
    liceWithholdingDays: whole(0, 3000),
    liceFreeDays: whole(0, 6000).optional(),
  }).optional(),
  harvest: mapping({
    targetKg: z.tuple([measure(0.1, 20), measure(0.1, 20)], { error: "two weights" }),
    grades: whole(1, 1000),
    weightFactor: measure(0, 100),
    remainderFactor: measure(0, 100_000),
    guttedShare: share,
    filletShare: share,
  }).optional(),
  projection: mapping({
    days,
    initialWeight: grams,
    freshwaterTemperature: measure(-2, 40),
    profileFromStage: stage,
    deathsPerDay: share,
    caps: byStage(grams),
  }).optional(),
  analysis: mapping({
    dayLimit: measure(0, 99),
    dayMinimumGainKg: kilograms,
    weightTolerancePercent: percent.optional(),
    summaryDays: days.optional(),
    summaryLimit: measure(0, 999),
    summaryLevels: list(mapping({ belowDays: days, level: confidenceLevel })),
  }).optional(),
  farm: mapping({
    hours: ascending(hour),
    lostReadings: share,
    meals: whole(1, 24),
    fastingDays: mapping({
      treatment: whole(0, 60),
      move: whole(0, 60),
      harvest: whole(0, 60),
    }),
    sampleFish: z.tuple([fish, fish], { error: "two numbers of fish" }),
    sampleDays: days,
    guttedShare: z.tuple([share, share], { error: "two shares" }),
    liceFish: z.tuple([fish, fish], { error: "two numbers of fish" }).optional(),
    fedMedicines: listOrNone(boundedText(60), 12).optional(),
    treatmentsApart: whole(0, 3000).optional(),
  }).optional(),
}).refine(({ life, growth, deaths, feeding }) => {
  const counts = [life?.stages, growth?.stages, deaths?.perDay, feeding?.percentPerDay]
    .flatMap((all) => all === undefined ? [] : [all.length]);
  return counts.every((count) => count === counts[0]);
}, { error: "as many stages in life, growth, deaths and feeding" }) satisfies z.ZodType<
  ProfileRates
>;

/** sha256 of rates, in 64 hexadecimal digits; the order of keys does not matter. */
export function ratesDigest(rates: ProfileRates): string {
  return createHash("sha256").update(canonicalJson(rates)).digest("hex");
}
