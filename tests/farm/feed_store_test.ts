// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { buildWorld } from "../../src/generate/build_world.ts";
import { newFarm } from "../../src/farm/day.ts";
import { eat, orderQuantity, stockInitially, stockOf } from "../../src/farm/feed_store.ts";
import { buildInfrastructure } from "../../src/farm/ground/infrastructure.ts";
import type { Farm, Lot } from "../../src/farm/state.ts";
import { passOver } from "../../src/generate/pass.ts";
import { fixtures, hearing, oneBatch, places, worldOf } from "../small_farm.ts";

const world = worldOf(oneBatch());
const { orders } = world.rates;
const KG = 10_000;
const silo = world.feedContainers.findIndex((one) => one.name === "S-FW-01-B-Silo");
const [, , fry, parr] = world.rates.stages.map((stage) => stage.feedId);
const at = { day: world.firstDay + 100, hour: 16 };

/** A farm that holds its initial stock: 5,000 kg of a silo of 10,000 kg. */
function stocked(): Farm {
  const farm = newFarm(world);
  stockInitially(farm, world, hearing({}));
  return farm;
}

/** Adds a lot of another feed to the silo. */
function addLot(farm: Farm, feedId: number, kg: number): void {
  const like = farm.stores[silo]!.lots[0]!;
  farm.stores[silo]!.lots.push({ ...like, feedId, bought: kg * KG, left: kg * KG });
  farm.stores[silo]!.total += kg * KG;
}

/** Eats from the silo and tells what was received and drawn, in kg. */
function meal(farm: Farm, feedId: number, kg: number) {
  const received: Lot[] = [];
  const drawn: Lot[] = [];
  const events = hearing({
    received: (lot) => received.push(lot),
    drawn: (lot) => drawn.push(lot),
  });
  const cost = eat(farm, world, silo, feedId, kg * KG, at, events);
  return { cost: cost / KG, received, drawn };
}

Deno.test("orderQuantity() is 80 % of the capacity where it fits", () => {
  const empty = world.feedContainers[silo]!;
  assertEquals([empty.capacity, empty.room], [10_000 * KG, 10_000 * KG]);
  assertEquals(orderQuantity({ total: 0, lots: [] }, empty, orders), 8_000 * KG);
  assertEquals(orderQuantity({ total: 2_000 * KG, lots: [] }, empty, orders), 8_000 * KG);
  assertEquals(orderQuantity({ total: 2_001 * KG, lots: [] }, empty, orders), 7_999 * KG);
});

Deno.test("orderQuantity() counts every feed in the store (B-18)", () => {
  const farm = stocked();
  addLot(farm, parr!, 4_000);
  assertEquals(stockOf(farm.stores[silo]!, fry!), 5_000 * KG);
  assertEquals(orderQuantity(farm.stores[silo]!, world.feedContainers[silo]!, orders), 1_000 * KG);
});

Deno.test("orderQuantity() orders whole hundredths of a kg, more than 100 kg, or nothing", () => {
  const size = world.feedContainers[silo]!;
  assertEquals(orderQuantity({ total: 9_900 * KG, lots: [] }, size, orders), 0);
  assertEquals(orderQuantity({ total: 9_900 * KG - 1, lots: [] }, size, orders), 0);
  assertEquals(
    orderQuantity({ total: 9_900 * KG - 199, lots: [] }, size, orders),
    100 * KG + 100,
  );
  assertEquals(orderQuantity({ total: size.capacity, lots: [] }, size, orders), 0);
});

Deno.test("a meal takes the oldest lot first and costs what its lots cost", () => {
  const farm = stocked();
  addLot(farm, fry!, 1_000);
  const { cost, drawn, received } = meal(farm, fry!, 5_500);
  assertEquals(drawn.map((lot) => lot.left / KG), [0, 500]);
  assertEquals(cost, 5_500 * 250);
  // 500 kg are less than 20 % of 10 t.
  assertEquals(received.map((lot) => lot.bought / KG), [8_000]);
});

Deno.test("feed is ordered below 20 % of the capacity and not at 20 %", () => {
  assertEquals(meal(stocked(), fry!, 3_000).received, []);
  const [lot] = meal(stocked(), fry!, 3_000.0001).received;
  assertEquals(lot!.bought, 8_000 * KG);
});

Deno.test("a lot arrives with the meal that needs it, bought three days before (B-17)", () => {
  const farm = stocked();
  const { received, drawn, cost } = meal(farm, fry!, 6_000);
  assertEquals(received.length, 1);
  for (const lot of received) {
    assertEquals([lot.purchaseDay, lot.entryDay], [at.day - 3, at.day]);
    assertEquals(lot.received, at);
    assertEquals(lot.price, 230);
  }
  // 5,000 kg at 2.50 and 1,000 kg at 2.30: no meal is free or short.
  assertEquals(cost, 5_000 * 250 + 1_000 * 230);
  assertEquals(drawn.map((lot) => lot.bought / KG), [5_000, 5_000]);
  assertEquals(farm.stores[silo]!.total <= 10_000 * KG, true);
});

Deno.test("a meal of another feed than the store holds is ordered before it is eaten (B-17)", () => {
  const farm = stocked();
  const { drawn, received } = meal(farm, parr!, 10);
  assertEquals(drawn.map((lot) => lot.feedId), [parr]);
  assertEquals(received.map((lot) => lot.bought / KG), [5_000]);
  assertEquals(stockOf(farm.stores[silo]!, fry!), 5_000 * KG);
});

Deno.test("a meal that no store can hold is refused with the silo's name and sizes", () => {
  const error = assertThrows(() => meal(stocked(), fry!, 10_001), ReddError);
  assertEquals([error.fault, error.code], ["input", "FEED_CONTAINER_TOO_SMALL"]);
  assertEquals(
    error.message,
    "Cannot feed from S-FW-01-B-Silo: one meal needs 10001 kg and S-FW-01-B-Silo holds 10000 kg. " +
      "Give the batch fewer eggs or more rings.",
  );
});

Deno.test("without initial feed nothing is bought before a meal needs it, and room is left", () => {
  const parts = { schedule: oneBatch(), fixtures, infrastructure: places, seed: 7 };
  const beside = buildWorld({ ...parts, initialFeed: false });
  const { capacity, room } = beside.feedContainers[silo]!;
  assertEquals([capacity, room], [10_000 * KG, 5_000 * KG]);
  const { lots } = passOver(beside);
  const [first] = lots;
  assertEquals(first!.entryDay, beside.firstDay + 90);
  assertEquals(first!.purchaseDay, beside.firstDay + 87);
  assertEquals([first!.purchaseId, first!.stockId, first!.bought], [1, 1, 5_000 * KG]);
  assertEquals(new Set(lots.map((lot) => lot.price)), new Set([230]));
  const error = assertThrows(
    () => eat(newFarm(beside), beside, silo, fry!, 5_001 * KG, at, hearing({})),
    ReddError,
  );
  assertEquals(
    error.message,
    "Cannot feed from S-FW-01-B-Silo: one meal needs 5001 kg and S-FW-01-B-Silo holds 5000 kg " +
      "beside the initial feed. Give the batch fewer eggs or more rings.",
  );
});

Deno.test("the initial stock is bought 30 days before the first batch, by container name", () => {
  const received: Lot[] = [];
  stockInitially(newFarm(world), world, hearing({ received: (lot) => received.push(lot) }));
  assertEquals(received.length, 236);
  assertEquals(received.reduce((sum, lot) => sum + lot.bought, 0), 3_700_000 * KG);
  const names = received.map((lot) => world.feedContainers[lot.feedContainer]!.name);
  assertEquals(names, names.toSorted());
  for (const lot of received) {
    assertEquals([lot.purchaseDay, lot.entryDay], [world.firstDay - 30, world.firstDay - 30]);
  }
});

Deno.test("the stock of the documented totals' extras comes after the whole base (rulings.md#7)", () => {
  const { layout, master } = fixtures;
  const infrastructure = buildInfrastructure(layout, master, { documentedTotals: true });
  const full = buildWorld({ schedule: oneBatch(), fixtures, infrastructure, seed: 7 });
  const received: Lot[] = [];
  stockInitially(newFarm(full), full, hearing({ received: (lot) => received.push(lot) }));
  const nameOf = (lot: Lot) => full.feedContainers[lot.feedContainer]!.name;
  assertEquals(received.length, 245);
  assertEquals(received.reduce((sum, lot) => sum + lot.bought, 0), 3_805_000 * KG);
  const base = received.slice(0, 236).map(nameOf);
  assertEquals(base, base.toSorted());
  assertEquals(base, world.initialOrder.map((index) => world.feedContainers[index]!.name));
  const extras = received.slice(236).map(nameOf);
  assertEquals(extras, extras.toSorted());
});

Deno.test("every hall holds the feed of its fish from the beginning (B-17)", () => {
  const feedOf = (letter: string) => {
    const name = `S-FW-01-${letter}-Silo`;
    return world.feedContainers.find((one) => one.name === name)!.initial.feedId;
  };
  const byStage = world.rates.stages.map((stage) => stage.feedId);
  assertEquals(["B", "C", "D", "E"].map(feedOf), byStage.slice(2, 6));
  const barge = world.feedContainers.find((one) => one.name === "S-SEA-01-Barge-1")!;
  assertEquals(barge.initial.feedId, byStage[6]);
  assertEquals(fixtures.profile.stages.map((stage) => stage.feed), [
    undefined,
    "Starter Feed 0.5mm",
    "Starter Feed 1.0mm",
    "Grower Feed 2.0mm",
    "Grower Feed 3.0mm",
    "Finisher Feed 4.5mm",
  ]);
});
