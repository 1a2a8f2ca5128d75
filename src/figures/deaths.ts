/** Figures of deaths: how many, when, of what, and how they are recorded. */
import { type Figure, figuresBy } from "./figure.ts";
import {
  median,
  monthOf,
  MOVED,
  MOVED_TABLES,
  SEA,
  SEA_TABLES,
  shareWhere,
  weekOf,
} from "./fragments.ts";

const EMPTY = "no fish at sea yet";

/** All figures of this file. */
export const deathFigures: readonly Figure[] = [
  ...figuresBy(
    {
      tables: SEA_TABLES,
      sql: `
      WITH ${SEA}, weeks AS (
        SELECT 100 * sum(dead) / nullif(max(fish + dead), 0) AS pct FROM sea
        GROUP BY assignment_id, ${weekOf("day")} HAVING count(*) = 7
      )
      SELECT ${median("pct")} AS value, count(pct) AS n FROM weeks`,
    },
    {
      id: "mort_wk_p50_pct",
      title: "deaths of a ring in a week, median",
      unit: "%",
      definition: "Deaths of a whole week, Monday to Sunday, in % of the fish that it began with",
      counted: "ring-weeks",
      least: 20,
      empty: EMPTY,
      published: {
        low: 0.02,
        high: 0.2,
        sources: ["OLIV", "FARMS"],
        says: "site-months of 0.5 % are 0.12 a week, a normal week of a cage 0.019",
      },
      documented: { low: 0.06, high: 0.08, sources: ["AMIND"], says: "0.01 % a day" },
    },
  ),
  ...figuresBy(
    {
      tables: SEA_TABLES,
      sql: `
      WITH ${SEA}, months AS (
        SELECT 100 * sum(dead) * count(DISTINCT day) / nullif(sum(fish + dead), 0) AS pct
        FROM sea GROUP BY area_id, ${monthOf("day")}
        HAVING count(DISTINCT day) = max(extract(day FROM
          date_trunc('month', day) + INTERVAL '1 month' - INTERVAL '1 day'))
      )
      SELECT ${median("pct")} AS value, count(pct) AS n FROM months`,
    },
    {
      id: "mort_sitemonth_p50_pct",
      title: "deaths of a site in a month, median",
      unit: "%",
      definition:
        "Deaths in % of the mean number of fish, of calendar months on every day of which " +
        "the site holds fish",
      counted: "site-months",
      least: 10,
      empty: "no site has held fish for a whole month yet",
      published: {
        low: 0.3,
        high: 0.9,
        sources: ["NVI", "OLIV"],
        says: "counties of Norway 0.93; three quarters of cohorts seldom over 2",
      },
      documented: { low: 0.28, high: 0.33, sources: ["AMIND"], says: "0.01 % a day" },
    },
  ),
  ...figuresBy(
    {
      tables: SEA_TABLES,
      sql: `
      WITH ${SEA}
      SELECT 100 * 365.25 * sum(dead) / nullif(sum(fish + dead), 0) AS value, count(*) AS n
      FROM sea`,
    },
    {
      id: "mort_year_pct",
      title: "deaths of a fish-year at sea",
      unit: "%",
      definition: "All deaths in rings over all days that fish have lived there, times 365.25",
      counted: "ring-days",
      least: 1000,
      empty: EMPTY,
      published: {
        low: 8,
        high: 18,
        sources: ["NVI", "BAKKA"],
        says: "Norway 14 to 17, Faroe Islands 6 to 10",
      },
      documented: { low: 3.5, high: 3.8, sources: ["AMIND"], says: "0.01 % a day" },
    },
  ),
  ...figuresBy(
    {
      tables: [...SEA_TABLES, ...MOVED_TABLES, "batch_batch"],
      sql: `
      WITH ${SEA}, ${MOVED}, put AS (
        SELECT batch_id, sum(fish) AS fish FROM moved GROUP BY batch_id
      ), died AS (
        SELECT batch_id, sum(dead) AS fish FROM sea GROUP BY batch_id
      ), cycles AS (
        SELECT 100 * coalesce(d.fish, 0) / nullif(p.fish, 0) AS pct
        FROM batch_batch b JOIN put p ON p.batch_id = b.id LEFT JOIN died d ON d.batch_id = b.id
        WHERE b.status = 'COMPLETED'
      )
      SELECT ${median("pct")} AS value, count(pct) AS n FROM cycles`,
    },
    {
      id: "mort_cycle_p50_pct",
      title: "deaths at sea of a finished batch, median",
      unit: "%",
      definition: "Deaths in rings in % of the fish that came there from fresh water",
      counted: "finished batches",
      least: 1,
      empty: "no batch is finished yet",
      published: { low: 8, high: 18, sources: ["NVI"], says: "about 15 a generation" },
    },
  ),
  ...figuresBy(
    {
      tables: [
        "batch_batch",
        "batch_creationworkflow",
        "batch_mortalityevent",
        "batch_batchcontainerassignment",
        "batch_lifecyclestage",
      ],
      sql: `
      WITH died AS (
        SELECT m.batch_id, sum(CAST(m.count AS float8)) AS fish,
          sum(CASE WHEN l."order" = 1 THEN CAST(m.count AS float8) ELSE 0 END) AS eggs
        FROM batch_mortalityevent m JOIN batch_batchcontainerassignment a ON a.id = m.assignment_id
        JOIN batch_lifecyclestage l ON l.id = a.lifecycle_stage_id
        GROUP BY m.batch_id
      ), lives AS (
        SELECT CAST(w.total_eggs_received AS float8) AS eggs, coalesce(d.fish, 0) AS died,
          coalesce(d.eggs, 0) AS died_as_eggs
        FROM batch_batch b JOIN batch_creationworkflow w ON w.batch_id = b.id
        LEFT JOIN died d ON d.batch_id = b.id
        WHERE b.status = 'COMPLETED'
      ), shares AS (
        SELECT 100 * (eggs - died) / nullif(eggs, 0) AS of_eggs,
          100 * (eggs - died) / nullif(eggs - died_as_eggs, 0) AS of_fed
        FROM lives
      )
      SELECT ${median("of_eggs")} AS of_eggs, ${median("of_fed")} AS of_fed, count(*) AS n
      FROM shares`,
    },
    {
      id: "survival_life_pct",
      title: "survival from egg to harvest, median",
      unit: "%",
      value: "of_eggs",
      definition: "Eggs received less all deaths, of finished batches",
      counted: "finished batches",
      least: 1,
      empty: "no batch is finished yet",
      documented: { low: 70, high: 85, sources: ["AMIND"], says: "guides v1.0 and v6.0, C-08" },
    },
    {
      id: "survival_fed_pct",
      title: "survival from first feeding to harvest, median",
      unit: "%",
      value: "of_fed",
      definition: "As survival_life_pct, of those that have not died in the first stage of life",
      counted: "finished batches",
      least: 1,
      empty: "no batch is finished yet",
      published: {
        low: 62,
        high: 93,
        sources: ["SCOT", "NVI"],
        says: "at sea: Scottish classes of 2020 to 2022 62 to 76, Norway about 85, record pen 93",
      },
      documented: { low: 83, high: 90, sources: ["AMIND"], says: "guides v1.0 and v6.0, C-08" },
    },
  ),
  ...figuresBy(
    {
      tables: [
        "batch_mortalityevent",
        "batch_batchcontainerassignment",
        "infrastructure_container",
      ],
      sql: `
      WITH records AS (
        SELECT m.event_date AS day, m.cause, CAST(m.count AS float8) AS fish
        FROM batch_mortalityevent m JOIN batch_batchcontainerassignment a ON a.id = m.assignment_id
        JOIN infrastructure_container c ON c.id = a.container_id
        WHERE c.area_id IS NOT NULL AND m.count > 0
      )
      SELECT sum(CASE WHEN cause <> 'UNKNOWN' THEN fish ELSE 0 END) / nullif(sum(fish), 0) AS named,
        coalesce(sum(fish), 0) AS fish, count(*) AS records,
        2.5 * sum(CASE WHEN extract(isodow FROM day) >= 6 THEN CAST(1 AS float8) ELSE 0 END)
          / nullif(sum(CASE WHEN extract(isodow FROM day) < 6 THEN 1 ELSE 0 END), 0) AS weekend
      FROM records`,
    },
    {
      id: "mort_cause_named_share",
      title: "deaths at sea with a cause",
      unit: "",
      value: "named",
      n: "fish",
      definition: "Share of the dead fish whose cause is not UNKNOWN",
      counted: "deaths",
      least: 1000,
      empty: "no deaths at sea yet",
      published: { low: 0.5, high: 0.98, sources: ["NVI"], says: "statistics of causes" },
      documented: { low: 0, high: 0, sources: ["AMIND"], says: "every cause is UNKNOWN" },
    },
    {
      id: "deaths_weekend_ratio",
      title: "records of deaths on a weekend day over a weekday",
      unit: "",
      value: "weekend",
      n: "records",
      definition: "Records in rings on Saturdays and Sundays, over two fifths of the others",
      counted: "records",
      least: 500,
      empty: "no deaths at sea yet",
      published: {
        low: 0.5,
        high: 0.97,
        sources: ["ASSUM"],
        says: "the dead are not taken up every weekend",
      },
    },
  ),
  ...figuresBy(
    {
      tables: ["batch_mortalityevent"],
      sql: `
      SELECT ${shareWhere("CAST(created_at AS date) > event_date")} AS value, count(*) AS n
      FROM batch_mortalityevent`,
    },
    {
      id: "late_entry_share",
      title: "records of deaths that were entered on a later day",
      unit: "",
      definition: "Share of all records of which created_at is of a later day than event_date",
      counted: "records",
      least: 500,
      empty: "no deaths yet",
      published: { low: 0.02, high: 0.35, sources: ["ASSUM"] },
      documented: { low: 0, high: 0, sources: ["AMIND"] },
    },
  ),
  ...figuresBy(
    {
      tables: [...SEA_TABLES, "batch_mortalityevent"],
      sql: `
      WITH ${SEA}, ratios AS (
        SELECT 1000 * CAST(m.biomass_kg AS float8) / nullif(m.count * s.grams, 0) AS ratio
        FROM batch_mortalityevent m
        JOIN sea s ON s.assignment_id = m.assignment_id AND s.day = m.event_date
      )
      SELECT ${median("ratio")} AS value, count(ratio) AS n FROM ratios`,
    },
    {
      id: "dead_weight_ratio_p50",
      title: "weight of the dead over that of the living, median",
      unit: "",
      definition: "Mean weight of a record of deaths in a ring over the ring's weight that evening",
      counted: "records",
      least: 100,
      empty: "no deaths at sea yet",
      published: { low: 0.55, high: 0.95, sources: ["ASSUM"], says: "the weak die first" },
      documented: { low: 0.98, high: 1, sources: ["AMIND"], says: "the dead weigh the mean" },
    },
  ),
  ...figuresBy(
    {
      tables: SEA_TABLES,
      sql: `
      WITH ${SEA}, aged AS (
        SELECT fish, dead, day - min(day) OVER (PARTITION BY assignment_id) AS age FROM sea
      ), rates AS (
        SELECT
          sum(CASE WHEN age < 30 THEN dead END)
            / nullif(sum(CASE WHEN age < 30 THEN fish + dead END), 0) AS early,
          sum(CASE WHEN age BETWEEN 60 AND 120 THEN dead END)
            / nullif(sum(CASE WHEN age BETWEEN 60 AND 120 THEN fish + dead END), 0) AS later,
          coalesce(sum(CASE WHEN age BETWEEN 60 AND 120 THEN 1 END), 0) AS n
        FROM aged
      )
      SELECT early / nullif(later, 0) AS value, n FROM rates`,
    },
    {
      id: "mort_first_month_ratio",
      title: "death rate of the first 30 days at sea over days 60 to 120",
      unit: "",
      definition:
        "Deaths over days that fish have lived, counted from a ring's first day with them",
      counted: "ring-days 60 to 120",
      least: 100,
      empty: "no ring has held fish for 60 days yet",
      published: {
        low: 1.1,
        high: 6,
        sources: ["FARMS", "NVI"],
        says: "losses after transfer",
      },
      documented: { low: 0.95, high: 1.05, sources: ["AMIND"], says: "one rate at sea" },
    },
  ),
];
