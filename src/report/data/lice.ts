/** Lice per fish, week by week, of geographies and sea areas. */
import type { ReportSource } from "./section.ts";
import { type Deltas, deltasOf } from "./series.ts";

/** A sea area, or all of a geography together. Weeks count from the Monday of the section. */
export interface LiceSite {
  /** Its place in the list of the section. */
  readonly geography: number;
  /** The name of the area; null of all of them. */
  readonly area: string | null;
  /** Weeks with counts. */
  readonly weeks: Deltas;
  /** How many rings were counted in each. */
  readonly rings: Deltas;
  /** Adult females of the salmon louse per fish: mean of the rings, and 10 and 90 % of them; 0.01. */
  readonly mean: Deltas;
  readonly low: Deltas;
  readonly high: Deltas;
  /** Mean of all lice per fish; 0.01. */
  readonly all: Deltas;
  /** Weeks in which rings were treated, and how many. */
  readonly treated: readonly (readonly [week: number, rings: number])[];
}

/** The columns that {@linkcode liceSites} reads. */
export const LICE_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  health_licecount: [
    "count_date",
    "adult_female_count",
    "adult_male_count",
    "juvenile_count",
    "fish_sampled",
    "container_id",
    "count_value",
    "lice_type_id",
  ],
  health_licetype: ["id", "species", "gender", "development_stage"],
  health_treatment: ["treatment_date", "treatment_type", "container_id"],
  infrastructure_container: ["id", "area_id"],
  infrastructure_area: ["id", "name", "geography_id"],
  infrastructure_geography: ["id", "name"],
};

const AREAS = `SELECT c.id AS container_id, a.id AS area_id, a.name AS area, g.id AS geography_id,
    g.name AS geography
  FROM infrastructure_container c JOIN infrastructure_area a ON a.id = c.area_id
  JOIN infrastructure_geography g ON g.id = a.geography_id`;

/** Both with a row for all areas of a geography, whose area is null. */
const BY_AREA = `GROUP BY GROUPING SETS
    ((geography_id, geography, week), (geography_id, geography, area_id, area, week))`;

function countsSince(monday: string): string {
  return `
  WITH counted AS (
    SELECT p.geography_id, p.geography, p.area_id, p.area, c.container_id,
      (CAST(c.count_date AS date) - DATE '${monday}') // 7 AS week, CAST(c.count_date AS date) AS day,
      sum(CASE
        WHEN c.count_value IS NULL THEN c.adult_female_count
        WHEN t.species = 'Lepeophtheirus salmonis' AND t.gender = 'female'
          AND t.development_stage = 'adult' THEN c.count_value
        ELSE 0 END) / nullif(max(c.fish_sampled), 0) AS females,
      sum(coalesce(c.count_value, c.adult_female_count + c.adult_male_count + c.juvenile_count))
        / nullif(max(c.fish_sampled), 0) AS lice
    FROM health_licecount c JOIN (${AREAS}) p ON p.container_id = c.container_id
    LEFT JOIN health_licetype t ON t.id = c.lice_type_id
    GROUP BY ALL
  )
  SELECT geography, area, week, count(*) AS rings, avg(females) AS mean,
    quantile_cont(females, 0.1) AS low, quantile_cont(females, 0.9) AS high, avg(lice) AS "all"
  FROM counted WHERE females IS NOT NULL ${BY_AREA}
  ORDER BY geography_id, area_id NULLS FIRST, week`;
}

function treatmentsSince(monday: string): string {
  return `
  WITH treated AS (
    SELECT p.geography_id, p.geography, p.area_id, p.area, t.container_id,
      (CAST(t.treatment_date AS date) - DATE '${monday}') // 7 AS week
    FROM health_treatment t JOIN (${AREAS}) p ON p.container_id = t.container_id
    WHERE t.treatment_type <> 'vaccination'
  )
  SELECT geography, area, week, count(DISTINCT container_id) AS rings
  FROM treated ${BY_AREA}
  ORDER BY geography_id, area_id NULLS FIRST, week`;
}

interface SiteRow {
  readonly geography: string;
  readonly area: string | null;
  readonly week: number;
  readonly rings: number;
}

interface CountRow extends SiteRow {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly all: number;
}

const siteOf = ({ geography, area }: SiteRow) => JSON.stringify([geography, area]);

/** All sites with counts of lice: each geography, followed by its areas. */
export async function liceSites(
  rows: ReportSource["rows"],
  geographies: readonly string[],
  monday: string,
): Promise<readonly LiceSite[]> {
  const counts = Map.groupBy(await rows<CountRow>(countsSince(monday)), siteOf);
  const treatments = Map.groupBy(await rows<SiteRow>(treatmentsSince(monday)), siteOf);
  return Array.from(counts, ([site, weeks]) => ({
    geography: geographies.indexOf(weeks[0]!.geography),
    area: weeks[0]!.area,
    weeks: deltasOf(weeks.map(({ week }) => week)),
    rings: deltasOf(weeks.map(({ rings }) => rings)),
    mean: deltasOf(weeks.map(({ mean }) => mean), 0.01),
    low: deltasOf(weeks.map(({ low }) => low), 0.01),
    high: deltasOf(weeks.map(({ high }) => high), 0.01),
    all: deltasOf(weeks.map(({ all }) => all), 0.01),
    treated: (treatments.get(site) ?? []).map(({ week, rings }) => [week, rings] as const),
  }));
}
