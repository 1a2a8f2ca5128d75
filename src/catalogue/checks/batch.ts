/**
 * Checks of single batches (acceptance B-04 to B-10). The documented figures of the 200-day batch
 * are asked of exactly that dataset; the same rules hold for all others by formula.
 */
import type { Need, VerifyCheck } from "../check.ts";
import { ratesOf, rowBy, sqlBy } from "../rates.ts";
import { counted, LIVES, LIVES_TABLES, wide } from "./fragments.ts";
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

/** All checks of this file. */
export const batchChecks: readonly VerifyCheck[] = [
  {
    id: "B-04",
    title: "the 200-day batch is fed on all its days in fed stages, 2,200 times as documented",
    source: "README v3.0, Guide v6.0",
    tables: ["inventory_feedingevent"],
    ...rowBy(["life", "feeding"], ({ life, feeding }) => ({
      sql: "SELECT count(*) AS feedings FROM inventory_feedingevent",
      expects: {
        feedings: feeding.meals * life.containers *
          DAYS.filter((day) => feeding.percentPerDay[stageOf(life, day)]! > 0).length,
      },
    }), [SINGLE_200, IN_HALLS]),
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
    tables: ["environmental_environmentalreading"],
    ...rowBy(["life", "readings"], ({ life, readings }) => ({
      sql: "SELECT count(*) AS readings FROM environmental_environmentalreading",
      expects: {
        readings: readings.hours.length * life.containers * DAYS.reduce((sum, day) => {
          const water = life.stages[stageOf(life, day)]!.hall ?? "sea";
          return sum + readings.bases.filter((base) => base.water === water).length;
        }, 0),
      },
    }), [SINGLE_200, IN_HALLS]),
  },
  {
    id: "B-08",
    title: "after 200 days as many fish live and weigh as much as mortality and growth say, " +
      "83 % and 15.20 g as documented",
    source: "Guide v6.0; 2.89 to 2.92 M of 3.5 M eggs",
    tables: ["batch_batchcontainerassignment", "batch_creationworkflow"],
    ...sqlBy(["life", "growth", "deaths"], (rates) => {
      const share = survival(rates, 0, DAYS.length);
      const weight = expectedCurve(rates)[DAYS.at(-1)!]!;
      return `
      WITH fish AS (
        SELECT sum(population_count) AS n, sum(biomass_kg) AS kg,
          sum(${wide("population_count", 0)} * avg_weight_g) AS g
        FROM batch_batchcontainerassignment WHERE is_active
      ), eggs AS (SELECT sum(total_eggs_received) AS n FROM batch_creationworkflow)
      SELECT e.n AS eggs, f.n AS fish, f.kg AS biomass_kg, f.g / nullif(f.n, 0) AS weight_g
      FROM fish f CROSS JOIN eggs e
      WHERE f.n IS NULL OR e.n IS NULL
        OR abs(1.0 * f.n / nullif(e.n, 0) - ${share}) > ${survivalTolerance(`${share}`, "e.n")}
        OR abs(f.g - ${weight} * f.n) > 0.0051 * f.n
        OR abs(f.kg * 1000 - ${weight} * f.n) > 0.001 * f.n + 51`;
    }, [SINGLE_200, IN_HALLS]),
    expects: "no rows",
  },
  {
    id: "B-09",
    title: "the 200-day batch has an event for every day with deaths and its growth samples, " +
      "about 2,000 and 160 as documented",
    source: "Guide v6.0",
    tables: ["batch_mortalityevent", "batch_growthsample", "batch_creationworkflow"],
    ...sqlBy(["life", "deaths", "samples"], (rates) => {
      const { life, deaths, samples } = rates;
      const from = stageStarts(life)[samples.fromStage - 1]!;
      const sampled = life.containers *
        DAYS.filter((day) => day >= from && day % samples.everyDays === 0).length;
      const dying = DAYS.map((day) => [
        Number((survival(rates, 0, day) * deaths.perDay[stageOf(life, day)]!).toFixed(12)),
      ]);
      return `
      WITH dying (share) AS (VALUES ${values(dying)}),
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
      SELECT f.mortality, e.n AS expected, f.samples FROM found f CROSS JOIN expected e
      WHERE e.n IS NULL OR f.samples <> ${sampled}
        OR f.mortality > ${life.containers * DAYS.length}
        OR abs(f.mortality - e.n) > 1 + 6 * sqrt(greatest(e.variance, 0))`;
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
