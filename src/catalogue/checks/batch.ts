/**
 * Checks of single batches (acceptance B-04 to B-10). The documented figures of the 200-day batch
 * are asked of exactly that dataset; the same rules hold for all others by formula.
 */
import type { Need, VerifyCheck } from "../check.ts";
import { LONGEST_TRANSITION } from "../../schedule/limits.ts";
import { type CheckRates, ratesOf, sqlBy } from "../rates.ts";
import { counted, LIVES, LIVES_TABLES, STAYS, STAYS_TABLES, wide } from "./fragments.ts";
import {
  expectedCurve,
  multiples,
  otherTreatments,
  passed,
  seaStart,
  stageOf,
  stageStarts,
  survival,
  survivalTolerance,
  values,
} from "./life.ts";

/** One batch over 200 days. */
const SINGLE_200: Need = {
  what: "a single batch of 200 days",
  holds: ({ tables, firstDay, asOf }) =>
    tables["batch_batch"]?.rows === 1 && Date.parse(asOf) - Date.parse(firstDay) === 200 * 864e5,
};

/** All of them before the sea, where the containers of a batch are counted by the profile. */
const IN_HALLS: Need = {
  what: "stages of 200 days at least before the sea",
  holds: (manifest) => {
    const { life } = ratesOf(manifest);
    return life !== undefined && seaStart(life) >= DAYS.length;
  },
};

/** Its day indices. */
const DAYS = Array.from({ length: 200 }, (_, day) => day);

/** No transfer is planned for more than a day. */
const AT_ONCE = `NOT EXISTS (SELECT 1 FROM batch_batchtransferworkflow
            WHERE planned_completion_date > planned_start_date)`;

/**
 * `in_stages`: how many rows come of the days that containers are in stages, for batches of which
 * nothing but that says on which days they are where; and whether all change stage at once.
 *
 * @param daily Rows of a container on a day, by stage.
 * @param every They come about on every so many-th day of the batch.
 */
function inStages(daily: readonly number[], every = 1): string {
  const upTo = (day: string) => `floor((${day} - b.start_date - 1) / ${every}.0)`;
  return `${STAYS}, daily (stage, n) AS (
        VALUES ${values(daily.map((n, i) => [i + 1, n]))}
      ), in_stages AS (
        SELECT coalesce(sum(d.n * (${upTo("s.end_day")} - ${upTo("s.first_day")})), 0) AS n,
          ${AT_ONCE} AS at_once
        FROM stays s JOIN batch_batch b ON b.id = s.batch_id
        JOIN batch_lifecyclestage l ON l.id = s.lifecycle_stage_id
        JOIN daily d ON d.stage = l."order"
      )`;
}

/** The tables that {@linkcode inStages} reads. */
const IN_STAGES_TABLES = [
  ...STAYS_TABLES,
  "batch_lifecyclestage",
  "batch_batchtransferworkflow",
] as const;

/** Rows of the 200 days by `in_stages s`: where a batch changes stage at once the stays say nothing. */
function expectedRows(life: CheckRates<"life">["life"], daily: readonly number[]): string {
  const atOnce = life.containers *
    DAYS.reduce((sum, day) => sum + daily[stageOf(life, day)]!, 0);
  return `CASE WHEN s.at_once THEN ${atOnce} ELSE s.n END`;
}

/** All checks of this file. */
export const batchChecks: readonly VerifyCheck[] = [
  {
    id: "B-04",
    title: "the 200-day batch is fed on all its days in fed stages, 2,200 times as documented",
    source: "README v3.0, Guide v6.0",
    tables: ["inventory_feedingevent", ...IN_STAGES_TABLES],
    ...sqlBy(["life", "feeding"], ({ life, feeding }) => {
      const meals = feeding.percentPerDay.map((percent) => percent > 0 ? feeding.meals : 0);
      return `
      WITH ${inStages(meals)}
      SELECT f.n AS feedings, ${expectedRows(life, meals)} AS expected
      FROM (SELECT count(*) AS n FROM inventory_feedingevent) f CROSS JOIN in_stages s
      WHERE f.n <> ${expectedRows(life, meals)}`;
    }, [SINGLE_200, IN_HALLS]),
    expects: "no rows",
  },
  {
    id: "B-05",
    title:
      "a batch that changes stage at once has a workflow for every boundary it passed, and its " +
      "containers",
    source: "single batch verification, README v3.0",
    tables: [...LIVES_TABLES, "batch_batchtransferworkflow"],
    ...sqlBy(["life"], ({ life }) => {
      const halls = life.stages.length - 1;
      const boundaries = passed(stageStarts(life).slice(1, -1));
      return `
      WITH ${LIVES}, stays AS (
        SELECT a.batch_id, count(*) FILTER (WHERE c.hall_id IS NOT NULL) AS tanks,
          count(*) FILTER (WHERE c.hall_id IS NOT NULL AND NOT a.is_active) AS closed_tanks
        FROM batch_batchcontainerassignment a
        JOIN infrastructure_container c ON c.id = a.container_id GROUP BY a.batch_id
      ), workflows AS (
        SELECT batch_id, count(*) AS n FROM batch_batchtransferworkflow GROUP BY batch_id
      )
      SELECT l.batch_number, l.days, w.n AS workflows, s.tanks, s.closed_tanks, l.rings
      FROM lives l LEFT JOIN stays s ON s.batch_id = l.id LEFT JOIN workflows w ON w.batch_id = l.id
      WHERE l.at_once AND (coalesce(w.n, 0) <> ${boundaries}
        OR coalesce(s.tanks, 0) <> ${life.containers} * least(${boundaries} + 1, ${halls})
        OR s.closed_tanks <> ${life.containers} * ${boundaries}
        OR (l.rings > 0) <> (${boundaries} = ${halls}))`;
    }),
    expects: "no rows",
  },
  {
    id: "B-06",
    title: "a batch uses one sea area",
    source: "single batch verification, README v3.0",
    wholeFarm: true,
    tables: ["batch_batchcontainerassignment", "infrastructure_container"],
    sql: `
      SELECT a.batch_id, count(DISTINCT c.area_id) AS areas
      FROM batch_batchcontainerassignment a
      JOIN infrastructure_container c ON c.id = a.container_id
      WHERE c.area_id IS NOT NULL
      GROUP BY a.batch_id HAVING count(DISTINCT c.area_id) > 1`,
    expects: "no rows",
  },
  {
    id: "B-07",
    title: "the 200-day batch has the readings of all its sensors, 84,000 as documented",
    source: "single batch verification (D-12)",
    tables: ["environmental_environmentalreading", ...IN_STAGES_TABLES],
    ...sqlBy(["life", "readings"], ({ life, readings: { hours, bases } }) => {
      const daily = life.stages.map(({ hall }) =>
        hours.length * bases.filter(({ water }) => water === (hall ?? "sea")).length
      );
      return `
      WITH ${inStages(daily)}
      SELECT f.n AS readings, ${expectedRows(life, daily)} AS expected
      FROM (SELECT count(*) AS n FROM environmental_environmentalreading) f
      CROSS JOIN in_stages s WHERE f.n <> ${expectedRows(life, daily)}`;
    }, [SINGLE_200, IN_HALLS]),
    expects: "no rows",
  },
  {
    id: "B-08",
    title: "after 200 days as many fish live and weigh as much as mortality and growth say, " +
      "83 % and 15.20 g as documented",
    source: "Guide v6.0; 2.89 to 2.92 M of 3.5 M eggs",
    tables: [...IN_STAGES_TABLES, "batch_creationworkflow"],
    ...sqlBy(["life", "growth", "deaths"], (rates) => {
      // Those that leave their stages in turn come to the next one up to so many days late.
      const lates = Array.from({ length: LONGEST_TRANSITION }, (_, late) => [
        late,
        Number(survival(rates, 0, DAYS.length, late).toFixed(12)),
        expectedCurve(rates, late)[DAYS.at(-1)!]!,
      ]);
      const starts = stageStarts(rates.life).slice(0, -1).map((day, i) => [i + 1, day]);
      return `
      WITH lates (late, share, weight) AS (VALUES ${values(lates)}),
      starts (stage, day) AS (VALUES ${values(starts)}), stays AS (
        SELECT a.population_count, a.biomass_kg, a.avg_weight_g,
          CASE WHEN ${AT_ONCE} THEN 0 ELSE a.assignment_date - b.start_date - s.day END
            AS late
        FROM batch_batchcontainerassignment a LEFT JOIN batch_batch b ON b.id = a.batch_id
        LEFT JOIN batch_lifecyclestage l ON l.id = a.lifecycle_stage_id
        LEFT JOIN starts s ON s.stage = l."order"
        WHERE a.is_active
      ), fish AS (
        SELECT sum(population_count) AS n, CAST(sum(biomass_kg) AS float8) AS kg,
          CAST(sum(${wide("population_count", 0)} * avg_weight_g) AS float8) AS g,
          sum(population_count * CAST(l.weight AS float8)) AS expected,
          avg(CAST(l.share AS float8)) AS share, count(*) - count(l.late) AS astray
        FROM stays s LEFT JOIN lates l ON l.late = s.late
      ), eggs AS (SELECT sum(total_eggs_received) AS n FROM batch_creationworkflow)
      SELECT e.n AS eggs, f.n AS fish, f.kg AS biomass_kg, f.g / nullif(f.n, 0) AS weight_g
      FROM fish f CROSS JOIN eggs e
      WHERE f.n IS NULL OR e.n IS NULL OR f.astray > 0
        OR abs(1.0 * f.n / nullif(e.n, 0) - f.share) > ${survivalTolerance("f.share", "e.n")}
        OR abs(f.g - f.expected) > 0.0051 * f.n
        OR abs(f.kg * 1000 - f.expected) > 0.001 * f.n + 51`;
    }, [SINGLE_200, IN_HALLS]),
    expects: "no rows",
  },
  {
    id: "B-09",
    title: "the 200-day batch has an event for every day with deaths and its growth samples, " +
      "about 2,000 and 160 as documented",
    source: "Guide v6.0",
    tables: [
      "batch_mortalityevent",
      "batch_growthsample",
      "batch_creationworkflow",
      ...IN_STAGES_TABLES,
    ],
    ...sqlBy(["life", "deaths", "samples"], (rates) => {
      const { life, deaths, samples } = rates;
      const from = stageStarts(life)[samples.fromStage - 1]!;
      const sampled = life.containers *
        DAYS.filter((day) => day >= from && day % samples.everyDays === 0).length;
      const dying = DAYS.map((day) => [
        Number((survival(rates, 0, day) * deaths.perDay[stageOf(life, day)]!).toFixed(12)),
      ]);
      // In stages that are left in turn a few more or less die on some days.
      return `
      WITH dying (share) AS (VALUES ${values(dying)}),
      ${inStages(life.stages.map((_, i) => i + 1 < samples.fromStage ? 0 : 1), samples.everyDays)},
      eggs AS (SELECT sum(total_eggs_received) AS n FROM batch_creationworkflow),
      spared AS (
        SELECT CAST(exp(-least(d.share * e.n / ${life.containers}, 100)) AS float8) AS chance
        FROM dying d CROSS JOIN eggs e
      ), expected AS (
        SELECT ${life.containers} * sum(1 - chance) AS n,
          ${life.containers} * sum(chance * (1 - chance)) AS variance
        FROM spared
      ), found AS (
        SELECT (SELECT count(*) FROM batch_mortalityevent) AS mortality,
          (SELECT count(*) FROM batch_growthsample) AS samples
      )
      SELECT f.mortality, e.n AS expected, f.samples
      FROM found f CROSS JOIN expected e CROSS JOIN in_stages s
      WHERE e.n IS NULL OR f.samples <> CASE WHEN s.at_once THEN ${sampled} ELSE s.n END
        OR f.mortality > ${life.containers * DAYS.length}
        OR (s.at_once AND abs(f.mortality - e.n) > 1 + 6 * sqrt(greatest(e.variance, 0)))`;
    }, [SINGLE_200, IN_HALLS]),
    expects: "no rows",
  },
  {
    id: "B-10",
    title: "a completed batch that changed stage at once has the rows of a full life",
    source: "README v3.0, Guide v6.0",
    tables: [
      ...LIVES_TABLES,
      "batch_batchtransferworkflow",
      "batch_transferaction",
      "health_healthsamplingevent",
      "health_treatment",
      "harvest_harvestevent",
      "harvest_harvestlot",
      "finance_factharvest",
      "health_journalentry",
    ],
    ...sqlBy(
      ["life", "health", "treatments", "harvest", "journal"],
      ({ life, health, treatments, harvest, journal }) => {
        const halls = life.stages.length - 1;
        const tanks = life.containers * halls;
        const between = tanks - life.containers;
        const sampled = multiples(health.everyDays, stageStarts(life)[health.fromStage - 1]!);
        return `
      WITH ${LIVES}
      SELECT l.batch_number, l.rings, a.n AS assignments, w.n AS workflows, t.n AS actions,
        s.n AS samplings, m.n AS treatments, e.n AS harvests, o.n AS lots, f.n AS facts,
        j.n AS journal
      FROM lives l
      ${counted("a", "batch_batchcontainerassignment")}
      ${counted("w", "batch_batchtransferworkflow")}
      ${
          counted(
            "t",
            "batch_transferaction JOIN batch_batchtransferworkflow f ON f.id = workflow_id",
          )
        }
      ${
          counted(
            "s",
            "health_healthsamplingevent JOIN batch_batchcontainerassignment s ON s.id = assignment_id",
          )
        }
      ${counted("m", "health_treatment")}
      ${counted("e", "harvest_harvestevent")}
      ${counted("o", "harvest_harvestlot JOIN harvest_harvestevent h ON h.id = event_id")}
      ${counted("f", "finance_factharvest", "dim_batch_id")}
      ${counted("j", "health_journalentry")}
      WHERE l.status = 'COMPLETED' AND l.at_once AND (l.days <= ${seaStart(life)}
        OR a.n <> ${tanks} + l.rings OR w.n <> ${halls}
        OR t.n NOT BETWEEN ${between} + greatest(${life.containers}, l.rings)
          AND ${tanks} + l.rings - 1
        OR coalesce(s.n, 0) <> ${sampled}
        OR ${otherTreatments("coalesce(m.n, 0)", { life, treatments })}
        OR e.n <> l.rings OR o.n <> ${harvest.grades} * e.n OR f.n <> o.n
        OR coalesce(j.n, 0) <> ${multiples(journal.everyDays, 0)})`;
      },
    ),
    expects: "no rows",
  },
];
