/**
 * Rows of the feeding summaries of containers and batches (domain.md#17): feed and growth of every
 * calendar week and month, written on the evening of its last day. They follow from the daily states
 * of the evening before the period and of its last evening, and are final.
 */
import { biomassOf } from "../farm/exact.ts";
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
import { LEVELS, newFigures, type Starting } from "./summary_figures.ts";
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

const LEVEL_FIELDS = LEVELS.map((level) => fixedFields(level));

/** How the biomass of both evenings is known: by growth samples, by growth since, or some by each. */
const METHOD_FIELDS = {
  measured: fixedFields("MEASURED"),
  interpolated: fixedFields("INTERPOLATED"),
  mixed: fixedFields("MIXED"),
};

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

/** Writes the summaries of an evening, given the biomass of its daily states. */
export function summaryWriter(
  { farm, world, parts, numbers }: Rendering<SummaryTable>,
): (biomassOf: StateBiomass) => void {
  const { growthHour } = world.rates;
  const { growth } = world.biology;
  const user = world.ids.makers.dailyWork;
  const figures = newFigures(farm, world.rates.analysis.summary);
  /** What the last evening of one period tells the next one of its kind. */
  const lastEvenings = new Map<Period, Starting>();

  function startingOf(period: Period, then: FarmThen): Starting {
    const known = lastEvenings.get(period);
    if (known?.day === then.day) return known;
    const biomass = new Map<number, number>();
    for (const { assignments } of then.batches) {
      for (const one of assignments) {
        biomass.set(one.id, biomassOf(one.population, growth.stateWeightBefore(then, one)));
      }
    }
    return { day: then.day, biomass };
  }

  function fcrColumn(out: DataView, at: number): number {
    const { fcr } = figures;
    return fcr === null ? writeEmpty(out, at) : writeThousandths(out, at, fcr);
  }

  function methodColumn(out: DataView, at: number): number {
    const { measured, states } = figures;
    const { interpolated, measured: all, mixed } = METHOD_FIELDS;
    const method = measured === 0 ? interpolated : measured === states ? all : mixed;
    return writeField(out, at, method);
  }

  function period(out: DataView, at: number, from: number): number {
    return writeDate(out, writeDate(out, at, from), farm.day);
  }

  function instants(out: DataView, at: number): number {
    return writeInstant(out, writeInstant(out, at, farm.day, growthHour), farm.day, growthHour);
  }

  function gainColumn(out: DataView, at: number): number {
    return writeSignedHundredths(out, at, figures.ending - figures.starting);
  }

  function writeContainer(from: number, { id: assignmentId, batch }: Assignment): void {
    const { containerSummary: live, containerSummaryHistory: past } = parts;
    const id = numbers.containerSummary++;
    for (const part of [live, past]) {
      const { out } = part;
      let at = writeInteger(out, part.begin(), id);
      at = instants(out, at);
      at = period(out, at, from);
      at = writeHundredths(out, at, figures.feed);
      at = writeHundredths(out, at, figures.starting);
      at = writeHundredths(out, at, figures.ending);
      at = gainColumn(out, at);
      at = fcrColumn(out, at);
      at = writeField(out, at, LEVEL_FIELDS[figures.confidence]!);
      at = methodColumn(out, at);
      at = writeInteger(out, at, figures.samples);
      if (part === past) {
        const history = numbers.containerSummaryHistory++;
        at = writeHistory(out, at, history, farm.day, growthHour, "+");
      }
      at = writeInteger(out, at, farm.batches[batch]!.id);
      at = writeInteger(out, at, assignmentId);
      part.end(part === past ? writeInteger(out, at, user) : at);
    }
  }

  function writeBatch(from: number, batch: Batch): void {
    const { batchSummary: live, batchSummaryHistory: past } = parts;
    const { feed, starting, ending, confidence } = figures;
    const id = numbers.batchSummary++;
    let { out } = live;
    let at = writeInteger(out, live.begin(), id);
    at = period(out, at, from);
    at = writeHundredths(out, at, feed);
    at = writeEmpty(out, at);
    at = instants(out, at);
    at = writeInteger(out, at, batch.id);
    at = writeHundredths(out, at, feed);
    at = gainColumn(out, at);
    at = fcrColumn(out, at);
    at = methodColumn(out, at);
    at = writeInteger(out, at, batch.assignments.length);
    at = writeField(out, at, LEVEL_FIELDS[confidence]!);
    at = writeHundredths(out, at, ending);
    at = gainColumn(out, at);
    at = writeHundredths(out, at, starting);
    at = fcrColumn(out, at);
    live.end(writeEmpty(out, at));

    out = past.out;
    at = writeInteger(out, past.begin(), id);
    at = instants(out, at);
    at = period(out, at, from);
    at = writeHundredths(out, at, feed);
    at = writeEmpty(out, writeEmpty(out, at));
    at = writeHundredths(out, at, starting);
    at = writeHundredths(out, at, ending);
    at = gainColumn(out, at);
    at = fcrColumn(out, fcrColumn(out, at));
    at = writeInteger(out, at, batch.assignments.length);
    at = writeHundredths(out, at, feed);
    at = gainColumn(out, at);
    at = writeField(out, at, LEVEL_FIELDS[confidence]!);
    at = methodColumn(out, at);
    at = writeHistory(out, at, numbers.batchSummaryHistory++, farm.day, growthHour, "+");
    past.end(writeInteger(out, writeInteger(out, at, batch.id), user));
  }

  function writeSummaries(
    batch: Batch,
    was: BatchThen,
    start: Starting,
    tonight: ReadonlyMap<number, number>,
  ): void {
    const samples = batch.samples - was.samples;
    for (const one of batch.assignments) {
      if (!stayedThrough(one, start.day)) continue;
      const before = was.assignments.find(({ id }) => id === one.id)!;
      figures.begin(samples);
      figures.addBefore(before, start);
      figures.addTonight(one, tonight.get(one.id)!);
      figures.divide(one.eaten - before.eaten);
      writeContainer(start.day, one);
    }
    figures.begin(samples);
    for (const one of was.assignments) figures.addBefore(one, start);
    for (const one of batch.assignments) figures.addTonight(one, tonight.get(one.id)!);
    figures.divide(batch.eaten - was.eaten);
    writeBatch(start.day, batch);
  }

  return (stateBiomass) => {
    const periods = endingToday(farm);
    if (periods.length === 0) return;
    const tonight = new Map<number, number>();
    for (const { assignments } of farm.batches) {
      for (const one of assignments) tonight.set(one.id, stateBiomass(one));
    }
    for (const period of periods) {
      const then = farm.began[period];
      const start = startingOf(period, then);
      for (const batch of farm.batches) {
        if (!livedThrough(batch, start.day, world)) continue;
        writeSummaries(batch, then.batches[batch.index]!, start, tonight);
      }
      lastEvenings.set(period, { day: farm.day + 1, biomass: tonight });
    }
  };
}
