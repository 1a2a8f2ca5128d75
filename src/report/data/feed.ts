/** Feed: what lies in silos and barges, what feed costs, and how much of it becomes fish. */
import { type FeedStore, feedStores, STORE_COLUMNS } from "./feed_stores.ts";
import { BATCH_GEOGRAPHIES, FARM_COLUMNS, farmGeographies } from "./geographies.ts";
import type { ReportSource, SectionFigures } from "./section.ts";

/** What a batch has eaten, and what became of it. Kilograms; prices have no currency in AquaMind. */
export interface FeedBatch {
  readonly number: string;
  /** Its place in the list of the section. */
  readonly geography: number;
  readonly start: string;
  readonly completed: boolean;
  readonly feedKg: number;
  readonly cost: number;
  /** What was harvested of it, and what lives. */
  readonly fishKg: number;
}

/** Feed conversion in a stage: of each batch the feed of its whole weeks over what it gained in them. */
export interface FeedStage {
  readonly name: string;
  readonly batches: number;
  /** The least, the quartiles and the greatest of the batches; nothing where no batch was fed. */
  readonly fcr: readonly number[];
  /** What the FCR model of scenarios says; null where it says nothing. */
  readonly model: number | null;
}

/** What the section of feed shows. */
export interface FeedFigures {
  readonly geographies: readonly string[];
  readonly stores: readonly FeedStore[];
  /** Silos and barges that hold what they began with, or nothing. */
  readonly idle: number;
  readonly suppliers: readonly string[];
  readonly batches: readonly FeedBatch[];
  readonly stages: readonly FeedStage[];
}

type BatchRow = Omit<FeedBatch, "geography"> & { readonly geography: string };

const BATCHES = `
  WITH eaten AS (
    SELECT batch_id, sum(amount_kg) AS kg, sum(feed_cost) AS cost
    FROM inventory_feedingevent GROUP BY batch_id
  ), sold AS (
    SELECT e.batch_id, sum(l.live_weight_kg) AS kg
    FROM harvest_harvestlot l JOIN harvest_harvestevent e ON e.id = l.event_id GROUP BY e.batch_id
  ), living AS (
    SELECT batch_id, sum(biomass_kg) AS kg
    FROM batch_batchcontainerassignment WHERE is_active GROUP BY batch_id
  )
  SELECT b.batch_number AS number, g.name AS geography, b.start_date AS start,
    b.status = 'COMPLETED' AS completed, coalesce(f.kg, 0) AS "feedKg",
    coalesce(f.cost, 0) AS cost, coalesce(s.kg, 0) + coalesce(l.kg, 0) AS "fishKg"
  FROM batch_batch b JOIN (${BATCH_GEOGRAPHIES}) g ON g.batch_id = b.id
  LEFT JOIN eaten f ON f.batch_id = b.id
  LEFT JOIN sold s ON s.batch_id = b.id
  LEFT JOIN living l ON l.batch_id = b.id
  ORDER BY b.id`;

const STAGES = `
  WITH lives AS (
    SELECT a.lifecycle_stage_id AS stage,
      CAST(sum(s.total_feed_kg) AS double) / CAST(sum(s.growth_kg) AS double) AS fcr
    FROM inventory_containerfeedingsummary s
    JOIN batch_batchcontainerassignment a ON a.id = s.container_assignment_id
    WHERE s.period_end - s.period_start = 6
    GROUP BY a.batch_id, a.lifecycle_stage_id
    HAVING sum(s.total_feed_kg) > 0 AND sum(s.growth_kg) > 0
  ), ranges AS (
    SELECT stage, count(*) AS batches, quantile_cont(fcr, [0, 0.25, 0.5, 0.75, 1]) AS fcr
    FROM lives GROUP BY stage
  ), models AS (
    SELECT stage_id, min(fcr_value) AS fcr FROM scenario_fcrmodelstage GROUP BY stage_id
  )
  SELECT s.name, coalesce(r.batches, 0) AS batches, coalesce(r.fcr, []) AS fcr, m.fcr AS model
  FROM batch_lifecyclestage s
  LEFT JOIN ranges r ON r.stage = s.id
  LEFT JOIN models m ON m.stage_id = s.id
  ORDER BY s."order", s.id`;

/** The section of feed. */
export const feedSectionFigures: SectionFigures<FeedFigures> = {
  id: "feed",
  reads: {
    ...FARM_COLUMNS,
    ...STORE_COLUMNS,
    inventory_feedingevent: ["batch_id", "amount_kg", "feed_cost"],
    inventory_containerfeedingsummary: [
      "period_start",
      "period_end",
      "total_feed_kg",
      "growth_kg",
      "container_assignment_id",
    ],
    harvest_harvestlot: ["event_id", "live_weight_kg"],
    harvest_harvestevent: ["id", "batch_id"],
    batch_batchcontainerassignment: [
      "id",
      "batch_id",
      "container_id",
      "lifecycle_stage_id",
      "biomass_kg",
      "is_active",
    ],
    batch_batch: ["id", "batch_number", "start_date", "status"],
    batch_lifecyclestage: ["id", "name", "order"],
    scenario_fcrmodelstage: ["stage_id", "fcr_value"],
  },
  async figures({ rows }: ReportSource) {
    const geographies = await farmGeographies(rows);
    const batches = (await rows<BatchRow>(BATCHES)).map(({ geography, ...batch }) => ({
      ...batch,
      geography: geographies.indexOf(geography),
    }));
    return {
      geographies,
      ...await feedStores(rows, geographies),
      batches,
      stages: await rows<FeedStage>(STAGES),
    };
  },
};
