/** The water that fish live in, the lice on them, how they are and of what they die. */
import { FARM_COLUMNS, farmGeographies } from "./geographies.ts";
import { type DeathsOfCause, HEALTH_COLUMNS, healthOfFarm, type HealthScores } from "./health.ts";
import { LICE_COLUMNS, type LiceSite, liceSites } from "./lice.ts";
import { type LiceLimit, liceLimitOf } from "./lice_limits.ts";
import { READING_COLUMNS, type WaterFigures, waterSeries } from "./readings.ts";
import type { ReportSource, SectionFigures } from "./section.ts";

/** What the section of the environment shows. */
export interface EnvironmentFigures {
  readonly geographies: readonly string[];
  readonly water: WaterFigures;
  /** The Monday of the week 0 of lice. */
  readonly monday: string;
  readonly lice: readonly LiceSite[];
  /** The limit of each geography; null where none is known. */
  readonly limits: readonly (LiceLimit | null)[];
  readonly scores: HealthScores;
  readonly stages: readonly string[];
  readonly deaths: readonly DeathsOfCause[];
}

/** The section of the environment. */
export const environmentFigures: SectionFigures<EnvironmentFigures> = {
  id: "environment",
  reads: {
    ...FARM_COLUMNS,
    ...READING_COLUMNS,
    ...LICE_COLUMNS,
    ...HEALTH_COLUMNS,
    infrastructure_area: ["id", "name", "geography_id"],
    batch_batchcontainerassignment: ["id", "batch_id", "container_id", "lifecycle_stage_id"],
  },
  async figures({ rows, manifest }: ReportSource) {
    const geographies = await farmGeographies(rows);
    const monday = mondayOf(manifest.firstDay);
    return {
      geographies,
      water: await waterSeries(rows, geographies),
      monday,
      limits: geographies.map(liceLimitOf),
      lice: await liceSites(rows, geographies, monday),
      ...await healthOfFarm(rows),
    };
  },
};

/** The Monday of a day's week. */
function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - (date.getUTCDay() + 6) % 7);
  return date.toISOString().slice(0, 10);
}
