/** What is asked of the life of every batch; weeks are counted from its own first day. */

/** Batches in the order in which they began, each with where it began. */
export const BATCHES = `SELECT b.id, b.batch_number AS number, b.status, b.start_date AS "start",
    b.actual_end_date AS "end", b.notes, s.name AS stage, g.name AS geography, e.eggs,
    f.kg AS "feedKg"
  FROM batch_batch b
  JOIN batch_lifecyclestage s ON s.id = b.lifecycle_stage_id
  LEFT JOIN (
    SELECT w.batch_id, sum(a.egg_count_actual) AS eggs
    FROM batch_creationaction a JOIN batch_creationworkflow w ON w.id = a.workflow_id
    GROUP BY w.batch_id
  ) e ON e.batch_id = b.id
  LEFT JOIN (
    SELECT batch_id, sum(amount_kg) AS kg FROM inventory_feedingevent GROUP BY batch_id
  ) f ON f.batch_id = b.id
  LEFT JOIN (
    SELECT a.batch_id, arg_min(coalesce(st.geography_id, r.geography_id), a.id) AS geography_id
    FROM batch_batchcontainerassignment a JOIN infrastructure_container c ON c.id = a.container_id
    LEFT JOIN infrastructure_hall h ON h.id = c.hall_id
    LEFT JOIN infrastructure_freshwaterstation st ON st.id = h.freshwater_station_id
    LEFT JOIN infrastructure_area r ON r.id = c.area_id
    GROUP BY a.batch_id
  ) p ON p.batch_id = b.id
  LEFT JOIN infrastructure_geography g ON g.id = p.geography_id
  ORDER BY b.start_date, b.id`;

/** The first day of each week: fish, and what one weighs in grams. */
export const STATES = `SELECT d.batch_id AS batch, (d.date - b.start_date) // 7 AS week,
    sum(d.population) AS fish,
    sum(CAST(d.avg_weight_g AS double) * d.population) / nullif(sum(d.population), 0) AS weight
  FROM batch_actualdailyassignmentstate d JOIN batch_batch b ON b.id = d.batch_id
  WHERE (d.date - b.start_date) % 7 = 0
  GROUP BY 1, 2 ORDER BY 1, 2`;

/** The first and the last day of each stage, counted from that of the batch. */
export const STAGES_OF_BATCHES = `SELECT d.batch_id AS batch, s.name AS stage,
    min(d.date - b.start_date) AS since, max(d.date - b.start_date) AS until
  FROM batch_actualdailyassignmentstate d JOIN batch_batch b ON b.id = d.batch_id
  JOIN batch_lifecyclestage s ON s.id = d.lifecycle_stage_id
  GROUP BY d.batch_id, s.id, s.name, s."order" ORDER BY d.batch_id, s."order", s.id`;

/** Deaths of each week. */
export const DEATHS = `SELECT m.batch_id AS batch, (m.event_date - b.start_date) // 7 AS week,
    sum(m.count) AS deaths
  FROM batch_mortalityevent m JOIN batch_batch b ON b.id = m.batch_id
  GROUP BY 1, 2 ORDER BY 1, 2`;

/** What the batch's pinned scenario, or its first, says it would weigh, once in seven days. */
export const PROJECTIONS = `SELECT sc.batch_id AS batch,
    p.projection_date - b.start_date AS day, p.average_weight AS weight
  FROM scenario_scenarioprojection p JOIN scenario sc ON sc.scenario_id = p.scenario_id
  JOIN batch_batch b ON b.id = sc.batch_id
  WHERE p.scenario_id = coalesce(
      b.pinned_scenario_id,
      (SELECT min(o.scenario_id) FROM scenario o WHERE o.batch_id = b.id)
    ) AND (p.projection_date - b.start_date) % 7 = 0
  ORDER BY 1, 2, 3`;

/** Samples of a day over all containers: their mean by the fish in them, the lightest, the heaviest. */
export const BATCH_SAMPLES = `SELECT a.batch_id AS batch, g.sample_date - b.start_date AS day,
    sum(g.sample_size) AS fish,
    sum(CAST(g.avg_weight_g AS double) * g.sample_size) / sum(g.sample_size) AS weight,
    min(g.min_weight_g) AS least, max(g.max_weight_g) AS most
  FROM batch_growthsample g JOIN batch_batchcontainerassignment a ON a.id = g.assignment_id
  JOIN batch_batch b ON b.id = a.batch_id
  WHERE g.sample_size > 0
  GROUP BY 1, 2 ORDER BY 1, 2`;

/** Feed of each whole week in kilograms, and its feed conversion ratio; others are of months. */
export const FEEDING = `SELECT f.batch_id AS batch, f.period_start - b.start_date AS day,
    f.total_feed_kg AS feed, f.fcr
  FROM inventory_batchfeedingsummary f JOIN batch_batch b ON b.id = f.batch_id
  WHERE f.period_end - f.period_start = 6
  ORDER BY 1, 2, 3, 4`;

/** Transfers; those between companies are sales. */
export const TRANSFERS = `SELECT w.batch_id AS batch, w.actual_start_date AS "start",
    w.actual_completion_date AS "end", w.status, f.name AS "from", t.name AS "to",
    w.total_transferred_count AS fish, w.total_mortality_count AS deaths,
    w.total_biomass_kg AS biomass, w.actions_completed AS moves, w.is_intercompany AS sale
  FROM batch_batchtransferworkflow w
  JOIN batch_lifecyclestage f ON f.id = w.source_lifecycle_stage_id
  LEFT JOIN batch_lifecyclestage t ON t.id = w.dest_lifecycle_stage_id
  ORDER BY w.batch_id, w.id`;

/** Treatments of a day, over all containers. */
export const TREATMENTS = `SELECT t.batch_id AS batch, CAST(t.treatment_date AS date) AS "day",
    t.treatment_type AS type, t.description, t.outcome, count(DISTINCT t.container_id) AS containers,
    max(t.withholding_period_days) AS withholding
  FROM health_treatment t
  GROUP BY t.batch_id, 2, t.treatment_type, t.description, t.outcome ORDER BY 1, 2, min(t.id)`;

/** Harvests of a day. */
export const HARVEST_DAYS = `SELECT e.batch_id AS batch, CAST(e.event_date AS date) AS "day",
    count(DISTINCT e.id) AS containers, sum(l.unit_count) AS fish, sum(l.live_weight_kg) AS live,
    sum(l.gutted_weight_kg) AS gutted
  FROM harvest_harvestevent e JOIN harvest_harvestlot l ON l.event_id = e.id
  GROUP BY e.batch_id, 2 ORDER BY 1, 2`;

/** What was harvested, by grade. */
export const HARVEST_GRADES = `SELECT e.batch_id AS batch, p.name AS grade,
    sum(l.unit_count) AS fish, sum(l.live_weight_kg) AS live
  FROM harvest_harvestevent e JOIN harvest_harvestlot l ON l.event_id = e.id
  JOIN harvest_productgrade p ON p.id = l.product_grade_id
  GROUP BY e.batch_id, p.id, p.name ORDER BY e.batch_id, p.id`;
