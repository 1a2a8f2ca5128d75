/** Temperature, oxygen and salinity over the weeks of a year. */
import type { ReportSource } from "./section.ts";
import { type Deltas, deltasOf } from "./series.ts";
import { CONTAINER_GEOGRAPHIES, GEOGRAPHY_COLUMNS } from "./stock.ts";
import { BANDS, YEAR_WEEKS } from "./steps.ts";

/** A parameter, and the range in which it should be. */
export interface WaterParameter {
  readonly name: string;
  readonly unit: string;
  readonly least: number | null;
  readonly most: number | null;
}

/** Readings of a parameter in one water of a geography, of all years together. */
export interface WaterSeries {
  /** Places in the lists of the section. */
  readonly parameter: number;
  readonly geography: number;
  readonly sea: boolean;
  readonly readings: number;
  /** For each of {@linkcode BANDS} a value a week, in hundredths; null without readings. */
  readonly bands: readonly Deltas[];
}

/** Readings over the year. */
export interface WaterFigures {
  readonly parameters: readonly WaterParameter[];
  readonly series: readonly WaterSeries[];
}

/** The parameters that are shown; others are read for the chemistry of fresh water alone. */
const SHOWN = ["Temperature", "Dissolved Oxygen", "Salinity"];

/** The columns that {@linkcode waterSeries} reads. */
export const READING_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  ...GEOGRAPHY_COLUMNS,
  environmental_environmentalreading: ["value", "reading_time", "container_id", "parameter_id"],
  environmental_environmentalparameter: ["id", "name", "unit", "optimal_min", "optimal_max"],
};

interface WeekRow {
  readonly geography: string;
  readonly sea: boolean;
  readonly parameter: string;
  readonly week: number;
  readonly readings: number;
  readonly bands: readonly number[];
}

const NAMES = SHOWN.map((name) => `'${name}'`).join(", ");

/** Readings are many: places and parameters are joined to what is left of them. */
const WEEKS = `
  WITH weeks AS (
    SELECT parameter_id, place, week, count(*) AS readings,
      quantile_cont(value, [${BANDS.join(", ")}]) AS bands
    FROM (
      SELECT r.parameter_id, p.place, CAST(r.value AS float) AS value,
        least((dayofyear(r.reading_time) - 1) // 7, ${YEAR_WEEKS - 1}) AS week
      FROM environmental_environmentalreading r
      JOIN (
        SELECT g.container_id,
          g.geography_id * 2 + CASE WHEN c.area_id IS NULL THEN 0 ELSE 1 END AS place
        FROM (${CONTAINER_GEOGRAPHIES}) g JOIN infrastructure_container c ON c.id = g.container_id
      ) p ON p.container_id = r.container_id
      WHERE r.parameter_id IN (
        SELECT id FROM environmental_environmentalparameter WHERE name IN (${NAMES})
      )
    ) GROUP BY parameter_id, place, week
  )
  SELECT g.name AS geography, w.place % 2 = 1 AS sea, e.name AS parameter, w.week, w.readings,
    w.bands
  FROM weeks w JOIN infrastructure_geography g ON g.id = w.place // 2
  JOIN environmental_environmentalparameter e ON e.id = w.parameter_id
  ORDER BY e.id, g.id, w.place, w.week`;

/** The water of all geographies. */
export async function waterSeries(
  rows: ReportSource["rows"],
  geographies: readonly string[],
): Promise<WaterFigures> {
  const known = await rows<WaterParameter>(
    `SELECT name, unit, optimal_min AS least, optimal_max AS most
      FROM environmental_environmentalparameter WHERE name IN (${NAMES}) ORDER BY id`,
  );
  const parameters = SHOWN.flatMap((name) => known.filter((one) => one.name === name));
  const groups = Map.groupBy(
    await rows<WeekRow>(WEEKS),
    ({ geography, sea, parameter }) => JSON.stringify([geography, sea, parameter]),
  );
  const series = [...groups.values()].map((weeks): WaterSeries => {
    const { geography, sea, parameter } = weeks[0]!;
    const bands = BANDS.map((_, band) => {
      const values = new Array<number | null>(YEAR_WEEKS).fill(null);
      for (const { week, bands } of weeks) values[week] = bands[band]!;
      return deltasOf(values, 0.01);
    });
    return {
      parameter: parameters.findIndex(({ name }) => name === parameter),
      geography: geographies.indexOf(geography),
      sea,
      readings: weeks.reduce((sum, { readings }) => sum + readings, 0),
      bands,
    };
  });
  return { parameters, series };
}
