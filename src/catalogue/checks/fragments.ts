/** Common table expressions that several checks begin with. */

/**
 * `gradual`: the batches whose fish came to a stage, or left one, on more than one day. What a batch
 * has is counted by formulas of day and stage only where all its fish change stage at once; of the
 * others each stay is looked at by itself.
 */
export const GRADUAL = `
  gradual AS (
    SELECT DISTINCT batch_id FROM (
      SELECT batch_id, count(DISTINCT assignment_date) AS beginnings,
        count(DISTINCT departure_date) AS ends, count(departure_date) AS ended, count(*) AS n
      FROM batch_batchcontainerassignment GROUP BY batch_id, lifecycle_stage_id
    ) stages WHERE beginnings > 1 OR ends > 1 OR ended NOT IN (0, n)
  )`;

/** The tables that {@linkcode GRADUAL} reads. */
export const GRADUAL_TABLES = ["batch_batchcontainerassignment"] as const;

/**
 * `lives`: per batch the days it is simulated, its rings, and whether all its fish change stage at
 * once. Day indices 0 to days − 1 have rows; after 900 days nothing more is recorded.
 */
export const LIVES = `${GRADUAL}, lives AS (
    SELECT b.id, b.batch_number, b.start_date, b.status, b.actual_end_date,
      least(coalesce(b.actual_end_date, :as_of + 1) - b.start_date, 900) AS days,
      coalesce(r.rings, 0) AS rings, g.batch_id IS NULL AS at_once
    FROM batch_batch b LEFT JOIN gradual g ON g.batch_id = b.id
    LEFT JOIN (
      SELECT a.batch_id, count(*) AS rings FROM batch_batchcontainerassignment a
      JOIN infrastructure_container c ON c.id = a.container_id
      WHERE c.area_id IS NOT NULL GROUP BY a.batch_id
    ) r ON r.batch_id = b.id
  )`;

/** The tables that {@linkcode LIVES} reads. */
export const LIVES_TABLES = [
  "batch_batch",
  "batch_batchcontainerassignment",
  "infrastructure_container",
] as const;

/** `stays`: assignments with the first day and the day after the last on which rows may stand. */
export const STAYS = `
  stays AS (
    SELECT a.id, a.batch_id, a.container_id, a.lifecycle_stage_id, a.assignment_date AS first_day,
      least(coalesce(a.departure_date, :as_of + 1), :as_of + 1, b.start_date + 900) AS end_day
    FROM batch_batchcontainerassignment a JOIN batch_batch b ON b.id = a.batch_id
  )`;

/** The tables that {@linkcode STAYS} reads. */
export const STAYS_TABLES = ["batch_batchcontainerassignment", "batch_batch"] as const;

/**
 * `stores`: the feed container that every container is fed from. Of an area with b barges, ring n
 * eats from barge ((n − 1) mod b) + 1 (rulings.md#14), a tank from the silo of its hall.
 */
export const STORES = `
  rings AS (
    SELECT id, area_id, CASE WHEN area_id IS NOT NULL AND name ~ '^.*[0-9]{2}$'
      THEN CAST(right(name, 2) AS integer) END AS n
    FROM infrastructure_container
  ), barges AS (
    SELECT id, area_id, n, max(n) OVER (PARTITION BY area_id) AS last_n FROM (
      SELECT id, area_id, CASE WHEN area_id IS NOT NULL AND name ~ '^.*[0-9]$'
        THEN CAST(right(name, 1) AS integer) END AS n
      FROM infrastructure_feedcontainer
    ) numbered
  ), stores AS (
    SELECT c.id AS container_id, f.id AS feed_container_id
    FROM infrastructure_container c JOIN infrastructure_feedcontainer f ON f.hall_id = c.hall_id
    UNION ALL
    SELECT r.id, b.id FROM rings r JOIN barges b ON b.area_id = r.area_id
    WHERE b.n = (r.n - 1) % nullif(b.last_n, 0) + 1
  )`;

/** The tables that {@linkcode STORES} reads. */
export const STORES_TABLES = ["infrastructure_container", "infrastructure_feedcontainer"] as const;

/** `placed`: the fish that every assignment began with, from its creation or transfer actions. */
export const PLACED = `
  placed AS (
    SELECT id, sum(fish) AS fish FROM (
      SELECT dest_assignment_id AS id, egg_count_actual AS fish FROM batch_creationaction
      UNION ALL
      SELECT dest_assignment_id, transferred_count FROM batch_transferaction
    ) moves GROUP BY id
  )`;

/** The tables that {@linkcode PLACED} and {@linkcode ARRIVALS} read. */
export const PLACED_TABLES = ["batch_creationaction", "batch_transferaction"] as const;

/** `arrivals`: the fish that came to every assignment, day by day. */
export const ARRIVALS = `
  arrivals AS (
    SELECT id, day, sum(fish) AS fish FROM (
      SELECT dest_assignment_id AS id, actual_delivery_date AS day, egg_count_actual AS fish
      FROM batch_creationaction
      UNION ALL
      SELECT dest_assignment_id, actual_execution_date, transferred_count
      FROM batch_transferaction
    ) moves GROUP BY id, day
  )`;

/**
 * An exact number as a factor: DuckDB gives the product of two numbers of up to 18 digits 18 digits,
 * and refuses what needs more; where one of them is wider it gives it 38. PostgreSQL has no such
 * bound.
 *
 * @param decimals How many the number has.
 */
export function wide(exact: string, decimals: number): string {
  return `CAST(${exact} AS decimal(28, ${decimals}))`;
}

/** Joins the number of rows per batch to `lives l`; 0 rows are NULL. */
export function counted(alias: string, from: string, batch = "batch_id"): string {
  return `LEFT JOIN (SELECT ${batch} AS batch_id, count(*) AS n FROM ${from} GROUP BY ${batch})
        ${alias} ON ${alias}.batch_id = l.id`;
}
