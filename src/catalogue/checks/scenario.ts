/** Checks of scenarios and their projections (acceptance B-01, B-02, C-19). */
import type { VerifyCheck } from "../check.ts";
import { asDocumented, sqlBy } from "../rates.ts";
import { LIVES, LIVES_TABLES } from "./fragments.ts";
import { passed, seaStart, stageStarts } from "./life.ts";

/** All checks of this file. */
export const scenarioChecks: readonly VerifyCheck[] = [
  {
    id: "B-01",
    title:
      "every batch has one scenario of all projected days, 760 as documented, and it is pinned",
    source: "single batch verification, Guide v6.0; two later ones where asked for (D-09)",
    tables: [...LIVES_TABLES, "scenario", "scenario_scenarioprojection"],
    ...sqlBy(["life", "projection"], ({ life, projection: { days } }, { laterScenarios }) => {
      const later = laterScenarios ? [stageStarts(life)[2]!, seaStart(life)] : [];
      return `
      WITH ${LIVES}, scenarios AS (
        SELECT s.batch_id, count(*) AS n, count(w.start_date) AS whole,
          min(CASE WHEN w.start_date IS NOT NULL THEN s.scenario_id END) AS scenario_id
        FROM scenario s LEFT JOIN batch_batch w ON w.id = s.batch_id
          AND s.duration_days = ${days} AND s.start_date = w.start_date
        GROUP BY s.batch_id
      ), projections AS (
        SELECT scenario_id, count(DISTINCT day_number) AS n, min(day_number) AS first_day,
          max(day_number) AS last_day
        FROM scenario_scenarioprojection GROUP BY scenario_id
      )
      SELECT b.batch_number, s.n AS scenarios, p.n AS projections, b.pinned_scenario_id
      FROM batch_batch b JOIN lives l ON l.id = b.id LEFT JOIN scenarios s ON s.batch_id = b.id
      LEFT JOIN projections p ON p.scenario_id = s.scenario_id
      WHERE coalesce(s.whole, 0) <> 1 OR (l.at_once AND s.n <> 1 + ${passed(later)})
        OR coalesce(p.n, 0) <> ${days} OR p.first_day <> 1 OR p.last_day <> ${days}
        OR b.pinned_scenario_id IS DISTINCT FROM s.scenario_id`;
    }),
    expects: "no rows",
  },
  {
    id: "B-02",
    title: "every projection ends as Adult of 5 to 7 kg",
    source: "Guide v6.0, README v3.0",
    tables: ["scenario", "scenario_scenarioprojection", "batch_lifecyclestage"],
    basis: "rates",
    needs: [asDocumented("life", "projection")],
    sql: `
      SELECT s.name, p.average_weight, l.name AS stage FROM scenario s
      JOIN scenario_scenarioprojection p
        ON p.scenario_id = s.scenario_id AND p.day_number = s.duration_days
      JOIN batch_lifecyclestage l ON l.id = p.current_stage_id
      WHERE s.duration_days = 760
        AND NOT (p.average_weight BETWEEN 5000 AND 7000 AND l."order" = 6)`,
    expects: "no rows",
  },
  {
    id: "C-19",
    title: "every batch has a pinned scenario of its own with projections",
    source: "test data verification, Guide v6.0",
    wholeFarm: true,
    tables: ["batch_batch", "scenario", "scenario_scenarioprojection"],
    sql: `
      WITH projected AS (SELECT DISTINCT scenario_id FROM scenario_scenarioprojection)
      SELECT b.batch_number, b.pinned_scenario_id FROM batch_batch b
      LEFT JOIN scenario s ON s.scenario_id = b.pinned_scenario_id AND s.batch_id = b.id
      LEFT JOIN projected p ON p.scenario_id = s.scenario_id
      WHERE p.scenario_id IS NULL`,
    expects: "no rows",
  },
  {
    id: "LAW-PROJECTION",
    title: "projections have all their days in order; weights never fall, the share of fish dies " +
      "that is projected, 0.03 % as documented",
    source: "domain.md#13 (B-10), rulings.md#5",
    tables: ["scenario", "scenario_scenarioprojection"],
    ...sqlBy(["projection"], ({ projection }) => `
      WITH days AS (
        SELECT p.projection_id, p.scenario_id, p.day_number, p.average_weight, p.population,
          p.biomass, p.daily_feed, p.cumulative_feed,
          p.projection_date - s.start_date + 1 AS dated,
          lag(p.day_number, 1, 0) OVER life AS day_before,
          lag(p.average_weight, 1, s.initial_weight) OVER life AS weight_before,
          lag(p.population, 1, CAST(s.initial_count AS float8)) OVER life AS fish_before,
          lag(p.cumulative_feed, 1, CAST(0 AS float8)) OVER life AS feed_before,
          lag(p.projection_id) OVER written AS id_before
        FROM scenario_scenarioprojection p JOIN scenario s ON s.scenario_id = p.scenario_id
        WINDOW life AS (PARTITION BY p.scenario_id ORDER BY p.day_number),
          written AS (ORDER BY s.created_at, s.scenario_id, p.day_number)
      )
      SELECT projection_id, scenario_id, day_number, weight_before, average_weight, fish_before,
        population
      FROM days
      WHERE day_number <> CAST(day_before AS bigint) + 1 OR dated <> day_number OR projection_id <= id_before
        OR average_weight < weight_before
        OR population <> fish_before - floor(fish_before * CAST(${projection.deathsPerDay} AS float8) + 0.5)
        OR abs(biomass - average_weight * population / 1000) > 0.01
        OR abs(cumulative_feed - feed_before - daily_feed) > 0.0011`),
    expects: "no rows",
  },
  {
    id: "LAW-PROJECTION-END",
    title:
      "projections last as long as their scenario, and as many fish live as their deaths leave, " +
      "79.6 % of 760 days as documented",
    source: "domain.md#13 (B-10)",
    tables: ["scenario", "scenario_scenarioprojection"],
    ...sqlBy(["projection"], ({ projection: { days, deathsPerDay } }) => {
      const share = (1 - deathsPerDay) ** days;
      return `
      WITH ends AS (
        SELECT scenario_id, count(*) AS n, min(population) AS fish
        FROM scenario_scenarioprojection GROUP BY scenario_id
      )
      SELECT s.scenario_id, s.duration_days, e.n, s.initial_count, e.fish FROM scenario s
      LEFT JOIN ends e ON e.scenario_id = s.scenario_id
      WHERE coalesce(e.n, 0) <> s.duration_days OR (s.duration_days = ${days}
        AND abs(e.fish - CAST(${share} AS float8) * s.initial_count) > 0.001 * s.initial_count)`;
    }),
    expects: "no rows",
  },
];
