/** The law of fish: none appears, none vanishes (acceptance C-27, C-28; design.md#promise-3). */
import type { VerifyCheck } from "../check.ts";
import { sqlBy } from "../rates.ts";
import { ARRIVALS, PLACED, PLACED_TABLES, wide } from "./fragments.ts";
import { stageStarts, values } from "./life.ts";

const ASSIGNMENTS = "batch_batchcontainerassignment";
const PAST = "batch_historicalbatchcontainerassignment";

/** Fish moved out of assignments, and those that died on the way. */
const MOVED = `
  moved AS (
    SELECT source_assignment_id AS id, sum(CAST(transferred_count AS bigint) + mortality_during_transfer) AS fish
    FROM batch_transferaction GROUP BY source_assignment_id
  )`;

/** Whether a day is one of those of a workflow `w`; one that is under way has no last day yet. */
function duringWorkflow(day: string): string {
  return `${day} >= w.actual_start_date
          AND (w.actual_completion_date IS NULL OR ${day} <= w.actual_completion_date)`;
}

/** All checks of this file. */
export const fishChecks: readonly VerifyCheck[] = [
  {
    id: "C-27",
    title: "a transfer moves all fish of all its sources and fills every destination",
    source: "integrity rule (B-01, B-02, B-03)",
    defects: ["B-01", "B-03", "B-05"],
    wholeFarm: true,
    tables: [
      "batch_batchtransferworkflow",
      "batch_transferaction",
      ASSIGNMENTS,
    ],
    sql: `
      WITH actions AS (
        SELECT workflow_id, sum(transferred_count) AS moved, sum(mortality_during_transfer) AS dead,
          sum(transferred_biomass_kg) AS kg, count(*) AS n,
          count(DISTINCT source_assignment_id) AS sources,
          count(DISTINCT dest_assignment_id) AS destinations
        FROM batch_transferaction GROUP BY workflow_id
      ), closed AS (
        SELECT w.id, sum(a.population_count) AS fish, count(*) AS n
        FROM batch_batchtransferworkflow w
        JOIN ${ASSIGNMENTS} a ON a.batch_id = w.batch_id
          AND a.lifecycle_stage_id = w.source_lifecycle_stage_id
        WHERE ${duringWorkflow("a.departure_date")} GROUP BY w.id
      ), opened AS (
        SELECT w.id, count(*) AS n
        FROM batch_batchtransferworkflow w
        JOIN ${ASSIGNMENTS} a ON a.batch_id = w.batch_id
          AND a.lifecycle_stage_id = w.dest_lifecycle_stage_id
        WHERE ${duringWorkflow("a.assignment_date")} GROUP BY w.id
      )
      SELECT w.workflow_number, c.fish AS left_sources, a.moved, a.dead, w.total_source_count,
        w.total_transferred_count, c.n AS sources, o.n AS destinations
      FROM batch_batchtransferworkflow w
      LEFT JOIN actions a ON a.workflow_id = w.id
      LEFT JOIN closed c ON c.id = w.id LEFT JOIN opened o ON o.id = w.id
      WHERE a.moved IS NULL OR c.fish IS NULL OR o.n IS NULL OR a.moved + a.dead <> c.fish
        OR w.total_source_count <> c.fish OR w.total_transferred_count <> a.moved
        OR w.total_mortality_count <> a.dead OR w.total_biomass_kg <> a.kg
        OR w.actions_completed <> a.n OR w.total_actions_planned < a.n
        OR (w.status = 'COMPLETED' AND w.total_actions_planned <> a.n)
        OR (w.status = 'COMPLETED') <> (w.actual_completion_date IS NOT NULL)
        OR a.sources <> c.n OR a.destinations <> o.n`,
    expects: "no rows",
  },
  {
    id: "C-28",
    title: "the eggs of a batch are its deaths and its fish",
    source: "integrity rule",
    defects: ["B-02"],
    wholeFarm: true,
    tables: [
      "batch_batch",
      "batch_creationworkflow",
      "batch_mortalityevent",
      "batch_transferaction",
      ASSIGNMENTS,
    ],
    sql: `
      WITH ${MOVED}, deaths AS (
        SELECT batch_id, sum(fish) AS fish FROM (
          SELECT batch_id, count AS fish FROM batch_mortalityevent
          UNION ALL
          SELECT a.batch_id, t.mortality_during_transfer FROM batch_transferaction t
          JOIN ${ASSIGNMENTS} a ON a.id = t.source_assignment_id
        ) dead GROUP BY batch_id
      ), living AS (
        SELECT a.batch_id, sum(a.population_count) AS fish FROM ${ASSIGNMENTS} a
        LEFT JOIN moved t ON t.id = a.id
        WHERE a.departure_date IS NULL OR t.id IS NULL GROUP BY a.batch_id
      )
      SELECT b.batch_number, w.total_eggs_received AS eggs, d.fish AS deaths, l.fish AS living
      FROM batch_batch b LEFT JOIN batch_creationworkflow w ON w.batch_id = b.id
      LEFT JOIN deaths d ON d.batch_id = b.id LEFT JOIN living l ON l.batch_id = b.id
      WHERE w.id IS NULL OR w.total_eggs_received <> coalesce(d.fish, 0) + coalesce(l.fish, 0)`,
    expects: "no rows",
  },
  {
    id: "LAW-FISH-EGGS",
    title: "the eggs received are the eggs put into containers",
    source: "domain.md#4 (B-23)",
    defects: ["B-23"],
    wholeFarm: true,
    tables: ["batch_creationworkflow", "batch_creationaction"],
    sql: `
      WITH actions AS (
        SELECT workflow_id, sum(egg_count_actual) AS eggs, count(*) AS n FROM batch_creationaction
        GROUP BY workflow_id
      )
      SELECT w.workflow_number, w.total_eggs_received, a.eggs
      FROM batch_creationworkflow w LEFT JOIN actions a ON a.workflow_id = w.id
      WHERE w.total_eggs_received <> coalesce(a.eggs, 0) OR w.total_actions <> a.n
        OR w.actions_completed <> a.n`,
    expects: "no rows",
  },
  {
    id: "LAW-FISH-STAY",
    title: "the fish of an assignment are those placed less those that died",
    source: "design.md#promise-3",
    defects: ["B-01", "B-03"],
    wholeFarm: true,
    tables: [...PLACED_TABLES, ASSIGNMENTS, "batch_mortalityevent"],
    sql: `
      WITH ${PLACED}, deaths AS (
        SELECT assignment_id AS id, sum(count) AS fish FROM batch_mortalityevent
        GROUP BY assignment_id
      )
      SELECT a.id AS assignment, p.fish AS placed, d.fish AS deaths, a.population_count
      FROM ${ASSIGNMENTS} a LEFT JOIN placed p ON p.id = a.id LEFT JOIN deaths d ON d.id = a.id
      WHERE a.population_count <> coalesce(p.fish, 0) - coalesce(d.fish, 0)`,
    expects: "no rows",
  },
  {
    id: "LAW-FISH-EVENING",
    title: "on every evening, the fish of an assignment are those placed less those that died",
    source: "design.md#promise-3",
    wholeFarm: true,
    tables: [...PLACED_TABLES, PAST, "batch_mortalityevent"],
    sql: `
      WITH ${ARRIVALS}, evenings AS (
        SELECT id, CAST(history_date AS date) AS day, max(history_id) AS history_id
        FROM ${PAST} GROUP BY id, CAST(history_date AS date)
      ), populations AS (
        SELECT e.id, e.day, h.population_count AS fish
        FROM evenings e JOIN ${PAST} h ON h.history_id = e.history_id
      ), deaths AS (
        SELECT assignment_id AS id, event_date AS day, sum(count) AS fish
        FROM batch_mortalityevent GROUP BY assignment_id, event_date
      ), days AS (
        SELECT id, day, h.fish AS population, sum(coalesce(r.fish, 0)) OVER so_far AS placed,
          sum(coalesce(d.fish, 0)) OVER so_far AS deaths
        FROM populations h FULL JOIN deaths d USING (id, day) FULL JOIN arrivals r USING (id, day)
        WINDOW so_far AS (PARTITION BY id ORDER BY day)
      )
      SELECT id AS assignment, day, placed, deaths, population FROM days
      WHERE population IS NULL OR population <> placed - deaths`,
    expects: "no rows",
  },
  {
    id: "LAW-FISH-BATCH",
    title: "on every evening, the eggs of a batch are its deaths and the fish in its containers, " +
      "with those that were harvested",
    source: "design.md#promise-3",
    wholeFarm: true,
    tables: [
      "batch_creationworkflow",
      "batch_transferaction",
      ASSIGNMENTS,
      PAST,
      "batch_mortalityevent",
    ],
    sql: `
      WITH ${MOVED}, saves AS (
        SELECT h.batch_id, CAST(h.history_date AS date) AS day,
          CASE WHEN h.is_active OR t.id IS NULL THEN CAST(h.population_count AS bigint) ELSE 0 END
          - lag(h.population_count, 1, 0) OVER (PARTITION BY h.id ORDER BY h.history_id) AS fish
        FROM ${PAST} h LEFT JOIN moved t ON t.id = h.id
      ), changes AS (
        SELECT batch_id, day, sum(fish) AS fish, sum(dead) AS dead FROM (
          SELECT batch_id, day, fish, 0 AS dead FROM saves
          UNION ALL
          SELECT batch_id, event_date, 0, count FROM batch_mortalityevent
          UNION ALL
          SELECT a.batch_id, t.actual_execution_date, 0, t.mortality_during_transfer
          FROM batch_transferaction t JOIN ${ASSIGNMENTS} a ON a.id = t.source_assignment_id
        ) all_kinds GROUP BY batch_id, day
      ), evenings AS (
        SELECT batch_id, day, sum(fish) OVER so_far AS fish, sum(dead) OVER so_far AS deaths
        FROM changes WINDOW so_far AS (PARTITION BY batch_id ORDER BY day)
      )
      SELECT e.batch_id, e.day, w.total_eggs_received AS eggs, e.deaths, e.fish
      FROM evenings e LEFT JOIN batch_creationworkflow w ON w.batch_id = e.batch_id
      WHERE w.id IS NULL OR w.total_eggs_received <> e.deaths + e.fish`,
    expects: "no rows",
  },
  {
    id: "LAW-FISH-POUR",
    title:
      "a source gives all its fish, action by action, and a destination begins with those of " +
      "its first day",
    source: "domain.md#12 (B-01)",
    defects: ["B-01"],
    wholeFarm: true,
    tables: ["batch_transferaction", ASSIGNMENTS, PAST],
    sql: `
      WITH ${MOVED}, poured AS (
        SELECT t.id, t.source_assignment_id, t.source_population_before AS before,
          t.transferred_count AS n, t.mortality_during_transfer AS dead, t.transferred_biomass_kg,
          sum(CAST(t.transferred_count AS bigint) + t.mortality_during_transfer)
            OVER (PARTITION BY t.source_assignment_id ORDER BY t.workflow_id, t.action_number)
            AS so_far
        FROM batch_transferaction t
      ), arrived AS (
        SELECT dest_assignment_id AS id, actual_execution_date AS day, sum(transferred_count) AS fish
        FROM batch_transferaction GROUP BY dest_assignment_id, actual_execution_date
      )
      SELECT 'action' AS what, p.id, p.before AS found, a.population_count - p.so_far + p.n + p.dead
        AS expected
      FROM poured p JOIN ${ASSIGNMENTS} a ON a.id = p.source_assignment_id
      WHERE p.before <> a.population_count - p.so_far + p.n + p.dead
        OR abs(p.transferred_biomass_kg - ${wide("p.n", 0)} * a.avg_weight_g / 1000) > 0.0051
      UNION ALL
      SELECT 'source', a.id, m.fish, a.population_count
      FROM ${ASSIGNMENTS} a JOIN moved m ON m.id = a.id
      WHERE m.fish <> a.population_count OR a.is_active
      UNION ALL
      SELECT 'destination', h.id, h.population_count, r.fish
      FROM ${PAST} h JOIN (SELECT DISTINCT id FROM arrived) d ON d.id = h.id
      LEFT JOIN arrived r ON r.id = h.id AND r.day = CAST(h.history_date AS date)
      WHERE h.history_type = '+' AND h.population_count <> coalesce(r.fish, 0)`,
    expects: "no rows",
  },
  {
    id: "LAW-TURNS",
    title:
      "the containers of a batch leave a stage from its last day on, all at once or in turn: " +
      "as many a day as it takes for them to leave in the days that the transfer is planned for",
    source: "domain.md#12",
    tables: [
      "batch_batch",
      ASSIGNMENTS,
      "batch_lifecyclestage",
      "batch_batchtransferworkflow",
    ],
    ...sqlBy(["life"], ({ life }) => `
      WITH boundaries (stage, day) AS (
        VALUES ${values(stageStarts(life).slice(1, -1).map((day, i) => [i + 1, day]))}
      ), leaving AS (
        SELECT a.id, a.batch_id, a.lifecycle_stage_id, b.start_date + o.day AS first_day,
          a.departure_date, row_number() OVER stay - 1 AS turn,
          count(*) OVER (PARTITION BY a.batch_id, a.lifecycle_stage_id) AS n
        FROM ${ASSIGNMENTS} a JOIN batch_batch b ON b.id = a.batch_id
        JOIN batch_lifecyclestage l ON l.id = a.lifecycle_stage_id
        JOIN boundaries o ON o.stage = l."order"
        WINDOW stay AS (PARTITION BY a.batch_id, a.lifecycle_stage_id ORDER BY a.id)
      ), planned AS (
        SELECT l.*, w.id AS workflow, w.planned_start_date, ceil(1.0 * l.n
          / nullif(w.planned_completion_date - w.planned_start_date + 1, 0)) AS a_day
        FROM leaving l LEFT JOIN batch_batchtransferworkflow w ON w.batch_id = l.batch_id
          AND w.source_lifecycle_stage_id = l.lifecycle_stage_id
      ), expected AS (
        SELECT *, first_day + CAST(floor(turn / nullif(coalesce(nullif(a_day, 0), n), 0)) AS integer) AS due
        FROM planned
      )
      SELECT id AS assignment, workflow, turn, first_day, planned_start_date, due, departure_date
      FROM expected
      WHERE (due <= :as_of AND departure_date IS DISTINCT FROM due)
        OR (due > :as_of AND departure_date IS NOT NULL)
        OR (first_day <= :as_of AND planned_start_date IS DISTINCT FROM first_day)`),
    expects: "no rows",
  },
  {
    id: "LAW-STAGE",
    title: "the fish of a batch are in its stage, or in the next one while they are moved there",
    source: "domain.md#12",
    wholeFarm: true,
    tables: ["batch_batch", ASSIGNMENTS, "batch_batchtransferworkflow"],
    sql: `
      WITH under_way AS (
        SELECT batch_id, source_lifecycle_stage_id AS source, dest_lifecycle_stage_id AS dest
        FROM batch_batchtransferworkflow WHERE status <> 'COMPLETED'
      )
      SELECT 'assignment' AS what, a.id, a.lifecycle_stage_id AS stage, b.lifecycle_stage_id AS batch
      FROM batch_batch b JOIN ${ASSIGNMENTS} a ON a.batch_id = b.id
      LEFT JOIN under_way u ON u.batch_id = b.id
      WHERE a.is_active AND a.lifecycle_stage_id <> b.lifecycle_stage_id
        AND a.lifecycle_stage_id IS DISTINCT FROM u.dest
      UNION ALL
      SELECT 'workflow', b.id, u.source, b.lifecycle_stage_id
      FROM under_way u JOIN batch_batch b ON b.id = u.batch_id
      WHERE u.source <> b.lifecycle_stage_id`,
    expects: "no rows",
  },
  {
    id: "LAW-BIOMASS",
    title: "biomass is population times weight at every save",
    source: "domain.md#9",
    wholeFarm: true,
    tables: [ASSIGNMENTS, PAST],
    sql: `
      SELECT id AS assignment, 'now' AS save, population_count, avg_weight_g, biomass_kg
      FROM ${ASSIGNMENTS} WHERE abs(biomass_kg - ${
      wide("population_count", 0)
    } * avg_weight_g / 1000) > 0.0051
      UNION ALL
      SELECT id, CAST(history_id AS varchar), population_count, avg_weight_g, biomass_kg FROM ${PAST}
      WHERE abs(biomass_kg - ${wide("population_count", 0)} * avg_weight_g / 1000) > 0.0051`,
    expects: "no rows",
  },
  {
    id: "LAW-GROWTH",
    title:
      "fish grow each evening by the growth coefficient of their stage, and at no other time; " +
      "those poured together weigh what they do on the mean",
    source: "domain.md#9, domain.md#12",
    tables: [PAST, "batch_lifecyclestage", "batch_transferaction", ASSIGNMENTS],
    ...sqlBy(["growth"], ({ growth }) => `
      WITH growth (stage, step, cap) AS (
        VALUES ${values(growth.stages.map(({ step, cap }, i) => [i + 1, step, cap]))}
      ), saves AS (
        SELECT id, history_id, history_date, lifecycle_stage_id, CAST(avg_weight_g AS float8) AS now,
          extract(hour FROM history_date) AS hour, lag(population_count) OVER saves_of AS fish,
          lag(CAST(avg_weight_g AS float8)) OVER saves_of AS before
        FROM ${PAST} WINDOW saves_of AS (PARTITION BY id ORDER BY history_id)
      ), poured AS (
        SELECT t.dest_assignment_id AS id, t.actual_execution_date AS day,
          sum(t.transferred_count) AS fish,
          sum(t.transferred_count * CAST(a.avg_weight_g AS float8)) AS grams
        FROM batch_transferaction t JOIN ${ASSIGNMENTS} a ON a.id = t.source_assignment_id
        GROUP BY t.dest_assignment_id, t.actual_execution_date
      ), steps AS (
        SELECT s.*, CASE WHEN s.hour = ${growth.hour} AND g.step > 0
          THEN least(power(power(greatest(s.before, 0), 1 / 3.0) + g.step, 3), g.cap)
          WHEN s.hour = 0 AND p.id IS NOT NULL
          THEN (s.before * s.fish + p.grams) / nullif(s.fish + p.fish, 0)
          ELSE s.before END AS grown
        FROM saves s JOIN batch_lifecyclestage l ON l.id = s.lifecycle_stage_id
        LEFT JOIN growth g ON g.stage = l."order"
        LEFT JOIN poured p ON p.id = s.id AND p.day = CAST(s.history_date AS date)
        WHERE s.before IS NOT NULL
      )
      SELECT id AS assignment, history_date, before, now, grown FROM steps
      WHERE abs(now - grown) > 0.0051`),
    expects: "no rows",
  },
];
