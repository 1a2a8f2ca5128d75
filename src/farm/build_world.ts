/** Compiles a schedule, a profile and the farm's places into what a simulation reads. */
import { keyOf } from "../chance/addressed.ts";
import type { Fixtures } from "../fixtures/read.ts";
import { type MasterIds, numberMaster } from "../fixtures/numbering.ts";
import type { Profile } from "../fixtures/profile.ts";
import {
  asOfOf,
  FRESHWATER_STAGES,
  type Schedule,
  type ScheduledBatch,
} from "../schedule/format.ts";
import { parseIso } from "./days.ts";
import { scaled } from "./exact.ts";
import type * as places from "./places.ts";
import type {
  BatchFacts,
  Container,
  FeedContainer,
  Rates,
  Sensor,
  StageRates,
  World,
} from "./world.ts";

/** What a world is made of. */
export interface WorldParts {
  readonly schedule: Schedule;
  readonly fixtures: Fixtures;
  readonly infrastructure: places.Infrastructure;
  readonly seed: number;
}

function stageRates({ profile }: Fixtures, ids: MasterIds): StageRates[] {
  let fromIndex = 0;
  return profile.stages.map((stage, i) => {
    const rates: StageRates = {
      order: i + 1,
      name: stage.name,
      id: ids.stages.get(stage.name)!,
      fromIndex,
      deathsPerDay: stage.mortality_per_day,
      growthStep: stage.growth_coefficient * stage.temperature_c,
      weightCap: scaled(stage.weight_cap_g, 2),
      feedRate: scaled(stage.feed_percent_per_day, 2),
      feedId: stage.feed === undefined ? 0 : ids.feeds.get(stage.feed)!,
    };
    fromIndex += stage.days;
    return rates;
  });
}

function ratesOf(fixtures: Fixtures, ids: MasterIds): Rates {
  const { profile } = fixtures;
  const { reorder } = profile.feeding;
  const { growth_samples: samples } = profile;
  const stages = stageRates(fixtures, ids);
  return {
    stages: [{ ...stages[0]!, order: 0 }, ...stages],
    eggWeight: scaled(profile.creation.weight_g, 2),
    readingHours: profile.readings.hours,
    feedingHours: profile.feeding.hours,
    mortalityHour: profile.mortality_hour,
    growthHour: profile.growth_hour,
    orders: {
      belowPercent: reorder.below_percent,
      atMostPercent: reorder.order_percent,
      moreThan: scaled(reorder.minimum_kg, 4),
      deliveryDays: reorder.delivery_days,
      price: scaled(reorder.price_per_kg, 2),
      supplier: reorder.supplier,
      shelfDays: reorder.shelf_life_days,
    },
    samples: {
      everyDays: samples.every_days,
      fromStage: stages.find((stage) => stage.name === samples.first_stage)!.order,
      fish: samples.fish,
      weightSpread: samples.weight_spread,
      lengthSpread: samples.length_spread,
      lengthFactor: samples.length_factor,
      lengthExponent: samples.length_exponent,
    },
  };
}

/** The readings of a parameter range evenly over base x (1 - spread) to base x (1 + spread). */
function sensorsOf(container: places.Container, { readings }: Profile): Sensor[] {
  return container.sensors.flatMap(({ parameter, parameterId, sensorId }) => {
    const rates = readings.parameters.find((one) => one.name === parameter);
    const base = container.areaName === undefined
      ? rates?.halls?.[container.hallLetter ?? ""] ?? rates?.freshwater
      : rates?.sea;
    if (base === undefined) return [];
    const low = Math.ceil(base * (1 - readings.spread) * 10000 - 1e-6);
    const high = Math.floor(base * (1 + readings.spread) * 10000 + 1e-6);
    return [{ id: sensorId, parameterId, low, span: high - low + 1 }];
  });
}

/**
 * The initial purchases go by name, those of the unused places after the whole base (ruling 7).
 */
function feedContainersOf(
  { feedContainers }: places.Infrastructure,
  { profile }: Fixtures,
  ids: MasterIds,
): { feedContainers: FeedContainer[]; initialOrder: number[] } {
  const { initial } = profile.feeding;
  const byName = (a: number, b: number) =>
    feedContainers[a]!.name < feedContainers[b]!.name ? -1 : 1;
  const all = feedContainers.map((_, i) => i).sort(byName);
  const order = [
    ...all.filter((i) => feedContainers[i]!.usable),
    ...all.filter((i) => !feedContainers[i]!.usable),
  ];
  const built = feedContainers.map((one, i): FeedContainer => {
    const store = one.kind === "SILO" ? initial.silo : initial.barge;
    const feed = one.kind === "BARGE"
      ? initial.barge.feed
      : initial.silo.feeds[one.hallLetter ?? ""] ?? initial.silo.feed_elsewhere;
    const n = order.indexOf(i) + 1;
    return {
      id: one.id,
      name: one.name,
      capacity: scaled(one.capacityKg, 4),
      initial: {
        feedId: ids.feeds.get(feed)!,
        quantity: scaled(store.quantity_kg, 4),
        price: scaled(store.price_per_kg, 2),
        supplier: initial.suppliers[n % initial.suppliers.length]!,
        shelfDays: initial.shelf_life_days,
      },
    };
  });
  return { feedContainers: built, initialOrder: order };
}

/** Builds the world of a schedule that {@linkcode checkSchedule} has found in order. */
export function buildWorld({ schedule, fixtures, infrastructure, seed }: WorldParts): World {
  const { profile } = fixtures;
  const ids = numberMaster(fixtures);
  const asOf = parseIso(asOfOf(schedule))!;
  const { feedContainers, initialOrder } = feedContainersOf(infrastructure, fixtures, ids);
  const feedIndex = new Map(feedContainers.map((one, i) => [one.id, i]));
  const containers = new Map<string, Container>();
  const containerNamed = (name: string): Container => {
    let container = containers.get(name);
    if (container === undefined) {
      const place = infrastructure.containersByName.get(name)!;
      container = {
        id: place.id,
        name,
        atSea: place.areaName !== undefined,
        feedContainer: feedIndex.get(place.feedContainerId ?? -1) ?? -1,
        sensors: sensorsOf(place, profile),
      };
      containers.set(name, container);
    }
    return container;
  };
  const inNameOrder = (names: readonly string[]) => [...names].sort().map(containerNamed);
  const factsOf = (batch: ScheduledBatch): BatchFacts => {
    const number = batch.batch_id;
    const startDay = parseIso(batch.start_date)!;
    const halls = FRESHWATER_STAGES.map((stage) => batch.freshwater[stage]?.containers ?? []);
    return {
      number,
      startDay,
      endDay: Math.min(startDay + batch.duration, asOf),
      eggs: batch.eggs,
      supplierId: ids.eggSuppliers.get(batch.geography)!,
      places: [[], ...halls, batch.sea?.rings ?? []].map(inNameOrder),
      keys: {
        reading: keyOf(seed, "reading", number),
        death: keyOf(seed, "death", number),
        sampledWeight: keyOf(seed, "sampledWeight", number),
        sampledLength: keyOf(seed, "sampledLength", number),
      },
    };
  };
  const batches = schedule.batches.map(factsOf);
  const firstDay = Math.min(...batches.map((batch) => batch.startDay));
  return {
    firstDay,
    asOf,
    userId: ids.actingUser,
    speciesId: ids.species,
    initialPurchaseDay: firstDay - profile.feeding.initial.days_before_first_batch,
    rates: ratesOf(fixtures, ids),
    feedContainers,
    initialOrder,
    batches,
  };
}
