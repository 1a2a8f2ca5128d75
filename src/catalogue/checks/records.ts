/** Checks of what is read, fed, weighed and counted day by day (acceptance C-14 to C-40). */
import { allTables, tableNamed } from "../../tables/catalog.ts";
import type { Table } from "../../tables/description.ts";
import type { VerifyCheck } from "../check.ts";
import { type CheckRates, sqlBy } from "../rates.ts";
import { STAYS, STAYS_TABLES } from "./fragments.ts";
import { values } from "./life.ts";

/**
 * `bases`: what is read in the water of a hall's letter or at sea, from what to what value, and
 * whether so many values lie between that they cannot all be one (domain.md#3.1).
 */
function basesBy({ bases, spread }: CheckRates<"readings">["readings"]): string {
  const [low, high] = [1 - spread, 1 + spread];
  const rows = bases.map(({ water, parameter, base }) => [
    parameter,
    water,
    Number((low * base).toFixed(8)),
    Number((high * base).toFixed(8)),
    base * spread >= 0.001 ? 1 : 0,
  ]);
  return `
  bases (parameter, water, low, high, varies) AS (
    VALUES ${values(rows.length === 0 ? [["", "", 0, 0, 0]] : rows)}
  ), waters AS (
    SELECT c.id, CASE WHEN c.area_id IS NOT NULL THEN 'sea' ELSE right(h.name, 1) END AS water
    FROM infrastructure_container c LEFT JOIN infrastructure_hall h ON h.id = c.hall_id
  )`;
}

/** What is read of fish, fed to them and seen of them in one container. */
const ASSIGNED = [
  "inventory_feedingevent",
  "batch_mortalityevent",
  "batch_growthsample",
  "environmental_environmentalreading",
].map(tableNamed);

/** The column that names the stay of an event. */
function stayOf({ columns }: Table): string | undefined {
  return columns.find(({ references }) => references?.table === "batch_batchcontainerassignment")
    ?.name;
}

/** The events of health that have an assignment. */
const ASSIGNED_HEALTH = allTables.filter((table) =>
  table.name.startsWith("health_") && table.day !== undefined && stayOf(table) !== undefined
);

/**
 * Rows that lie outside of the stay of their assignment. The table is read once, for the first and
 * the last of every assignment; only of those that lie outside is a row looked up.
 */
function outsideStay(events: readonly Table[]): string {
  const parts = events.map(({ name, day }, i) => {
    const stay = stayOf(events[i]!);
    return `
      SELECT '${name}' AS event, (
          SELECT min(e.id) FROM ${name} e WHERE e.${stay} = s.id
            AND (CAST(e.${day} AS date) < s.first_day OR CAST(e.${day} AS date) >= s.end_day)
        ) AS id, CAST(CASE WHEN CAST(r.first_time AS date) < s.first_day THEN r.first_time
          ELSE r.last_time END AS date) AS day, s.first_day, s.end_day
      FROM (
        SELECT ${stay} AS id, min(${day}) AS first_time, max(${day}) AS last_time
        FROM ${name} GROUP BY ${stay}
      ) r JOIN stays s ON s.id = r.id
      WHERE CAST(r.first_time AS date) < s.first_day OR CAST(r.last_time AS date) >= s.end_day`;
  });
  return `WITH ${STAYS}${parts.join("\n      UNION ALL")}`;
}

/** The hour from which hours are counted: midnight of the first day of 2020, in hours since 1970. */
const HOUR_0 = 438_288;

/**
 * What the hours of a complete series come to, from the midnight of its first day on: their sum and
 * the sum of their squares, by `days`, an SQL expression. Another series of as many readings has the
 * same two sums only where it was made to.
 */
function sumsOf(hours: readonly number[], days: string): readonly [sum: string, squares: string] {
  const n = hours.length;
  const sum = hours.reduce((all, hour) => all + hour, 0);
  const squares = hours.reduce((all, hour) => all + hour * hour, 0);
  const d = `CAST(${days} AS float8)`;
  return [
    `(${12 * n} * ${d} * (${d} - 1) + ${sum} * ${d})`,
    `(${96 * n} * ${d} * (${d} - 1) * (2 * ${d} - 1) + ${24 * sum} * ${d} * (${d} - 1)
            + ${squares} * ${d})`,
  ];
}

/** All checks of this file. */
export const recordChecks: readonly VerifyCheck[] = [
  {
    id: "C-14",
    title:
      "containers are fed at all meals of a day at the rate of their stage, and feed costs money",
    source: "domain.md#7.1",
    tables: ["inventory_feedingevent", "batch_batchcontainerassignment", "batch_lifecyclestage"],
    ...sqlBy(["feeding"], ({ feeding }) => `
      WITH rates (stage, rate) AS (
        VALUES ${values(feeding.percentPerDay.map((one, i) => [i + 1, one / feeding.meals]))}
      ), meals AS (
        SELECT e.id, e.batch_assignment_id, e.feeding_date, e.feed_cost, e.feeding_percentage,
          e.amount_kg, e.batch_biomass_kg, r.rate
        FROM inventory_feedingevent e
        JOIN batch_batchcontainerassignment a ON a.id = e.batch_assignment_id
        JOIN batch_lifecyclestage s ON s.id = a.lifecycle_stage_id
        LEFT JOIN rates r ON r.stage = s."order"
      )
      SELECT id AS feeding, 'cost or rate' AS what FROM meals
      WHERE coalesce(feed_cost, 0) <= 0 OR coalesce(rate, 0) = 0
        OR abs(feeding_percentage - rate) > 0.0051
        OR abs(amount_kg - batch_biomass_kg * rate / 100) > 0.00006
      UNION ALL
      SELECT min(id), 'feedings of one day: ' || CAST(count(*) AS varchar) FROM meals
      GROUP BY batch_assignment_id, feeding_date HAVING count(*) <> ${feeding.meals}`),
    expects: "no rows",
  },
  {
    id: "C-21",
    title: "no reading is an orphan",
    source: "Guide v1.0",
    wholeFarm: true,
    tables: ["environmental_environmentalreading"],
    sql: `
      SELECT count(*) AS orphans FROM environmental_environmentalreading
      WHERE batch_id IS NULL OR batch_container_assignment_id IS NULL OR container_id IS NULL
        OR sensor_id IS NULL`,
    expects: { orphans: 0 },
  },
  {
    id: "C-22",
    title:
      "every sensor of an occupied container is read at its hours on every day, six as documented",
    source: "Guide v1.0, domain.md#6",
    tables: [
      ...STAYS_TABLES,
      "environmental_environmentalreading",
      "infrastructure_sensor",
      "infrastructure_container",
      "infrastructure_hall",
    ],
    ...sqlBy(["readings"], ({ readings }) => {
      const [sum, squares] = sumsOf(readings.hours, "(s.end_day - s.first_day)");
      return `
      WITH ${STAYS}, ${basesBy(readings)}, series AS (
        SELECT id, sensor_id, count(*) AS n, sum(hour) AS hours, sum(hour * hour) AS squares
        FROM (
          SELECT batch_container_assignment_id AS id, sensor_id,
            date_part('epoch', reading_time) / 3600 - ${HOUR_0} AS hour
          FROM environmental_environmentalreading
        ) hourly GROUP BY id, sensor_id
      ), read AS (
        SELECT s.id, count(*) AS series, min(r.n) AS fewest, max(r.n) AS most,
          max(abs(r.hours - r.n * s.midnight - ${sum})
            + abs(r.squares - 2 * s.midnight * r.hours + r.n * s.midnight * s.midnight - ${squares}))
            AS astray
        FROM series r JOIN (
          SELECT *, CAST(24 * (first_day - CAST('2020-01-01' AS date)) AS float8) AS midnight
          FROM stays
        ) s ON s.id = r.id GROUP BY s.id
      ), sensors AS (
        SELECT s.container_id, count(*) AS n FROM infrastructure_sensor s
        JOIN waters w ON w.id = s.container_id
        JOIN bases b ON b.water = w.water AND b.parameter = s.sensor_type GROUP BY s.container_id
      )
      SELECT s.id AS assignment, s.end_day - s.first_day AS days, n.n AS sensors, r.series,
        r.fewest, r.most
      FROM stays s JOIN sensors n ON n.container_id = s.container_id LEFT JOIN read r ON r.id = s.id
      WHERE coalesce(r.series, 0) <> n.n
        OR r.fewest <> ${readings.hours.length} * (s.end_day - s.first_day)
        OR r.most <> ${readings.hours.length} * (s.end_day - s.first_day) OR r.astray > 0.01`;
    }),
    expects: "no rows",
  },
  {
    id: "C-34",
    title: "growth samples have their fish, 30 as documented, and the aggregates of the fish",
    source: "domain.md#9",
    tables: ["batch_growthsample", "batch_individualgrowthobservation"],
    ...sqlBy(["samples"], ({ samples }) => `
      WITH fish AS (
        SELECT growth_sample_id AS id, count(*) AS n, avg(CAST(weight_g AS float8)) AS weight,
          stddev_pop(CAST(weight_g AS float8)) AS weight_deviation, min(weight_g) AS lightest,
          max(weight_g) AS heaviest, avg(CAST(length_cm AS float8)) AS length,
          stddev_pop(CAST(length_cm AS float8)) AS length_deviation
        FROM batch_individualgrowthobservation GROUP BY growth_sample_id
      )
      SELECT g.id AS sample, f.n AS fish FROM batch_growthsample g LEFT JOIN fish f ON f.id = g.id
      WHERE coalesce(f.n, 0) <> ${samples.fish} OR g.sample_size <> ${samples.fish}
        OR abs(f.weight - g.avg_weight_g) > 0.0051
        OR abs(f.weight_deviation - g.std_deviation_weight) > 0.0051
        OR f.lightest <> g.min_weight_g OR f.heaviest <> g.max_weight_g
        OR abs(f.length - g.avg_length_cm) > 0.0051
        OR abs(f.length_deviation - g.std_deviation_length) > 0.0051
        OR abs(100 * f.weight / nullif(power(f.length, 3), 0) - g.condition_factor) > 0.0051`),
    expects: "no rows",
  },
  {
    id: "C-35",
    title: "no feeding, death, sample or reading lies outside of the stay of its assignment",
    source: "Guide v1.0, principle 1",
    tables: [...STAYS_TABLES, ...ASSIGNED.map(({ name }) => name)],
    sql: outsideStay(ASSIGNED),
    expects: "no rows",
  },
  {
    id: "C-35-HEALTH",
    title: "no event of health lies outside of the stay of its assignment",
    source: "Guide v1.0, principle 1",
    tables: [...STAYS_TABLES, ...ASSIGNED_HEALTH.map(({ name }) => name)],
    sql: outsideStay(ASSIGNED_HEALTH),
    expects: "no rows",
  },
  {
    id: "C-40",
    title:
      "readings stay within the spread about their base and are not constant, 10 % as documented",
    source: "domain.md#3.1, rulings.md#15",
    tables: [
      "environmental_environmentalreading",
      "environmental_environmentalparameter",
      "infrastructure_container",
      "infrastructure_hall",
    ],
    ...sqlBy(["readings"], ({ readings }) => `
      WITH ${basesBy(readings)}, ranges AS (
        SELECT parameter_id, container_id, min(value) AS lowest, max(value) AS highest
        FROM environmental_environmentalreading GROUP BY parameter_id, container_id
      )
      SELECT p.name, w.water, b.low, b.high, min(r.lowest) AS lowest, max(r.highest) AS highest
      FROM ranges r
      JOIN environmental_environmentalparameter p ON p.id = r.parameter_id
      JOIN waters w ON w.id = r.container_id
      LEFT JOIN bases b ON b.parameter = p.name AND b.water = w.water
      GROUP BY p.name, w.water, b.low, b.high, b.varies
      HAVING b.low IS NULL OR min(r.lowest) < b.low OR max(r.highest) > b.high
        OR (b.varies = 1 AND min(r.lowest) = max(r.highest))`),
    expects: "no rows",
  },
];
