/** The farm at a glance: what the dataset is, and how much of everything it has. */
import type { ReportSource, ReportVerdict, SectionFigures } from "./section.ts";

/** Where something is counted, and how many there are. */
export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

/** What the first section says. Weights are in kilograms, days are `2024-05-03`. */
export interface GlanceFigures {
  readonly title: string;
  readonly version: string;
  readonly schema: string;
  readonly seed: number;
  readonly profile: string;
  readonly firstDay: string;
  /** The last day that was simulated. */
  readonly lastDay: string;
  readonly rows: number;
  readonly tables: number;
  /** CSV files, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** How many checks ended in each way; null where nobody asked them. */
  readonly checks: ReportVerdict["counts"] | null;
  /** By which the dataset is named: `sha256:` and 64 digits. */
  readonly digest: string;
  readonly batches: { readonly all: number; readonly active: number; readonly completed: number };
  /** Batches by the geography in which they began. */
  readonly geographies: readonly NamedCount[];
  /** Active batches by stage, in the order of life. */
  readonly stages: readonly NamedCount[];
  readonly containers: {
    readonly all: number;
    readonly everUsed: number;
    readonly occupied: number;
  };
  /** Eggs that came, fish and kilograms that live on the last day, that died, and were harvested. */
  readonly eggs: number;
  readonly fish: number;
  readonly biomass: number;
  readonly deaths: number;
  readonly harvestedFish: number;
  readonly harvestedKg: number;
  readonly feedKg: number;
}

/** The day before another. */
function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

const TOTALS = `SELECT
  (SELECT coalesce(sum(egg_count_actual), 0) FROM batch_creationaction) AS eggs,
  (SELECT coalesce(sum(count), 0) FROM batch_mortalityevent) AS deaths,
  (SELECT coalesce(sum(population_count), 0) FROM batch_batchcontainerassignment WHERE is_active)
    AS fish,
  (SELECT coalesce(sum(biomass_kg), 0) FROM batch_batchcontainerassignment WHERE is_active)
    AS biomass,
  (SELECT coalesce(sum(unit_count), 0) FROM harvest_harvestlot) AS "harvestedFish",
  (SELECT coalesce(sum(live_weight_kg), 0) FROM harvest_harvestlot) AS "harvestedKg",
  (SELECT coalesce(sum(amount_kg), 0) FROM inventory_feedingevent) AS "feedKg",
  (SELECT count(*) FROM batch_batch) AS batches,
  (SELECT count(*) FROM batch_batch WHERE status = 'ACTIVE') AS active,
  (SELECT count(*) FROM batch_batch WHERE status = 'COMPLETED') AS completed`;

/** A batch begins where its first eggs lie. */
const GEOGRAPHIES = `SELECT g.name, count(*) AS count FROM (
    SELECT a.batch_id, arg_min(coalesce(s.geography_id, r.geography_id), a.id) AS geography_id
    FROM batch_batchcontainerassignment a JOIN infrastructure_container c ON c.id = a.container_id
    LEFT JOIN infrastructure_hall h ON h.id = c.hall_id
    LEFT JOIN infrastructure_freshwaterstation s ON s.id = h.freshwater_station_id
    LEFT JOIN infrastructure_area r ON r.id = c.area_id
    GROUP BY a.batch_id
  ) b JOIN infrastructure_geography g ON g.id = b.geography_id
  GROUP BY g.id, g.name ORDER BY g.id`;

const STAGES = `SELECT s.name, count(b.id) AS count
  FROM batch_lifecyclestage s
  LEFT JOIN batch_batch b ON b.lifecycle_stage_id = s.id AND b.status = 'ACTIVE'
  GROUP BY s.id, s.name, s."order" ORDER BY s."order", s.id`;

/** The totals as a query gives them. */
type Totals =
  & Pick<
    GlanceFigures,
    "eggs" | "deaths" | "fish" | "biomass" | "harvestedFish" | "harvestedKg" | "feedKg"
  >
  & { readonly batches: number; readonly active: number; readonly completed: number };

/** The first section. */
export const glanceFigures: SectionFigures<GlanceFigures> = {
  id: "glance",
  reads: {
    batch_creationaction: ["egg_count_actual"],
    batch_mortalityevent: ["count"],
    batch_batchcontainerassignment: [
      "id",
      "batch_id",
      "container_id",
      "population_count",
      "biomass_kg",
      "is_active",
    ],
    batch_batch: ["id", "status", "lifecycle_stage_id"],
    batch_lifecyclestage: ["id", "name", "order"],
    harvest_harvestlot: ["unit_count", "live_weight_kg"],
    inventory_feedingevent: ["amount_kg"],
    infrastructure_container: ["id", "hall_id", "area_id"],
    infrastructure_hall: ["id", "freshwater_station_id"],
    infrastructure_freshwaterstation: ["id", "geography_id"],
    infrastructure_area: ["id", "geography_id"],
    infrastructure_geography: ["id", "name"],
  },
  async figures({ title, manifest, digest, verdict, rows }: ReportSource) {
    const [totals] = await rows<Totals>(TOTALS);
    const { batches, active, completed, ...sums } = totals!;
    const { occupied, everUsed, containers } = manifest.state.places;
    const entries = Object.values(manifest.tables);
    return {
      title,
      version: manifest.version,
      schema: manifest.schema,
      seed: manifest.seed,
      profile: manifest.profile.name,
      firstDay: manifest.firstDay,
      lastDay: dayBefore(manifest.asOf),
      rows: manifest.rows,
      tables: entries.length,
      files: entries.reduce((sum, { parts }) => sum + parts.length, 0),
      bytes: manifest.bytes,
      checks: verdict?.counts ?? null,
      digest,
      batches: { all: batches, active, completed },
      geographies: await rows<NamedCount>(GEOGRAPHIES),
      stages: await rows<NamedCount>(STAGES),
      containers: { all: containers, everUsed, occupied },
      ...sums,
    };
  },
};
