/** Checks of feeding summaries: of calendar weeks and months, by daily states and feedings. */
import { madeSince, type VerifyCheck } from "../check.ts";
import { type CheckRates, sqlBy } from "../rates.ts";

const CONTAINER = "inventory_containerfeedingsummary";
const BATCH = "inventory_batchfeedingsummary";
const STATE = "batch_actualdailyassignmentstate";

/** Summaries of earlier datasets are of the last 30 days. */
const OF_PERIODS = madeSince("0.4.0");

/** The first day of the week or month in which a date lies. */
const STARTS = {
  week: (date: string) => `${date} - (CAST(extract(isodow FROM ${date}) AS integer) - 1)`,
  month: (date: string) => `CAST(date_trunc('month', ${date}) AS date)`,
} as const;

/** Is a date the last of a week or month? */
const ENDS = {
  week: (date: string) => `extract(isodow FROM ${date}) = 7`,
  month: (date: string) => `extract(day FROM ${date} + 1) = 1`,
} as const;

type Period = keyof typeof STARTS;

/** The same SELECT of weeks and of months. */
function byPeriod(select: (period: Period, start: (date: string) => string) => string): string {
  return (["week", "month"] as const).map((period) => select(period, STARTS[period]))
    .join("\n        UNION ALL ");
}

/**
 * What rows say of every container or batch (`key`) in each period that it lived through:
 *
 * - `days`: daily states with the last day on which the fish were weighed;
 * - `ends`: the evenings that end a period;
 * - `meals`, `samples`: what was eaten, and how many samples the batch had in it.
 */
function rowsOfPeriods(key: "assignment_id" | "batch_id"): string {
  const eater = key === "batch_id" ? key : "batch_assignment_id";
  return `days AS (
        SELECT assignment_id, batch_id, date, biomass_kg,
          CASE WHEN anchor_type = 'growth_sample' THEN 1 ELSE 0 END AS sampled,
          max(CASE WHEN anchor_type = 'growth_sample' THEN date END)
            OVER (PARTITION BY assignment_id ORDER BY date) AS weighed
        FROM ${STATE}
      ), ends AS (
        ${
    byPeriod((period, start) =>
      `SELECT '${period}' AS period, ${start("date")} AS period_start, days.* FROM days
        WHERE ${ENDS[period]("date")}`
    )
  }
      ), meals AS (
        ${
    byPeriod((period, start) =>
      `SELECT '${period}' AS period, ${start("feeding_date")} AS period_start, ${eater} AS ${key},
          round(sum(amount_kg), 2) AS kg
        FROM inventory_feedingevent GROUP BY ${start("feeding_date")}, ${eater}`
    )
  }
      ), samples AS (
        ${
    byPeriod((period, start) =>
      `SELECT '${period}' AS period, ${start("date")} AS period_start, batch_id, count(*) AS n
        FROM days WHERE sampled = 1 GROUP BY ${start("date")}, batch_id`
    )
  }
      )`;
}

/** The confidence that follows from the days since the last weighing. */
function confidenceBy({ summaryLevels }: CheckRates<"analysis">["analysis"], age: string): string {
  const steps = summaryLevels.map(({ belowDays, level }) =>
    `WHEN ${age} < ${belowDays} THEN '${level}'`
  );
  return `CASE ${steps.join(" ")} ELSE 'LOW' END`;
}

/** How the biomass of some daily states is known, by how many are of samples. */
function methodBy(sampled: string, states: string): string {
  return `CASE WHEN ${sampled} = 0 THEN 'INTERPOLATED' WHEN ${sampled} = ${states} THEN 'MEASURED'
          ELSE 'MIXED' END`;
}

/** Feed per gain of a summary: none without feed or gain, or from the limit on. */
function isWrongFcr({ summaryLimit }: CheckRates<"analysis">["analysis"], fcr: string): string {
  return `(${fcr} IS NULL) <> (e.feed = 0 OR e.ending <= e.starting
          OR e.feed >= ${summaryLimit - 0.0005} * (e.ending - e.starting))
        OR abs(${fcr} - e.feed / nullif(e.ending - e.starting, 0)) > 0.00051`;
}

/** All checks of this file. */
export const summaryChecks: readonly VerifyCheck[] = [
  {
    id: "LAW-SUMMARY-PERIOD",
    title: "feeding summaries are of weeks from Monday to Sunday and of calendar months, and are " +
      "written once, when these are over",
    source: "domain.md#17 (B-33)",
    tables: [CONTAINER, BATCH],
    basis: "version",
    sql: [CONTAINER, BATCH].map((table) => `
      SELECT '${table}' AS summary, id, period_start, period_end, created_at FROM ${table}
      WHERE NOT (
          extract(isodow FROM period_start) = 1 AND period_end - period_start = 6
          OR extract(day FROM period_start) = 1 AND extract(day FROM period_end + 1) = 1
            AND period_end - period_start < 31
        )
        OR period_start <= :first_day OR period_end > :as_of
        OR CAST(created_at AS date) <> period_end OR updated_at <> created_at`).join(
      "\n      UNION ALL",
    ),
    expects: "no rows",
    needs: [OF_PERIODS],
  },
  {
    id: "LAW-SUMMARY",
    title:
      "every container is summed up in every week and month before which it held the same fish, " +
      "by its daily states and feedings, and no other",
    source: "domain.md#17",
    tables: [CONTAINER, STATE, "inventory_feedingevent", "batch_transferaction"],
    ...sqlBy(["analysis"], ({ analysis }) => `
      WITH ${rowsOfPeriods("assignment_id")}, arrivals AS (
        ${
      byPeriod((period, start) =>
        `SELECT DISTINCT '${period}' AS period, ${start("actual_execution_date")} AS period_start,
          dest_assignment_id AS assignment_id FROM batch_transferaction`
      )
    }
      ), expected AS (
        SELECT e.assignment_id, e.batch_id, e.period_start, e.date AS period_end,
          coalesce(m.kg, 0) AS feed, s.biomass_kg AS starting, e.biomass_kg AS ending,
          coalesce(n.n, 0) AS n, ${confidenceBy(analysis, "e.date - e.weighed")} AS confidence,
          ${methodBy("s.sampled + e.sampled", "2")} AS method
        FROM ends e
        JOIN days s ON s.assignment_id = e.assignment_id AND s.date = e.period_start - 1
        LEFT JOIN meals m ON m.assignment_id = e.assignment_id AND m.period = e.period
          AND m.period_start = e.period_start
        LEFT JOIN samples n ON n.batch_id = e.batch_id AND n.period = e.period
          AND n.period_start = e.period_start
        LEFT JOIN arrivals a ON a.assignment_id = e.assignment_id AND a.period = e.period
          AND a.period_start = e.period_start
        WHERE a.assignment_id IS NULL
      )
      SELECT s.id AS summary, e.assignment_id AS assignment, e.period_start, e.period_end,
        s.total_feed_kg, e.feed, s.starting_biomass_kg, e.starting, s.ending_biomass_kg, e.ending,
        s.fcr, s.confidence_level, e.confidence, s.estimation_method, e.method, s.data_points, e.n
      FROM ${CONTAINER} s FULL JOIN expected e ON e.assignment_id = s.container_assignment_id
        AND e.period_start = s.period_start AND e.period_end = s.period_end
      WHERE s.id IS NULL OR e.assignment_id IS NULL OR s.batch_id <> e.batch_id
        OR s.total_feed_kg <> e.feed OR s.starting_biomass_kg IS DISTINCT FROM e.starting
        OR s.ending_biomass_kg IS DISTINCT FROM e.ending
        OR s.growth_kg IS DISTINCT FROM e.ending - e.starting
        OR ${isWrongFcr(analysis, "s.fcr")}
        OR s.confidence_level <> e.confidence OR s.estimation_method IS DISTINCT FROM e.method
        OR s.data_points <> e.n`, [OF_PERIODS]),
    expects: "no rows",
  },
  {
    id: "LAW-SUMMARY-BATCH",
    title: "every batch is summed up in every week and month that it lived through, by its daily " +
      "states and feedings, and trusted as little as the worst of its containers",
    source: "domain.md#17",
    tables: [BATCH, STATE, "inventory_feedingevent"],
    ...sqlBy(["analysis"], ({ analysis }) => `
      WITH ${rowsOfPeriods("batch_id")}, evenings AS (
        SELECT batch_id, date, count(*) AS states, sum(sampled) AS sampled,
          sum(biomass_kg) AS biomass,
          max(CASE WHEN weighed IS NULL THEN 100000 ELSE date - weighed END) AS age
        FROM days GROUP BY batch_id, date
      ), periods AS (
        SELECT DISTINCT batch_id, period, period_start, date FROM ends
      ), expected AS (
        SELECT p.batch_id, p.period_start, p.date AS period_end, coalesce(m.kg, 0) AS feed,
          s.biomass AS starting, e.biomass AS ending, e.states AS containers,
          ${confidenceBy(analysis, "e.age")} AS confidence,
          ${methodBy("s.sampled + e.sampled", "s.states + e.states")} AS method
        FROM periods p
        JOIN evenings e ON e.batch_id = p.batch_id AND e.date = p.date
        JOIN evenings s ON s.batch_id = p.batch_id AND s.date = p.period_start - 1
        LEFT JOIN meals m ON m.batch_id = p.batch_id AND m.period = p.period
          AND m.period_start = p.period_start
      )
      SELECT b.id AS summary, e.batch_id AS batch, e.period_start, e.period_end, b.total_feed_kg,
        e.feed, b.total_starting_biomass_kg, e.starting, b.total_ending_biomass_kg, e.ending,
        b.fcr, b.container_count, e.containers, b.overall_confidence_level, e.confidence,
        b.estimation_method, e.method
      FROM ${BATCH} b FULL JOIN expected e ON e.batch_id = b.batch_id
        AND e.period_start = b.period_start AND e.period_end = b.period_end
      WHERE b.id IS NULL OR e.batch_id IS NULL OR b.container_count <> e.containers
        OR b.total_feed_kg <> e.feed OR b.total_feed_consumed_kg IS DISTINCT FROM e.feed
        OR b.total_starting_biomass_kg IS DISTINCT FROM e.starting
        OR b.total_ending_biomass_kg IS DISTINCT FROM e.ending
        OR b.total_growth_kg IS DISTINCT FROM e.ending - e.starting
        OR b.total_biomass_gain_kg IS DISTINCT FROM e.ending - e.starting
        OR ${isWrongFcr(analysis, "b.fcr")} OR b.weighted_avg_fcr IS DISTINCT FROM b.fcr
        OR b.overall_confidence_level <> e.confidence
        OR b.estimation_method IS DISTINCT FROM e.method`, [OF_PERIODS]),
    expects: "no rows",
  },
];
