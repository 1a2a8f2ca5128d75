/** What lies in silos and barges, meal by meal, and what was delivered to them. */
import type { ReportSource } from "./section.ts";
import { type Deltas, deltasOf } from "./series.ts";
import { STORE_DAYS } from "./steps.ts";

/** A silo or barge of which fish have eaten. Instants are hours since 1970, UTC. */
export interface FeedStore {
  readonly name: string;
  /** `SILO` or `BARGE`. */
  readonly kind: string;
  /** Its place in the list of the section; -1 where no fish ever were. */
  readonly geography: number;
  readonly capacityKg: number;
  /** All that ever came, what it cost, and in how many deliveries. */
  readonly boughtKg: number;
  readonly cost: number;
  readonly purchases: number;
  /** The instants of the days shown at which the stock changed. */
  readonly hours: Deltas;
  /** The stock after it, kg. */
  readonly stock: Deltas;
  /**
   * The deliveries of the days shown: when, the least stock of that instant, what came, both kg, the
   * price of 1 kg in hundredths, and the places of the suppliers.
   */
  readonly deliveries: {
    readonly hours: Deltas;
    readonly low: Deltas;
    readonly kg: Deltas;
    readonly price: Deltas;
    readonly suppliers: readonly number[];
  };
}

/** The columns that {@linkcode feedStores} reads. */
export const STORE_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  inventory_historicalfeedcontainerstock: [
    "id",
    "quantity_kg",
    "history_id",
    "history_date",
    "feed_container_id",
  ],
  inventory_feedcontainerstock: ["id", "created_at", "feed_container_id", "feed_purchase_id"],
  inventory_feedpurchase: ["id", "quantity_kg", "cost_per_kg", "supplier"],
  infrastructure_feedcontainer: [
    "id",
    "name",
    "container_type",
    "capacity_kg",
    "area_id",
    "hall_id",
  ],
};

/** A lot is saved whenever it changes: the stock of a store is the sum of the changes of its lots. */
const CHANGES = `
  WITH changes AS (
    SELECT feed_container_id AS store, history_date AS instant, history_id AS n,
      quantity_kg - lag(quantity_kg, 1, 0) OVER (PARTITION BY id ORDER BY history_id) AS change
    FROM inventory_historicalfeedcontainerstock
  ), running AS (
    SELECT store, instant, n, sum(change) OVER (PARTITION BY store ORDER BY n) AS stock
    FROM changes
  ), moments AS (
    SELECT store, instant, min(stock) AS low, arg_max(stock, n) AS stock
    FROM running GROUP BY store, instant
    QUALIFY count(*) OVER (PARTITION BY store) > 1
      AND instant >= max(instant) OVER (PARTITION BY store) - INTERVAL ${STORE_DAYS} DAY
  )
  SELECT f.id, f.name, f.container_type AS kind, f.capacity_kg AS "capacityKg", g.name AS geography,
    list(CAST(epoch(m.instant) AS bigint) // 3600 ORDER BY m.instant) AS hours,
    list(CAST(round(m.low) AS bigint) ORDER BY m.instant) AS low,
    list(CAST(round(m.stock) AS bigint) ORDER BY m.instant) AS stock
  FROM moments m JOIN infrastructure_feedcontainer f ON f.id = m.store
  LEFT JOIN infrastructure_hall h ON h.id = f.hall_id
  LEFT JOIN infrastructure_freshwaterstation s ON s.id = h.freshwater_station_id
  LEFT JOIN infrastructure_area r ON r.id = f.area_id
  JOIN infrastructure_geography g ON g.id = coalesce(s.geography_id, r.geography_id)
  GROUP BY f.id, f.name, f.container_type, f.capacity_kg, g.name
  ORDER BY f.id`;

const DELIVERIES = `
  SELECT s.feed_container_id AS store, count(*) AS purchases, sum(p.quantity_kg) AS kg,
    CAST(sum(CAST(p.quantity_kg AS double) * CAST(p.cost_per_kg AS double)) AS double) AS cost,
    list({hour: CAST(epoch(s.created_at) AS bigint) // 3600, kg: p.quantity_kg,
      price: p.cost_per_kg, supplier: p.supplier} ORDER BY s.created_at, s.id)
      FILTER (s.created_at >= l.instant - INTERVAL ${STORE_DAYS} DAY) AS shown
  FROM inventory_feedcontainerstock s
  JOIN inventory_feedpurchase p ON p.id = s.feed_purchase_id
  JOIN (
    SELECT feed_container_id AS store, max(history_date) AS instant
    FROM inventory_historicalfeedcontainerstock GROUP BY feed_container_id
  ) l ON l.store = s.feed_container_id
  GROUP BY s.feed_container_id`;

interface ChangesRow {
  readonly id: number;
  readonly name: string;
  readonly kind: string;
  readonly geography: string;
  readonly capacityKg: number;
  readonly hours: readonly number[];
  readonly low: readonly number[];
  readonly stock: readonly number[];
}

interface DeliveriesRow {
  readonly store: number;
  readonly purchases: number;
  readonly kg: number;
  readonly cost: number;
  readonly shown:
    | readonly {
      readonly hour: number;
      readonly kg: number;
      readonly price: number;
      readonly supplier: string;
    }[]
    | null;
}

/** All stores that were used, and how many were not. */
export async function feedStores(rows: ReportSource["rows"], geographies: readonly string[]) {
  const changed = await rows<ChangesRow>(CHANGES);
  const delivered = new Map(
    (await rows<DeliveriesRow>(DELIVERIES)).map((row) => [row.store, row]),
  );
  const [{ all }] = await rows<{ all: number }>(
    `SELECT count(*) AS "all" FROM infrastructure_feedcontainer`,
  ) as [{ all: number }];
  const suppliers: string[] = [];
  const placeOf = (supplier: string) => {
    const known = suppliers.indexOf(supplier);
    return known < 0 ? suppliers.push(supplier) - 1 : known;
  };
  const stores = changed.map((row): FeedStore => {
    const { name, kind, capacityKg, id } = row;
    const own = delivered.get(id);
    const shown = own?.shown ?? [];
    const lowAt = new Map(row.hours.map((hour, place) => [hour, row.low[place]!]));
    return {
      name,
      kind,
      capacityKg,
      geography: geographies.indexOf(row.geography),
      boughtKg: own?.kg ?? 0,
      cost: own?.cost ?? 0,
      purchases: own?.purchases ?? 0,
      hours: deltasOf(row.hours),
      stock: deltasOf(row.stock),
      deliveries: {
        hours: deltasOf(shown.map(({ hour }) => hour)),
        low: deltasOf(shown.map(({ hour }) => lowAt.get(hour) ?? null)),
        kg: deltasOf(shown.map(({ kg }) => kg)),
        price: deltasOf(shown.map(({ price }) => price), 0.01),
        suppliers: shown.map(({ supplier }) => placeOf(supplier)),
      },
    };
  });
  return { stores, idle: all - stores.length, suppliers };
}
