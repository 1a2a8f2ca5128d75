/**
 * Rows of the feeding summaries of containers and batches (domain.md#17): feed conversion over the
 * last days before the as-of date (defects.md#b-33 took the computer's date).
 */
import { isoOf } from "../farm/days.ts";
import { biomassOf, divideRounded } from "../farm/exact.ts";
import type { Assignment, Batch, Farm } from "../farm/state.ts";
import type { AnalysisRates } from "../farm/rates.ts";
import { sampleMeans } from "../farm/sampling.ts";
import type { BatchFacts } from "../farm/facts.ts";
import type { World } from "../farm/world.ts";
import { historyColumns, hundredthsText, isoInstant, type PlainRow } from "./plain_row.ts";
import { type Recent, type RecentSamples, summaryStart, type Weighed } from "./recent.ts";

/** What the samples of a batch in the window say: mean weights in 0.01 g, and how many they are. */
interface SampledGrowth {
  readonly first: number;
  readonly last: number;
  readonly samples: number;
}

/** The growth of a batch from its first sample to its last, where there is more than one. */
function sampledGrowth(
  facts: BatchFacts,
  samples: RecentSamples | undefined,
  meanOf: ReturnType<typeof sampleMeans>,
): SampledGrowth | undefined {
  if (samples === undefined || samples.count < 2) return undefined;
  const mean = ({ index, position, weight }: Weighed) => meanOf(facts, index, position, weight);
  return { first: mean(samples.first), last: mean(samples.last), samples: samples.count };
}

function confidenceOf(days: number, { summary }: AnalysisRates): string {
  return summary.steps.find((step) => days < step.belowDays)?.level ?? "LOW";
}

/** Confidence from the best to the worst. */
const LEVELS = ["VERY_HIGH", "HIGH", "MEDIUM", "LOW"];

function threeDecimals(n: number): string {
  return `${Math.floor(n / 1000)}.${String(n % 1000).padStart(3, "0")}`;
}

/** One container's figures; feed and biomass in 0.01 kg, FCR in thousandths or NULL. */
interface ContainerFigures {
  readonly assignment: Assignment;
  readonly feed: number;
  readonly starting: number;
  readonly ending: number;
  readonly fcr: number | null;
  readonly confidence: string;
  readonly samples: number;
}

function figuresOf(
  assignment: Assignment,
  feed: number,
  growth: SampledGrowth,
  world: World,
): ContainerFigures {
  const { analysis } = world.rates;
  const starting = biomassOf(assignment.population, growth.first);
  const ending = biomassOf(assignment.population, growth.last);
  const fcr = divideRounded(feed * 1000, ending - starting);
  const { weighedDay } = assignment;
  return {
    assignment,
    feed,
    starting,
    ending,
    fcr: fcr < analysis.summary.fcrLimit * 1000 ? fcr : null,
    confidence: weighedDay === null ? "LOW" : confidenceOf(world.asOf - 1 - weighedDay, analysis),
    samples: growth.samples,
  };
}

/** The four as-of tables. */
export interface SummaryRows {
  readonly container: PlainRow[];
  readonly batch: PlainRow[];
  readonly containerHistory: PlainRow[];
  readonly batchHistory: PlainRow[];
}

/**
 * The summaries at the end of the last simulated day.
 *
 * @param recent What happened in their window.
 */
export function summaryRows(
  farm: Farm,
  world: World,
  firstId: number,
  recent: Recent,
): SummaryRows {
  const to = world.asOf - 1;
  const from = summaryStart(world);
  const at = isoInstant({ day: to, hour: world.rates.growthHour });
  const period = { period_start: isoOf(from), period_end: isoOf(to) };
  const stamps = { created_at: at, updated_at: at };
  const rows: SummaryRows = { container: [], batch: [], containerHistory: [], batchHistory: [] };
  const meanOf = sampleMeans(world.rates.samples);
  const nextId = (list: readonly PlainRow[]) => firstId + list.length;

  for (const batch of farm.batches) {
    const facts = world.batches[batch.index]!;
    const growth = sampledGrowth(facts, recent.samples.get(batch.index), meanOf);
    if (growth === undefined || growth.last <= growth.first) continue;
    const figures = batch.assignments.flatMap((assignment) => {
      const feed = divideRounded(recent.feed.get(assignment.id) ?? 0, 100);
      if (feed === 0) return [];
      const one = figuresOf(assignment, feed, growth, world);
      return one.ending > one.starting ? [one] : [];
    });
    for (const one of figures) addContainer(one, batch);
    if (figures.length > 0) addBatch(figures, batch);
  }
  return rows;

  function addContainer(one: ContainerFigures, batch: Batch): void {
    const row: PlainRow = {
      id: nextId(rows.container),
      ...stamps,
      ...period,
      total_feed_kg: hundredthsText(one.feed),
      starting_biomass_kg: hundredthsText(one.starting),
      ending_biomass_kg: hundredthsText(one.ending),
      growth_kg: hundredthsText(one.ending - one.starting),
      fcr: one.fcr === null ? null : threeDecimals(one.fcr),
      confidence_level: one.confidence,
      estimation_method: "MEASURED",
      data_points: one.samples,
      batch_id: batch.id,
      container_assignment_id: one.assignment.id,
    };
    rows.container.push(row);
    const id = nextId(rows.containerHistory);
    rows.containerHistory.push({ ...row, ...historyColumns(id, "+", at) });
  }

  function addBatch(figures: readonly ContainerFigures[], batch: Batch): void {
    const sum = (of: (one: ContainerFigures) => number) =>
      figures.reduce((total, one) => total + of(one), 0);
    const feed = sum((one) => one.feed);
    const rated = figures.filter((one) => one.fcr !== null);
    const ratedFeed = rated.reduce((total, one) => total + one.feed, 0);
    const weighted = rated.reduce((total, one) => total + one.feed * one.fcr!, 0);
    const fcr = ratedFeed === 0 ? null : threeDecimals(divideRounded(weighted, ratedFeed));
    const growth = sum((one) => one.ending - one.starting);
    const worst = Math.max(...figures.map((one) => LEVELS.indexOf(one.confidence)));
    const row: PlainRow = {
      id: nextId(rows.batch),
      ...period,
      total_feed_kg: hundredthsText(feed),
      average_feeding_percentage: null,
      ...stamps,
      batch_id: batch.id,
      total_feed_consumed_kg: hundredthsText(feed),
      total_biomass_gain_kg: hundredthsText(growth),
      fcr,
      estimation_method: "MEASURED",
      container_count: figures.length,
      overall_confidence_level: LEVELS[worst]!,
      total_ending_biomass_kg: hundredthsText(sum((one) => one.ending)),
      total_growth_kg: hundredthsText(growth),
      total_starting_biomass_kg: hundredthsText(sum((one) => one.starting)),
      weighted_avg_fcr: fcr,
      average_biomass_kg: null,
    };
    rows.batch.push(row);
    const id = nextId(rows.batchHistory);
    rows.batchHistory.push({ ...row, ...historyColumns(id, "+", at) });
  }
}
