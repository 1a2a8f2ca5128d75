/** Figures of lice, vaccinations and health samples. */
import { type Figure, figuresBy } from "./figure.ts";
import { median, quantile, shareWhere } from "./fragments.ts";

/** All figures of this file. */
export const healthFigures: readonly Figure[] = [
  ...figuresBy(
    {
      tables: ["health_licecount", "health_licetype", "infrastructure_container"],
      sql: `
      WITH counts AS (
        SELECT max(CAST(l.fish_sampled AS float8)) AS fish,
          sum(CAST(CASE WHEN l.lice_type_id IS NULL THEN l.adult_female_count
            WHEN t.species = 'Lepeophtheirus salmonis' AND t.gender = 'female'
              AND t.development_stage = 'adult' THEN l.count_value ELSE 0 END AS float8)) AS lice
        FROM health_licecount l JOIN infrastructure_container c ON c.id = l.container_id
        LEFT JOIN health_licetype t ON t.id = l.lice_type_id
        WHERE c.area_id IS NOT NULL
        GROUP BY l.batch_id, l.container_id, CAST(l.count_date AS date)
      ), rates AS (SELECT lice / nullif(fish, 0) AS rate FROM counts)
      SELECT ${median("rate")} AS p50, ${shareWhere("rate > 0.5")} AS over, count(rate) AS n
      FROM rates`,
    },
    {
      id: "lice_af_p50",
      title: "adult female lice on a fish in a ring's count, median",
      unit: "",
      value: "p50",
      definition:
        "L. salmonis on the fish that were sampled in a ring on a day; a count without a " +
        "row of adult females has none",
      counted: "counts",
      least: 20,
      empty: "no lice were counted yet",
      published: {
        low: 0.03,
        high: 0.3,
        sources: ["FARMS", "NREG"],
        says: "the limit of Norway is 0.5, or 0.2 in spring",
      },
      documented: { low: 0.1, high: 1.6, sources: ["AMIND"], says: "the span of single counts" },
    },
    {
      id: "lice_over_half_share",
      title: "counts of a ring above 0.5 adult female lice on a fish",
      unit: "",
      value: "over",
      definition: "As lice_af_p50",
      counted: "counts",
      least: 20,
      empty: "no lice were counted yet",
      published: {
        low: 0.02,
        high: 0.25,
        sources: ["NVI", "SCOT"],
        says: "sites of Norway 2 to 8 % of weeks, cages of Scotland 19.5 %",
      },
    },
  ),
  ...figuresBy(
    {
      tables: ["health_treatment", "batch_actualdailyassignmentstate"],
      sql: `
      WITH given AS (
        SELECT batch_id, batch_assignment_id, CAST(treatment_date AS date) AS day
        FROM health_treatment WHERE treatment_type = 'vaccination'
      ), weights AS (
        SELECT CAST(s.avg_weight_g AS float8) AS grams
        FROM given g JOIN batch_actualdailyassignmentstate s
          ON s.assignment_id = g.batch_assignment_id AND s.date = g.day
      )
      SELECT ${quantile(0.05, "grams")} AS value, count(grams) AS n FROM weights`,
    },
    {
      id: "vaccination_weight_p5_g",
      title: "weight at vaccination, smallest twentieth",
      unit: "g",
      definition: "Mean weight of the tank on the day of a vaccination, 5 % quantile",
      counted: "vaccinations",
      least: 10,
      empty: "no vaccination yet",
      published: { low: 20, high: 120, sources: ["ASSUM"], says: "injected at 30 to 100 g" },
    },
  ),
  ...figuresBy(
    {
      tables: ["health_treatment"],
      sql: `
      WITH days AS (
        SELECT count(DISTINCT CAST(treatment_date AS date)) AS days
        FROM health_treatment WHERE treatment_type = 'vaccination' GROUP BY batch_id
      )
      SELECT ${median("days")} AS value, count(*) AS n FROM days`,
    },
    {
      id: "vaccinations_per_batch",
      title: "days on which a batch is vaccinated, median",
      unit: "",
      definition: "Different days, of batches that have been vaccinated",
      counted: "batches",
      least: 1,
      empty: "no vaccination yet",
      published: {
        low: 1,
        high: 12,
        sources: ["ASSUM"],
        says: "one injection for a fish, tank by tank",
      },
      documented: { low: 1, high: 4, sources: ["AMIND"], says: "guide v6.0, B-12" },
    },
  ),
  ...figuresBy(
    {
      tables: ["health_fishparameterscore", "health_individualfishobservation"],
      sql: `
      WITH means AS (
        SELECT s.parameter_id, o.sampling_event_id, count(*) AS fish,
          avg(CAST(s.score AS float8)) AS mean, var_samp(CAST(s.score AS float8)) AS within
        FROM health_fishparameterscore s
        JOIN health_individualfishobservation o ON o.id = s.individual_fish_observation_id
        GROUP BY s.parameter_id, o.sampling_event_id HAVING count(*) > 1
      ), parameters AS (
        SELECT stddev_samp(mean) / nullif(sqrt(avg(within / nullif(fish, 0))), 0) AS ratio
        FROM means GROUP BY parameter_id HAVING count(*) >= 5
      )
      SELECT ${median("ratio")} AS value, count(ratio) AS n FROM parameters`,
    },
    {
      id: "health_score_overdispersion",
      title: "spread of mean health scores between samplings over what chance alone gives",
      unit: "",
      definition: "Standard deviation of a parameter's mean scores over the standard error that " +
        "their fish give, median of the parameters with five samplings or more",
      counted: "parameters",
      least: 1,
      empty: "no parameter has five samplings yet",
      published: { low: 1.5, high: 12, sources: ["ASSUM"], says: "health differs between rings" },
      documented: { low: 0.75, high: 1.25, sources: ["AMIND"], says: "the same odds everywhere" },
    },
  ),
];
