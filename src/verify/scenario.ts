/** Checks of scenarios and their projections (acceptance B-01, B-02, C-19). */
import { type Check, DOCUMENTED } from "./check.ts";

/** All checks of this file. */
export const scenarioChecks: readonly Check[] = [
  {
    id: "B-01",
    title: "every batch has one scenario of 760 projected days, and it is pinned",
    source: "single batch verification, Guide v6.0 (D-09)",
    tables: ["batch_batch", "scenario", "scenario_scenarioprojection"],
    needs: [DOCUMENTED],
    sql: `
      WITH scenarios AS (
        SELECT batch_id, count(*) AS n, min(scenario_id) AS scenario_id FROM scenario
        GROUP BY batch_id
      ), projections AS (
        SELECT scenario_id, count(DISTINCT day_number) AS n, min(day_number) AS first_day,
          max(day_number) AS last_day
        FROM scenario_scenarioprojection GROUP BY scenario_id
      )
      SELECT b.batch_number, s.n AS scenarios, p.n AS projections, b.pinned_scenario_id
      FROM batch_batch b LEFT JOIN scenarios s ON s.batch_id = b.id
      LEFT JOIN projections p ON p.scenario_id = s.scenario_id
      WHERE coalesce(s.n, 0) <> 1 OR coalesce(p.n, 0) <> 760 OR p.first_day <> 1
        OR p.last_day <> 760 OR b.pinned_scenario_id IS DISTINCT FROM s.scenario_id`,
    expects: "no rows",
  },
  {
    id: "B-02",
    title: "every projection ends as Adult of 5 to 7 kg",
    source: "Guide v6.0, README v3.0",
    tables: ["scenario", "scenario_scenarioprojection", "batch_lifecyclestage"],
    needs: [DOCUMENTED],
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
    tables: ["batch_batch", "scenario", "scenario_scenarioprojection"],
    sql: `
      WITH projected AS (SELECT DISTINCT scenario_id FROM scenario_scenarioprojection)
      SELECT b.batch_number, b.pinned_scenario_id FROM batch_batch b
      LEFT JOIN scenario s ON s.scenario_id = b.pinned_scenario_id AND s.batch_id = b.id
      LEFT JOIN projected p ON p.scenario_id = s.scenario_id
      WHERE p.scenario_id IS NULL`,
    expects: "no rows",
  },
];
