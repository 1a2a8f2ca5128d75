/**
 * Checks of single batches (acceptance B-04 to B-10). The documented figures of the 200-day batch
 * are asked of exactly that dataset; the same rules hold for all others by formula.
 */
import { between, type Check, DOCUMENTED, type Need } from "../check.ts";
import { counted, LIVES, LIVES_TABLES } from "./fragments.ts";

/** One batch over 200 days. */
const SINGLE_200: Need = {
  what: "a single batch of 200 days",
  holds: ({ tables, firstDay, asOf }) =>
    tables["batch_batch"]?.rows === 1 && Date.parse(asOf) - Date.parse(firstDay) === 200 * 864e5,
};

/** How many of the five stage boundaries a life has passed. */
const PASSED = "least(floor((days - 1) / 90.0), 5)";

/** All checks of this file. */
export const batchChecks: readonly Check[] = [
  {
    id: "B-04",
    title: "the 200-day batch has 2,200 feedings",
    source: "README v3.0, Guide v6.0",
    tables: ["inventory_feedingevent"],
    needs: [DOCUMENTED, SINGLE_200],
    sql: "SELECT count(*) AS feedings FROM inventory_feedingevent",
    expects: { feedings: 2200 },
  },
  {
    id: "B-05",
    title: "a batch has a workflow for every stage boundary it passed, and its containers",
    source: "single batch verification, README v3.0",
    tables: [...LIVES_TABLES, "batch_batchtransferworkflow"],
    needs: [DOCUMENTED],
    sql: `
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
      WHERE coalesce(w.n, 0) <> ${PASSED} OR coalesce(s.tanks, 0) <> 10 * least(${PASSED} + 1, 5)
        OR s.closed_tanks <> 10 * ${PASSED} OR (l.rings > 0) <> (${PASSED} = 5)`,
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
    title: "the 200-day batch has 84,000 readings",
    source: "single batch verification (D-12)",
    tables: ["environmental_environmentalreading"],
    needs: [DOCUMENTED, SINGLE_200],
    sql: "SELECT count(*) AS readings FROM environmental_environmentalreading",
    expects: { readings: 84000 },
  },
  {
    id: "B-08",
    title: "after 200 days about 83 % of the fish live and weigh 15.20 g",
    source: "Guide v6.0; 2.89 to 2.92 M of 3.5 M eggs",
    tables: ["batch_batchcontainerassignment", "batch_creationworkflow"],
    needs: [DOCUMENTED, SINGLE_200],
    sql: `
      SELECT sum(population_count) * 1.0
          / (SELECT sum(total_eggs_received) FROM batch_creationworkflow) AS survival,
        round(sum(population_count * avg_weight_g) / sum(population_count), 2) AS weight_g,
        sum(biomass_kg) * 1000 / sum(population_count) AS biomass_g
      FROM batch_batchcontainerassignment WHERE is_active`,
    expects: {
      survival: between(2.89 / 3.5, 2.92 / 3.5),
      weight_g: 15.2,
      biomass_g: between(15.199, 15.201),
    },
  },
  {
    id: "B-09",
    title: "the 200-day batch has about 2,000 mortality events and 160 growth samples",
    source: "Guide v6.0",
    tables: ["batch_mortalityevent", "batch_growthsample"],
    needs: [DOCUMENTED, SINGLE_200],
    sql: `
      SELECT (SELECT count(*) FROM batch_mortalityevent) AS mortality,
        (SELECT count(*) FROM batch_growthsample) AS samples`,
    expects: { mortality: between(1940, 2000), samples: 160 },
  },
  {
    id: "B-10",
    title: "a completed batch has the rows of a full life",
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
    needs: [DOCUMENTED],
    sql: `
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
      WHERE l.status = 'COMPLETED' AND (a.n <> 50 + l.rings OR w.n <> 5
        OR t.n NOT BETWEEN 50 AND 49 + l.rings OR s.n NOT BETWEEN 14 AND 16
        OR m.n <> 40 + 2 * l.rings OR e.n <> l.rings OR o.n <> 5 * e.n OR f.n <> o.n
        OR j.n NOT BETWEEN 26 AND 28)`,
    expects: "no rows",
  },
];
