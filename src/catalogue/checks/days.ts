/** The laws of daily states: what each day adds to the day before (rulings.md#16). */
import type { VerifyCheck } from "../check.ts";
import { asDocumented, sqlBy } from "../rates.ts";
import { ARRIVALS, PLACED_TABLES } from "./fragments.ts";

const STATE = "batch_actualdailyassignmentstate";
const PAST = "batch_historicalbatchcontainerassignment";

/** Fish that come to and leave an assignment on a day, its harvest included. */
const MOVES = `
  moves AS (
    SELECT id, day, sum(fish) AS fish FROM (
      SELECT dest_assignment_id AS id, actual_delivery_date AS day, egg_count_actual AS fish
      FROM batch_creationaction
      UNION ALL
      SELECT dest_assignment_id, actual_execution_date, transferred_count
      FROM batch_transferaction
      UNION ALL
      SELECT source_assignment_id, actual_execution_date,
        -CAST(transferred_count AS bigint) - mortality_during_transfer FROM batch_transferaction
      UNION ALL
      SELECT e.assignment_id, CAST(e.event_date AS date), -l.unit_count
      FROM harvest_harvestlot l JOIN harvest_harvestevent e ON e.id = l.event_id
    ) each_move GROUP BY id, day
  )`;

/** All checks of this file. */
export const dayChecks: readonly VerifyCheck[] = [
  {
    id: "LAW-STATE",
    title: "states count the fish placed, the deaths and the feed of their days",
    source: "rulings.md#16",
    defects: ["B-13"],
    wholeFarm: true,
    tables: [...PLACED_TABLES, STATE, "batch_mortalityevent", "inventory_feedingevent"],
    sql: `
      WITH ${ARRIVALS}, deaths AS (
        SELECT assignment_id, event_date AS date, sum(count) AS fish FROM batch_mortalityevent
        GROUP BY assignment_id, event_date
      ), meals AS (
        SELECT batch_assignment_id AS assignment_id, feeding_date AS date, sum(amount_kg) AS kg
        FROM inventory_feedingevent GROUP BY batch_assignment_id, feeding_date
      ), states AS (
        SELECT s.id, s.assignment_id, s.date, s.population, s.mortality_count, s.feed_kg,
          sum(coalesce(r.fish, 0)) OVER so_far AS placed, sum(s.mortality_count) OVER so_far AS dead
        FROM ${STATE} s LEFT JOIN arrivals r ON r.id = s.assignment_id AND r.day = s.date
        WINDOW so_far AS (PARTITION BY s.assignment_id ORDER BY s.date)
      )
      SELECT s.id, s.assignment_id, s.date, s.placed, s.dead, s.population,
        d.fish AS deaths, m.kg AS fed_kg, s.feed_kg
      FROM states s LEFT JOIN deaths d ON d.assignment_id = s.assignment_id AND d.date = s.date
      LEFT JOIN meals m ON m.assignment_id = s.assignment_id AND m.date = s.date
      WHERE s.population <> s.placed - s.dead
        OR s.mortality_count <> coalesce(d.fish, 0)
        OR abs(s.feed_kg - coalesce(m.kg, 0)) > 0.0051`,
    expects: "no rows",
  },
  {
    id: "LAW-STATE-DAY",
    title: "the fish of a day are those of the day before, less the dead, with those that moved",
    source: "design.md#promise-3",
    defects: ["B-13"],
    wholeFarm: true,
    tables: [...PLACED_TABLES, STATE, "harvest_harvestlot", "harvest_harvestevent"],
    sql: `
      WITH ${MOVES}, days AS (
        SELECT coalesce(s.assignment_id, m.id) AS id, coalesce(s.date, m.day) AS day,
          CAST(coalesce(s.population, 0) AS bigint) AS population,
          coalesce(s.mortality_count, 0) AS dead,
          coalesce(m.fish, 0) AS moved
        FROM ${STATE} s FULL JOIN moves m ON m.id = s.assignment_id AND m.day = s.date
      ), steps AS (
        SELECT *, lag(population, 1, 0) OVER life AS before, lag(day) OVER life AS day_before
        FROM days WINDOW life AS (PARTITION BY id ORDER BY day)
      )
      SELECT id AS assignment, day, day_before, before, dead, moved, population FROM steps
      WHERE population <> before - dead + moved OR day <> day_before + 1`,
    expects: "no rows",
  },
  {
    id: "LAW-STATE-WEIGHT",
    title: "weights are those of the samples, and no further from the simulated ones than they " +
      "may be, 8 % as documented",
    source: "rulings.md#16",
    tables: [STATE, PAST, "batch_growthsample"],
    ...sqlBy(["analysis"], ({ analysis }) => `
      WITH evenings AS (
        SELECT id, CAST(history_date AS date) AS day, max(history_id) AS history_id
        FROM ${PAST} GROUP BY id, CAST(history_date AS date)
      ), days AS (
        SELECT s.assignment_id, s.date, s.avg_weight_g, s.anchor_type,
          max(e.history_id) OVER (PARTITION BY s.assignment_id ORDER BY s.date) AS history_id
        FROM ${STATE} s LEFT JOIN evenings e ON e.id = s.assignment_id AND e.day = s.date
      ), weights AS (
        SELECT d.assignment_id, d.date, d.avg_weight_g, d.anchor_type,
          h.avg_weight_g AS simulated, g.avg_weight_g AS sampled
        FROM days d LEFT JOIN ${PAST} h ON h.history_id = d.history_id
        LEFT JOIN batch_growthsample g
          ON g.assignment_id = d.assignment_id AND g.sample_date = d.date
      )
      SELECT assignment_id, date, avg_weight_g, simulated, sampled, anchor_type FROM weights
      WHERE simulated IS NULL OR abs(avg_weight_g - simulated) > ${
      (analysis.weightTolerancePercent ?? 8) / 100
    } * simulated
        OR (sampled IS NOT NULL) <> (coalesce(anchor_type, '') = 'growth_sample')
        OR avg_weight_g <> sampled`),
    expects: "no rows",
  },
  {
    id: "LAW-STATE-FCR",
    title: "the feed conversion of a day is feed by gain, and absent where it means nothing",
    source: "domain.md#16 (B-14)",
    tables: [STATE, "batch_transferaction"],
    ...sqlBy(["analysis"], ({ analysis }) => `
      WITH arrived AS (
        SELECT DISTINCT dest_assignment_id AS id, actual_execution_date AS day
        FROM batch_transferaction
      ), days AS (
        SELECT id, assignment_id, date, feed_kg, observed_fcr, (sources->>'fcr') AS source,
          biomass_kg - lag(biomass_kg) OVER (PARTITION BY assignment_id ORDER BY date) AS gain
        FROM ${STATE}
      )
      SELECT d.id, assignment_id, date, feed_kg, gain, observed_fcr, source
      FROM days d LEFT JOIN arrived r ON r.id = d.assignment_id AND r.day = d.date
      WHERE (observed_fcr IS NOT NULL)
          <> (feed_kg > 0 AND coalesce(gain, 0) > ${analysis.dayMinimumGainKg} AND r.id IS NULL)
        OR (observed_fcr IS NOT NULL) <> (coalesce(source, '') = 'observed')
        OR abs(observed_fcr - least(feed_kg / nullif(gain, 0), ${analysis.dayLimit})) > 0.00051`),
    expects: "no rows",
  },
  {
    id: "LAW-STATE-ADULT",
    title: "from four weeks at sea on, the feed conversion is 0.9 to 2.5 on 80 % of the days",
    source: "domain.md#16",
    tables: [STATE, "batch_lifecyclestage"],
    basis: "rates",
    needs: [asDocumented("life", "growth", "deaths", "feeding")],
    sql: `
      WITH seas AS (
        SELECT s.batch_id, count(*) AS n, count(DISTINCT s.date) AS days,
          sum(CASE WHEN s.observed_fcr BETWEEN 0.9 AND 2.5 THEN 1 ELSE 0 END) AS usual
        FROM ${STATE} s JOIN batch_lifecyclestage l ON l.id = s.lifecycle_stage_id
        WHERE l."order" = 6 GROUP BY s.batch_id
      )
      SELECT batch_id, days, n, usual FROM seas WHERE days >= 28 AND usual < 0.8 * n`,
    expects: "no rows",
  },
];
