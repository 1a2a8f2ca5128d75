/** Figures of places: what is in use, what they hold, and how they are stocked and left. */
import { type Figure, type FigureFacts, figuresBy } from "./figure.ts";
import {
  median,
  monthOf,
  MOVED,
  MOVED_TABLES,
  quantile,
  SEA,
  SEA_TABLES,
  shareWhere,
  weekOf,
} from "./fragments.ts";

const EMPTY = "no fish at sea yet";

/** Utilization of all places, or of one geography's. */
function utilization(id: string, where: string, geography?: string): Figure[] {
  const facts: FigureFacts = {
    id,
    title: `containers in use, ${where}`,
    unit: "%",
    definition: "Active containers with an active stay on the last day, of all active ones",
    counted: "containers",
    least: 1,
    empty: `no containers in ${where}`,
    documented: {
      low: 25,
      high: 90,
      sources: ["AMIND"],
      says: "25 to 50 with 30 batches or more, 75 to 90 with 150, C-18",
    },
  };
  const only = geography === undefined ? "" : `AND g.name = '${geography}'`;
  return figuresBy({
    tables: [
      "infrastructure_container",
      "infrastructure_hall",
      "infrastructure_freshwaterstation",
      "infrastructure_area",
      "infrastructure_geography",
      "batch_batchcontainerassignment",
    ],
    sql: `
      SELECT 100 * CAST(count(DISTINCT a.container_id) AS float8)
          / nullif(count(DISTINCT c.id), 0) AS value, count(DISTINCT c.id) AS n
      FROM infrastructure_container c LEFT JOIN infrastructure_hall h ON h.id = c.hall_id
      LEFT JOIN infrastructure_freshwaterstation f ON f.id = h.freshwater_station_id
      LEFT JOIN infrastructure_area r ON r.id = c.area_id
      JOIN infrastructure_geography g ON g.id = coalesce(f.geography_id, r.geography_id)
      LEFT JOIN batch_batchcontainerassignment a ON a.container_id = c.id AND a.is_active
      WHERE c.active ${only}`,
  }, facts);
}

/** All figures of this file. */
export const placeFigures: readonly Figure[] = [
  ...utilization("utilization_pct", "the whole farm"),
  ...utilization("utilization_faroe_pct", "Faroe Islands", "Faroe Islands"),
  ...utilization("utilization_scotland_pct", "Scotland", "Scotland"),
  ...figuresBy(
    {
      tables: MOVED_TABLES,
      sql: `
      WITH ${MOVED}, rings AS (SELECT sum(fish) AS fish FROM moved GROUP BY assignment_id)
      SELECT ${quantile(0.95, "fish")} AS value, count(*) AS n FROM rings`,
    },
    {
      id: "fish_per_ring_p95",
      title: "fish put into a ring, largest twentieth",
      unit: "",
      definition: "95 % quantile of what came into a ring's stay from fresh water",
      counted: "ring stays",
      least: 5,
      empty: EMPTY,
      published: { low: 30_000, high: 205_000, sources: ["NREG"], says: "at most 200,000" },
    },
  ),
  ...figuresBy(
    {
      tables: MOVED_TABLES,
      sql: `
      WITH ${MOVED}, days AS (SELECT sum(fish) AS fish FROM moved GROUP BY area_id, day)
      SELECT ${median("fish")} AS value, count(*) AS n FROM days`,
    },
    {
      id: "smolts_to_a_site_per_day_p50",
      title: "smolts put into a site on one day, median",
      unit: "",
      definition: "Of the days on which fish come to a site from fresh water",
      counted: "site-days",
      least: 1,
      empty: EMPTY,
      published: { low: 50_000, high: 700_000, sources: ["FARMS"], says: "loads of a well boat" },
    },
  ),
  ...figuresBy(
    {
      tables: SEA_TABLES,
      sql: `
      WITH ${SEA}, weeks AS (
        SELECT container_id, avg(kg) AS kg FROM sea
        GROUP BY assignment_id, container_id, ${weekOf("day")}
      ), known AS (
        SELECT w.kg, c.max_biomass_kg AS most, w.kg / nullif(CAST(c.volume_m3 AS float8), 0) AS density
        FROM weeks w JOIN infrastructure_container c ON c.id = w.container_id
      )
      SELECT ${shareWhere("kg > most")} AS over, ${
        quantile(0.95, "density")
      } AS density, count(*) AS n
      FROM known`,
    },
    {
      id: "ring_over_own_max_biomass_share",
      title: "ring-weeks above the ring's own limit of biomass",
      unit: "",
      value: "over",
      definition:
        "Share of the weeks, Monday to Sunday, whose mean biomass is above max_biomass_kg",
      counted: "ring-weeks",
      least: 20,
      empty: EMPTY,
      published: { low: 0, high: 0.01, sources: ["ASSUM"], says: "a farm keeps its own limits" },
    },
    {
      id: "density_p95_kg_m3",
      title: "density in rings, fullest twentieth",
      unit: "kg/m³",
      value: "density",
      definition: "95 % quantile of the mean biomass of ring-weeks over the ring's volume",
      counted: "ring-weeks",
      least: 20,
      empty: EMPTY,
      published: {
        low: 5,
        high: 25,
        sources: ["FAROE"],
        says: "at most 25 above 3 kg; 2.5 to 15.4 kept in 2009",
      },
    },
  ),
  ...figuresBy(
    {
      tables: [...SEA_TABLES, "infrastructure_area"],
      sql: `
      WITH ${SEA}, days AS (SELECT area_id, day, sum(kg) AS kg FROM sea GROUP BY area_id, day),
      fortnights AS (
        SELECT area_id, avg(kg) AS kg FROM days
        GROUP BY area_id, CAST(floor((day - :first_day) / 14.0) AS integer)
      ), known AS (
        SELECT f.kg, a.max_biomass AS most FROM fortnights f
        JOIN infrastructure_area a ON a.id = f.area_id
      )
      SELECT ${shareWhere("kg > most")} AS over, ${quantile(0.95, "kg / 1000")} AS tonnes,
        count(*) AS n
      FROM known`,
    },
    {
      id: "site_over_own_max_biomass_share",
      title: "site fortnights above the site's own limit of biomass",
      unit: "",
      value: "over",
      definition: "Share of the fortnights whose mean biomass is above the area's max_biomass",
      counted: "site fortnights",
      least: 10,
      empty: EMPTY,
      published: { low: 0, high: 0.01, sources: ["ASSUM"], says: "a farm keeps its own limits" },
    },
    {
      id: "site_biomass_p95_t",
      title: "biomass of a site, fullest twentieth",
      unit: "t",
      value: "tonnes",
      definition: "95 % quantile of the mean biomass of site fortnights",
      counted: "site fortnights",
      least: 10,
      empty: EMPTY,
      published: {
        low: 800,
        high: 7000,
        sources: ["NREG", "SCOT"],
        says: "Norway 780 to 7,800 t permitted, Scotland up to about 4,000 t",
      },
    },
  ),
  ...figuresBy(
    {
      tables: SEA_TABLES,
      sql: `
      WITH ${SEA}, months AS (
        SELECT count(DISTINCT batch_id) AS batches FROM sea GROUP BY area_id, ${monthOf("day")}
      )
      SELECT ${shareWhere("batches > 1")} AS value, count(*) AS n FROM months`,
    },
    {
      id: "sites_with_two_generations_share",
      title: "site-months with more than one batch",
      unit: "",
      definition: "Share of the months in which a site holds fish",
      counted: "site-months",
      least: 10,
      empty: EMPTY,
      published: { low: 0, high: 0.02, sources: ["FAROE"], says: "all in, all out" },
    },
  ),
  ...figuresBy(
    {
      tables: SEA_TABLES,
      sql: `
      WITH ${SEA}, held AS (SELECT DISTINCT area_id, day FROM sea), gaps AS (
        SELECT day - lag(day) OVER (PARTITION BY area_id ORDER BY day) - 1 AS days FROM held
      )
      SELECT ${median("days")} AS value, count(*) AS n FROM gaps WHERE days > 0`,
    },
    {
      id: "fallow_p50_days",
      title: "days that a site lies empty between batches, median",
      unit: "days",
      definition: "Days without fish between two days with them",
      counted: "fallow periods",
      least: 1,
      empty: "no site was stocked again yet",
      published: {
        low: 28,
        high: 168,
        sources: ["FAROE", "SCOT"],
        says: "8 weeks or more in the Faroe Islands, 4 in Scotland; mostly 12 to 24",
      },
    },
  ),
];
