/** What farms keep to that count, treat and vaccinate when there is a reason: of the biology `field`. */
import type { ReddManifest } from "../../dataset/manifest.ts";
import type { Need, VerifyCheck } from "../check.ts";
import { ratesOf, sqlBy } from "../rates.ts";

/** The farm's lice live, and its treatments have reasons: a dataset of 0.7.0 or later. */
const HAS_LICE: Need = {
  what: "rates of farms whose lice live",
  holds: (manifest: ReddManifest) => ratesOf(manifest).farm?.liceFish !== undefined,
};

/** All checks of this file. */
export const keepingHealthChecks: readonly VerifyCheck[] = [
  {
    id: "LAW-LICE-ZERO",
    title:
      "every lice count has its row of adult females, with 0 where none was found, and counts " +
      "the same fish in all its rows",
    source: "field.md#lice",
    tables: ["health_licecount", "health_licetype"],
    ...sqlBy(["farm"], ({ farm }) => {
      const [fewest, most] = farm.liceFish!;
      return `
      SELECT l.assignment_id, l.count_date, min(l.fish_sampled) AS fewest_fish,
        max(l.fish_sampled) AS most_fish, min(l.count_value) AS fewest_lice
      FROM health_licecount l LEFT JOIN health_licetype t ON t.id = l.lice_type_id
      GROUP BY l.assignment_id, l.count_date
      HAVING sum(CASE WHEN t.species = 'Lepeophtheirus salmonis' AND t.gender = 'female'
          AND t.development_stage = 'adult' THEN 1 ELSE 0 END) <> 1
        OR min(l.fish_sampled) <> max(l.fish_sampled)
        OR min(l.fish_sampled) NOT BETWEEN ${fewest} AND ${most}
        OR coalesce(min(l.count_value), -1) < 0
        OR count(DISTINCT l.lice_type_id) <> count(*)`;
    }, [HAS_LICE]),
    expects: "no rows",
  },
  {
    id: "LAW-VACCINATED",
    title: "the fish of a batch are vaccinated once, every container of the stage on one day",
    source: "field.md#treatments",
    tables: ["health_treatment", "batch_batchcontainerassignment"],
    ...sqlBy(["farm"], () => `
      WITH given AS (
        SELECT t.batch_id, t.batch_assignment_id, a.lifecycle_stage_id AS stage
        FROM health_treatment t
        JOIN batch_batchcontainerassignment a ON a.id = t.batch_assignment_id
        WHERE t.treatment_type = 'vaccination'
      )
      SELECT 'twice' AS what, batch_assignment_id AS id FROM given
      GROUP BY batch_assignment_id HAVING count(*) > 1
      UNION ALL
      SELECT 'in two stages', batch_id FROM given GROUP BY batch_id HAVING count(DISTINCT stage) > 1
      UNION ALL
      SELECT 'left out', a.id FROM batch_batchcontainerassignment a
      JOIN (SELECT DISTINCT batch_id, stage FROM given) g
        ON g.batch_id = a.batch_id AND g.stage = a.lifecycle_stage_id
      LEFT JOIN given v ON v.batch_assignment_id = a.id
      WHERE v.batch_assignment_id IS NULL AND a.departure_date IS NOT NULL`, [HAS_LICE]),
    expects: "no rows",
  },
  {
    id: "LAW-TREATED",
    title: "treatments of a ring have an effect that is told, and a pause between them",
    source: "field.md#treatments",
    tables: ["health_treatment"],
    ...sqlBy(["farm"], ({ farm }) => `
      WITH given AS (
        SELECT id, treatment_type, outcome, CAST(treatment_date AS date) - lag(CAST(treatment_date AS date))
          OVER (PARTITION BY batch_assignment_id ORDER BY treatment_date) AS since
        FROM health_treatment WHERE treatment_type <> 'vaccination'
      )
      SELECT id AS treatment, treatment_type, outcome, since FROM given
      WHERE since < ${farm.treatmentsApart}
        OR treatment_type NOT IN ('physical', 'medication', 'other')
        OR outcome NOT IN ('successful', 'partial', 'unsuccessful')`, [HAS_LICE]),
    expects: "no rows",
  },
  {
    id: "LAW-LAB",
    title: "laboratories answer after a sample was taken, of fish that were there",
    source: "field.md#diseases",
    tables: ["health_healthlabsample", "batch_batchcontainerassignment"],
    ...sqlBy(["farm"], () => `
      SELECT l.id AS sample, l.sample_date, l.date_sent_to_lab, l.date_results_received
      FROM health_healthlabsample l
      LEFT JOIN batch_batchcontainerassignment a ON a.id = l.batch_container_assignment_id
      WHERE a.id IS NULL OR l.date_sent_to_lab < l.sample_date
        OR l.date_results_received <= l.date_sent_to_lab OR l.sample_date < a.assignment_date
        OR l.date_results_received > coalesce(a.departure_date, l.date_results_received)
        OR coalesce(l.findings_summary, '') = '' OR l.quantitative_results IS NULL`, [HAS_LICE]),
    expects: "no rows",
  },
];
