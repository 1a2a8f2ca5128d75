/** Rows of `inventory_feedpurchase`, `inventory_feedcontainerstock` and their histories (7.2). */
import { divideRounded } from "../farm/exact.ts";
import type { Lot } from "../farm/state.ts";
import type { FeedContainerFacts } from "../farm/facts.ts";
import type { World } from "../farm/world.ts";
import {
  type FixedField,
  fixedField,
  paddedBytes,
  writeCompactDate,
  writeDate,
  writeEmpty,
  writeField,
  writeHundredths,
  writeInstant,
  writeInteger,
  writePaddedDigits,
} from "./bytes.ts";
import { feature, type Rendering } from "./feature.ts";
import { type HistoryType, writeHistory } from "./history.ts";
import { hundredthsText, isoInstant, type PlainRow } from "./plain_row.ts";

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
    let at = writeInteger(out, past.begin(), lot.stockId);
    at = writeInstant(out, at, lot.received.day, lot.received.hour);
    at = writeInstant(out, at, day, hour);
    at = writeHundredths(out, at, writtenStock(lot));
    at = writeInstant(out, at, lot.entryDay, 0);
    at = writeHistory(out, at, numbers.stockHistory++, day, hour, type);
    at = writeInteger(out, at, world.feedContainers[lot.feedContainer]!.id);
    at = writeInteger(out, at, lot.purchaseId);
    past.end(writeInteger(out, at, world.ids.makers.dailyWork));
  };
}

/** The stock row of a lot in its last state. */
export function stockRow(lot: Lot, world: World): PlainRow {
  return {
    id: lot.stockId,
    quantity_kg: hundredthsText(writtenStock(lot)),
    entry_date: isoInstant({ day: lot.entryDay, hour: 0 }),
    created_at: isoInstant(lot.received),
    updated_at: isoInstant(lot.updated),
    feed_container_id: world.feedContainers[lot.feedContainer]!.id,
    feed_purchase_id: lot.purchaseId,
  };
}

/** The texts of purchases, made once for every feed container. */
interface PurchaseTexts {
  readonly supplier: FixedField;
  readonly notes: FixedField;
}

const NO_NOTES = fixedField("");
const INITIAL_NUMBER = paddedBytes("INIT-");
const ORDER_NUMBER = paddedBytes("AUTO-");
const DASH = paddedBytes("-");

/** A function that writes the purchase of a lot; `order` is 0 for initial stock. */
function purchaseRows(
  { parts, world, numbers }: Rendering<"purchase" | "purchaseHistory">,
): (lot: Lot, order: number) => void {
  const { purchase: live, purchaseHistory: past } = parts;
  const { orders } = world.rates;
  const firstPurchase = numbers.purchase;
  const ordered: PurchaseTexts = { supplier: fixedField(orders.supplier), notes: NO_NOTES };
  const initially = ({ name, initial }: FeedContainerFacts): PurchaseTexts => (
    { supplier: fixedField(initial.supplier), notes: fixedField(`Initial stock of ${name}`) }
  );

  /** purchase_date, quantity_kg, cost_per_kg, supplier, batch_number, expiry_date, notes. */
  function facts(out: DataView, at: number, lot: Lot, order: number, texts: PurchaseTexts): number {
    const { initial } = world.feedContainers[lot.feedContainer]!;
    at = writeDate(out, at, lot.purchaseDay);
    at = writeHundredths(out, at, lot.bought / 100);
    at = writeHundredths(out, at, lot.price);
    at = writeField(out, at, texts.supplier);
    at = writeField(out, at, order === 0 ? INITIAL_NUMBER : ORDER_NUMBER);
    at = writeField(out, writeCompactDate(out, at, lot.purchaseDay), DASH);
    at = writePaddedDigits(out, at, order === 0 ? lot.purchaseId - firstPurchase + 1 : order);
    at = writeEmpty(out, at);
    at = writeDate(out, at, lot.purchaseDay + (order === 0 ? initial : orders).shelfDays);
    return writeField(out, at, texts.notes);
  }

  function instants(out: DataView, at: number, { purchaseDay, received }: Lot): number {
    at = writeInstant(out, at, purchaseDay, received.hour);
    return writeInstant(out, at, purchaseDay, received.hour);
  }

  return (lot, order) => {
    const texts = order === 0 ? initially(world.feedContainers[lot.feedContainer]!) : ordered;
    let { out } = live;
    let at = writeInteger(out, live.begin(), lot.purchaseId);
    at = facts(out, at, lot, order, texts);
    at = instants(out, at, lot);
    live.end(writeInteger(out, at, lot.feedId));

    out = past.out;
    at = writeInteger(out, past.begin(), lot.purchaseId);
    at = instants(out, at, lot);
    at = facts(out, at, lot, order, texts);
    const { hour } = lot.received;
    at = writeHistory(out, at, numbers.purchaseHistory++, lot.purchaseDay, hour, "+");
    at = writeInteger(out, at, lot.feedId);
    past.end(writeInteger(out, at, world.ids.makers.dailyWork));
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
    ordered() {
      numbers.purchase++;
      numbers.purchaseHistory++;
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
      ordered(lot, order) {
        bought(lot, order);
        rendering.numbers.purchase++;
      },
      drawn: (lot) => saved(lot, "~"),
    };
  },
});
