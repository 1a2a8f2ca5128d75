/** Compiles a schedule, a profile and the farm's places into what a simulation reads. */
import { keysOf } from "../chance/addressed.ts";
import type { Fixtures } from "../fixtures/fixtures.ts";
import { type MasterIds, numberMaster } from "../fixtures/numbering.ts";
import type { Profile } from "../fixtures/profile.ts";
import { asOfOf, LONGEST_LIFE, type Schedule, type ScheduledBatch } from "../schedule/format.ts";
import { freshwaterStages } from "../fixtures/stage_key.ts";
import { outbreaksOf } from "../schedule/outbreaks.ts";
import { pausesOf } from "../schedule/pauses.ts";
import { hallStayOf } from "../schedule/stays.ts";
import { buildGeography } from "../farm/ground/build_geography.ts";
import { buildRates } from "../farm/build_rates.ts";
import { buildCompanies } from "../farm/ground/companies.ts";
import { biologyModel } from "../biology/models.ts";
import { parseIso } from "../farm/days.ts";
import { scaled } from "../farm/exact.ts";
import {
  type BatchFacts,
  type ContainerFacts,
  type Facts,
  type FeedContainerFacts,
  type SensorFacts,
} from "../farm/facts.ts";
import { harvestWeight } from "../farm/harvest.ts";
import type * as places from "../farm/ground/places.ts";
import { type World, worldOf } from "../farm/world.ts";

/** What a world is made of. */
export interface WorldParts {
  readonly schedule: Schedule;
  readonly fixtures: Fixtures;
  readonly infrastructure: places.Infrastructure;
  readonly seed: number;
  /** Adds the two later scenarios of discrepancy D-09. */
  readonly laterScenarios?: boolean;
  /** Fills silos and barges before the first batch; true unless given. */
  readonly initialFeed?: boolean;
}

/** The readings of a parameter range evenly over base x (1 - spread) to base x (1 + spread). */
function sensorsOf(container: places.Container, { readings }: Profile): SensorFacts[] {
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
 * The initial purchases go by name, those of the extra places after the whole base (rulings.md#7).
 * Without them the farm stands beside one that has made them (rulings.md#35): their room stays free.
 */
function feedContainersOf(
  { feedContainers }: places.Infrastructure,
  { profile }: Fixtures,
  ids: MasterIds,
  initialFeed: boolean,
): { feedContainers: FeedContainerFacts[]; initialOrder: number[] } {
  const { initial } = profile.feeding;
  const byName = (a: number, b: number) =>
    feedContainers[a]!.name < feedContainers[b]!.name ? -1 : 1;
  const all = feedContainers.map((_, i) => i).sort(byName);
  const order = [
    ...all.filter((i) => feedContainers[i]!.planned),
    ...all.filter((i) => !feedContainers[i]!.planned),
  ];
  const built = feedContainers.map((one, i): FeedContainerFacts => {
    const store = one.kind === "SILO" ? initial.silo : initial.barge;
    const feed = one.kind === "BARGE"
      ? initial.barge.feed
      : initial.silo.feeds[one.hallLetter ?? ""] ?? initial.silo.feed_elsewhere;
    const n = order.indexOf(i) + 1;
    const capacity = scaled(one.capacityKg, 4);
    const quantity = scaled(store.quantity_kg, 4);
    return {
      id: one.id,
      name: one.name,
      capacity,
      room: initialFeed ? capacity : Math.max(0, capacity - quantity),
      initial: {
        feedId: ids.feeds.get(feed)!,
        quantity,
        price: scaled(store.price_per_kg, 2),
        supplier: initial.suppliers[n % initial.suppliers.length]!,
        shelfDays: initial.shelf_life_days,
      },
    };
  });
  return { feedContainers: built, initialOrder: order };
}

/** Builds the world of a schedule that {@linkcode checkSchedule} has found in order. */
export function buildWorld(parts: WorldParts): World {
  const facts = buildFacts(parts);
  return worldOf(facts, biologyModel(facts.biologyName));
}

function buildFacts(parts: WorldParts): Facts {
  const { schedule, fixtures, infrastructure, seed, initialFeed = true } = parts;
  const { profile } = fixtures;
  const ids = numberMaster(fixtures);
  const asOf = parseIso(asOfOf(schedule))!;
  const { feedContainers, initialOrder } = feedContainersOf(
    infrastructure,
    fixtures,
    ids,
    initialFeed,
  );
  const companies = buildCompanies(fixtures, infrastructure);
  const geographies = new Map(
    schedule.batches.map(({ geography }) => [
      geography,
      buildGeography(geography, fixtures, ids, infrastructure, companies),
    ]),
  );
  const siteOf = (areaId: number | undefined) =>
    companies.sites.find((site) => site.sourceModel === "area" && site.sourceId === areaId)?.id ??
      0;
  const feedIndex = new Map(feedContainers.map((one, i) => [one.id, i]));
  const containers = new Map<string, ContainerFacts>();
  const containerNamed = (name: string): ContainerFacts => {
    let container = containers.get(name);
    if (container === undefined) {
      const place = infrastructure.containersByName.get(name)!;
      container = {
        id: place.id,
        name,
        home: place.areaName ?? name.replace(/-C\d+$/, ""),
        volume: place.volumeM3,
        mostBiomass: scaled(place.maxBiomassKg, 2),
        mostBiomassOfSite: scaled(place.maxBiomassOfAreaKg ?? 0, 2),
        atSea: place.areaName !== undefined,
        siteId: siteOf(place.areaId),
        feedContainer: feedIndex.get(place.feedContainerId ?? -1) ?? -1,
        sensors: sensorsOf(place, profile),
      };
      containers.set(name, container);
    }
    return container;
  };
  const inNameOrder = (names: readonly string[]) => [...names].sort().map(containerNamed);
  const stages = freshwaterStages(profile);
  const factsOf = (batch: ScheduledBatch): BatchFacts => {
    const number = batch.batch_id;
    const startDay = parseIso(batch.start_date)!;
    const halls = stages.map((stage) => hallStayOf(batch, stage)?.containers ?? []);
    return {
      number,
      startDay,
      endDay: Math.min(startDay + batch.duration, asOf),
      lastDay: startDay + LONGEST_LIFE - 1,
      eggs: batch.eggs,
      ...batch.purpose === undefined ? {} : { purpose: batch.purpose },
      supplierId: ids.eggSuppliers.get(batch.geography)!,
      places: [[], ...halls, batch.sea?.rings ?? []].map(inNameOrder),
      stays: [
        undefined,
        ...[...stages.map((stage) => hallStayOf(batch, stage)), batch.sea].map((stay) =>
          stay == null ? undefined : { from: stay.start_day, to: stay.end_day }
        ),
      ],
      keys: keysOf(seed, number),
      harvestWeight: harvestWeight(batch.harvest_target_kg),
      geography: geographies.get(batch.geography)!,
    };
  };
  const batches = schedule.batches.map(factsOf);
  const firstDay = Math.min(...batches.map((batch) => batch.startDay));
  return {
    biologyName: profile.biology,
    field: profile.field ?? null,
    diseases: fixtures.diseases,
    outbreaks: outbreaksOf(schedule, fixtures.diseases.map(({ id }) => id)),
    seed,
    transitionDays: pausesOf(schedule).transitionDays,
    firstDay,
    asOf,
    ids,
    laterScenarios: parts.laterScenarios ?? false,
    initialFeed,
    initialPurchaseDay: firstDay - profile.feeding.initial.days_before_first_batch,
    rates: buildRates(fixtures, ids),
    feedContainers,
    initialOrder,
    batches,
  };
}
