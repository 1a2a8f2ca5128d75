/** Figures of growth: by season and water, between rings, and how long it takes. */
import { type Figure, figuresBy } from "./figure.ts";
import {
  cubeRootSql,
  median,
  monthOf,
  MOVED,
  MOVED_TABLES,
  rankedSql,
  SAMPLES,
  SAMPLES_TABLES,
  SEA,
  SEA_TABLES,
} from "./fragments.ts";

/** All figures of this file. */
export const growthFigures: readonly Figure[] = [
  ...figuresBy(
    {
      tables: SEA_TABLES,
      sql: `
      WITH ${SEA}, steps AS (
        SELECT extract(month FROM day) AS month, grams,
          ${cubeRootSql("grams")} - lag(${cubeRootSql("grams")}) OVER stay AS gain,
          day - lag(day) OVER stay AS days
        FROM sea WINDOW stay AS (PARTITION BY assignment_id ORDER BY day)
      ), means AS (
        SELECT avg(CASE WHEN month BETWEEN 8 AND 10 THEN gain END) AS summer,
          avg(CASE WHEN month BETWEEN 2 AND 4 THEN gain END) AS winter,
          least(count(CASE WHEN month BETWEEN 8 AND 10 THEN gain END),
            count(CASE WHEN month BETWEEN 2 AND 4 THEN gain END)) AS n
        FROM steps WHERE days = 1 AND grams BETWEEN 1000 AND 4000
      )
      SELECT summer / nullif(winter, 0) AS value, n FROM means`,
    },
    {
      id: "growth_summer_over_winter",
      title: "growth in August to October over that in February to April",
      unit: "",
      definition: "Mean daily gain of the cube root of a ring's weight, from 1 to 4 kg",
      counted: "ring-days in the rarer season",
      least: 100,
      empty: "no fish of 1 to 4 kg in both seasons yet",
      published: { low: 1.4, high: 3, sources: ["NDIR"], says: "specific growth rate 2.1" },
      documented: { low: 0.95, high: 1.05, sources: ["AMIND"], says: "water of 9 degrees always" },
    },
  ),
  ...figuresBy(
    {
      tables: [...SAMPLES_TABLES, ...SEA_TABLES],
      sql: `
      WITH ${SEA}, ${SAMPLES}, ordered AS (
        SELECT assignment_id, day, grams,
          row_number() OVER (PARTITION BY assignment_id, CAST(floor((day - since) / 14.0) AS integer)
            ORDER BY day, id) AS place
        FROM samples
      ), pairs AS (
        SELECT assignment_id, lag(day) OVER stay AS begins, day AS ends,
          lag(grams) OVER stay AS began, grams
        FROM ordered WHERE place = 1 WINDOW stay AS (PARTITION BY assignment_id ORDER BY day)
      ), fortnights AS (
        SELECT p.assignment_id, p.ends, avg(s.temp) AS temp,
          (${cubeRootSql("max(p.grams)")} - ${cubeRootSql("max(p.began)")})
            / nullif(max(p.ends - p.begins), 0) AS gain
        FROM pairs p JOIN sea s ON s.assignment_id = p.assignment_id
          AND s.day > p.begins AND s.day <= p.ends
        WHERE p.began >= 1000 AND p.grams <= 4000 AND p.ends - p.begins BETWEEN 7 AND 45
        GROUP BY p.assignment_id, p.ends
      ), ranks AS (
        SELECT CAST(rank() OVER (ORDER BY ${rankedSql("gain")}) AS float8) AS gain,
          CAST(rank() OVER (ORDER BY ${rankedSql("temp")}) AS float8) AS temp
        FROM fortnights WHERE temp IS NOT NULL AND gain IS NOT NULL
      )
      SELECT corr(gain, temp) AS value, count(*) AS n FROM ranks`,
    },
    {
      id: "growth_temp_spearman",
      title: "growth in a fortnight against temperature, rank correlation",
      unit: "",
      definition:
        "Gain of the cube root of a ring's sampled weight a day, between the first samples " +
        "of fortnights, against the mean of its water in between, from 1 to 4 kg",
      counted: "fortnights of rings",
      least: 50,
      empty: "no fish of 1 to 4 kg were weighed yet",
      published: { low: 0.35, high: 0.95, sources: ["FARMS"], says: "fish grow with warmth" },
      documented: { low: -0.1, high: 0.1, sources: ["AMIND"], says: "readings change no growth" },
    },
  ),
  ...figuresBy(
    {
      tables: SAMPLES_TABLES,
      sql: `
      WITH ${SAMPLES}, latest AS (
        SELECT batch_id, area_id, grams, ${monthOf("day")} AS month,
          row_number() OVER (PARTITION BY assignment_id, ${monthOf("day")}
            ORDER BY day DESC, id DESC) AS place
        FROM samples
      ), spreads AS (
        SELECT stddev_pop(grams) / nullif(avg(grams), 0) AS cv FROM latest
        WHERE place = 1 GROUP BY batch_id, area_id, month HAVING count(*) >= 3
      )
      SELECT ${median("cv")} AS value, count(cv) AS n FROM spreads`,
    },
    {
      id: "weight_ring_cv_p50",
      title: "spread of mean weight between the rings of a site, median",
      unit: "",
      definition:
        "Coefficient of variation over all rings by the last samples of a month, of sites with three " +
        "rings or more",
      counted: "site-months",
      least: 5,
      empty: "no site has samples of three rings yet",
      published: { low: 0.03, high: 0.18, sources: ["FARMS"] },
    },
  ),
  ...figuresBy(
    {
      tables: SEA_TABLES,
      sql: `
      WITH ${SEA}, aged AS (
        SELECT assignment_id, grams, day,
          min(day) OVER (PARTITION BY assignment_id) AS since,
          max(grams) OVER (PARTITION BY assignment_id) AS heaviest
        FROM sea
      ), reached AS (
        SELECT (min(CASE WHEN grams >= 4000 THEN day END) - min(since)) / 30.4375 AS months
        FROM aged WHERE heaviest >= 4000 GROUP BY assignment_id
      )
      SELECT ${median("months")} AS value, count(months) AS n FROM reached`,
    },
    {
      id: "months_to_4kg_p50",
      title: "months from sea transfer to 4 kg, median",
      unit: "",
      definition: "From a ring's first day with fish to the first on which they weigh 4 kg",
      counted: "ring stays",
      least: 3,
      empty: "no fish of 4 kg yet",
      published: {
        low: 8,
        high: 15,
        sources: ["FAO", "FAROE"],
        says: "10 to 15 months from smolts of 50 to 80 g, less from larger ones",
      },
      documented: { low: 9.1, high: 9.7, sources: ["AMIND"], says: "from 500 g at 9 degrees" },
    },
  ),
  ...figuresBy(
    {
      tables: MOVED_TABLES,
      sql: `
      WITH ${MOVED}, smolts AS (
        SELECT 1000 * sum(kg) / nullif(sum(fish), 0) AS grams FROM moved GROUP BY batch_id
      )
      SELECT ${median("grams")} AS p50, stddev_samp(grams) / nullif(avg(grams), 0) AS cv,
        count(grams) AS n FROM smolts`,
    },
    {
      id: "smolt_weight_p50_g",
      title: "weight of smolts at transfer to sea, median",
      unit: "g",
      value: "p50",
      definition: "Mean weight of what a batch has moved from fresh water to rings",
      counted: "batches",
      least: 1,
      empty: "no batch has gone to sea yet",
      published: {
        low: 100,
        high: 800,
        sources: ["BAKKA", "FAROE"],
        says: "Scotland 114 to 229 g, Faroe Islands above 400 g, at most 800 g",
      },
      documented: { low: 490, high: 500, sources: ["AMIND"], says: "the weight cap of 500 g" },
    },
    {
      id: "smolt_weight_cv",
      title: "spread of smolt weight between batches",
      unit: "",
      value: "cv",
      definition: "Coefficient of variation of smolt_weight_p50_g's weights",
      counted: "batches",
      least: 3,
      empty: "no batch has gone to sea yet",
      published: { low: 0.1, high: 0.6, sources: ["BAKKA", "FAROE"], says: "100 to 800 g" },
    },
  ),
];
