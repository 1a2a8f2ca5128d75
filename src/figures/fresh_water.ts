/** Figures of fresh water: growth and feed in tanks, their water, and transfers. */
import { type Figure, figuresBy } from "./figure.ts";
import { median } from "./fragments.ts";

/** All figures of this file. */
export const freshWaterFigures: readonly Figure[] = [
  ...figuresBy(
    {
      tables: ["batch_actualdailyassignmentstate", "infrastructure_container"],
      sql: `
      WITH tanks AS (
        SELECT s.assignment_id, s.date AS day, CAST(s.population AS float8) AS fish,
          CAST(s.mortality_count AS float8) AS dead, CAST(s.avg_weight_g AS float8) AS grams,
          CAST(s.feed_kg AS float8) AS feed
        FROM batch_actualdailyassignmentstate s
        JOIN infrastructure_container c ON c.id = s.container_id WHERE c.area_id IS NULL
      ), steps AS (
        SELECT feed, fish, dead, grams, day - lag(day) OVER stay AS days,
          lag(grams) OVER stay AS before
        FROM tanks WINDOW stay AS (PARTITION BY assignment_id ORDER BY day)
      )
      SELECT sum(CASE WHEN grams = before THEN CAST(1 AS float8) ELSE 0 END)
          / nullif(count(*), 0) AS idle,
        CASE WHEN sum((fish + dead) * (grams - before)) > 0
          THEN 1000 * sum(feed) / nullif(sum((fish + dead) * (grams - before)), 0) END AS fcr,
        count(*) AS n
      FROM steps WHERE days = 1 AND feed > 0`,
    },
    {
      id: "fresh_no_growth_days_share",
      title: "fed days in fresh water on which the fish do not grow",
      unit: "",
      value: "idle",
      definition:
        "Share of the days on which a tank is fed and its weight is that of the evening before",
      counted: "tank-days",
      least: 100,
      empty: "no tank was fed yet",
      published: { low: 0, high: 0.03, sources: ["ASSUM"], says: "what eats grows" },
    },
    {
      id: "fresh_fcr",
      title: "feed factor in fresh water",
      unit: "",
      value: "fcr",
      definition:
        "Feed given in tanks over what the living and the dead have gained, from evening " +
        "to evening",
      counted: "tank-days",
      least: 100,
      empty: "no tank was fed yet",
      published: { low: 0.7, high: 1.25, sources: ["ASSUM"] },
      documented: { low: 0.9, high: 3, sources: ["AMIND"], says: "guide v6.0, C-09" },
    },
  ),
  ...figuresBy(
    {
      tables: [
        "environmental_environmentalreading",
        "environmental_environmentalparameter",
        "infrastructure_container",
      ],
      sql: `
      WITH stays AS (
        SELECT stddev_samp(CAST(r.value AS float8)) AS sd
        FROM environmental_environmentalreading r
        JOIN environmental_environmentalparameter p ON p.id = r.parameter_id
        JOIN infrastructure_container c ON c.id = r.container_id
        WHERE p.name = 'Temperature' AND c.area_id IS NULL
        GROUP BY r.batch_container_assignment_id HAVING count(*) >= 100
      )
      SELECT ${median("sd")} AS value, count(sd) AS n FROM stays`,
    },
    {
      id: "tank_temp_sd_p50",
      title: "spread of a tank's temperature over its use, median",
      unit: "°C",
      definition: "Standard deviation of a stay's readings, of stays with 100 or more",
      counted: "tank stays",
      least: 3,
      empty: "no tank has 100 readings of temperature yet",
      published: { low: 0.2, high: 2.5, sources: ["ASSUM"] },
      documented: { low: 0.66, high: 0.72, sources: ["AMIND"], says: "10 % around 12 degrees" },
    },
  ),
  ...figuresBy(
    {
      tables: ["batch_transferaction"],
      sql: `
      WITH transfers AS (
        SELECT CAST(mortality_during_transfer AS float8) AS dead,
          CAST(transferred_count AS float8) + CAST(mortality_during_transfer AS float8) AS fish
        FROM batch_transferaction
      )
      SELECT sum(dead) / nullif(sum(fish), 0) AS value, coalesce(sum(fish), 0) AS n
      FROM transfers`,
    },
    {
      id: "transfer_deaths_share",
      title: "deaths in transfers",
      unit: "",
      definition: "Deaths over fish that were taken, of all transfers from container to container",
      counted: "fish moved",
      least: 10_000,
      empty: "no transfer yet",
      published: { low: 0.0003, high: 0.01, sources: ["ASSUM"] },
      documented: { low: 0, high: 0, sources: ["AMIND"], says: "a transfer kills nothing" },
    },
  ),
];
