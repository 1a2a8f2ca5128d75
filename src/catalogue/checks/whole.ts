/** Checks of the whole farm: batches, their places and their numbers (acceptance C-01 to C-37). */
import type { VerifyCheck } from "../check.ts";
import { type CheckRates, sqlBy } from "../rates.ts";
import { counted, LIVES, LIVES_TABLES } from "./fragments.ts";
import {
  containerDays,
  daysWithin,
  multiples,
  multiplesInContainers,
  otherTreatments,
  seaStart,
  stageStarts,
} from "./life.ts";

/** Containers with their geography. */
const PLACES = `
  places AS (
    SELECT c.id, c.active, g.name AS geography FROM infrastructure_container c
    LEFT JOIN infrastructure_hall h ON h.id = c.hall_id
    LEFT JOIN infrastructure_freshwaterstation f ON f.id = h.freshwater_station_id
    LEFT JOIN infrastructure_area a ON a.id = c.area_id
    JOIN infrastructure_geography g ON g.id = coalesce(f.geography_id, a.geography_id)
  )`;

const PLACES_TABLES = [
  "infrastructure_container",
  "infrastructure_hall",
  "infrastructure_freshwaterstation",
  "infrastructure_area",
  "infrastructure_geography",
] as const;

/** Something of every container on every day, so many times by stage. */
function perDay({ life }: CheckRates<"life">, times: (stage: number) => number): string {
  const sea = life.stages.length - 1;
  return life.stages.map((_, stage) =>
    `${times(stage)} * ${stage === sea ? "l.rings" : life.containers} * ${daysWithin(life, stage)}`
  ).join(" + ");
}

/** How many parameters are read in the water of a stage. */
function parametersOf({ life, readings }: CheckRates<"life" | "readings">, stage: number): number {
  const water = life.stages[stage]!.hall ?? "sea";
  return readings.bases.filter((base) => base.water === water).length;
}

/** All checks of this file. */
export const wholeChecks: readonly VerifyCheck[] = [
  {
    id: "C-01",
    title: "every batch is active or completed",
    source: "test data verification, Guide v6.0",
    wholeFarm: true,
    tables: ["batch_batch"],
    sql: "SELECT batch_number, status FROM batch_batch WHERE status NOT IN ('ACTIVE', 'COMPLETED')",
    expects: "no rows",
  },
  {
    id: "C-03",
    title: "the geographies have equally many batches, one more at most",
    source: "Guide v6.0; only where both have batches",
    tables: ["batch_batchcontainerassignment", ...PLACES_TABLES],
    sql: `
      WITH ${PLACES}, batches AS (
        SELECT p.geography, count(DISTINCT a.batch_id) AS n
        FROM batch_batchcontainerassignment a JOIN places p ON p.id = a.container_id
        GROUP BY p.geography
      )
      SELECT min(n) AS fewest, max(n) AS most FROM batches HAVING max(n) - min(n) > 1`,
    expects: "no rows",
  },
  {
    id: "C-06",
    title: "every batch that changes stage at once has as many rows as the formulas say",
    source: "domain.md#20",
    tables: [
      ...LIVES_TABLES,
      "batch_creationworkflow",
      "batch_creationaction",
      "inventory_feedingevent",
      "environmental_environmentalreading",
      "batch_mortalityevent",
      "batch_growthsample",
    ],
    ...sqlBy(["life", "feeding", "readings", "samples"], (rates) => `
      WITH ${LIVES}
      SELECT l.batch_number, l.days, l.rings, w.n AS creations, a.n AS creation_actions,
        f.n AS feedings, r.n AS readings, m.n AS mortality, s.n AS samples
      FROM lives l
      ${counted("w", "batch_creationworkflow")}
      ${counted("a", "batch_creationaction JOIN batch_creationworkflow c ON c.id = workflow_id")}
      ${counted("f", "inventory_feedingevent")}
      ${counted("r", "environmental_environmentalreading")}
      ${counted("m", "batch_mortalityevent")}
      ${
      counted(
        "s",
        "batch_growthsample JOIN batch_batchcontainerassignment b ON b.id = assignment_id",
      )
    }
      WHERE l.at_once AND (coalesce(w.n, 0) <> 1 OR coalesce(a.n, 0) <> ${rates.life.containers}
        OR coalesce(f.n, 0) <> ${
      perDay(rates, (i) => rates.feeding.percentPerDay[i]! > 0 ? rates.feeding.meals : 0)
    }
        OR coalesce(r.n, 0) <> ${rates.readings.hours.length} * (${
      perDay(rates, (i) => parametersOf(rates, i))
    })
        OR coalesce(m.n, 0) > ${containerDays(rates.life)}
        OR coalesce(s.n, 0) <> ${
      multiplesInContainers(rates.life, rates.samples.everyDays, rates.samples.fromStage)
    })`),
    expects: "no rows",
  },
  {
    id: "C-06-HEALTH",
    title: "every batch that changes stage at once has as many states, counts, treatments and " +
      "entries as the formulas say",
    source: "domain.md#20",
    tables: [
      ...LIVES_TABLES,
      "batch_actualdailyassignmentstate",
      "health_journalentry",
      "health_healthsamplingevent",
      "health_treatment",
      "health_licecount",
    ],
    ...sqlBy(["life", "journal", "health", "treatments", "lice"], (rates) => `
      WITH ${LIVES}, lice AS (
        SELECT DISTINCT batch_id, container_id, count_date FROM health_licecount
      )
      SELECT l.batch_number, l.days, l.rings, s.n AS states, j.n AS journal, h.n AS samplings,
        t.n AS treatments, c.n AS lice_samplings
      FROM lives l
      ${counted("s", "batch_actualdailyassignmentstate")}
      ${counted("j", "health_journalentry")}
      ${
      counted(
        "h",
        "health_healthsamplingevent JOIN batch_batchcontainerassignment p ON p.id = assignment_id",
      )
    }
      ${counted("t", "health_treatment")}
      ${counted("c", "lice")}
      WHERE l.at_once AND (coalesce(s.n, 0) <> ${containerDays(rates.life)}
        OR coalesce(j.n, 0) <> ${multiples(rates.journal.everyDays, 0)}
        OR coalesce(h.n, 0) <> ${
      multiples(rates.health.everyDays, stageStarts(rates.life)[rates.health.fromStage - 1]!)
    }
        OR ${otherTreatments("coalesce(t.n, 0)", rates)}
        OR coalesce(c.n, 0) ${rates.lice.alwaysFound ? "<>" : ">"}
          l.rings * ${multiples(rates.lice.everyDays, seaStart(rates.life))})`),
    expects: "no rows",
  },
  {
    id: "C-16",
    title: "completed batches, and only they, have an end date",
    source: "Guide v6.0",
    wholeFarm: true,
    tables: ["batch_batch"],
    sql: `
      SELECT batch_number, status, actual_end_date FROM batch_batch
      WHERE (status = 'COMPLETED') <> (actual_end_date IS NOT NULL)`,
    expects: "no rows",
  },
  {
    id: "C-17",
    title: "no container holds two batches on one day",
    source: "Guide v6.0",
    wholeFarm: true,
    tables: ["batch_batchcontainerassignment"],
    sql: `
      SELECT x.container_id, x.id AS one, y.id AS other
      FROM batch_batchcontainerassignment x
      JOIN batch_batchcontainerassignment y ON y.container_id = x.container_id AND y.id > x.id
      WHERE x.assignment_date < coalesce(y.departure_date, CAST('9999-12-31' AS date))
        AND y.assignment_date < coalesce(x.departure_date, CAST('9999-12-31' AS date))`,
    expects: "no rows",
  },
  {
    id: "C-18",
    title: "how much of every geography is occupied",
    source: "Guide v6.0; for information",
    wholeFarm: true,
    tables: ["batch_batchcontainerassignment", ...PLACES_TABLES],
    sql: `
      WITH ${PLACES}
      SELECT p.geography, count(DISTINCT p.id) AS containers,
        count(DISTINCT a.container_id) AS occupied,
        round(100.0 * count(DISTINCT a.container_id) / nullif(count(DISTINCT p.id), 0), 1) AS percent
      FROM places p
      LEFT JOIN batch_batchcontainerassignment a ON a.container_id = p.id AND a.is_active
      WHERE p.active GROUP BY p.geography ORDER BY p.geography`,
    expects: "information",
  },
  {
    id: "C-37",
    title: "numbers of batches and workflows are unique and well formed",
    source: "Guide v6.0",
    wholeFarm: true,
    tables: ["batch_batch", "batch_creationworkflow", "batch_batchtransferworkflow"],
    sql: `
      SELECT batch_number AS number FROM batch_batch
      WHERE batch_number !~ '^[A-Z]{1,4}-[0-9]{4}-[0-9]{3}$'
      UNION ALL
      SELECT batch_number FROM batch_batch GROUP BY batch_number HAVING count(*) > 1
      UNION ALL
      SELECT w.workflow_number FROM batch_creationworkflow w JOIN batch_batch b ON b.id = w.batch_id
      WHERE w.workflow_number <> 'CRT-' || b.batch_number
      UNION ALL
      SELECT w.workflow_number FROM batch_batchtransferworkflow w
      JOIN batch_batch b ON b.id = w.batch_id
      WHERE w.workflow_number <> 'TRF-' || b.batch_number || '-D'
        || lpad(CAST(w.planned_start_date - b.start_date AS varchar), 3, '0')`,
    expects: "no rows",
  },
];
