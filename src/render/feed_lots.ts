/** Rows of `inventory_feedpurchase`, `inventory_feedcontainerstock` and their histories (7.2). */
import { isoOf } from "../farm/days.ts";
import { divideRounded } from "../farm/exact.ts";
import type { Numbers } from "../farm/numbers.ts";
import type { Lot } from "../farm/state.ts";
import type { World } from "../farm/world.ts";
import { tableNamed } from "../tables/catalog.ts";
import { empty, hundredths, instant, integer } from "./bytes.ts";
import { history, type HistoryType } from "./history.ts";
import type { Part } from "./part.ts";
import { decimal, historyColumns, isoInstant, type PlainRow, writeRow } from "./plain_row.ts";

/** What is left of a lot as it is written, in 0.01 kg. */
export function writtenStock(lot: Lot): number {
  return divideRounded(lot.left, 100);
}

/** A function that writes one history row of a lot's stock as it is now. */
export function stockHistory(
  past: Part,
  world: World,
  numbers: Numbers,
): (lot: Lot, type: HistoryType) => void {
  return (lot, type) => {
    const { out } = past;
    const { day, hour } = lot.updated;
    let at = integer(out, past.begin(), lot.stockId);
    at = instant(out, at, lot.received.day, lot.received.hour);
    at = instant(out, at, day, hour);
    at = hundredths(out, at, writtenStock(lot));
    at = instant(out, at, lot.entryDay, 0);
    at = history(out, at, numbers.stockHistory++, day, hour, type);
    at = integer(out, at, world.feedContainers[lot.feedContainer]!.id);
    at = integer(out, at, lot.purchaseId);
    past.end(empty(out, at));
  };
}

/** The stock row of a lot in its last state. */
export function stockRow(lot: Lot, world: World): PlainRow {
  return {
    id: lot.stockId,
    quantity_kg: decimal(writtenStock(lot)),
    entry_date: isoInstant({ day: lot.entryDay, hour: 0 }),
    created_at: isoInstant(lot.received),
    updated_at: isoInstant(lot.updated),
    feed_container_id: world.feedContainers[lot.feedContainer]!.id,
    feed_purchase_id: lot.purchaseId,
  };
}

/** A function that writes the purchase of a lot; `order` is 0 for initial stock. */
export function purchaseRows(
  live: Part,
  past: Part,
  world: World,
  numbers: Numbers,
): (lot: Lot, order: number) => void {
  const liveTable = tableNamed("inventory_feedpurchase");
  const pastTable = tableNamed("inventory_historicalfeedpurchase");
  const firstPurchase = numbers.purchase;
  return (lot, order) => {
    const { name, initial } = world.feedContainers[lot.feedContainer]!;
    const { supplier, shelfDays } = order === 0 ? initial : world.rates.orders;
    const placed = isoInstant({ day: lot.purchaseDay, hour: lot.received.hour });
    const stamp = isoOf(lot.purchaseDay).replaceAll("-", "");
    const number = order === 0
      ? `INIT-${stamp}-${String(lot.purchaseId - firstPurchase + 1).padStart(4, "0")}`
      : `AUTO-${stamp}-${String(order).padStart(4, "0")}`;
    const row = {
      id: lot.purchaseId,
      purchase_date: isoOf(lot.purchaseDay),
      quantity_kg: decimal(lot.bought / 100),
      cost_per_kg: decimal(lot.price),
      supplier,
      batch_number: number,
      expiry_date: isoOf(lot.purchaseDay + shelfDays),
      notes: order === 0 ? `Initial stock of ${name}` : "",
      created_at: placed,
      updated_at: placed,
      feed_id: lot.feedId,
    };
    writeRow(live, liveTable, row);
    writeRow(past, pastTable, {
      ...row,
      ...historyColumns(numbers.purchaseHistory++, "+", placed),
    });
  };
}
