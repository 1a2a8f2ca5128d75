/** What was harvested, of which weight and grade, and what companies owe each other for it. */
import { BATCH_GEOGRAPHIES, FARM_COLUMNS, farmGeographies } from "./geographies.ts";
import { MONEY_COLUMNS, type MoneyBetween, moneyFigures, type MoneyMonth } from "./money.ts";
import type { ReportSource, SectionFigures } from "./section.ts";
import { WEIGHT_STEP } from "./steps.ts";

/** A harvested batch. Kilograms. */
export interface HarvestedBatch {
  readonly number: string;
  /** Its place in the list of the section. */
  readonly geography: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly rings: number;
  readonly lots: number;
  readonly fish: number;
  readonly liveKg: number;
  readonly guttedKg: number;
  readonly filletKg: number;
}

/** Lots of one grade in one geography. */
export interface HarvestedGrade {
  readonly grade: string;
  readonly geography: number;
  readonly lots: number;
  readonly fish: number;
  readonly liveKg: number;
}

/** Harvested rings whose fish weighed so much on the mean. */
export interface HarvestedWeight {
  readonly geography: number;
  /** Kilograms, of which {@linkcode WEIGHT_STEP} are one step. */
  readonly fromKg: number;
  readonly rings: number;
}

/** What the section of harvest shows. */
export interface HarvestFigures {
  readonly geographies: readonly string[];
  readonly grades: readonly string[];
  readonly batches: readonly HarvestedBatch[];
  readonly byGrade: readonly HarvestedGrade[];
  readonly weights: readonly HarvestedWeight[];
  readonly money: readonly MoneyBetween[];
  readonly months: readonly MoneyMonth[];
}

const BATCHES = `
  SELECT b.batch_number AS number, g.name AS geography,
    CAST(min(e.event_date) AS date) AS "firstDay", CAST(max(e.event_date) AS date) AS "lastDay",
    count(DISTINCT e.id) AS rings, count(*) AS lots, sum(l.unit_count) AS fish,
    sum(l.live_weight_kg) AS "liveKg", sum(l.gutted_weight_kg) AS "guttedKg",
    sum(l.fillet_weight_kg) AS "filletKg"
  FROM harvest_harvestlot l JOIN harvest_harvestevent e ON e.id = l.event_id
  JOIN batch_batch b ON b.id = e.batch_id
  JOIN (${BATCH_GEOGRAPHIES}) g ON g.batch_id = b.id
  GROUP BY b.id, b.batch_number, g.name ORDER BY min(e.event_date), b.id`;

const GRADES = `
  SELECT p.name AS grade, g.name AS geography, count(*) AS lots, sum(l.unit_count) AS fish,
    sum(l.live_weight_kg) AS "liveKg"
  FROM harvest_harvestlot l JOIN harvest_harvestevent e ON e.id = l.event_id
  JOIN harvest_productgrade p ON p.id = l.product_grade_id
  JOIN (${BATCH_GEOGRAPHIES}) g ON g.batch_id = e.batch_id
  GROUP BY p.id, p.name, g.name ORDER BY p.id, g.name`;

const WEIGHTS = `
  WITH rings AS (
    SELECT e.batch_id,
      CAST(sum(l.live_weight_kg) AS double) / nullif(sum(l.unit_count), 0) AS kg
    FROM harvest_harvestlot l JOIN harvest_harvestevent e ON e.id = l.event_id
    GROUP BY e.id, e.batch_id
  )
  SELECT g.name AS geography, CAST(floor(r.kg / ${WEIGHT_STEP} + 1e-9) AS bigint) AS step,
    count(*) AS rings
  FROM rings r JOIN (${BATCH_GEOGRAPHIES}) g ON g.batch_id = r.batch_id
  WHERE r.kg IS NOT NULL GROUP BY 1, 2 ORDER BY 2, 1`;

/** Rows that name their geography, which the page has by its place. */
type Placed<Row> = Omit<Row, "geography"> & { readonly geography: string };

/** The section of harvest. */
export const harvestSectionFigures: SectionFigures<HarvestFigures> = {
  id: "harvest",
  reads: {
    ...FARM_COLUMNS,
    ...MONEY_COLUMNS,
    harvest_harvestevent: ["id", "event_date", "batch_id"],
    harvest_harvestlot: [
      "event_id",
      "product_grade_id",
      "live_weight_kg",
      "gutted_weight_kg",
      "fillet_weight_kg",
      "unit_count",
    ],
    harvest_productgrade: ["id", "name"],
    batch_batch: ["id", "batch_number"],
  },
  async figures({ rows }: ReportSource) {
    const geographies = await farmGeographies(rows);
    const placed = <Row>(found: readonly (Row & { readonly geography: string })[]) =>
      found.map((row) => ({ ...row, geography: geographies.indexOf(row.geography) }));
    const weights = await rows<{ geography: string; step: number; rings: number }>(WEIGHTS);
    return {
      geographies,
      grades: (await rows<{ name: string }>(`SELECT name FROM harvest_productgrade ORDER BY id`))
        .map(({ name }) => name),
      batches: placed(await rows<Placed<HarvestedBatch>>(BATCHES)),
      byGrade: placed(await rows<Placed<HarvestedGrade>>(GRADES)),
      weights: placed(weights).map(({ geography, step, rings }) => ({
        geography,
        rings,
        fromKg: Math.round(step * WEIGHT_STEP * 100) / 100,
      })),
      ...await moneyFigures(rows),
    };
  },
};
