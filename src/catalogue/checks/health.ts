/** Checks of lice counts, health samplings and treatments (acceptance B-11 to B-13, C-39). */
import type { VerifyCheck } from "../check.ts";
import type { ReddManifest } from "../../dataset/manifest.ts";
import type { Need } from "../check.ts";
import { ratesOf, sqlBy } from "../rates.ts";
import { seaStart, values } from "./life.ts";

/** A treatment of `day` that no plan names. */
function noneOf(days: readonly number[]): string {
  return days.length === 0 ? "true" : `day NOT IN (${days.join(", ")})`;
}

/** Scores follow from chance alone. */
const SCORES_BY_ODDS: Need = {
  what: "the odds of scores",
  holds: (manifest: ReddManifest) => ratesOf(manifest).health?.scorePercents !== undefined,
};

/** All checks of this file. */
export const healthChecks: readonly VerifyCheck[] = [
  {
    id: "B-11",
    title:
      "health samplings have their fish, 75 as documented, of 9 scores each, and their aggregates",
    source: "Guide v6.0, domain.md#11",
    tables: [
      "health_healthsamplingevent",
      "health_individualfishobservation",
      "health_fishparameterscore",
    ],
    ...sqlBy(["health"], ({ health }) => `
      WITH scores AS (
        SELECT individual_fish_observation_id AS id, count(*) AS n
        FROM health_fishparameterscore GROUP BY individual_fish_observation_id
      ), fish AS (
        SELECT o.sampling_event_id AS id, count(*) AS n, min(coalesce(s.n, 0)) AS fewest,
          max(coalesce(s.n, 0)) AS most, avg(CAST(o.weight_g AS float8)) AS weight,
          avg(CAST(o.length_cm AS float8)) AS length,
          avg(100 * CAST(o.weight_g AS float8) 
            / nullif(power(CAST(o.length_cm AS float8), 3), 0)) AS factor
        FROM health_individualfishobservation o LEFT JOIN scores s ON s.id = o.id
        GROUP BY o.sampling_event_id
      )
      SELECT e.id AS sampling, f.n AS fish, f.fewest, f.most, f.weight, f.length, f.factor
      FROM health_healthsamplingevent e LEFT JOIN fish f ON f.id = e.id
      WHERE coalesce(f.n, 0) <> ${health.fish} OR f.fewest <> 9 OR f.most <> 9
        OR e.calculated_sample_size <> ${health.fish} OR abs(f.weight - e.avg_weight_g) > 0.0051
        OR abs(f.length - e.avg_length_cm) > 0.0051 OR abs(f.factor - e.avg_k_factor) > 0.000051`),
    expects: "no rows",
  },
  {
    id: "B-12",
    title:
      "vaccinations and lice treatments at sea are on their days; on 180, 210, 280 and 310 and " +
      "on 600 and 720 as documented",
    source: "Guide v6.0",
    tables: ["health_treatment", "batch_batch", "infrastructure_container"],
    ...sqlBy(["treatments"], ({ treatments }) => `
      WITH treatments AS (
        SELECT t.*, CAST(t.treatment_date AS date) - b.start_date AS day, c.area_id
        FROM health_treatment t JOIN batch_batch b ON b.id = t.batch_id
        LEFT JOIN infrastructure_container c ON c.id = t.container_id
      )
      SELECT id AS treatment, treatment_type, day, withholding_period_days, duration_days
      FROM treatments
      WHERE treatment_type NOT IN ('vaccination', 'physical')
        OR (treatment_type = 'vaccination' AND (${noneOf(treatments.vaccinationDays)}
          OR withholding_period_days <> ${treatments.vaccinationWithholdingDays}
          OR vaccination_type_id IS NULL))
        OR (treatment_type = 'physical' AND (${noneOf(treatments.liceDays)}
          OR area_id IS NULL OR withholding_period_days <> ${treatments.liceWithholdingDays}
          OR duration_days <> ${treatments.liceDurationDays}))`),
    expects: "no rows",
  },
  {
    id: "B-13",
    title: "lice are counted on their days in the last stage, on their number of fish, in the " +
      "normalized way; weekly, on 20 fish as documented",
    source: "Guide v6.0",
    tables: ["health_licecount", "batch_batch"],
    ...sqlBy(["life", "lice"], ({ life, lice }) => `
      WITH counts AS (
        SELECT l.*, CAST(l.count_date AS date) - b.start_date AS day
        FROM health_licecount l JOIN batch_batch b ON b.id = l.batch_id
      )
      SELECT id AS lice_count, day, fish_sampled, lice_type_id, count_value FROM counts
      WHERE day < ${seaStart(life)} OR day % ${lice.everyDays} <> 0
        OR fish_sampled <> ${lice.fish} OR lice_type_id IS NULL
        OR coalesce(count_value, 0) <= 0
        OR adult_female_count + adult_male_count + juvenile_count <> 0`),
    expects: "no rows",
  },
  {
    id: "C-39",
    title: "every score is given as often as its share says; 60, 30, 8 and 2 % as documented",
    source: "Guide v6.0; within one point, or five standard deviations of a small sample",
    tables: ["health_fishparameterscore"],
    ...sqlBy(["health"], ({ health }) => `
      WITH shares (score, share) AS (
        VALUES ${values(health.scorePercents!.map((percent, score) => [score, percent / 100]))}
      ),
      counts AS (SELECT score, count(*) AS n FROM health_fishparameterscore GROUP BY score),
      whole AS (SELECT sum(n) AS n FROM counts)
      SELECT coalesce(s.score, c.score) AS score, 100.0 * c.n / nullif(w.n, 0) AS percent
      FROM shares s FULL JOIN counts c ON c.score = s.score CROSS JOIN whole w
      WHERE w.n > 0 AND (s.score IS NULL OR abs(100.0 * coalesce(c.n, 0) / nullif(w.n, 0)
          - 100 * s.share)
        > greatest(1, 500 * sqrt(s.share * (1 - s.share) / nullif(w.n, 0))))`, [SCORES_BY_ODDS]),
    expects: "no rows",
  },
  {
    id: "LAW-PLACE-HEALTH",
    title:
      "lice counts, treatments and journal entries belong to the batch that is in the container",
    source: "design.md#promise-3",
    tables: [
      "health_licecount",
      "health_treatment",
      "health_journalentry",
      "batch_batchcontainerassignment",
    ],
    sql: `
      SELECT 'lice count' AS event, l.id FROM health_licecount l
      LEFT JOIN batch_batchcontainerassignment a ON a.id = l.assignment_id
      WHERE a.id IS NULL OR l.batch_id <> a.batch_id
        OR l.container_id IS DISTINCT FROM a.container_id
      UNION ALL
      SELECT 'treatment', t.id FROM health_treatment t
      LEFT JOIN batch_batchcontainerassignment a ON a.id = t.batch_assignment_id
      WHERE a.id IS NULL OR t.batch_id <> a.batch_id
        OR t.container_id IS DISTINCT FROM a.container_id
      UNION ALL
      SELECT 'journal entry', j.id FROM health_journalentry j
      LEFT JOIN batch_batchcontainerassignment a
        ON a.batch_id = j.batch_id AND a.container_id = j.container_id
        AND CAST(j.entry_date AS date) >= a.assignment_date
        AND CAST(j.entry_date AS date) < coalesce(a.departure_date, :as_of + 1)
      WHERE a.id IS NULL`,
    expects: "no rows",
  },
  {
    id: "LAW-SEA-HEALTH",
    title: "lice are counted and treated at sea only, and fish are vaccinated before it",
    source: "domain.md#10 and domain.md#11",
    wholeFarm: true,
    tables: ["health_licecount", "health_treatment", "infrastructure_container"],
    sql: `
      SELECT 'lice count' AS event, l.id FROM health_licecount l
      JOIN infrastructure_container c ON c.id = l.container_id WHERE c.area_id IS NULL
      UNION ALL
      SELECT t.treatment_type, t.id FROM health_treatment t
      JOIN infrastructure_container c ON c.id = t.container_id
      WHERE (t.treatment_type = 'vaccination') <> (c.area_id IS NULL)`,
    expects: "no rows",
  },
];
