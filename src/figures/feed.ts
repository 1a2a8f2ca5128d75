/** Figures of feed at sea: rates, conversion, and what pellets. */
import { type Figure, figuresBy } from "./figure.ts";
import { median, MOVED, MOVED_TABLES, SEA, SEA_TABLES, shareWhere, weekOf } from "./fragments.ts";

const EMPTY = "no fish at sea yet";

/** All figures of this file. */
export const feedFigures: readonly Figure[] = [
  ...figuresBy(
    {
      tables: ["inventory_feedingevent", "infrastructure_container"],
      sql: `
      SELECT ${shareWhere("f.amount_kg = round(f.amount_kg)")} AS value, count(*) AS n
      FROM inventory_feedingevent f JOIN infrastructure_container c ON c.id = f.container_id
      WHERE c.area_id IS NOT NULL`,
    },
    {
      id: "feed_whole_kg_share",
      title: "meals at sea in whole kg",
      unit: "",
      definition: "Share of the feedings of rings",
      counted: "meals",
      least: 100,
      empty: "no feeding at sea yet",
      published: { low: 0.5, high: 1, sources: ["ASSUM"], says: "people write whole numbers" },
    },
  ),
  ...figuresBy(
    {
      tables: SEA_TABLES,
      sql: `
      WITH ${SEA}, weeks AS (
        SELECT 100 * sum(coalesce(feed, 0)) / nullif(sum(kg), 0) AS pct
        FROM sea GROUP BY assignment_id, ${weekOf("day")}
      )
      SELECT ${median("pct")} AS value, count(pct) AS n FROM weeks`,
    },
    {
      id: "feed_rate_p50_pct",
      title: "feed at sea in % of biomass a day, median",
      unit: "%",
      definition: "Of the weeks of rings, Monday to Sunday, over the biomass of the evenings",
      counted: "ring-weeks",
      least: 20,
      empty: EMPTY,
      published: { low: 0.4, high: 0.9, sources: ["NDIR"], says: "county-months of Norway 0.60" },
      documented: { low: 0.97, high: 1.01, sources: ["AMIND"], says: "1 % of the morning's" },
    },
  ),
  ...figuresBy(
    {
      tables: SEA_TABLES,
      sql: `
      WITH ${SEA}, rates AS (
        SELECT coalesce(feed, 0) / nullif(kg, 0) AS rate, day - lag(day) OVER stay AS days,
          lag(coalesce(feed, 0) / nullif(kg, 0)) OVER stay AS before
        FROM sea WINDOW stay AS (PARTITION BY assignment_id ORDER BY day)
      ), changes AS (
        SELECT CASE WHEN days = 1 AND rate > 0 AND before > 0
          THEN abs(ln(rate / nullif(before, 0))) END AS change, rate
        FROM rates
      )
      SELECT ${shareWhere("rate = 0")} AS none, count(rate) AS days, ${median("change")} AS change,
        count(change) AS changes
      FROM changes WHERE rate IS NOT NULL`,
    },
    {
      id: "feed_zero_days_share",
      title: "days at sea without feed",
      unit: "",
      value: "none",
      n: "days",
      definition: "Share of the days on which a ring holds fish",
      counted: "ring-days",
      least: 100,
      empty: EMPTY,
      published: {
        low: 0.02,
        high: 0.12,
        sources: ["FARMS"],
        says: "treatments, weather, starving before harvest",
      },
      documented: { low: 0, high: 0, sources: ["AMIND"], says: "two meals every day" },
    },
    {
      id: "feed_day_to_day_p50",
      title: "change of the feed rate from day to day, median",
      unit: "",
      value: "change",
      n: "changes",
      definition:
        "Absolute difference of the logarithms of a ring's feed over biomass on two days " +
        "with feed",
      counted: "pairs of days",
      least: 100,
      empty: EMPTY,
      published: { low: 0.03, high: 0.25, sources: ["ASSUM"], says: "appetite differs" },
    },
  ),
  ...figuresBy(
    {
      tables: [...SEA_TABLES, ...MOVED_TABLES, "batch_mortalityevent"],
      sql: `
      WITH ${SEA}, ${MOVED}, stays AS (
        SELECT assignment_id, sum(coalesce(feed, 0)) AS feed, max(day) AS last_day
        FROM sea GROUP BY assignment_id
      ), kept AS (
        SELECT sum(t.feed) AS feed, sum(s.kg) AS kg, count(*) AS n
        FROM stays t JOIN sea s ON s.assignment_id = t.assignment_id AND s.day = t.last_day
      ), put AS (SELECT sum(kg) AS kg FROM moved), died AS (
        SELECT sum(CAST(m.biomass_kg AS float8)) AS kg
        FROM batch_mortalityevent m JOIN stays t ON t.assignment_id = m.assignment_id
      )
      SELECT CASE WHEN k.kg > p.kg THEN k.feed / nullif(k.kg - p.kg, 0) END AS efcr,
        CASE WHEN k.kg > p.kg THEN k.feed / nullif(k.kg - p.kg + coalesce(d.kg, 0), 0) END AS bfcr,
        k.n
      FROM kept k CROSS JOIN put p CROSS JOIN died d`,
    },
    {
      id: "efcr_sea",
      title: "economic feed factor at sea",
      unit: "",
      value: "efcr",
      definition:
        "All feed given in rings, over the biomass of the last evenings less that which " +
        "came from fresh water",
      counted: "ring stays",
      least: 3,
      empty: EMPTY,
      published: {
        low: 1.05,
        high: 1.45,
        sources: ["NOFIM", "FAROE"],
        says: "Faroe Islands 1.1 to 1.15, Norway 1.30 to 1.36",
      },
      documented: { low: 0.9, high: 3, sources: ["AMIND"], says: "guide v6.0, C-09" },
    },
    {
      id: "bfcr_sea",
      title: "biological feed factor at sea",
      unit: "",
      value: "bfcr",
      definition: "As efcr_sea, with the biomass of the dead among the gain",
      counted: "ring stays",
      least: 3,
      empty: EMPTY,
      published: { low: 0.95, high: 1.3, sources: ["NOFIM"] },
      documented: { low: 0.9, high: 3, sources: ["AMIND"], says: "guide v6.0, C-09" },
    },
  ),
  ...figuresBy(
    {
      tables: [...SEA_TABLES, "inventory_feedingevent", "inventory_feed"],
      sql: `
      WITH ${SEA}, meals AS (
        SELECT CAST(e.amount_kg AS float8) AS kg, CAST(f.pellet_size_mm AS float8) AS mm,
          CASE WHEN s.grams < 30 THEN 2 WHEN s.grams < 100 THEN 3 WHEN s.grams < 250 THEN 4
            WHEN s.grams < 500 THEN 5 WHEN s.grams < 1000 THEN 6 WHEN s.grams < 2000 THEN 7.5
            WHEN s.grams < 3000 THEN 9 ELSE 11 END AS usual
        FROM inventory_feedingevent e JOIN inventory_feed f ON f.id = e.feed_id
        JOIN sea s ON s.assignment_id = e.batch_assignment_id AND s.day = e.feeding_date
      )
      SELECT sum(CASE WHEN mm > 0.6 * usual AND mm < 1.5 * usual THEN kg ELSE 0 END)
          / nullif(sum(kg), 0) AS value, count(mm) AS n
      FROM meals`,
    },
    {
      id: "pellet_fits_share",
      title: "feed at sea of a pellet that fits the weight",
      unit: "",
      definition:
        "Share of the kg whose pellet is within 0.6 to 1.5 times that of the table: 3 mm " +
        "from 30 g, 4 from 100, 5 from 250, 6 from 500, 7.5 from 1,000, 9 from 2,000, 11 above " +
        "3,000 g",
      counted: "meals",
      least: 100,
      empty: "no feeding at sea yet",
      published: { low: 0.85, high: 1, sources: ["FAO"], says: "pellets by weight" },
    },
  ),
];
