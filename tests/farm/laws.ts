/**
 * The laws of conservation, kept by a second book: a listener that hears what happens on a farm,
 * keeps its own account from the events alone and compares it with the farm. No tolerance.
 */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { divideRounded } from "../../src/farm/exact.ts";
import type { Events, Pour } from "../../src/farm/events.ts";
import type { Assignment, Farm, Lot } from "../../src/farm/state.ts";
import type { World } from "../../src/farm/world.ts";

/** A book of laws: hears a farm's days and is asked every evening. */
export interface LawBook {
  readonly events: Partial<Events>;
  /** Throws where a law is broken. */
  evening(farm: Farm): void;
}

/** Numbers that must go up one by one. */
function ascending(what: string, first = 1): (id: number) => void {
  let next = first;
  return (id) => assertEquals(id, next++, `the next ${what}`);
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const n of numbers) total += n;
  return total;
}

/** No fish appears or vanishes, and every container holds one batch. */
export function fishLaws(world: World): LawBook {
  const dead = world.batches.map(() => 0);
  const harvested = world.batches.map(() => 0);
  const seen = world.batches.map(() => false);
  /** Fish by open assignment, and what they weigh, from the events alone. */
  const inside = new Map<number, number>();
  const weights = new Map<number, number>();
  /** Fish and biomass that workflows under way have moved, and their actions, by their ids. */
  const workflows = new Map<
    number,
    { fish: number; biomass: number; dead: number; actions: number }
  >();
  const nextAssignment = ascending("assignment");
  const nextBatch = ascending("batch");

  function open(assignment: Assignment): void {
    nextAssignment(assignment.id);
    inside.set(assignment.id, assignment.population);
    weights.set(assignment.id, assignment.weight);
  }

  /** Fish weigh on the mean what those do that were there and those that came. */
  function weigh(to: Assignment, pours: readonly Pour[]): void {
    const into = pours.filter((pour) => pour.to === to);
    const before = inside.get(to.id) ?? 0;
    const mass = sum(into.map(({ from, count }) => count * from.weight));
    const all = before + sum(into.map(({ count }) => count));
    const own = before * (weights.get(to.id) ?? 0);
    assertEquals(to.weight, divideRounded(own + mass, all), "mean weight of those poured together");
    assertEquals(to.population, all, "what enters");
  }

  return {
    events: {
      created(batch) {
        nextBatch(batch.id);
        seen[batch.index] = true;
        batch.assignments.forEach(open);
        const eggs = sum(batch.assignments.map((one) => one.population));
        assertEquals(eggs, world.batches[batch.index]!.eggs, "eggs received");
      },
      died(assignment, deaths) {
        assert(deaths > 0, "a death that is none");
        dead[assignment.batch]! += deaths;
        inside.set(assignment.id, inside.get(assignment.id)! - deaths);
      },
      grew({ id, weight }) {
        weights.set(id, weight);
      },
      moved(batch, move) {
        const left = new Map<number, number>();
        for (const { from, to, before, count, dead: lost } of move.pours) {
          assertEquals(before, inside.get(from.id)! - (left.get(from.id) ?? 0), "before a pour");
          assert(count + lost > 0 && count >= 0 && lost >= 0, "a pour of nothing");
          dead[batch.index]! += lost;
          left.set(from.id, (left.get(from.id) ?? 0) + count + lost);
          assert([...move.destinations, ...move.refilled].includes(to), "fish go elsewhere");
          assertEquals([from.stage, to.stage], [move.fromStage, move.toStage], "stages of a pour");
        }
        for (const source of move.sources) {
          assertEquals(left.get(source.id), inside.get(source.id), "what leaves a source");
          assertEquals([source.active, source.population], [false, inside.get(source.id)!]);
          inside.delete(source.id);
        }
        for (const destination of move.refilled) {
          assert(inside.has(destination.id), "a closed container is filled again");
          weigh(destination, move.pours);
          inside.set(destination.id, destination.population);
          weights.set(destination.id, destination.weight);
        }
        for (const destination of move.destinations) {
          weigh(destination, move.pours);
          open(destination);
        }
        const lost = sum(move.pours.map((pour) => pour.dead));
        assertEquals(move.sourceCount, move.movedCount + lost, "totals of the morning");
        assertEquals(move.sourceCount, sum(left.values()), "total of the morning");
        const { transition } = move;
        if (move.first) workflows.set(transition.id, { fish: 0, biomass: 0, dead: 0, actions: 0 });
        const workflow = workflows.get(transition.id)!;
        workflow.fish += move.movedCount;
        workflow.dead += lost;
        workflow.biomass += sum(move.pours.map(({ biomass }) => biomass));
        workflow.actions += move.pours.length;
        const { moved, biomass, dead: died, actions, planned } = transition;
        const totals = { fish: moved, biomass, dead: died, actions };
        assertEquals(totals, workflow, "totals of the workflow");
        const staying = batch.assignments.filter(({ stage }) => stage === move.fromStage).length;
        assertEquals(planned, actions + staying, "actions yet to come");
        assertEquals(move.last, staying === 0, "the end of a transition");
        assertEquals(transition.completedDay !== null, move.last);
        assertEquals(batch.transition, move.last ? null : transition);
        assertEquals(batch.stage, move.last ? move.toStage : move.fromStage, "stage of the batch");
        if (move.last) workflows.delete(transition.id);
      },
      harvested(batch, assignments) {
        const over = batch.assignments.length === 0;
        assertEquals(batch.status === "COMPLETED", over, "a batch with fish is completed");
        assertEquals(batch.harvestDay !== null, over, "the end of a harvest");
        for (const assignment of assignments) {
          const { id, population, active } = assignment;
          assertEquals([active, population], [false, inside.get(id)!]);
          assert(
            batch.assignments.every((one) => one.id !== id),
            "a harvested ring is still there",
          );
          const lots = world.biology.grading.lots(assignment);
          assertEquals(sum(lots.map((lot) => lot.units)), population, "fish of the lots (B-22)");
          harvested[batch.index]! += population;
          inside.delete(id);
        }
      },
    },
    evening(farm) {
      const holds = new Map<number, number>();
      farm.batches.forEach((batch, i) => {
        const facts = world.batches[i]!;
        // Fish of a batch whose time is over are out of the farm's hands.
        if (!seen[i] || farm.day > facts.endDay && batch.status !== "COMPLETED") return;
        const alive = sum(batch.assignments.map((one) => one.population));
        assertEquals(alive + dead[i]! + harvested[i]!, facts.eggs, `fish of ${facts.number}`);
        const stages = batch.transition === null
          ? [batch.stage]
          : [batch.transition.fromStage, batch.transition.toStage];
        const positions = new Set(batch.assignments.map(({ position }) => position));
        assertEquals(positions.size, batch.assignments.length, "containers share their chance");
        for (const { id, population, stage, ordinal } of batch.assignments) {
          assert(stages.includes(stage), `fish of stage ${stage}, not of ${stages}`);
          assertEquals(population, inside.get(id), "fish of an assignment");
          const container = facts.places[stage]![ordinal]!.id;
          assert(!holds.has(container), `container ${container} holds two batches`);
          holds.set(container, i);
        }
      });
    },
  };
}

interface LotEntry {
  readonly lot: Lot;
  left: number;
}

/**
 * No kilogram of feed appears or vanishes, and stores are not overfilled: without initial feed, not
 * even where another farm's is in all of them.
 */
export function feedLaws(world: World): LawBook {
  const stores = world.feedContainers.map((): LotEntry[] => []);
  const nextLot = ascending("lot");
  let now = 0;
  let taken = 0;
  let cost = 0;
  let from = new Set<number>();
  const earliest = world.initialFeed
    ? world.initialPurchaseDay
    : world.firstDay - world.rates.orders.deliveryDays;

  function checkStore(index: number): number {
    const total = sum(stores[index]!.map((entry) => entry.left));
    const { capacity, name, initial } = world.feedContainers[index]!;
    const beside = world.initialFeed ? 0 : initial.quantity;
    assert(total + beside <= capacity, `${name} holds ${total} + ${beside}, not ${capacity}`);
    return total;
  }

  return {
    events: {
      received(lot) {
        nextLot(lot.stockId);
        assertEquals(lot.purchaseId, lot.stockId);
        assert(lot.bought > 0 && lot.bought === lot.left, "a lot arrives full");
        assertEquals(lot.bought % 100, 0, "purchases are written with two decimals");
        assert(lot.purchaseDay <= lot.entryDay, "a lot is bought before it arrives");
        assert(lot.purchaseDay >= earliest, `lot ${lot.stockId} is bought before the farm begins`);
        stores[lot.feedContainer]!.push({ lot, left: lot.left });
        checkStore(lot.feedContainer);
      },
      drawn(lot) {
        const store = stores[lot.feedContainer]!;
        const entry = store.find((one) => one.lot === lot)!;
        const eaten = entry.left - lot.left;
        assert(eaten > 0, "a meal that takes nothing from a lot");
        assert(lot.left >= 0, "a lot that holds less than nothing");
        assert(lot.entryDay <= now, `lot ${lot.stockId} is eaten before it arrives`);
        for (const older of store.slice(0, store.indexOf(entry))) {
          const older_left = older.lot.feedId === lot.feedId ? older.left : 0;
          assertEquals(older_left, 0, `lot ${lot.stockId} before ${older.lot.stockId}`);
        }
        entry.left = lot.left;
        taken += eaten;
        cost += eaten * lot.price;
        from.add(lot.feedContainer).add(-lot.feedId);
      },
      fed(assignment, meal) {
        const place = world.batches[assignment.batch]!
          .places[assignment.stage]![assignment.ordinal]!;
        assertEquals(taken, meal.amount, "what a meal takes from the lots");
        assertEquals(divideRounded(cost, 10_000), meal.cost, "cost of a meal");
        assertEquals([...from].sort(), [place.feedContainer, -meal.feedId].sort(), "where from");
        assert(meal.cost > 0, "a meal for nothing");
        taken = cost = 0;
        from = new Set();
      },
    },
    evening(farm) {
      assertEquals(taken, 0, "feed that was drawn and not eaten");
      farm.stores.forEach((store, index) => {
        const total = checkStore(index);
        assertEquals(store.total, total, `total of ${world.feedContainers[index]!.name}`);
        for (const lot of store.lots) assert(lot.left > 0, "an empty lot is kept");
        assertEquals(sum(store.lots.map((lot) => lot.left)), total, "sum of the lots");
      });
      now = farm.day;
    },
  };
}
