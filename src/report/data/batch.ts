/** The life of every batch, of which the page shows one at a time. */
import {
  BATCH_SAMPLES,
  BATCHES,
  DEATHS,
  FEEDING,
  HARVEST_DAYS,
  HARVEST_GRADES,
  PROJECTIONS,
  STAGES_OF_BATCHES,
  STATES,
  TRANSFERS,
  TREATMENTS,
} from "./batch_queries.ts";
import type { ReportSource, SectionFigures } from "./section.ts";
import { type Deltas, deltasOf } from "./series.ts";
import { BATCH_UNITS } from "./steps.ts";

/** A stage of a batch: its first and last day, counted from that of the batch. */
export interface LivedStage {
  readonly stage: string;
  readonly since: number;
  readonly until: number;
}

/** Fish that were moved. Days are `2024-05-03`, weights kilograms. */
export interface BatchTransfer {
  readonly start: string | null;
  /** Null while it goes on. */
  readonly end: string | null;
  readonly status: string;
  readonly from: string;
  readonly to: string | null;
  readonly fish: number;
  readonly deaths: number;
  readonly biomass: number;
  readonly moves: number;
  /** Whether the fish went to another company. */
  readonly sale: boolean;
}

/** One treatment of a day. */
export interface BatchTreatment {
  readonly day: string;
  readonly type: string;
  readonly description: string;
  readonly outcome: string;
  readonly containers: number;
  /** Days before which no fish of it may be harvested. */
  readonly withholding: number;
}

/** What was harvested on a day; weights are kilograms. */
export interface HarvestDay {
  readonly day: string;
  readonly containers: number;
  readonly fish: number;
  readonly live: number;
  readonly gutted: number;
}

/** What was harvested of a grade; the weight is kilograms. */
export interface HarvestGrade {
  readonly grade: string;
  readonly fish: number;
  readonly live: number;
}

/** The life of a batch. Series are packed; days are counted from its first. */
export interface BatchLife {
  readonly number: string;
  readonly status: string;
  readonly start: string;
  readonly end: string | null;
  readonly notes: string;
  readonly stage: string;
  readonly geography: string | null;
  readonly eggs: number | null;
  /** All that it has eaten; null where that is nothing. */
  readonly feedKg: number | null;
  readonly stages: readonly LivedStage[];
  /** The first day of each week from the first one on: fish, and grams of one. */
  readonly weeks: { readonly fish: Deltas; readonly weight: Deltas };
  /** Deaths of each week from the first one on. */
  readonly deaths: Deltas;
  /** Grams, once in seven days from the first one on. */
  readonly projection: Deltas;
  /** Days on which fish were weighed: how many, their mean, the lightest and the heaviest in grams. */
  readonly samples: {
    readonly day: Deltas;
    readonly fish: Deltas;
    readonly weight: Deltas;
    readonly least: Deltas;
    readonly most: Deltas;
  };
  /** Weeks of the calendar by their first day: kilograms of feed, and the ratio where there is one. */
  readonly feeding: { readonly day: Deltas; readonly feed: Deltas; readonly fcr: Deltas };
  readonly transfers: readonly BatchTransfer[];
  readonly treatments: readonly BatchTreatment[];
  readonly harvests: readonly HarvestDay[];
  readonly grades: readonly HarvestGrade[];
}

/** What the section of batches shows. */
export interface BatchFigures {
  /** The last day of the dataset. */
  readonly lastDay: string;
  /** All stages, in the order of life. */
  readonly stages: readonly string[];
  readonly batches: readonly BatchLife[];
}

/** A row of one of the queries: of which batch it is, and the rest. */
type Of<Row> = Row & { readonly batch: number };

interface BatchRow extends
  Pick<
    BatchLife,
    "number" | "status" | "start" | "end" | "notes" | "stage" | "geography" | "eggs" | "feedKg"
  > {
  readonly id: number;
}

/** The rows of a query by batch, without the number of the batch. */
async function byBatch<Row>(
  { rows }: ReportSource,
  sql: string,
): Promise<(batch: number) => readonly Row[]> {
  const groups = new Map<number, Row[]>();
  for (const { batch, ...rest } of await rows<Of<Row>>(sql)) {
    const group = groups.get(batch);
    if (group === undefined) groups.set(batch, [rest as Row]);
    else group.push(rest as Row);
  }
  return (batch) => groups.get(batch) ?? [];
}

/** Values of weeks from 0 to the last that has one. */
function weekly<Row extends { readonly week: number }>(
  rows: readonly Row[],
  valueOf: (row: Row) => number | null,
  otherwise: number | null,
): (number | null)[] {
  const values = new Array<number | null>((rows.at(-1)?.week ?? -1) + 1).fill(otherwise);
  for (const row of rows) values[row.week] = valueOf(row);
  return values;
}

/** One column of rows, packed. */
function packed<Row>(rows: readonly Row[], valueOf: (row: Row) => number | null, unit = 1): Deltas {
  return deltasOf(rows.map(valueOf), unit);
}

async function batchFiguresOf(source: ReportSource): Promise<BatchFigures> {
  const states = await byBatch<{ week: number; fish: number; weight: number | null }>(
    source,
    STATES,
  );
  const stages = await byBatch<LivedStage>(source, STAGES_OF_BATCHES);
  const deaths = await byBatch<{ week: number; deaths: number }>(source, DEATHS);
  const projections = await byBatch<{ day: number; weight: number }>(source, PROJECTIONS);
  const samples = await byBatch<
    { day: number; fish: number; weight: number; least: number | null; most: number | null }
  >(source, BATCH_SAMPLES);
  const feeding = await byBatch<{ day: number; feed: number; fcr: number | null }>(source, FEEDING);
  const transfers = await byBatch<BatchTransfer>(source, TRANSFERS);
  const treatments = await byBatch<BatchTreatment>(source, TREATMENTS);
  const harvests = await byBatch<HarvestDay>(source, HARVEST_DAYS);
  const grades = await byBatch<HarvestGrade>(source, HARVEST_GRADES);
  const { weight: gram, fcr: ratio } = BATCH_UNITS;
  const lifeOf = ({ id, ...about }: BatchRow): BatchLife => ({
    ...about,
    stages: stages(id),
    weeks: {
      fish: deltasOf(weekly(states(id), ({ fish }) => fish, null)),
      weight: deltasOf(weekly(states(id), ({ weight }) => weight, null), gram),
    },
    deaths: deltasOf(weekly(deaths(id), (week) => week.deaths, 0)),
    projection: packed(projections(id), ({ weight }) => weight, gram),
    samples: {
      day: packed(samples(id), ({ day }) => day),
      fish: packed(samples(id), ({ fish }) => fish),
      weight: packed(samples(id), ({ weight }) => weight, gram),
      least: packed(samples(id), ({ least }) => least, gram),
      most: packed(samples(id), ({ most }) => most, gram),
    },
    feeding: {
      day: packed(feeding(id), ({ day }) => day),
      feed: packed(feeding(id), ({ feed }) => feed),
      fcr: packed(feeding(id), ({ fcr }) => fcr, ratio),
    },
    transfers: transfers(id),
    treatments: treatments(id),
    harvests: harvests(id),
    grades: grades(id),
  });
  const ordered = await source.rows<{ name: string }>(
    `SELECT name FROM batch_lifecyclestage ORDER BY "order", id`,
  );
  const last = Date.parse(source.manifest.asOf) - 86_400_000;
  return {
    lastDay: new Date(last).toISOString().slice(0, 10),
    stages: ordered.map(({ name }) => name),
    batches: (await source.rows<BatchRow>(BATCHES)).map(lifeOf),
  };
}

/** The section of batches. */
export const batchFigures: SectionFigures<BatchFigures> = {
  id: "batch",
  reads: {
    batch_batch: [
      "id",
      "batch_number",
      "status",
      "start_date",
      "actual_end_date",
      "notes",
      "lifecycle_stage_id",
      "pinned_scenario_id",
    ],
    batch_lifecyclestage: ["id", "name", "order"],
    batch_creationworkflow: ["id", "batch_id"],
    batch_creationaction: ["workflow_id", "egg_count_actual"],
    batch_batchcontainerassignment: ["id", "batch_id", "container_id"],
    batch_actualdailyassignmentstate: [
      "date",
      "population",
      "avg_weight_g",
      "batch_id",
      "lifecycle_stage_id",
    ],
    batch_mortalityevent: ["event_date", "count", "batch_id"],
    batch_growthsample: [
      "sample_date",
      "sample_size",
      "avg_weight_g",
      "min_weight_g",
      "max_weight_g",
      "assignment_id",
    ],
    batch_batchtransferworkflow: [
      "id",
      "batch_id",
      "status",
      "actual_start_date",
      "actual_completion_date",
      "source_lifecycle_stage_id",
      "dest_lifecycle_stage_id",
      "total_transferred_count",
      "total_mortality_count",
      "total_biomass_kg",
      "actions_completed",
      "is_intercompany",
    ],
    scenario: ["scenario_id", "batch_id"],
    scenario_scenarioprojection: ["projection_date", "average_weight", "scenario_id"],
    inventory_batchfeedingsummary: [
      "batch_id",
      "period_start",
      "period_end",
      "total_feed_kg",
      "fcr",
    ],
    inventory_feedingevent: ["batch_id", "amount_kg"],
    health_treatment: [
      "id",
      "batch_id",
      "container_id",
      "treatment_date",
      "treatment_type",
      "description",
      "outcome",
      "withholding_period_days",
    ],
    harvest_harvestevent: ["id", "batch_id", "event_date"],
    harvest_harvestlot: [
      "event_id",
      "product_grade_id",
      "unit_count",
      "live_weight_kg",
      "gutted_weight_kg",
    ],
    harvest_productgrade: ["id", "name"],
    infrastructure_container: ["id", "hall_id", "area_id"],
    infrastructure_hall: ["id", "freshwater_station_id"],
    infrastructure_freshwaterstation: ["id", "geography_id"],
    infrastructure_area: ["id", "geography_id"],
    infrastructure_geography: ["id", "name"],
  },
  figures: batchFiguresOf,
};
