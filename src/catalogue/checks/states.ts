/** Checks of daily states (acceptance B-03, C-07, C-10, C-20, C-31 to C-33). */
import type { VerifyCheck } from "../check.ts";
import { sqlBy } from "../rates.ts";
import { STAYS, STAYS_TABLES, wide } from "./fragments.ts";
import { stageStarts, survival, survivalTolerance, values } from "./life.ts";

const STATE = "batch_actualdailyassignmentstate";

/** All checks of this file. */
export const stateChecks: readonly VerifyCheck[] = [
  {
    id: "B-03",
    title:
      "on the day of the first arrival, a destination has the fish poured in less the day's deaths",
    source: "single batch verification (D-10)",
    wholeFarm: true,
    tables: [STATE, "batch_batchcontainerassignment", "batch_transferaction"],
    sql: `
      WITH arrived AS (
        SELECT dest_assignment_id AS id, actual_execution_date AS day, sum(transferred_count) AS fish
        FROM batch_transferaction GROUP BY dest_assignment_id, actual_execution_date
      )
      SELECT s.assignment_id, s.date, s.population, r.fish AS arrived, s.mortality_count
      FROM (SELECT DISTINCT id FROM arrived) d
      JOIN batch_batchcontainerassignment a ON a.id = d.id
      LEFT JOIN arrived r ON r.id = a.id AND r.day = a.assignment_date
      LEFT JOIN ${STATE} s ON s.assignment_id = a.id AND s.date = a.assignment_date
      WHERE s.id IS NULL OR s.population <> coalesce(r.fish, 0) - s.mortality_count`,
    expects: "no rows",
  },
  {
    id: "C-07",
    title: "on the first day of the second stage as many eggs live as their mortality leaves, " +
      "80 to 91.4 % on day 91 as documented",
    source: "test data verification, Guide v6.0 (D-24)",
    tables: [STATE, "batch_creationworkflow"],
    ...sqlBy(["life", "deaths"], (rates) => {
      const day = stageStarts(rates.life)[1]! + 1;
      const share = survival(rates, 0, day);
      return `
      SELECT s.batch_id, s.fish, w.total_eggs_received AS eggs
      FROM (
        SELECT batch_id, sum(population) AS fish FROM ${STATE} WHERE day_number = ${day}
        GROUP BY batch_id
      ) s JOIN batch_creationworkflow w ON w.batch_id = s.batch_id
      WHERE abs(1.0 * s.fish / nullif(w.total_eggs_received, 0) - ${share})
        > ${survivalTolerance(`${share}`, "w.total_eggs_received")}`;
    }),
    expects: "no rows",
  },
  {
    id: "C-10",
    title: "the feed conversion of a day is above 0 and at most its limit, 10 as documented, and " +
      "only of days with feed",
    source: "Guide v6.0 (B-14)",
    tables: [STATE, "batch_batchcontainerassignment"],
    ...sqlBy(["analysis"], ({ analysis }) => `
      SELECT s.id, s.date, s.observed_fcr, s.feed_kg FROM ${STATE} s
      JOIN batch_batchcontainerassignment a ON a.id = s.assignment_id
      WHERE s.observed_fcr > ${analysis.dayLimit} OR s.observed_fcr <= 0
        OR (s.observed_fcr IS NOT NULL AND (s.feed_kg = 0 OR s.date = a.assignment_date))`),
    expects: "no rows",
  },
  {
    id: "C-20",
    title: "every batch has daily states, and samples once it is old enough, 91 days as documented",
    source: "README v3.0, Guide v6.0",
    tables: ["batch_batch", STATE, "batch_growthsample", "batch_batchcontainerassignment"],
    ...sqlBy(["life", "samples"], ({ life, samples: { everyDays, fromStage } }) => `
      WITH known AS (SELECT DISTINCT batch_id FROM ${STATE}),
      sampled AS (
        SELECT DISTINCT a.batch_id FROM batch_growthsample g
        JOIN batch_batchcontainerassignment a ON a.id = g.assignment_id
      )
      SELECT b.batch_number FROM batch_batch b LEFT JOIN known k ON k.batch_id = b.id
      LEFT JOIN sampled s ON s.batch_id = b.id
      WHERE k.batch_id IS NULL OR (s.batch_id IS NULL AND :as_of - b.start_date
        > ${Math.ceil(stageStarts(life)[fromStage - 1]! / everyDays) * everyDays})`),
    expects: "no rows",
  },
  {
    id: "C-31",
    title: "every assignment has a state for each of its days, with the biomass of its fish",
    source: "domain.md#16",
    tables: [...STAYS_TABLES, STATE],
    sql: `
      WITH ${STAYS}, states AS (
        SELECT assignment_id, count(*) AS n, min(date) AS first_day, max(date) AS last_day
        FROM ${STATE} GROUP BY assignment_id
      )
      SELECT s.id AS assignment, s.end_day - s.first_day AS days, t.n AS states
      FROM stays s LEFT JOIN states t ON t.assignment_id = s.id
      WHERE coalesce(t.n, 0) <> s.end_day - s.first_day OR t.first_day <> s.first_day
        OR t.last_day <> s.end_day - 1
      UNION ALL
      SELECT assignment_id, day_number, id FROM ${STATE}
      WHERE abs(biomass_kg - ${wide("population", 0)} * avg_weight_g / 1000) > 0.0051`,
    expects: "no rows",
  },
  {
    id: "C-32",
    title: "weights leap at transitions no further than they grow on a day",
    source: "Guide v6.0",
    tables: [STATE],
    ...sqlBy(["life", "growth"], ({ life, growth }) => `
      WITH steps (day_number, step) AS (
        VALUES ${
      values(stageStarts(life).slice(1, -1).map((day, i) => [day, growth.stages[i + 1]!.step]))
    }
      ), days AS (
        SELECT batch_id, day_number,
          sum(${wide("population", 0)} * avg_weight_g) / nullif(sum(population), 0) AS weight
        FROM ${STATE}
        WHERE day_number IN (${
      stageStarts(life).slice(1, -1).flatMap((day) => [day, day + 1]).join(", ")
    })
        GROUP BY batch_id, day_number
      )
      SELECT x.batch_id, x.day_number, x.weight, y.weight AS next_weight FROM days x
      JOIN days y ON y.batch_id = x.batch_id AND y.day_number = x.day_number + 1
      JOIN steps s ON s.day_number = x.day_number
      WHERE y.weight NOT BETWEEN 0.9 * x.weight AND greatest(1.3 * x.weight,
        1.1 * power(power(greatest(CAST(x.weight AS float8), 0), 1 / 3.0) + s.step, 3))`),
    expects: "no rows",
  },
  {
    id: "C-33",
    title: "every state says where its values come from and how far to trust them",
    source: "domain.md#16",
    wholeFarm: true,
    tables: [STATE],
    sql: `
      SELECT id, date, sources, confidence_scores FROM ${STATE}
      WHERE coalesce((sources->>'temp'), '') NOT IN ('measured', 'interpolated', 'profile', 'none')
        OR coalesce((sources->>'weight'), '') NOT IN ('measured', 'tgc_computed', 'unchanged')
        OR (sources->>'mortality') IS NULL OR (sources->>'feed') IS NULL
        OR (confidence_scores->>'temp') IS NULL OR (confidence_scores->>'weight') IS NULL
        OR (confidence_scores->>'mortality') IS NULL OR (confidence_scores->>'feed') IS NULL`,
    expects: "no rows",
  },
];
