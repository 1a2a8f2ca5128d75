/** Silos and barges: lots are eaten oldest first and ordered before they run out (domain.md#7.2). */
import { ReddError } from "../errors.ts";
import type { Events } from "./events.ts";
import type { Meal } from "./meal.ts";
import type { Farm, Instant, Lot, Store } from "./state.ts";
import type { OrderRates } from "./rates.ts";
import type { FeedContainerFacts } from "./facts.ts";
import type { World } from "./world.ts";

/** 0.01 kg in units of 0.0001 kg: purchases are written with two decimals. */
const WRITTEN = 100;

/** What is left of one feed in a store, in 0.0001 kg. */
export function stockOf(store: Store, feedId: number): number {
  let stock = 0;
  for (const lot of store.lots) if (lot.feedId === feedId) stock += lot.left;
  return stock;
}

/**
 * How much is ordered: what fits beside all feeds in the store (defects.md#b-18 forgot the
 * other feeds), at most 80 % of the capacity; 0 where that is not worth an order.
 */
export function orderQuantity(
  store: Store,
  { capacity, room }: Pick<FeedContainerFacts, "capacity" | "room">,
  orders: OrderRates,
): number {
  const share = Math.floor(capacity * orders.atMostPercent / 100);
  const fits = Math.min(room - store.total, share);
  const quantity = Math.floor(fits / WRITTEN) * WRITTEN;
  return quantity > orders.moreThan ? quantity : 0;
}

/**
 * The feed of a meal: what is left of one that fish have grown out of, then the wanted one, unless it
 * is used up and the store is so full of others that no order of it is worth making. Then the oldest
 * that there is enough of is eaten up first.
 */
export function feedAtHand(
  store: Store,
  { capacity, room }: Pick<FeedContainerFacts, "capacity" | "room">,
  { belowPercent }: OrderRates,
  { amount, feedId: wanted, leftoverId }: Pick<Meal, "amount" | "feedId" | "leftoverId">,
): number {
  if (leftoverId !== 0 && stockOf(store, leftoverId) >= amount) return leftoverId;
  const stock = stockOf(store, wanted);
  const free = room - store.total;
  if (stock >= amount) return wanted;
  if (free * 100 >= capacity * belowPercent && stock + free >= amount) return wanted;
  const enough = store.lots.find(({ feedId }) => stockOf(store, feedId) >= amount);
  return enough?.feedId ?? wanted;
}

/** Puts the initial stock of domain.md#3.2 into every silo and barge. */
export function stockInitially(farm: Farm, world: World, events: Events): void {
  const day = world.initialPurchaseDay;
  for (const index of world.initialOrder) {
    const { feedId, quantity, price } = world.feedContainers[index]!.initial;
    const lot = receive(farm, index, feedId, quantity, price, day, day, { day, hour: 0 });
    events.received(lot, 0);
  }
}

/**
 * Takes `amount` of a feed from a store, oldest lot first, ordering first where it would not reach
 * (defects.md#b-17 and defects.md#b-18), and ordering afterwards where less than 20 % is left, unless
 * the feed is only eaten up.
 *
 * @return The cost in cents, exact to the last unit before it is rounded by the caller: in 10^-6.
 */
export function eat(
  farm: Farm,
  world: World,
  feedContainer: number,
  feedId: number,
  amount: number,
  at: Instant,
  events: Events,
  eatenUp = false,
): number {
  const store = farm.stores[feedContainer]!;
  const { capacity, room, name } = world.feedContainers[feedContainer]!;
  const { orders } = world.rates;
  let stock = stockOf(store, feedId);
  while (stock < amount) {
    const ordered = order(farm, world, feedContainer, feedId, at, events);
    if (ordered === 0) {
      const holds = `${room / 10000} kg${room < capacity ? " beside the initial feed" : ""}`;
      throw new ReddError("input", "FEED_CONTAINER_TOO_SMALL", {
        cannot: `feed from ${name}`,
        because: `one meal needs ${amount / 10000} kg and ${name} holds ${holds}`,
        remedy: "Give the batch fewer eggs or more rings",
      });
    }
    stock += ordered;
  }
  const cost = draw(store, feedId, amount, at, events);
  if (!eatenUp && (stock - amount) * 100 < capacity * orders.belowPercent) {
    order(farm, world, feedContainer, feedId, at, events);
  }
  return cost;
}

function draw(store: Store, feedId: number, amount: number, at: Instant, events: Events): number {
  let cost = 0;
  let wanted = amount;
  let emptied = false;
  for (const lot of store.lots) {
    if (lot.feedId !== feedId) continue;
    const taken = Math.min(wanted, lot.left);
    lot.left -= taken;
    lot.updated.day = at.day;
    lot.updated.hour = at.hour;
    cost += taken * lot.price;
    wanted -= taken;
    events.drawn(lot);
    if (lot.left === 0) emptied = true;
    if (wanted === 0) break;
  }
  store.total -= amount;
  if (emptied) store.lots = store.lots.filter((lot) => lot.left > 0);
  return cost;
}

/** Orders a feed: placed three days ago, received now (rulings.md#13). Returns the quantity. */
function order(
  farm: Farm,
  world: World,
  feedContainer: number,
  feedId: number,
  at: Instant,
  events: Events,
): number {
  const { orders } = world.rates;
  const store = farm.stores[feedContainer]!;
  const quantity = orderQuantity(store, world.feedContainers[feedContainer]!, orders);
  if (quantity === 0) return 0;
  const placed = at.day - orders.deliveryDays;
  const received = { day: at.day, hour: at.hour };
  const lot = receive(
    farm,
    feedContainer,
    feedId,
    quantity,
    orders.price,
    placed,
    at.day,
    received,
  );
  farm.ordersToday++;
  events.received(lot, farm.ordersToday);
  return quantity;
}

function receive(
  farm: Farm,
  feedContainer: number,
  feedId: number,
  quantity: number,
  price: number,
  purchaseDay: number,
  entryDay: number,
  received: Instant,
): Lot {
  const lot: Lot = {
    purchaseId: farm.numbers.purchase++,
    stockId: farm.numbers.stock++,
    feedContainer,
    feedId,
    bought: quantity,
    left: quantity,
    price,
    purchaseDay,
    entryDay,
    received,
    updated: { ...received },
  };
  const store = farm.stores[feedContainer]!;
  store.lots.push(lot);
  store.total += quantity;
  return lot;
}
