/** Checks of the feeding summaries (acceptance C-38, rulings.md#25). */
import type { VerifyCheck } from "../check.ts";
import { sqlBy } from "../rates.ts";
import { wide } from "./fragments.ts";

const CONTAINER = "inventory_containerfeedingsummary";
const BATCH = "inventory_batchfeedingsummary";

/** All checks of this file. */
export const summaryChecks: readonly VerifyCheck[] = [
  {
    id: "C-38",
    title:
      "feeding summaries cover their days, 30 as documented, and their feed conversion is feed " +
      "by growth",
    source: "domain.md#17",
    tables: ["inventory_containerfeedingsummary", "batch_batchcontainerassignment"],
    ...sqlBy(["analysis"], ({ analysis }) => `
      WITH ages AS (
        SELECT s.*, s.period_end - a.last_weighing_date AS age
        FROM inventory_containerfeedingsummary s
        JOIN batch_batchcontainerassignment a ON a.id = s.container_assignment_id
      )
      SELECT id AS summary, total_feed_kg, growth_kg, fcr, confidence_level, age FROM ages
      WHERE abs(fcr - total_feed_kg / nullif(growth_kg, 0)) > 0.01 OR coalesce(growth_kg, 0) <= 0
        OR (fcr IS NULL) <> (total_feed_kg >= ${analysis.summaryLimit - 0.0005} * growth_kg)
        OR period_end - period_start <> ${analysis.summaryDays}
        OR confidence_level <> CASE WHEN age IS NULL OR age < 0 THEN 'LOW'
          ${
      analysis.summaryLevels.map(({ belowDays, level }) =>
        `WHEN age < ${belowDays} THEN '${level}'`
      ).join(" ")
    }
          ELSE 'LOW' END`),
    expects: "no rows",
  },
  {
    id: "LAW-SUMMARY",
    title:
      "every container that was fed and grew in the last days, 30 as documented, is summed up, " +
      "and no other",
    source: "domain.md#17 (B-33)",
    tables: [
      CONTAINER,
      "batch_batchcontainerassignment",
      "inventory_feedingevent",
      "batch_growthsample",
    ],
    ...sqlBy(["analysis"], ({ analysis: { summaryDays } }) => `
      WITH meals AS (
        SELECT batch_assignment_id AS id, round(sum(amount_kg), 2) AS kg
        FROM inventory_feedingevent WHERE feeding_date BETWEEN :as_of - ${summaryDays} AND :as_of
        GROUP BY batch_assignment_id
      ), samples AS (
        SELECT a.batch_id, min(g.id) AS first_id, max(g.id) AS last_id, count(*) AS n
        FROM batch_growthsample g JOIN batch_batchcontainerassignment a ON a.id = g.assignment_id
        WHERE g.sample_date BETWEEN :as_of - ${summaryDays} AND :as_of GROUP BY a.batch_id
      ), grown AS (
        SELECT a.id, a.batch_id, m.kg, s.n,
          round(a.population_count * x.avg_weight_g / 1000, 2) AS starting,
          round(a.population_count * y.avg_weight_g / 1000, 2) AS ending
        FROM batch_batchcontainerassignment a JOIN meals m ON m.id = a.id
        JOIN samples s ON s.batch_id = a.batch_id
        JOIN batch_growthsample x ON x.id = s.first_id
        JOIN batch_growthsample y ON y.id = s.last_id
        WHERE a.is_active AND m.kg > 0 AND s.n > 1
      ), expected AS (
        SELECT * FROM grown WHERE ending > starting
      )
      SELECT s.id AS summary, e.id AS assignment, s.total_feed_kg, e.kg, s.starting_biomass_kg,
        e.starting, s.ending_biomass_kg, e.ending, s.data_points, e.n
      FROM ${CONTAINER} s FULL JOIN expected e ON e.id = s.container_assignment_id
      WHERE s.id IS NULL OR e.id IS NULL OR s.batch_id <> e.batch_id OR s.total_feed_kg <> e.kg
        OR s.period_end <> :as_of OR abs(s.starting_biomass_kg - e.starting) > 0.001
        OR abs(s.ending_biomass_kg - e.ending) > 0.001 OR s.data_points <> e.n
        OR s.growth_kg <> s.ending_biomass_kg - s.starting_biomass_kg`),
    expects: "no rows",
  },
  {
    id: "LAW-SUMMARY-BATCH",
    title: "the summary of a batch sums up its containers and trusts them as little as the worst",
    source: "domain.md#17",
    wholeFarm: true,
    tables: [CONTAINER, BATCH],
    sql: `
      WITH levels (level, rank) AS (VALUES ('VERY_HIGH', 1), ('HIGH', 2), ('MEDIUM', 3),
        ('LOW', 4)),
      containers AS (
        SELECT c.batch_id, count(*) AS n, sum(c.total_feed_kg) AS feed, sum(c.growth_kg) AS growth,
          sum(c.starting_biomass_kg) AS starting, sum(c.ending_biomass_kg) AS ending,
          sum(${wide("c.total_feed_kg", 2)} * c.fcr)
            / nullif(sum(CASE WHEN c.fcr IS NOT NULL THEN c.total_feed_kg END), 0) AS fcr,
          max(l.rank) AS rank, max(c.period_start) AS period_start, max(c.period_end) AS period_end
        FROM ${CONTAINER} c LEFT JOIN levels l ON l.level = c.confidence_level GROUP BY c.batch_id
      )
      SELECT b.id AS summary, c.batch_id, b.container_count, c.n, b.total_feed_kg, c.feed,
        b.total_growth_kg, c.growth, b.fcr, c.fcr AS expected_fcr, b.overall_confidence_level
      FROM ${BATCH} b FULL JOIN containers c ON c.batch_id = b.batch_id
      LEFT JOIN levels l ON l.level = b.overall_confidence_level
      WHERE b.id IS NULL OR c.batch_id IS NULL OR b.container_count <> c.n
        OR b.period_start <> c.period_start OR b.period_end <> c.period_end
        OR b.total_feed_kg <> c.feed OR b.total_feed_consumed_kg IS DISTINCT FROM c.feed
        OR b.total_growth_kg IS DISTINCT FROM c.growth
        OR b.total_biomass_gain_kg IS DISTINCT FROM c.growth
        OR b.total_starting_biomass_kg IS DISTINCT FROM c.starting
        OR b.total_ending_biomass_kg IS DISTINCT FROM c.ending OR l.rank IS DISTINCT FROM c.rank
        OR (b.fcr IS NULL) <> (c.fcr IS NULL) OR abs(b.fcr - c.fcr) > 0.00051
        OR b.weighted_avg_fcr IS DISTINCT FROM b.fcr`,
    expects: "no rows",
  },
];
