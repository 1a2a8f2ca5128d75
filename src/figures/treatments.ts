/** Figures of treatments: how many, of what kind, and what fish do around them. */
import { type Figure, figuresBy } from "./figure.ts";
import { median, quantile, SEA, SEA_TABLES, TREATED, TREATED_TABLES } from "./fragments.ts";

const EMPTY = "no treatment at sea yet";
const TABLES = [...SEA_TABLES, ...TREATED_TABLES];

/** All figures of this file. */
export const treatmentFigures: readonly Figure[] = [
  ...figuresBy(
    {
      tables: TABLES,
      sql: `
      WITH ${SEA}, ${TREATED}, lived AS (
        SELECT count(*) / 365.25 AS years, count(DISTINCT assignment_id) AS rings FROM sea
      ), kinds AS (
        SELECT count(*) AS treatments,
          count(DISTINCT concat(type, ' ', lower(split_part(description, ',', 1)))) AS kinds
        FROM treated
      )
      SELECT k.treatments / nullif(l.years, 0) AS per_year, l.rings, k.kinds, k.treatments
      FROM kinds k CROSS JOIN lived l`,
    },
    {
      id: "treat_per_ring_year",
      title: "treatments of a ring in a year",
      unit: "",
      value: "per_year",
      n: "rings",
      definition: "Treatments of rings but vaccinations, over the days that the rings hold fish",
      counted: "ring stays",
      least: 5,
      empty: "no fish at sea yet",
      published: {
        low: 1.5,
        high: 7,
        sources: ["SCOT", "FARMS"],
        says: "Scotland 3.1 against lice and 2.2 of gills",
      },
    },
    {
      id: "treat_kinds",
      title: "kinds of treatment at sea",
      unit: "",
      value: "kinds",
      n: "treatments",
      definition: "Different types and beginnings of the description, up to its first comma, of " +
        "treatments of rings but vaccinations",
      counted: "treatments",
      least: 10,
      empty: EMPTY,
      published: {
        low: 3,
        high: 12,
        sources: ["NVI", "OVERT"],
        says: "mechanical, thermal, bath, in feed, fresh water and others",
      },
      documented: { low: 1, high: 1, sources: ["AMIND"], says: "a bath against lice" },
    },
  ),
  ...figuresBy(
    {
      tables: TABLES,
      sql: `
      WITH ${SEA}, ${TREATED}, around AS (
        SELECT t.id,
          sum(CASE WHEN s.day >= t.day THEN s.dead END)
            / nullif(sum(CASE WHEN s.day >= t.day THEN s.fish + s.dead END), 0) AS after,
          sum(CASE WHEN s.day < t.day THEN s.dead END)
            / nullif(sum(CASE WHEN s.day < t.day THEN s.fish + s.dead END), 0) AS before
        FROM treated t JOIN sea s ON s.assignment_id = t.assignment_id
          AND s.day BETWEEN t.day - 10 AND t.day + 4
        GROUP BY t.id
      ), ratios AS (SELECT after / nullif(before, 0) AS ratio FROM around)
      SELECT ${median("ratio")} AS p50, ${quantile(0.9, "ratio")} AS p90, count(ratio) AS n
      FROM ratios`,
    },
    {
      id: "treat_death_ratio_p50",
      title: "death rate after a treatment over that before, median",
      unit: "",
      value: "p50",
      definition:
        "Deaths over days lived of days 0 to 4 after a treatment of a ring, over those of " +
        "days 1 to 10 before; treatments without a death before are left out",
      counted: "treatments",
      least: 10,
      empty: EMPTY,
      published: {
        low: 1.1,
        high: 4,
        sources: ["OVERT"],
        says: "raised after 14 to 31 % of treatments, up to 9 times after thermal ones",
      },
      documented: { low: 0.9, high: 1.1, sources: ["AMIND"], says: "one rate at sea" },
    },
    {
      id: "treat_death_ratio_p90",
      title: "death rate after a treatment over that before, worst tenth",
      unit: "",
      value: "p90",
      definition: "As treat_death_ratio_p50",
      counted: "treatments",
      least: 20,
      empty: EMPTY,
      published: { low: 3, high: 20, sources: ["OVERT"], says: "up to 9 after thermal ones" },
    },
  ),
  ...figuresBy(
    {
      tables: TABLES,
      sql: `
      WITH ${SEA}, ${TREATED}, around AS (
        SELECT t.id, avg(CASE WHEN s.day >= t.day - 1 THEN coalesce(s.feed, 0) END) AS near,
          avg(CASE WHEN s.day <= t.day - 5 THEN coalesce(s.feed, 0) END) AS usual
        FROM treated t JOIN sea s ON s.assignment_id = t.assignment_id
          AND s.day BETWEEN t.day - 11 AND t.day
        GROUP BY t.id
      ), ratios AS (SELECT near / nullif(usual, 0) AS ratio FROM around)
      SELECT ${median("ratio")} AS value, count(ratio) AS n FROM ratios`,
    },
    {
      id: "feed_at_treatment_ratio",
      title: "feed around a treatment over that of the week before, median",
      unit: "",
      definition:
        "Feed of a ring on the day before a treatment and on its day, over that of days " +
        "11 to 5 before: fish are starved two to four days for it",
      counted: "treatments",
      least: 10,
      empty: EMPTY,
      published: { low: 0, high: 0.5, sources: ["FARMS"], says: "fish are starved before" },
      documented: { low: 0.95, high: 1.15, sources: ["AMIND"], says: "fish are fed every day" },
    },
  ),
];
