/**
 * Rows of the feeding summaries of containers and batches (domain.md#17): feed and growth of every
 * calendar week and month, written on the evening of its last day. They follow from the daily states
 * of the evening before the period and of its last evening, and are final.
 */
import { isoOf } from "../farm/days.ts";
import { biomassOf, divideRounded } from "../farm/exact.ts";
import { beginsOn, PERIODS } from "../farm/periods.ts";
import type { Assignment, Batch, BatchThen, Farm, FarmThen, Period } from "../farm/state.ts";
import type { World } from "../farm/world.ts";
import {
  fixedFields,
  writeDate,
  writeEmpty,
  writeField,
  writeHundredths,
  writeInstant,
  writeInteger,
  writeSignedHundredths,
  writeThousandths,
} from "./bytes.ts";
import type { Counting, Rendering } from "./feature.ts";
import { writeHistory } from "./history.ts";
import {
  historyColumns,
  hundredthsText,
  isoInstant,
  type PlainRow,
  writeRow,
} from "./plain_row.ts";

/** The tables of the summaries by the farm's words for their rows. */
export const SUMMARY_TABLES = {
  containerSummary: "inventory_containerfeedingsummary",
  containerSummaryHistory: "inventory_historicalcontainerfeedingsummary",
  batchSummary: "inventory_batchfeedingsummary",
  batchSummaryHistory: "inventory_historicalbatchfeedingsummary",
} as const;

type SummaryTable = keyof typeof SUMMARY_TABLES;

/** Biomass of an assignment by tonight's daily state, in 0.01 kg. */
type StateBiomass = (assignment: Assignment) => number;

/** Confidence from the best to the worst. */
const LEVELS = ["VERY_HIGH", "HIGH", "MEDIUM", "LOW"] as const;

/** How the biomass at both ends is known: by growth samples, by growth since the last one, or some so. */
const METHODS = ["MEASURED", "INTERPOLATED", "MIXED"] as const;
type Method = typeof METHODS[number];

/** The columns of both. */
const LEVEL_FIELDS = LEVELS.map((level) => fixedFields(level));
const METHOD_FIELDS = Object.fromEntries(METHODS.map((one) => [one, fixedFields(one)])) as Record<
  Method,
  ReturnType<typeof fixedFields>
>;

/** The periods whose last day is today. */
function endingToday({ day }: Farm): readonly Period[] {
  return PERIODS.filter((period) => beginsOn(period, day + 1));
}

/** Was a batch there on the evening before a period, and is it on its last? */
function livedThrough({ index, assignments }: Batch, from: number, world: World): boolean {
  return assignments.length > 0 && world.batches[index]!.startDay < from;
}

/** Were the fish of a container there on the evening before a period, and has no other come since? */
function stayedThrough({ filledDay }: Assignment, from: number): boolean {
  return filledDay < from;
}

/** Counts the summaries of an evening, without looking at what they say. */
export function countSummaries({ farm, world, numbers }: Counting<SummaryTable>): void {
  for (const period of endingToday(farm)) {
    const from = farm.began[period].day;
    for (const batch of farm.batches) {
      if (!livedThrough(batch, from, world)) continue;
      const stayed = batch.assignments.filter((one) => stayedThrough(one, from)).length;
      numbers.containerSummary += stayed;
      numbers.containerSummaryHistory += stayed;
      numbers.batchSummary++;
      numbers.batchSummaryHistory++;
    }
  }
}

/** What a summary says: feed and biomass in 0.01 kg, FCR in thousandths. */
interface Figures {
  readonly feed: number;
  readonly starting: number;
  readonly ending: number;
  readonly fcr: number | null;
  /** Index into {@linkcode LEVELS}. */
  readonly confidence: number;
  readonly method: Method;
  /** Growth samples of the batch in the period. */
  readonly samples: number;
}

/** Biomass on the evening before a period, by id of the assignment, in 0.01 kg. */
interface Starting {
  readonly day: number;
  readonly biomass: ReadonlyMap<number, number>;
}

function sum<One>(all: readonly One[], of: (one: One) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}

/** How two evenings are known, by the days on which their fish were last weighed. */
function methodOf(
  before: readonly Readonly<Assignment>[],
  now: readonly Assignment[],
  from: number,
  day: number,
): Method {
  const measured = before.filter(({ weighedDay }) => weighedDay === from - 1).length +
    now.filter(({ weighedDay }) => weighedDay === day).length;
  if (measured === 0) return "INTERPOLATED";
  return measured === before.length + now.length ? "MEASURED" : "MIXED";
}

/** Writes the summaries of an evening, given the biomass of its daily states. */
export function summaryWriter(
  { farm, world, parts, tables, numbers }: Rendering<SummaryTable>,
): (biomassOf: StateBiomass) => void {
  const { analysis: { summary }, growthHour } = world.rates;
  const { growth } = world.biology;
  const user = world.ids.makers.dailyWork;
  /** What the last evening of one period tells the next one of its kind. */
  const lastEvenings = new Map<Period, Starting>();

  function startingOf(period: Period, then: FarmThen): Starting {
    const known = lastEvenings.get(period);
    if (known?.day === then.day) return known;
    const all = then.batches.flatMap(({ assignments }) => assignments);
    const weighed = all.map((one) =>
      [one.id, biomassOf(one.population, growth.stateWeightBefore(then, one))] as const
    );
    return { day: then.day, biomass: new Map(weighed) };
  }

  /** Feed per gain: none without feed or gain, or beyond what AquaMind has room for. */
  function fcrOf(feed: number, gain: number): number | null {
    if (feed === 0 || gain <= 0) return null;
    const fcr = divideRounded(feed * 1000, gain);
    return fcr < summary.fcrLimit * 1000 ? fcr : null;
  }

  function confidenceOf({ weighedDay }: Assignment): number {
    if (weighedDay === null) return LEVELS.length - 1;
    const days = farm.day - weighedDay;
    return LEVELS.indexOf(summary.steps.find((step) => days < step.belowDays)?.level ?? "LOW");
  }

  /** The figures of some containers, or of all that a batch had on both evenings. */
  function figuresOf(
    before: readonly Readonly<Assignment>[],
    now: readonly Assignment[],
    eaten: number,
    samples: number,
    start: Starting,
    tonight: StateBiomass,
  ): Figures {
    const feed = divideRounded(eaten, 100);
    const starting = sum(before, ({ id }) => start.biomass.get(id)!);
    const ending = sum(now, tonight);
    const method = methodOf(before, now, start.day, farm.day);
    const confidence = Math.max(...now.map(confidenceOf));
    return {
      feed,
      starting,
      ending,
      fcr: fcrOf(feed, ending - starting),
      confidence,
      method,
      samples,
    };
  }

  function writeContainer(figures: Figures, from: number, { id: assignmentId, batch }: Assignment) {
    const { feed, starting, ending, fcr, confidence, method, samples } = figures;
    const { containerSummary: live, containerSummaryHistory: past } = parts;
    const id = numbers.containerSummary++;
    for (const part of [live, past]) {
      const { out } = part;
      let at = writeInteger(out, part.begin(), id);
      at = writeInstant(out, at, farm.day, growthHour);
      at = writeInstant(out, at, farm.day, growthHour);
      at = writeDate(out, at, from);
      at = writeDate(out, at, farm.day);
      at = writeHundredths(out, at, feed);
      at = writeHundredths(out, at, starting);
      at = writeHundredths(out, at, ending);
      at = writeSignedHundredths(out, at, ending - starting);
      at = fcr === null ? writeEmpty(out, at) : writeThousandths(out, at, fcr);
      at = writeField(out, at, LEVEL_FIELDS[confidence]!);
      at = writeField(out, at, METHOD_FIELDS[method]);
      at = writeInteger(out, at, samples);
      if (part === past) {
        const history = numbers.containerSummaryHistory++;
        at = writeHistory(out, at, history, farm.day, growthHour, "+");
      }
      at = writeInteger(out, at, farm.batches[batch]!.id);
      at = writeInteger(out, at, assignmentId);
      part.end(part === past ? writeInteger(out, at, user) : at);
    }
  }

  function writeBatch(figures: Figures, from: number, { id, assignments }: Batch) {
    const { feed, starting, ending, method, confidence } = figures;
    const at = isoInstant({ day: farm.day, hour: growthHour });
    const fcr = figures.fcr === null ? null : (figures.fcr / 1000).toFixed(3);
    const gain = hundredthsText(ending - starting);
    const row: PlainRow = {
      id: numbers.batchSummary++,
      period_start: isoOf(from),
      period_end: isoOf(farm.day),
      total_feed_kg: hundredthsText(feed),
      average_feeding_percentage: null,
      created_at: at,
      updated_at: at,
      batch_id: id,
      total_feed_consumed_kg: hundredthsText(feed),
      total_biomass_gain_kg: gain,
      fcr,
      estimation_method: method,
      container_count: assignments.length,
      overall_confidence_level: LEVELS[confidence]!,
      total_ending_biomass_kg: hundredthsText(ending),
      total_growth_kg: gain,
      total_starting_biomass_kg: hundredthsText(starting),
      weighted_avg_fcr: fcr,
      average_biomass_kg: null,
    };
    writeRow(parts.batchSummary, tables.batchSummary, row);
    writeRow(parts.batchSummaryHistory, tables.batchSummaryHistory, {
      ...row,
      ...historyColumns(numbers.batchSummaryHistory++, "+", at, user),
    });
  }

  function writeSummaries(batch: Batch, was: BatchThen, start: Starting, tonight: StateBiomass) {
    const samples = batch.samples - was.samples;
    for (const one of batch.assignments) {
      if (!stayedThrough(one, start.day)) continue;
      const before = was.assignments.find(({ id }) => id === one.id)!;
      const eaten = one.eaten - before.eaten;
      writeContainer(figuresOf([before], [one], eaten, samples, start, tonight), start.day, one);
    }
    const { assignments, eaten } = batch;
    const whole = figuresOf(
      was.assignments,
      assignments,
      eaten - was.eaten,
      samples,
      start,
      tonight,
    );
    writeBatch(whole, start.day, batch);
  }

  return (tonight) => {
    for (const period of endingToday(farm)) {
      const then = farm.began[period];
      const start = startingOf(period, then);
      for (const batch of farm.batches) {
        if (!livedThrough(batch, start.day, world)) continue;
        writeSummaries(batch, then.batches[batch.index]!, start, tonight);
      }
      const all = farm.batches.flatMap(({ assignments }) => assignments);
      const biomass = new Map(all.map((one) => [one.id, tonight(one)]));
      lastEvenings.set(period, { day: farm.day + 1, biomass });
    }
  };
}
