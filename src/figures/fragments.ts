/** Common table expressions that several figures begin with. */

/**
 * `sea`: every ring of sea areas on every day that it holds a batch: fish in the evening, those that
 * died on the day, weight, biomass and feed.
 */
export const SEA = `
  sea AS (
    SELECT s.assignment_id, s.batch_id, s.container_id, c.area_id, s.date AS day,
      CAST(s.population AS float8) AS fish, CAST(s.mortality_count AS float8) AS dead,
      CAST(s.avg_weight_g AS float8) AS grams, CAST(s.biomass_kg AS float8) AS kg,
      CAST(s.feed_kg AS float8) AS feed, CAST(s.temp_c AS float8) AS temp
    FROM batch_actualdailyassignmentstate s JOIN infrastructure_container c ON c.id = s.container_id
    WHERE c.area_id IS NOT NULL
  )`;

/** The tables that {@linkcode SEA} reads. */
export const SEA_TABLES = [
  "batch_actualdailyassignmentstate",
  "infrastructure_container",
] as const;

/**
 * `moved`: what came into rings from fresh water, by batch, site, ring stay and day: fish and kg.
 */
export const MOVED = `
  moved AS (
    SELECT a.batch_id, a.id AS assignment_id, c.area_id, t.actual_execution_date AS day,
      CAST(t.transferred_count AS float8) AS fish, CAST(t.transferred_biomass_kg AS float8) AS kg
    FROM batch_transferaction t
    JOIN batch_batchcontainerassignment a ON a.id = t.dest_assignment_id
    JOIN infrastructure_container c ON c.id = a.container_id
    JOIN batch_batchcontainerassignment f ON f.id = t.source_assignment_id
    JOIN infrastructure_container o ON o.id = f.container_id
    WHERE c.area_id IS NOT NULL AND o.area_id IS NULL
  )`;

/** The tables that {@linkcode MOVED} reads. */
export const MOVED_TABLES = [
  "batch_transferaction",
  "batch_batchcontainerassignment",
  "infrastructure_container",
] as const;

/** `treated`: every treatment of a ring but vaccinations: its stay and day. */
export const TREATED = `
  treated AS (
    SELECT t.id, t.batch_assignment_id AS assignment_id, CAST(t.treatment_date AS date) AS day,
      t.treatment_type AS type, t.description
    FROM health_treatment t JOIN infrastructure_container c ON c.id = t.container_id
    WHERE c.area_id IS NOT NULL AND t.treatment_type <> 'vaccination'
  )`;

/** The tables that {@linkcode TREATED} reads. */
export const TREATED_TABLES = ["health_treatment", "infrastructure_container"] as const;

/** `samples`: every growth sample of a ring: its stay, site, day and mean weight. */
export const SAMPLES = `
  samples AS (
    SELECT g.id, a.id AS assignment_id, a.batch_id, a.container_id, c.area_id,
      a.assignment_date AS since, g.sample_date AS day, CAST(g.avg_weight_g AS float8) AS grams
    FROM batch_growthsample g
    JOIN batch_batchcontainerassignment a ON a.id = g.assignment_id
    JOIN infrastructure_container c ON c.id = a.container_id
    WHERE c.area_id IS NOT NULL AND g.avg_weight_g > 0
  )`;

/** The tables that {@linkcode SAMPLES} reads. */
export const SAMPLES_TABLES = [
  "batch_growthsample",
  "batch_batchcontainerassignment",
  "infrastructure_container",
] as const;

/** The median of an expression; null where there is nothing. */
export function median(value: string): string {
  return quantile(0.5, value);
}

/** A quantile of an expression, interpolated between rows; null where there is nothing. */
export function quantile(share: number, value: string): string {
  return `percentile_cont(${share}) WITHIN GROUP (ORDER BY CAST(${value} AS float8))`;
}

/** An expression in double precision as it is ranked: equal ones are equal in whichever order they were added. */
export function rankedSql(value: string): string {
  return `CAST(${value} AS numeric(30, 9))`;
}

/** The share of rows for which a condition holds. */
export function shareWhere(condition: string): string {
  return `avg(CASE WHEN ${condition} THEN CAST(1 AS float8) ELSE 0 END)`;
}

/** The cube root of a weight, 0 where it is not positive. */
export function cubeRootSql(weight: string): string {
  return `power(greatest(${weight}, 0), CAST(1 AS float8) / 3)`;
}

/** The Monday of a day's week. */
export function weekOf(day: string): string {
  return `${day} - CAST(extract(isodow FROM ${day}) AS integer) + 1`;
}

/** The month of a day, counted from the year 0. */
export function monthOf(day: string): string {
  return `CAST(extract(year FROM ${day}) * 12 + extract(month FROM ${day}) AS integer)`;
}
