/** Figures of harvests: weight, quality, days and what is forbidden. */
import { type Figure, figuresBy } from "./figure.ts";
import { median, quantile, shareWhere } from "./fragments.ts";

const EMPTY = "no harvest yet";

/** All figures of this file. */
export const harvestFigures: readonly Figure[] = [
  ...figuresBy(
    {
      tables: ["harvest_harvestlot", "harvest_productgrade"],
      sql: `
      WITH events AS (
        SELECT l.event_id, sum(CAST(l.live_weight_kg AS float8)) AS kg,
          sum(CAST(l.gutted_weight_kg AS float8)) AS gutted,
          sum(CAST(l.unit_count AS float8)) AS fish,
          sum(CASE WHEN g.code = 'SUPERIOR' THEN CAST(l.unit_count AS float8) ELSE 0 END) AS best
        FROM harvest_harvestlot l JOIN harvest_productgrade g ON g.id = l.product_grade_id
        GROUP BY l.event_id
      )
      SELECT ${median("kg / nullif(fish, 0)")} AS weight, avg(best / nullif(fish, 0)) AS superior,
        stddev_samp(best / nullif(fish, 0)) AS superior_sd,
        ${median("gutted / nullif(kg, 0)")} AS gutted, count(*) AS n
      FROM events WHERE fish > 0`,
    },
    {
      id: "harvest_weight_p50_kg",
      title: "live weight at harvest, median",
      unit: "kg",
      value: "weight",
      definition: "Live weight over fish of all lots of a harvest",
      counted: "harvests",
      least: 1,
      empty: EMPTY,
      published: {
        low: 4.2,
        high: 6.2,
        sources: ["NDIR", "FAROE"],
        says: "county-months of Norway 4.84, Faroe Islands 5 to 6",
      },
      documented: { low: 4.5, high: 6.7, sources: ["AMIND"], says: "guide v6.0, C-15" },
    },
    {
      id: "superior_share",
      title: "harvested fish of superior quality",
      unit: "",
      value: "superior",
      definition: "Mean over harvests of the share of fish in lots of the grade SUPERIOR",
      counted: "harvests",
      least: 1,
      empty: EMPTY,
      published: { low: 0.7, high: 0.96, sources: ["NDIR", "FARMS"] },
      documented: { low: 0.099, high: 0.101, sources: ["AMIND"], says: "10 %" },
    },
    {
      id: "superior_share_sd",
      title: "spread of the superior share between harvests",
      unit: "",
      value: "superior_sd",
      definition: "Standard deviation of superior_share's shares",
      counted: "harvests",
      least: 5,
      empty: EMPTY,
      published: { low: 0.02, high: 0.15, sources: ["FARMS"] },
      documented: { low: 0, high: 0.001, sources: ["AMIND"], says: "10 % of every harvest" },
    },
    {
      id: "gutted_yield_p50",
      title: "gutted weight over live weight, median",
      unit: "",
      value: "gutted",
      definition: "Of all lots of a harvest",
      counted: "harvests",
      least: 1,
      empty: EMPTY,
      published: { low: 0.82, high: 0.87, sources: ["NBIO"], says: "0.83" },
      documented: { low: 0.849, high: 0.851, sources: ["AMIND"], says: "0.85" },
    },
  ),
  ...figuresBy(
    {
      tables: [
        "harvest_harvestevent",
        "harvest_harvestlot",
        "batch_batchcontainerassignment",
        "infrastructure_container",
      ],
      sql: `
      WITH days AS (
        SELECT a.batch_id, c.area_id, CAST(e.event_date AS date) AS day,
          sum(CAST(l.live_weight_kg AS float8)) / 1000 AS tonnes
        FROM harvest_harvestevent e JOIN harvest_harvestlot l ON l.event_id = e.id
        JOIN batch_batchcontainerassignment a ON a.id = e.assignment_id
        JOIN infrastructure_container c ON c.id = a.container_id
        GROUP BY a.batch_id, c.area_id, CAST(e.event_date AS date)
      ), sites AS (SELECT count(*) AS days FROM days GROUP BY batch_id, area_id), site_days AS (
        SELECT ${quantile(0.95, "tonnes")} AS tonnes, count(*) AS n
        FROM (SELECT area_id, day, sum(tonnes) AS tonnes FROM days GROUP BY area_id, day) known
      ), each_site AS (SELECT ${median("days")} AS days, count(*) AS sites FROM sites)
      SELECT * FROM site_days CROSS JOIN each_site`,
    },
    {
      id: "harvest_days_per_site_p50",
      title: "harvest days of a site and batch, median",
      unit: "days",
      value: "days",
      n: "sites",
      definition: "Different days on which a batch is harvested at a site",
      counted: "sites and batches",
      least: 1,
      empty: EMPTY,
      published: { low: 8, high: 120, sources: ["FARMS"] },
      documented: { low: 1, high: 1, sources: ["AMIND"], says: "all rings on one day" },
    },
    {
      id: "harvest_tonnes_site_day_p95",
      title: "tonnes harvested at a site on a day, largest twentieth",
      unit: "t",
      value: "tonnes",
      definition: "95 % quantile of the live weight",
      counted: "site-days",
      least: 1,
      empty: EMPTY,
      published: { low: 40, high: 500, sources: ["FARMS"], says: "one well boat, one plant" },
    },
  ),
  ...figuresBy(
    {
      tables: ["harvest_harvestevent", "health_treatment"],
      sql: `
      WITH ends AS (
        SELECT batch_assignment_id AS assignment_id, CAST(treatment_date AS date) AS given,
          withholding_period_days AS days
        FROM health_treatment
      ), events AS (
        SELECT e.id, max(CASE WHEN CAST(e.event_date AS date) - t.given >= 0
          AND CAST(e.event_date AS date) - t.given < t.days THEN 1 ELSE 0 END) AS early
        FROM harvest_harvestevent e LEFT JOIN ends t ON t.assignment_id = e.assignment_id
        GROUP BY e.id
      )
      SELECT ${shareWhere("early = 1")} AS value, count(*) AS n FROM events`,
    },
    {
      id: "harvest_in_withholding_share",
      title: "harvests within a treatment's withholding period",
      unit: "",
      definition:
        "Share of harvests of a ring on the days of withholding, counted from the day of " +
        "treatment",
      counted: "harvests",
      least: 1,
      empty: EMPTY,
      published: { low: 0, high: 0, sources: ["NREG", "FAROE"], says: "forbidden" },
    },
  ),
];
