/** Figures of the water in rings: temperature, oxygen and salt. */
import { type Figure, type FigureFacts, figuresBy } from "./figure.ts";
import { median, monthOf, quantile, rankedSql, SEA, SEA_TABLES, shareWhere } from "./fragments.ts";

const READING_TABLES = [
  "environmental_environmentalreading",
  "environmental_environmentalparameter",
  "infrastructure_container",
] as const;

/** Readings of one parameter in rings. */
function readingsOf(parameter: string): string {
  return `
    readings AS (
      SELECT r.batch_container_assignment_id AS assignment_id, c.area_id,
        CAST(r.reading_time AS date) AS day, CAST(r.value AS float8) AS value
      FROM environmental_environmentalreading r
      JOIN environmental_environmentalparameter p ON p.id = r.parameter_id
      JOIN infrastructure_container c ON c.id = r.container_id
      WHERE p.name = '${parameter}' AND c.area_id IS NOT NULL
    )`;
}

/** The warmest and the coldest month of a geography's rings, and what lies between. */
function seasonOf(
  geography: string,
  key: string,
  ranges: Record<"range" | "warmest" | "coldest", Pick<FigureFacts, "published">>,
): Figure[] {
  const common = {
    counted: "months of the calendar with readings",
    least: 12,
    empty: `no rings of ${geography} with readings yet`,
  };
  const definition = `By the mean reading of each month of the calendar in rings of ${geography}`;
  return figuresBy(
    {
      tables: [...READING_TABLES, "infrastructure_area", "infrastructure_geography"],
      sql: `
      WITH ${readingsOf("Temperature")}, months AS (
        SELECT CAST(extract(month FROM r.day) AS integer) AS month, avg(r.value) AS mean
        FROM readings r JOIN infrastructure_area a ON a.id = r.area_id
        JOIN infrastructure_geography g ON g.id = a.geography_id
        WHERE g.name = '${geography}' GROUP BY CAST(extract(month FROM r.day) AS integer)
      ), ranked AS (
        SELECT month, mean, row_number() OVER (ORDER BY ${
        rankedSql("mean")
      } DESC, month) AS from_warm,
          row_number() OVER (ORDER BY ${rankedSql("mean")}, month) AS from_cold
        FROM months
      )
      SELECT max(mean) - min(mean) AS between_them, count(*) AS n,
        max(CASE WHEN from_warm = 1 THEN month END) AS warmest,
        max(CASE WHEN from_cold = 1 THEN month END) AS coldest
      FROM ranked`,
    },
    {
      id: `temp_${key}_range`,
      title: `warmest less coldest month at sea, ${geography}`,
      unit: "°C",
      value: "between_them",
      definition,
      ...common,
      ...ranges.range,
    },
    {
      id: `temp_${key}_warmest`,
      title: `warmest month at sea, ${geography}`,
      unit: "",
      value: "warmest",
      definition: `${definition}; 8 is August`,
      ...common,
      ...ranges.warmest,
    },
    {
      id: `temp_${key}_coldest`,
      title: `coldest month at sea, ${geography}`,
      unit: "",
      value: "coldest",
      definition: `${definition}; 3 is March`,
      ...common,
      ...ranges.coldest,
    },
  );
}

/** All figures of this file. */
export const waterFigures: readonly Figure[] = [
  ...seasonOf("Faroe Islands", "faroe", {
    range: {
      published: {
        low: 3,
        high: 5.5,
        sources: ["ICES"],
        says: "6 degrees in March, 10 to 11 in late summer",
      },
    },
    warmest: { published: { low: 8, high: 9, sources: ["ICES"] } },
    coldest: { published: { low: 2, high: 4, sources: ["ICES"] } },
  }),
  ...seasonOf("Scotland", "scotland", {
    range: { published: { low: 4.5, high: 8, sources: ["SENSE"], says: "7 to 14 degrees" } },
    warmest: { published: { low: 8, high: 9, sources: ["SENSE"] } },
    coldest: { published: { low: 2, high: 4, sources: ["SENSE"] } },
  }),
  ...figuresBy(
    {
      tables: SEA_TABLES,
      sql: `
      WITH ${SEA}, residuals AS (
        SELECT assignment_id, batch_id, area_id, day,
          temp - avg(temp) OVER (PARTITION BY assignment_id, ${monthOf("day")}) AS residual
        FROM sea WHERE temp IS NOT NULL
      ), rings AS (
        SELECT assignment_id, lead(assignment_id) OVER
          (PARTITION BY batch_id, area_id ORDER BY assignment_id) AS neighbour
        FROM (SELECT DISTINCT assignment_id, batch_id, area_id FROM sea) known
      ), pairs AS (
        SELECT CASE WHEN stddev_samp(x.residual) > 0 AND stddev_samp(y.residual) > 0
          THEN corr(x.residual, y.residual) END AS r
        FROM rings p JOIN residuals x ON x.assignment_id = p.assignment_id
        JOIN residuals y ON y.assignment_id = p.neighbour AND y.day = x.day
        GROUP BY p.assignment_id HAVING count(*) >= 60
      )
      SELECT ${median("r")} AS value, count(r) AS n FROM pairs`,
    },
    {
      id: "temp_rings_corr_p50",
      title: "correlation of temperature between two rings of a site, median",
      unit: "",
      definition:
        "Of the daily means less their mean of the month, of rings that follow each other, " +
        "with 60 days in common or more",
      counted: "pairs of rings",
      least: 3,
      empty: "no two rings of a site have 60 days in common yet",
      published: { low: 0.8, high: 1, sources: ["SENSE"], says: "the same water" },
      documented: { low: -0.1, high: 0.1, sources: ["AMIND"], says: "every reading drawn apart" },
    },
  ),
  ...figuresBy(
    {
      tables: READING_TABLES,
      sql: `
      WITH ${readingsOf("Dissolved Oxygen")}
      SELECT ${median("value")} AS p50, ${shareWhere("value < 70")} AS below_70,
        ${shareWhere("value < 60")} AS below_60, count(*) AS n
      FROM readings`,
    },
    {
      id: "oxygen_p50",
      title: "oxygen in rings, median",
      unit: "%",
      value: "p50",
      definition: "Saturation, of all readings in rings",
      counted: "readings",
      least: 100,
      empty: "no readings of oxygen at sea yet",
      published: { low: 82, high: 102, sources: ["SENSE"] },
      documented: { low: 85, high: 95, sources: ["AMIND"], says: "10 % around 90 %, C-40" },
    },
    {
      id: "oxygen_below_70_share",
      title: "readings of oxygen in rings below 70 %",
      unit: "",
      value: "below_70",
      definition: "Share of all readings in rings",
      counted: "readings",
      least: 1000,
      empty: "no readings of oxygen at sea yet",
      published: {
        low: 0.003,
        high: 0.05,
        sources: ["JEONG", "SENSE"],
        says: "1.2 % of hours stressed",
      },
      documented: { low: 0, high: 0, sources: ["AMIND"], says: "10 % around 90 %, C-40" },
    },
    {
      id: "oxygen_below_60_share",
      title: "readings of oxygen in rings below 60 %",
      unit: "",
      value: "below_60",
      definition: "Share of all readings in rings",
      counted: "readings",
      least: 1000,
      empty: "no readings of oxygen at sea yet",
      published: { low: 0.0005, high: 0.02, sources: ["JEONG", "SENSE"] },
      documented: { low: 0, high: 0, sources: ["AMIND"], says: "10 % around 90 %, C-40" },
    },
  ),
  ...figuresBy(
    {
      tables: [...SEA_TABLES, ...READING_TABLES],
      sql: `
      WITH ${SEA}, ${readingsOf("Dissolved Oxygen")}, oxygen AS (
        SELECT assignment_id, day, avg(value) AS mean, min(value) AS low
        FROM readings GROUP BY assignment_id, day
      ), days AS (
        SELECT o.mean, o.low, s.temp, s.feed / nullif(s.kg, 0) AS rate
        FROM oxygen o JOIN sea s ON s.assignment_id = o.assignment_id AND s.day = o.day
      ), ranks AS (
        SELECT CAST(rank() OVER (ORDER BY ${rankedSql("mean")}) AS float8) AS oxygen,
          CAST(rank() OVER (ORDER BY ${rankedSql("temp")}) AS float8) AS temp
        FROM days WHERE temp IS NOT NULL
      ), followed AS (
        SELECT CASE WHEN count(*) > 1 THEN corr(oxygen, temp) END AS spearman, count(*) AS days
        FROM ranks
      ), fed AS (
        SELECT avg(CASE WHEN low < 70 THEN rate END)
            / nullif(avg(CASE WHEN low >= 70 THEN rate END), 0) AS ratio,
          count(CASE WHEN low < 70 THEN rate END) AS low_days
        FROM days
      )
      SELECT * FROM followed CROSS JOIN fed`,
    },
    {
      id: "oxygen_temp_spearman",
      title: "daily oxygen against temperature in rings, rank correlation",
      unit: "",
      value: "spearman",
      n: "days",
      definition: "Of the daily means of a ring",
      counted: "ring-days",
      least: 100,
      empty: "no readings of oxygen at sea yet",
      published: {
        low: -0.75,
        high: -0.08,
        sources: ["SENSE"],
        says: "fish breathe more when it is warm",
      },
      documented: { low: -0.05, high: 0.05, sources: ["AMIND"], says: "every reading drawn apart" },
    },
    {
      id: "oxygen_feed_low_ratio",
      title: "feed on days of low oxygen over that of the others",
      unit: "",
      value: "ratio",
      n: "low_days",
      definition:
        "Mean feed over biomass of ring-days with a reading below 70 %, over that of the " +
        "ring-days without one",
      counted: "ring-days below 70 %",
      least: 20,
      empty: "no reading in a ring is below 70 %",
      published: { low: 0.2, high: 0.92, sources: ["JEONG", "FARMS"], says: "appetite falls" },
    },
  ),
  ...figuresBy(
    {
      tables: READING_TABLES,
      sql: `
      WITH ${readingsOf("Salinity")}
      SELECT ${quantile(0.99, "value")} - ${quantile(0.01, "value")} AS value, count(*) AS n
      FROM readings`,
    },
    {
      id: "salinity_p1_p99_range",
      title: "span of salinity in rings",
      unit: "ppt",
      definition: "From the 1 % to the 99 % quantile of all readings in rings",
      counted: "readings",
      least: 1000,
      empty: "no readings of salinity at sea yet",
      published: { low: 1, high: 10, sources: ["SENSE"] },
      documented: { low: 6.3, high: 6.6, sources: ["AMIND"], says: "10 % around 33" },
    },
  ),
];
