/** Biomass and fish by stage and geography over time. */
import type { ReportSource, SectionFigures } from "./section.ts";
import { type Deltas, deltasOf } from "./series.ts";
import { STOCK_STEP } from "./steps.ts";

/** The fish of one stage in one geography, on every day of the section. */
export interface StockSeries {
  /** Places in the lists of the section. */
  readonly geography: number;
  readonly stage: number;
  readonly fish: Deltas;
  /** Kilograms. */
  readonly biomass: Deltas;
}

/** What lives on the farm, day by day of a week. */
export interface StockFigures {
  /** The first day that is shown, `2024-05-03`; the others follow every {@linkcode STOCK_STEP} days. */
  readonly first: string;
  readonly days: number;
  readonly geographies: readonly string[];
  readonly stages: readonly string[];
  readonly series: readonly StockSeries[];
}

/** A day of one stage in one geography; `back` counts steps from the last day. */
interface StockRow {
  readonly back: number;
  readonly geography: string;
  readonly stage: string;
  readonly fish: number;
  readonly biomass: number;
}

/** Where a container stands, by its id. */
export const CONTAINER_GEOGRAPHIES = `SELECT c.id AS container_id, g.id AS geography_id, g.name
  FROM infrastructure_container c
  LEFT JOIN infrastructure_hall h ON h.id = c.hall_id
  LEFT JOIN infrastructure_freshwaterstation s ON s.id = h.freshwater_station_id
  LEFT JOIN infrastructure_area r ON r.id = c.area_id
  JOIN infrastructure_geography g ON g.id = coalesce(s.geography_id, r.geography_id)`;

/** The columns that {@linkcode CONTAINER_GEOGRAPHIES} reads. */
export const GEOGRAPHY_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  infrastructure_container: ["id", "hall_id", "area_id"],
  infrastructure_hall: ["id", "freshwater_station_id"],
  infrastructure_freshwaterstation: ["id", "geography_id"],
  infrastructure_area: ["id", "geography_id"],
  infrastructure_geography: ["id", "name"],
};

const DAY = 86_400_000;

/** The section of what lives on the farm. */
export const stockFigures: SectionFigures<StockFigures> = {
  id: "stock",
  reads: {
    batch_actualdailyassignmentstate: [
      "date",
      "population",
      "biomass_kg",
      "container_id",
      "lifecycle_stage_id",
    ],
    batch_lifecyclestage: ["id", "name", "order"],
    ...GEOGRAPHY_COLUMNS,
  },
  async figures({ manifest, rows }: ReportSource) {
    const last = Date.parse(manifest.asOf) - DAY;
    const found = await rows<StockRow>(`SELECT
        (DATE '${manifest.asOf}' - 1 - d.date) // ${STOCK_STEP} AS back,
        p.name AS geography, s.name AS stage,
        sum(d.population) AS fish, sum(d.biomass_kg) AS biomass
      FROM batch_actualdailyassignmentstate d
      JOIN (${CONTAINER_GEOGRAPHIES}) p ON p.container_id = d.container_id
      JOIN batch_lifecyclestage s ON s.id = d.lifecycle_stage_id
      WHERE (DATE '${manifest.asOf}' - 1 - d.date) % ${STOCK_STEP} = 0
      GROUP BY 1, p.geography_id, p.name, s.id, s.name, s."order"
      ORDER BY p.geography_id, s."order", s.id, 1 DESC`);
    const geographies = [...new Set(found.map(({ geography }) => geography))];
    const stages = (await rows<{ name: string }>(
      `SELECT name FROM batch_lifecyclestage ORDER BY "order", id`,
    )).map(({ name }) => name);
    const days = Math.floor((last - Date.parse(manifest.firstDay)) / DAY / STOCK_STEP) + 1;
    const series = geographies.flatMap((name, geography) =>
      stages.flatMap((stageName, stage) => {
        const own = found.filter((row) => row.geography === name && row.stage === stageName);
        if (own.length === 0) return [];
        const [fish, biomass] = [new Array<number>(days).fill(0), new Array<number>(days).fill(0)];
        for (const row of own) {
          fish[days - 1 - row.back] = row.fish;
          biomass[days - 1 - row.back] = row.biomass;
        }
        return [{ geography, stage, fish: deltasOf(fish), biomass: deltasOf(biomass) }];
      })
    );
    const first = new Date(last - (days - 1) * STOCK_STEP * DAY).toISOString().slice(0, 10);
    return { first, days, geographies, stages, series };
  },
};
