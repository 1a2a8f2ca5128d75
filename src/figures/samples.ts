/** Figures of growth samples: the fish of a sample, and samples of a ring one after another. */
import { type Figure, figuresBy } from "./figure.ts";
import { cubeRootSql, median, SAMPLES, SAMPLES_TABLES, shareWhere } from "./fragments.ts";

const EMPTY = "no growth sample at sea yet";

/** All figures of this file. */
export const sampleFigures: readonly Figure[] = [
  ...figuresBy(
    {
      tables: [...SAMPLES_TABLES, "batch_individualgrowthobservation"],
      sql: `
      WITH ${SAMPLES}, weighed AS (
        SELECT o.growth_sample_id AS id, s.grams AS mean, CAST(o.weight_g AS float8) AS grams,
          CAST(o.length_cm AS float8) AS cm
        FROM batch_individualgrowthobservation o JOIN samples s ON s.id = o.growth_sample_id
        WHERE o.weight_g > 0 AND o.length_cm > 0
      ), each_sample AS (
        SELECT stddev_samp(grams) / nullif(avg(grams), 0) AS cv,
          CASE WHEN stddev_samp(ln(cm)) > 0 AND stddev_samp(ln(grams)) > 0
            THEN corr(ln(cm), ln(grams)) END AS lw
        FROM weighed GROUP BY id HAVING count(*) >= 10
      ), summed AS (
        SELECT ${median("cv")} AS cv, ${median("lw")} AS lw, count(cv) AS samples FROM each_sample
      ), fish AS (
        SELECT ${shareWhere("abs(grams / nullif(mean, 0) - 1) > 0.3")} AS beyond,
          ${median("100 * grams / nullif(power(cm, 3), 0)")} AS k,
          stddev_samp(100 * grams / nullif(power(cm, 3), 0)) AS k_sd, count(*) AS fish
        FROM weighed
      )
      SELECT * FROM summed CROSS JOIN fish`,
    },
    {
      id: "fish_weight_cv_p50",
      title: "spread of weight in a growth sample, median",
      unit: "",
      value: "cv",
      n: "samples",
      definition: "Coefficient of variation of the fish of a sample at sea",
      counted: "samples",
      least: 10,
      empty: EMPTY,
      published: { low: 0.15, high: 0.32, sources: ["FARMS", "NBIO"], says: "0.18 to 0.28 usual" },
      documented: { low: 0.08, high: 0.092, sources: ["AMIND"], says: "85 to 115 % of the mean" },
    },
    {
      id: "fish_beyond_30pct",
      title: "fish more than 30 % off the mean of their sample",
      unit: "",
      value: "beyond",
      n: "fish",
      definition: "Share of the fish of samples at sea",
      counted: "fish",
      least: 300,
      empty: EMPTY,
      published: { low: 0.05, high: 0.3, sources: ["FARMS", "NBIO"] },
      documented: { low: 0, high: 0, sources: ["AMIND"], says: "85 to 115 % of the mean" },
    },
    {
      id: "fish_length_weight_corr",
      title: "correlation of length and weight in a sample, median",
      unit: "",
      value: "lw",
      n: "samples",
      definition: "Of the logarithms of both, of samples at sea with ten fish or more",
      counted: "samples",
      least: 10,
      empty: EMPTY,
      published: { low: 0.8, high: 0.98, sources: ["FARMS"], says: "long fish are heavy" },
      documented: { low: -0.05, high: 0.05, sources: ["AMIND"], says: "drawn apart" },
    },
    {
      id: "condition_factor_p50",
      title: "condition factor of sampled fish at sea, median",
      unit: "",
      value: "k",
      n: "fish",
      definition: "K = 100 W / L³ of every fish, in g and cm",
      counted: "fish",
      least: 300,
      empty: EMPTY,
      published: { low: 1.05, high: 1.5, sources: ["FARMS"] },
      documented: { low: 0.83, high: 0.9, sources: ["AMIND"], says: "length = 5 W^0.33" },
    },
    {
      id: "condition_factor_sd",
      title: "spread of the condition factor between fish at sea",
      unit: "",
      value: "k_sd",
      n: "fish",
      definition: "Standard deviation of condition_factor_p50's K",
      counted: "fish",
      least: 300,
      empty: EMPTY,
      published: { low: 0.06, high: 0.2, sources: ["FARMS"] },
    },
  ),
  ...figuresBy(
    {
      tables: SAMPLES_TABLES,
      sql: `
      WITH ${SAMPLES}, beside AS (
        SELECT grams, day, lag(day) OVER stay AS earlier, lead(day) OVER stay AS later,
          lag(grams) OVER stay AS lighter, lead(grams) OVER stay AS heavier
        FROM samples WINDOW stay AS (PARTITION BY assignment_id ORDER BY day, id)
      ), weighted AS (
        SELECT grams, CAST(day - earlier AS float8) / nullif(later - earlier, 0) AS along,
          ${cubeRootSql("lighter")} AS before, ${cubeRootSql("heavier")} AS after
        FROM beside WHERE later > earlier
      ), errors AS (
        SELECT (grams / nullif(power((1 - along) * before + along * after, 3), 0) - 1)
          / nullif(sqrt(1 + along * along + (1 - along) * (1 - along)), 0) AS error
        FROM weighted
      ), gaps AS (SELECT ${median("day - earlier")} AS gap, count(earlier) AS gaps FROM beside)
      SELECT stddev_samp(error) AS error, count(error) AS samples, max(gap) AS gap,
        coalesce(max(gaps), 0) AS gaps
      FROM errors CROSS JOIN gaps`,
    },
    {
      id: "sample_mean_error_sd",
      title: "noise of a ring's mean weight from sample to sample",
      unit: "",
      value: "error",
      n: "samples",
      definition:
        "Standard deviation of a sample's mean weight about that which the samples before " +
        "and after give on its day by the cube root, less what those two add",
      counted: "samples",
      least: 20,
      empty: EMPTY,
      published: { low: 0.03, high: 0.09, sources: ["NBIO"], says: "mean absolute error 5.1 %" },
      documented: { low: 0.013, high: 0.018, sources: ["AMIND"], says: "30 fish of 85 to 115 %" },
    },
    {
      id: "sample_gap_p50_days",
      title: "days between samples of a ring, median",
      unit: "days",
      value: "gap",
      n: "gaps",
      definition: "Between a growth sample at sea and the one before it",
      counted: "gaps",
      least: 10,
      empty: "no ring was sampled twice yet",
      published: { low: 12, high: 45, sources: ["FARMS"] },
      documented: { low: 7, high: 7, sources: ["AMIND"], says: "every week" },
    },
  ),
];
