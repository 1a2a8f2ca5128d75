/** Which batch was in which hall or sea area, and when. */
import type { ReportSource, SectionFigures } from "./section.ts";

/** A hall or an area. */
export interface OccupiedSite {
  readonly name: string;
  /** The place of its geography in the section's list. */
  readonly geography: number;
  readonly isHall: boolean;
}

/**
 * The stay of a batch at a site in one stage: places in the section's lists of sites, batches and
 * stages; its first day, counted from the first of the dataset; its days; the most fish that it had
 * there at once; in how many containers.
 */
export type SiteStay = readonly [
  site: number,
  batch: number,
  stage: number,
  from: number,
  days: number,
  fish: number,
  containers: number,
];

/** What the section of occupancy shows. */
export interface OccupancyFigures {
  readonly firstDay: string;
  /** Days of the dataset. */
  readonly days: number;
  readonly geographies: readonly string[];
  readonly stages: readonly string[];
  readonly batches: readonly string[];
  /** Sites that ever held fish: of each geography first halls, then areas. */
  readonly sites: readonly OccupiedSite[];
  /** In the order of their first days. */
  readonly stays: readonly SiteStay[];
  /** Halls and areas that never held any, by geography. */
  readonly unused: readonly { readonly halls: number; readonly areas: number }[];
}

/** Halls and areas, each with a key of its own. */
const SITES = `SELECT 'hall' || h.id AS key, h.name, s.geography_id, true AS is_hall
  FROM infrastructure_hall h
  JOIN infrastructure_freshwaterstation s ON s.id = h.freshwater_station_id
  UNION ALL
  SELECT 'area' || a.id, a.name, a.geography_id, false FROM infrastructure_area a`;

/** Fish of a batch at a site, by day and stage. */
const DAYS = `SELECT
    CASE WHEN c.hall_id IS NULL THEN 'area' || c.area_id ELSE 'hall' || c.hall_id END AS key,
    d.batch_id, d.lifecycle_stage_id AS stage_id, d.date,
    sum(d.population) AS fish, count(*) AS containers
  FROM batch_actualdailyassignmentstate d JOIN infrastructure_container c ON c.id = d.container_id
  GROUP BY 1, 2, 3, 4`;

interface SiteRow {
  readonly key: string;
  readonly name: string;
  readonly geography: number;
  readonly hall: boolean;
}

interface StayRow {
  readonly key: string;
  readonly batch: string;
  readonly stage: string;
  readonly since: number;
  readonly days: number;
  readonly fish: number;
  readonly containers: number;
}

/** The section of occupancy. */
export const occupancyFigures: SectionFigures<OccupancyFigures> = {
  id: "occupancy",
  reads: {
    batch_actualdailyassignmentstate: [
      "date",
      "population",
      "batch_id",
      "container_id",
      "lifecycle_stage_id",
    ],
    batch_batch: ["id", "batch_number"],
    batch_lifecyclestage: ["id", "name", "order"],
    infrastructure_container: ["id", "hall_id", "area_id"],
    infrastructure_hall: ["id", "name", "freshwater_station_id"],
    infrastructure_freshwaterstation: ["id", "geography_id"],
    infrastructure_area: ["id", "name", "geography_id"],
    infrastructure_geography: ["id", "name"],
  },
  async figures({ manifest, rows }: ReportSource) {
    const geographies = await rows<{ id: number; name: string }>(
      "SELECT id, name FROM infrastructure_geography ORDER BY id",
    );
    const all = await rows<SiteRow>(`SELECT key, name, geography_id AS geography, is_hall AS hall
      FROM (${SITES}) ORDER BY geography_id, is_hall DESC, name, key`);
    const found = await rows<StayRow>(`SELECT d.key, b.batch_number AS batch, s.name AS stage,
        min(d.date) - DATE '${manifest.firstDay}' AS since,
        max(d.date) - min(d.date) + 1 AS days, max(d.fish) AS fish, max(d.containers) AS containers
      FROM (${DAYS}) d JOIN batch_batch b ON b.id = d.batch_id
      JOIN batch_lifecyclestage s ON s.id = d.stage_id
      GROUP BY d.key, b.id, b.batch_number, s.id, s.name, s."order"
      ORDER BY since, b.id, s."order", s.id, d.key`);
    const stages = await rows<{ name: string }>(
      `SELECT name FROM batch_lifecyclestage ORDER BY "order", id`,
    );
    const used = new Set(found.map(({ key }) => key));
    const sites = all.filter(({ key }) => used.has(key));
    const placeOfSite = new Map(sites.map(({ key }, place) => [key, place]));
    const placeOfGeography = new Map(geographies.map(({ id }, place) => [id, place]));
    const placeOfStage = new Map(stages.map(({ name }, place) => [name, place]));
    const batches = [...new Set(found.map(({ batch }) => batch))];
    const placeOfBatch = new Map(batches.map((number, place) => [number, place]));
    const unusedIn = (geography: number, hall: boolean) =>
      all.filter((site) =>
        site.geography === geography && site.hall === hall && !used.has(site.key)
      )
        .length;
    return {
      firstDay: manifest.firstDay,
      days: Math.round((Date.parse(manifest.asOf) - Date.parse(manifest.firstDay)) / 86_400_000),
      geographies: geographies.map(({ name }) => name),
      stages: stages.map(({ name }) => name),
      batches,
      sites: sites.map(({ name, geography, hall }) => (
        { name, geography: placeOfGeography.get(geography)!, isHall: hall }
      )),
      stays: found.map(({ key, batch, stage, since, days, fish, containers }) => [
        placeOfSite.get(key)!,
        placeOfBatch.get(batch)!,
        placeOfStage.get(stage)!,
        since,
        days,
        fish,
        containers,
      ]),
      unused: geographies.map(({ id }) => (
        { halls: unusedIn(id, true), areas: unusedIn(id, false) }
      )),
    };
  },
};
