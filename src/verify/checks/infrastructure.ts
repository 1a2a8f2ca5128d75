/** Checks of the farm that stands before the first egg (acceptance ). */
import { atLeast, type VerifyCheck } from "../check.ts";
import { farmCounts } from "../farm_counts.ts";

/** Halls of the base layout end in the letter of their stage; those of the extras in a digit. */
const BASE_HALL = "right(h.name, 1) IN ('A', 'B', 'C', 'D', 'E')";

/** The area of the documented totals up to 0.3.0, which had neither barges nor sensors (D-01). */
const BASE_AREA = "a.name <> 'FI-SEA-23'";

/** All checks of this file. */
export const infrastructureChecks: readonly VerifyCheck[] = [
  {
    id: "A-01",
    title: "the farm has its stations, halls, areas, containers, feed containers and sensors",
    source: "bootstrap validation",
    tables: [
      "infrastructure_geography",
      "infrastructure_freshwaterstation",
      "infrastructure_hall",
      "infrastructure_container",
      "infrastructure_area",
      "infrastructure_feedcontainer",
      "infrastructure_sensor",
    ],
    sql: `
      SELECT (SELECT count(*) FROM infrastructure_geography) AS geographies,
        (SELECT count(*) FROM infrastructure_freshwaterstation) AS stations,
        (SELECT count(*) FROM infrastructure_hall) AS halls,
        (SELECT count(*) FROM infrastructure_container WHERE hall_id IS NOT NULL) AS tanks,
        (SELECT count(*) FROM infrastructure_area) AS areas,
        (SELECT count(*) FROM infrastructure_container WHERE area_id IS NOT NULL) AS rings,
        (SELECT count(*) FROM infrastructure_feedcontainer) AS feed_containers,
        (SELECT count(*) FROM infrastructure_sensor) AS sensors`,
    expects: (manifest) => {
      const { sites: _, ...places } = farmCounts(manifest);
      return places;
    },
  },
  {
    id: "A-02",
    title: "all containers are active",
    source: "pre-flight check of Guide v6.0; 2,000 only with the documented totals (D-01)",
    tables: ["infrastructure_container"],
    sql: "SELECT count(*) AS active FROM infrastructure_container WHERE active",
    expects: ({ documentedTotals }) => ({ active: documentedTotals ? atLeast(2001) : 1940 }),
  },
  {
    id: "A-03",
    title: "halls have 10 containers of one type and a silo, areas 20 rings and 3 barges, " +
      "containers all their sensors",
    source: "bootstrap validation",
    tables: [
      "infrastructure_hall",
      "infrastructure_container",
      "infrastructure_area",
      "infrastructure_feedcontainer",
      "infrastructure_sensor",
    ],
    sql: `
      WITH tanks AS (
        SELECT hall_id, count(*) AS n, count(DISTINCT container_type_id) AS types
        FROM infrastructure_container GROUP BY hall_id
      ), rings AS (
        SELECT area_id, count(*) AS n FROM infrastructure_container GROUP BY area_id
      ), silos AS (
        SELECT hall_id, count(*) AS n FROM infrastructure_feedcontainer GROUP BY hall_id
      ), barges AS (
        SELECT area_id, count(*) AS n FROM infrastructure_feedcontainer GROUP BY area_id
      ), sensors AS (
        SELECT container_id, count(*) AS n, count(DISTINCT sensor_type) AS types
        FROM infrastructure_sensor GROUP BY container_id
      )
      SELECT h.name FROM infrastructure_hall h
      LEFT JOIN tanks ON tanks.hall_id = h.id LEFT JOIN silos ON silos.hall_id = h.id
      WHERE ${BASE_HALL}
        AND (coalesce(tanks.n, 0) <> 10 OR tanks.types <> 1 OR coalesce(silos.n, 0) <> 1)
      UNION ALL
      SELECT a.name FROM infrastructure_area a
      LEFT JOIN rings ON rings.area_id = a.id LEFT JOIN barges ON barges.area_id = a.id
      WHERE ${BASE_AREA} AND (coalesce(rings.n, 0) <> 20 OR coalesce(barges.n, 0) <> 3)
      UNION ALL
      SELECT c.name FROM infrastructure_container c
      LEFT JOIN infrastructure_hall h ON h.id = c.hall_id
      LEFT JOIN infrastructure_area a ON a.id = c.area_id
      LEFT JOIN sensors s ON s.container_id = c.id
      WHERE (${BASE_HALL} OR ${BASE_AREA})
        AND (coalesce(s.n, 0) <> CASE WHEN c.hall_id IS NULL THEN 4 ELSE 7 END OR s.types <> s.n)`,
    expects: "no rows",
  },
  {
    id: "A-04",
    title: "silos hold 5 to 30 t by hall, barges 50 t",
    source: "Guide v1.0 and v6.0",
    tables: ["infrastructure_feedcontainer", "infrastructure_hall"],
    sql: `
      SELECT f.name, f.capacity_kg FROM infrastructure_feedcontainer f
      LEFT JOIN infrastructure_hall h ON h.id = f.hall_id
      WHERE f.capacity_kg <> CASE WHEN f.area_id IS NOT NULL THEN 50000
        ELSE CASE right(h.name, 1) WHEN 'B' THEN 10000 WHEN 'C' THEN 15000 WHEN 'D' THEN 20000
          WHEN 'E' THEN 30000 ELSE 5000 END END`,
    expects: "no rows",
  },
];
