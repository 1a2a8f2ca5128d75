/** Rows of `inventory_feedpurchase`, `inventory_feedcontainerstock` and their histories (7.2). */
import { divideRounded } from "../farm/exact.ts";
import type { Lot } from "../farm/state.ts";
import type { FeedContainer } from "../farm/facts.ts";
import type { World } from "../farm/world.ts";
import {
  bytesOf,
  type Column,
  column,
  compactDate,
  date,
  empty,
  hundredths,
  instant,
  integer,
  paddedDigits,
  text,
} from "./bytes.ts";
import { feature, type Rendering } from "./feature.ts";
import { history, type HistoryType } from "./history.ts";
import { decimal, isoInstant, type PlainRow } from "./plain_row.ts";

/** What is left of a lot as it is written, in 0.01 kg. */
export function writtenStock(lot: Lot): number {
  return divideRounded(lot.left, 100);
}

/** A function that writes one history row of a lot's stock as it is now. */
function stockHistory(
  { parts, world, numbers }: Rendering<"stockHistory">,
): (lot: Lot, type: HistoryType) => void {
  const past = parts.stockHistory;
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

/** The texts of purchases, made once for every feed container. */
interface PurchaseTexts {
  readonly supplier: Column;
  readonly notes: Column;
}

const NO_NOTES = column("");
const INITIAL_NUMBER = bytesOf("INIT-");
const ORDER_NUMBER = bytesOf("AUTO-");
const DASH = bytesOf("-");

/** A function that writes the purchase of a lot; `order` is 0 for initial stock. */
function purchaseRows(
  { parts, world, numbers }: Rendering<"purchase" | "purchaseHistory">,
): (lot: Lot, order: number) => void {
  const { purchase: live, purchaseHistory: past } = parts;
  const { orders } = world.rates;
  const firstPurchase = numbers.purchase;
  const ordered: PurchaseTexts = { supplier: column(orders.supplier), notes: NO_NOTES };
  const initially = ({ name, initial }: FeedContainer): PurchaseTexts => (
    { supplier: column(initial.supplier), notes: column(`Initial stock of ${name}`) }
  );

  /** purchase_date, quantity_kg, cost_per_kg, supplier, batch_number, expiry_date, notes. */
  function facts(out: DataView, at: number, lot: Lot, order: number, texts: PurchaseTexts): number {
    const { initial } = world.feedContainers[lot.feedContainer]!;
    at = date(out, at, lot.purchaseDay);
    at = hundredths(out, at, lot.bought / 100);
    at = hundredths(out, at, lot.price);
    at = text(out, at, texts.supplier);
    at = text(out, at, order === 0 ? INITIAL_NUMBER : ORDER_NUMBER);
    at = text(out, compactDate(out, at, lot.purchaseDay), DASH);
    at = paddedDigits(out, at, order === 0 ? lot.purchaseId - firstPurchase + 1 : order);
    at = empty(out, at);
    at = date(out, at, lot.purchaseDay + (order === 0 ? initial : orders).shelfDays);
    return text(out, at, texts.notes);
  }

  function instants(out: DataView, at: number, { purchaseDay, received }: Lot): number {
    at = instant(out, at, purchaseDay, received.hour);
    return instant(out, at, purchaseDay, received.hour);
  }

  return (lot, order) => {
    const texts = order === 0 ? initially(world.feedContainers[lot.feedContainer]!) : ordered;
    let { out } = live;
    let at = integer(out, live.begin(), lot.purchaseId);
    at = facts(out, at, lot, order, texts);
    at = instants(out, at, lot);
    live.end(integer(out, at, lot.feedId));

    out = past.out;
    at = integer(out, past.begin(), lot.purchaseId);
    at = instants(out, at, lot);
    at = facts(out, at, lot, order, texts);
    const { hour } = lot.received;
    at = history(out, at, numbers.purchaseHistory++, lot.purchaseDay, hour, "+");
    at = integer(out, at, lot.feedId);
    past.end(empty(out, at));
  };
}

/** Purchases of feed and the history of what is left of them; the farm numbers both itself. */
export const feedLots = feature({
  tables: {
    purchase: "inventory_feedpurchase",
    purchaseHistory: "inventory_historicalfeedpurchase",
    stockHistory: "inventory_historicalfeedcontainerstock",
  },
  count: ({ numbers }) => ({
    received() {
      numbers.purchaseHistory++;
      numbers.stockHistory++;
    },
    drawn() {
      numbers.stockHistory++;
    },
  }),
  render(rendering) {
    const bought = purchaseRows(rendering);
    const saved = stockHistory(rendering);
    return {
      received(lot, order) {
        bought(lot, order);
        saved(lot, "+");
      },
      drawn: (lot) => saved(lot, "~"),
    };
  },
});
