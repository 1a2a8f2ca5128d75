/** Checks of the farm that stands before the first egg (acceptance ). */
import type { LayoutFacts } from "../../dataset/layout_facts.ts";
import type { VerifyCheck } from "../check.ts";
import { layoutOf } from "../layout.ts";
import { literal } from "../../sql_literal.ts";

/** A condition: the place with this name is none of the spare ones. */
function isUsed(name: string, spare: readonly string[]): string {
  return spare.length === 0 ? "true" : `${name} NOT IN (${spare.map(literal).join(", ")})`;
}

/** Conditions: a hall `h`, and an area `a`, in which batches live. */
function usedIn({ spare }: LayoutFacts) {
  return {
    hall: isUsed("h.name", spare.halls.map(({ name }) => name)),
    area: isUsed("a.name", spare.areas),
  };
}

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
    basis: "layout",
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
      const { feedContainers, ...places } = layoutOf(manifest).places;
      return { ...places, feed_containers: feedContainers };
    },
  },
  {
    id: "A-02",
    title: "all containers are active",
    source:
      "pre-flight check of Guide v6.0; more than 2,000 only with the documented totals (D-01)",
    tables: ["infrastructure_container"],
    basis: "layout",
    sql: "SELECT count(*) AS active FROM infrastructure_container WHERE active",
    expects: (manifest) => {
      const { tanks, rings } = layoutOf(manifest).places;
      return { active: tanks + rings };
    },
  },
  {
    id: "A-03",
    title: "halls have their containers, of one type, and a silo, areas their rings and barges, " +
      "containers all their sensors; 10, 20 and 3 as documented",
    source: "bootstrap validation",
    tables: [
      "infrastructure_hall",
      "infrastructure_container",
      "infrastructure_area",
      "infrastructure_feedcontainer",
      "infrastructure_sensor",
    ],
    basis: "layout",
    sql: (manifest) => {
      const facts = layoutOf(manifest);
      const { hall, area } = facts;
      const used = usedIn(facts);
      return `
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
      WHERE ${used.hall}
        AND (coalesce(tanks.n, 0) <> ${hall.tanks} OR tanks.types <> 1 OR coalesce(silos.n, 0) <> 1)
      UNION ALL
      SELECT a.name FROM infrastructure_area a
      LEFT JOIN rings ON rings.area_id = a.id LEFT JOIN barges ON barges.area_id = a.id
      WHERE ${used.area} AND (coalesce(rings.n, 0) <> ${area.rings}
        OR coalesce(barges.n, 0) <> ${area.barges})
      UNION ALL
      SELECT c.name FROM infrastructure_container c
      LEFT JOIN infrastructure_hall h ON h.id = c.hall_id
      LEFT JOIN infrastructure_area a ON a.id = c.area_id
      LEFT JOIN sensors s ON s.container_id = c.id
      WHERE CASE WHEN c.hall_id IS NULL THEN ${used.area} ELSE ${used.hall} END
        AND (coalesce(s.n, 0)
          <> CASE WHEN c.hall_id IS NULL THEN ${area.sensors} ELSE ${hall.sensors} END
          OR s.types <> s.n)`;
    },
    expects: "no rows",
  },
  {
    id: "A-04",
    title: "silos hold as much as their halls say, barges as much as they do; 5 to 30 t and 50 t " +
      "as documented",
    source: "Guide v1.0 and v6.0",
    tables: ["infrastructure_feedcontainer", "infrastructure_hall"],
    basis: "layout",
    sql: (manifest) => {
      const { hall, area, spare } = layoutOf(manifest);
      const spared = spare.halls.map(({ name, siloCapacityKg = 0 }) =>
        `WHEN h.name = ${literal(name)} THEN ${siloCapacityKg}`
      );
      const silos = hall.silos.map(({ hall, capacityKg }) =>
        `WHEN right(h.name, 1) = ${literal(hall)} THEN ${capacityKg}`
      );
      return `
      SELECT f.name, f.capacity_kg FROM infrastructure_feedcontainer f
      LEFT JOIN infrastructure_hall h ON h.id = f.hall_id
      WHERE f.capacity_kg IS DISTINCT FROM CASE WHEN f.area_id IS NOT NULL
        THEN ${area.bargeCapacityKg} ${[...spared, ...silos].join("\n          ")} END`;
    },
    expects: "no rows",
  },
];
