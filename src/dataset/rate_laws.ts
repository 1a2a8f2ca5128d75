/**
 * What must be true of a manifest's rates as a whole: they are those that were written, their groups
 * agree with each other, and those of a profile that this Redd knows are the profile's.
 */
import { LONGEST_LIFE } from "../schedule/limits.ts";
import { shown } from "../fixtures/shown.ts";
import { DOCUMENTED_PROFILES, DOCUMENTED_RATES } from "./documented_rates.ts";
import type { ReddManifest } from "./manifest_type.ts";
import { ratesDigest } from "./rates.ts";
import type { ProfileRates } from "./rates_type.ts";

const AT = "redd.profile.rates";

/** The most days that all stages last together, as in a profile. */
const LONGEST_STAGES = 3000;

/** Every group of numbers: `generate` writes them all. */
const GROUPS = Object.keys(DOCUMENTED_RATES) as (keyof ProfileRates)[];

/** The groups of a farm whose days differ: `generate` writes these, and no others. */
const OF_FARM: readonly (keyof ProfileRates)[] = [
  "orders",
  "initialFeed",
  "health",
  "journal",
  "projection",
  "analysis",
  "farm",
];

/** Rates without a group that is absent. */
type AllRates = { [Group in keyof ProfileRates]-?: NonNullable<ProfileRates[Group]> };

/** Everything that is wrong with the rates of a manifest; empty where nothing is. */
export function rateFindings({ format, profile }: Pick<ReddManifest, "format" | "profile">) {
  const { rates, ratesSha256, sha256 } = profile;
  const digest = rates === undefined ? undefined : ratesDigest(rates);
  if (digest !== ratesSha256) {
    const found = ratesSha256 ?? "missing";
    return [
      digest === undefined
        ? `${AT} is missing, expected those of redd.profile.ratesSha256, ${found}`
        : `redd.profile.ratesSha256 is ${found}, expected ${digest}, of ${AT}`,
    ];
  }
  if (rates === undefined) return format === 1 ? [] : [`${AT} is missing`];
  const groups = rates.farm === undefined ? GROUPS : OF_FARM;
  const absent = groups.filter((group) => rates[group] === undefined);
  if (absent.length > 0) return absent.map((group) => `${AT}.${group} is missing`);
  if (rates.farm !== undefined) return farmFindings(rates);
  return [
    ...groupFindings(rates as AllRates),
    ...Object.hasOwn(DOCUMENTED_PROFILES, sha256)
      ? documentedFindings(rates, DOCUMENTED_PROFILES[sha256]!)
      : [],
  ];
}

/** Where the groups of a farm whose days differ are more than these, or disagree with themselves. */
function farmFindings(rates: ProfileRates): string[] {
  const groups = Object.keys(rates) as (keyof ProfileRates)[];
  const others = groups.filter((group) => rates[group] !== undefined && !OF_FARM.includes(group));
  const { sampleFish, guttedShare } = rates.farm!;
  const spans = [["sampleFish", sampleFish], ["guttedShare", guttedShare]] as const;
  return [
    ...others.map((group) => `${AT}.${group} is there, expected none beside ${AT}.farm`),
    ...spans.filter(([, [least, most]]) => least > most)
      .map(([name, [least, most]]) => `${AT}.farm.${name} is ${least} to ${most}, the lower first`),
  ];
}

type Law = readonly [holds: boolean, path: string, found: unknown, expected: string];

/** Where groups disagree with each other or with themselves. */
function groupFindings(rates: AllRates) {
  const { life, samples, health, projection, treatments, readings, harvest } = rates;
  const count = life.stages.length;
  const all = sum(life.stages.map(({ days }) => days));
  const sea = all - life.stages.at(-1)!.days;
  const percents = health.scorePercents === undefined ? 100 : sum(health.scorePercents);
  const waters = [...life.stages.flatMap(({ hall }) => hall ?? []), "sea"];
  const { vaccinationDays, liceDays } = treatments;
  const laws: Law[] = [
    [count > 1, "life.stages, counted,", count, "2 at least, the last one at sea"],
    [
      all <= LONGEST_STAGES,
      "life.stages, their days summed,",
      all,
      `${LONGEST_STAGES} at most`,
    ],
    [
      sea < LONGEST_LIFE,
      "life.stages, the days before the last summed,",
      sea,
      `less than ${LONGEST_LIFE}, the longest life`,
    ],
    ...[["samples.fromStage", samples.fromStage], ["health.fromStage", health.fromStage], [
      "projection.profileFromStage",
      projection.profileFromStage,
    ]].map(([path, from]): Law => [
      Number(from) <= count,
      `${path}`,
      from,
      `${count} at most, the number of stages`,
    ]),
    [
      projection.caps.length === count,
      "projection.caps, counted,",
      projection.caps.length,
      `${count}, one per stage`,
    ],
    [Math.abs(percents - 100) < 1e-6, "health.scorePercents, summed,", percents, "100"],
    ...vaccinationDays.map((day, i): Law => [
      day < sea,
      `treatments.vaccinationDays[${i}]`,
      day,
      `less than ${sea}, the first day at sea`,
    ]),
    ...liceDays.map((day, i): Law => [
      day >= sea,
      `treatments.liceDays[${i}]`,
      day,
      `${sea} at least, the first day at sea`,
    ]),
    [grows(vaccinationDays), "treatments.vaccinationDays", vaccinationDays, "ascending order"],
    [grows(liceDays), "treatments.liceDays", liceDays, "ascending order"],
    ...readings.bases.flatMap(({ water, parameter }, i): Law[] => [
      [
        waters.includes(water),
        `readings.bases[${i}].water`,
        water,
        "a hall of some stage, or sea",
      ],
      [
        readings.bases.findIndex((one) => one.water === water && one.parameter === parameter) === i,
        `readings.bases[${i}].parameter`,
        parameter,
        `a base once in ${water}`,
      ],
    ]),
    [
      harvest.targetKg[0] <= harvest.targetKg[1],
      "harvest.targetKg",
      harvest.targetKg,
      "the lower first",
    ],
  ];
  return laws.flatMap(([holds, path, found, expected]) =>
    holds ? [] : [`${AT}.${path} is ${shown(found)}, expected ${expected}`]
  );
}

/**
 * Rates of the profile `documented` are known. What is read depends on the sensors of the layout
 * besides: a water may lack a parameter, and all waters of its kind lack it then. The tolerance of
 * weights is not in manifests from before 0.4.0.
 */
function documentedFindings(rates: ProfileRates, documented: ProfileRates): string[] {
  const kindOf = (water: string, parameter: string) => `${water === "sea"} ${parameter}`;
  const read = new Set(rates.readings?.bases.map((one) => kindOf(one.water, one.parameter)));
  const { readings } = documented;
  const bases = readings!.bases.filter((one) => read.has(kindOf(one.water, one.parameter)));
  const { weightTolerancePercent, ...analysis } = documented.analysis!;
  const tolerance = rates.analysis?.weightTolerancePercent === undefined
    ? {}
    : { weightTolerancePercent };
  const expected: ProfileRates = {
    ...documented,
    readings: { ...readings!, bases },
    analysis: { ...analysis, ...tolerance },
  };
  return GROUPS.flatMap((group) =>
    ratesDigest({ [group]: rates[group] }) === ratesDigest({ [group]: expected[group] })
      ? []
      : [`${AT}.${group} is another, expected that of redd.profile.sha256, of documented`]
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function grows(days: readonly number[]): boolean {
  return days.every((day, i) => i === 0 || day > days[i - 1]!);
}
