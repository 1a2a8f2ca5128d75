/**
 * What farms keep to whose days differ from one another: of the biology `field`, and the withholding
 * time of both.
 */
import type { ReddManifest } from "../../dataset/manifest.ts";
import { literal } from "../../sql_literal.ts";
import type { Need, VerifyCheck } from "../check.ts";
import { ratesOf, sqlBy } from "../rates.ts";
import { STAYS, STAYS_TABLES, wide } from "./fragments.ts";

const PAST = "batch_historicalbatchcontainerassignment";
const STAY = "batch_batchcontainerassignment";

/** The dataset is of a Redd that gives no treatment which binds the harvest. */
const KEEPS_WITHHOLDING: Need = {
  what: "rates by which no treatment binds a harvest",
  holds: (manifest: ReddManifest) => {
    const { farm, treatments } = ratesOf(manifest);
    return farm !== undefined || treatments?.liceFreeDays !== undefined;
  },
};

/** All checks of this file. */
export const keepingChecks: readonly VerifyCheck[] = [
  {
    id: "LAW-WITHHOLDING",
    title: "no fish are harvested before the withholding time of their last treatment is over",
    source: "domain.md#11",
    basis: "rates",
    needs: [KEEPS_WITHHOLDING],
    tables: ["harvest_harvestevent", "health_treatment"],
    sql: `
      SELECT e.id AS harvest, e.event_date, t.id AS treatment, t.treatment_date,
        t.withholding_period_days
      FROM harvest_harvestevent e
      JOIN health_treatment t ON t.batch_assignment_id = e.assignment_id
      WHERE CAST(e.event_date AS date) - CAST(t.treatment_date AS date) < t.withholding_period_days
        AND e.event_date >= t.treatment_date`,
    expects: "no rows",
  },
  {
    id: "LAW-BIOMASS-LIMIT",
    title: "no ring holds more fish on an evening than it may, and no sea area",
    source: "field.md#limits",
    tables: [PAST, "infrastructure_container", "infrastructure_area"],
    ...sqlBy(["farm"], () => `
      WITH saves AS (
        SELECT h.id, h.history_id, h.biomass_kg AS kg, c.area_id, c.max_biomass_kg,
          CAST(h.history_date AS date) AS day
        FROM ${PAST} h JOIN infrastructure_container c ON c.id = h.container_id
        WHERE c.area_id IS NOT NULL AND h.is_active
      ), evenings AS (
        SELECT *, row_number() OVER (PARTITION BY id, day ORDER BY history_id DESC) AS last
        FROM saves
      )
      SELECT 'ring' AS what, id, day, kg, max_biomass_kg AS most FROM evenings
      WHERE last = 1 AND kg > max_biomass_kg
      UNION ALL
      SELECT 'area', e.area_id, e.day, sum(e.kg), max(a.max_biomass)
      FROM evenings e JOIN infrastructure_area a ON a.id = e.area_id
      WHERE e.last = 1 GROUP BY e.area_id, e.day HAVING sum(e.kg) > max(a.max_biomass)`),
    expects: "no rows",
  },
  {
    id: "LAW-GENERATIONS",
    title: "no sea area holds two batches on a day",
    source: "field.md#limits",
    tables: [STAY, "infrastructure_container"],
    ...sqlBy(["farm"], () => `
      WITH sites AS (
        SELECT a.batch_id, c.area_id, min(a.assignment_date) AS first_day,
          max(coalesce(a.departure_date, :as_of + 1)) AS end_day
        FROM ${STAY} a JOIN infrastructure_container c ON c.id = a.container_id
        WHERE c.area_id IS NOT NULL GROUP BY a.batch_id, c.area_id
      )
      SELECT x.area_id, x.batch_id AS one, y.batch_id AS other, y.first_day
      FROM sites x JOIN sites y ON y.area_id = x.area_id AND y.batch_id > x.batch_id
      WHERE x.first_day < y.end_day AND y.first_day < x.end_day`),
    expects: "no rows",
  },
  {
    id: "LAW-FASTING",
    title:
      "fish get nothing on the days before they are moved, treated but in feed, or slaughtered",
    source: "field.md#feed",
    tables: [
      "inventory_feedingevent",
      "batch_transferaction",
      "health_treatment",
      "harvest_harvestevent",
    ],
    ...sqlBy(["farm"], ({ farm: { fastingDays, fedMedicines = [] } }) => `
      WITH fasts AS (
        SELECT 'move' AS what, source_assignment_id AS id, actual_execution_date AS day,
          ${fastingDays.move} AS days FROM batch_transferaction
        UNION
        SELECT 'treatment', batch_assignment_id, CAST(treatment_date AS date),
          ${fastingDays.treatment} FROM health_treatment
        WHERE treatment_type <> 'vaccination' ${
      fedMedicines.map((name) => `AND split_part(description, ',', 1) <> ${literal(name)}`)
        .join(" ")
    }
        UNION
        SELECT 'harvest', assignment_id, CAST(event_date AS date), ${fastingDays.harvest}
        FROM harvest_harvestevent
      )
      SELECT f.what, f.id AS assignment, f.day, m.feeding_date, m.id AS feeding
      FROM inventory_feedingevent m JOIN fasts f ON f.id = m.batch_assignment_id
      WHERE m.feeding_date >= f.day - f.days AND m.feeding_date < f.day`),
    expects: "no rows",
  },
  {
    id: "LAW-MEAL",
    title:
      "meals are at most as many a day as the farm has hours for, cost money and are the share " +
      "of the biomass that they say",
    source: "domain.md#7.1",
    tables: ["inventory_feedingevent"],
    ...sqlBy(["farm"], ({ farm: { meals } }) => `
      SELECT id AS feeding, 'cost or share' AS what FROM inventory_feedingevent
      WHERE coalesce(feed_cost, 0) <= 0 OR amount_kg <= 0
        OR abs(feeding_percentage - 100 * amount_kg / nullif(batch_biomass_kg, 0)) > 0.0051
      UNION ALL
      SELECT min(id), 'feedings of one day: ' || CAST(count(*) AS varchar)
      FROM inventory_feedingevent
      GROUP BY batch_assignment_id, feeding_date HAVING count(*) > ${meals}`),
    expects: "no rows",
  },
  {
    id: "LAW-SAMPLE",
    title: "growth samples have as many fish as they say, the aggregates of these fish, and are " +
      "never far apart",
    source: "domain.md#9",
    tables: ["batch_growthsample", "batch_individualgrowthobservation"],
    ...sqlBy(["farm"], ({ farm: { sampleFish: [fewest, most], sampleDays } }) => `
      WITH fish AS (
        SELECT growth_sample_id AS id, count(*) AS n, avg(CAST(weight_g AS float8)) AS weight,
          stddev_pop(CAST(weight_g AS float8)) AS weight_deviation, min(weight_g) AS lightest,
          max(weight_g) AS heaviest, avg(CAST(length_cm AS float8)) AS length,
          stddev_pop(CAST(length_cm AS float8)) AS length_deviation
        FROM batch_individualgrowthobservation GROUP BY growth_sample_id
      ), samples AS (
        SELECT *, sample_date - lag(sample_date)
          OVER (PARTITION BY assignment_id ORDER BY sample_date) AS since
        FROM batch_growthsample
      )
      SELECT g.id AS sample, f.n AS fish, g.since FROM samples g LEFT JOIN fish f ON f.id = g.id
      WHERE coalesce(f.n, 0) NOT BETWEEN ${fewest} AND ${most} OR g.sample_size <> f.n
        OR abs(f.weight - g.avg_weight_g) > 0.0051
        OR abs(f.weight_deviation - g.std_deviation_weight) > 0.0051
        OR f.lightest <> g.min_weight_g OR f.heaviest <> g.max_weight_g
        OR abs(f.length - g.avg_length_cm) > 0.0051
        OR abs(f.length_deviation - g.std_deviation_length) > 0.0051
        OR abs(100 * f.weight / nullif(power(f.length, 3), 0) - g.condition_factor) > 0.0051
        OR g.since > ${sampleDays}`),
    expects: "no rows",
  },
  {
    id: "LAW-LOTS",
    title: "the lots of a ring weigh what its fish weigh, and a usual share of it gutted",
    source: "domain.md#14",
    tables: ["harvest_harvestevent", "harvest_harvestlot", STAY],
    ...sqlBy(["farm"], ({ farm: { guttedShare: [least, most] } }) => `
      SELECT 'lot' AS what, id, live_weight_kg, gutted_weight_kg, fillet_weight_kg
      FROM harvest_harvestlot
      WHERE gutted_weight_kg IS NULL OR fillet_weight_kg IS NULL
        OR gutted_weight_kg NOT BETWEEN ${least} * live_weight_kg - 0.0011 - 0.001 * live_weight_kg
          AND ${most} * live_weight_kg + 0.0011
        OR fillet_weight_kg > gutted_weight_kg
      UNION ALL
      SELECT 'event', e.id, l.kg, a.kg, l.kg - a.kg FROM harvest_harvestevent e
      JOIN (
        SELECT event_id, sum(live_weight_kg) AS kg FROM harvest_harvestlot GROUP BY event_id
      ) l ON l.event_id = e.id
      JOIN (
        SELECT id, ${wide("population_count", 0)} * avg_weight_g / 1000 AS kg FROM ${STAY}
      ) a ON a.id = e.assignment_id
      WHERE abs(l.kg - a.kg) > 0.0011`),
    expects: "no rows",
  },
  {
    id: "LAW-READING",
    title: "readings are missing only while the journal says that their sensor is out, but for a " +
      "hundredth of them",
    source: "field.md#water",
    tables: [
      ...STAYS_TABLES,
      "environmental_environmentalreading",
      "infrastructure_sensor",
      "health_journalentry",
    ],
    ...sqlBy(["farm"], ({ farm: { hours, lostReadings } }) => `
      WITH ${STAYS}, read AS (
        SELECT batch_container_assignment_id AS id, sensor_id, CAST(reading_time AS date) AS day,
          count(*) AS n
        FROM environmental_environmentalreading
        GROUP BY batch_container_assignment_id, sensor_id, CAST(reading_time AS date)
      ), series AS (
        SELECT id, sensor_id, sum(n) AS n, count(*) AS days, max(n) AS most FROM read
        GROUP BY id, sensor_id
      ), said AS (
        SELECT j.container_id, CAST(j.entry_date AS date) AS day,
          substr(j.description, 1, strpos(j.description, ' sensor ') - 1) AS sensor
        FROM health_journalentry j
        WHERE j.category = 'issue' AND j.description LIKE '% sensor %'
      ), sensors AS (
        SELECT s.id AS stay, n.id AS sensor_id, n.sensor_type, s.container_id, s.first_day, s.end_day,
          s.end_day - s.first_day AS days
        FROM stays s JOIN infrastructure_sensor n ON n.container_id = s.container_id
        WHERE n.id IN (SELECT sensor_id FROM read)
      ), missing AS (
        SELECT e.stay, e.sensor_id, e.days, coalesce(r.n, 0) AS n, coalesce(r.days, 0) AS days_read,
          coalesce(r.most, 0) AS most,
          (SELECT count(*) FROM said j WHERE j.container_id = e.container_id
            AND j.sensor IN (e.sensor_type, 'Every')
            AND j.day BETWEEN e.first_day AND e.end_day) AS spells
        FROM sensors e LEFT JOIN series r ON r.id = e.stay AND r.sensor_id = e.sensor_id
      )
      SELECT stay AS assignment, sensor_id, days, days_read, n, spells FROM missing
      WHERE most > ${hours.length}
        OR (days_read < days AND spells = 0)
        OR (spells = 0 AND ${hours.length} * days - n > 6 + 3 * ${lostReadings} * ${hours.length} * days)`),
    expects: "no rows",
  },
];
