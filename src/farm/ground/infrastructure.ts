/**
 * The places of the farm: the rules of `fixtures/layout.yaml` expanded (domain.md#2).
 *
 * Ids count from 1 per table and never change. They follow the order of creation: one geography
 * after the other, in the order of the layout; in a geography its stations, in a station its
 * halls, in a hall its silo and its containers, then the sea areas, in an area its barges and its
 * rings; the sensors of a container with the container. The extras of the documented totals come
 * after all of these (rulings.md#7).
 */
import type { Layout } from "../../fixtures/layout.ts";
import type { Master } from "../../fixtures/master.ts";
import { addDocumentedTotals } from "./documented_totals.ts";
import { homesOf } from "./homes.ts";
import { add, addAreaPlaces, addTanks, type Groundwork, two, typeNamed } from "./groundwork.ts";
import type {
  Area,
  Container,
  FeedContainer,
  Geography,
  Hall,
  Infrastructure,
  Station,
} from "./places.ts";

export type * from "./places.ts";

type GeographyRules = Layout["geographies"][number];

function addHall(ground: Groundwork, station: Station, rules: Layout["halls"][number]): void {
  const { letter, purpose } = rules;
  const hall = add<Hall>(ground.halls, {
    name: `${station.name}-Hall-${letter}`,
    stationId: station.id,
    stationName: station.name,
    geography: station.geography,
    letter,
    purpose,
    usable: true,
    planned: true,
  });
  const silo = add<FeedContainer>(ground.feedContainers, {
    name: `${station.name}-${letter}-Silo`,
    kind: "SILO",
    capacityKg: rules.silo_capacity_kg,
    hallId: hall.id,
    hallLetter: letter,
    usable: true,
    planned: true,
  });
  const names = Array.from(
    { length: ground.layout.containers_per_hall },
    (_, i) => `${station.name}-${letter}-C${two(i + 1)}`,
  );
  addTanks(ground, hall, typeNamed(ground, rules.container_type), names, silo);
}

function addStations(ground: Groundwork, geography: Geography, rules: GeographyRules): void {
  const { count, latitude, longitude } = rules.freshwater_stations;
  for (let n = 1; n <= count; n++) {
    const station = add<Station>(ground.stations, {
      name: `${rules.prefix}-FW-${two(n)}`,
      geography: geography.name,
      geographyId: geography.id,
      latitude,
      longitude,
      usable: true,
      planned: true,
    });
    for (const hall of ground.layout.halls) addHall(ground, station, hall);
  }
}

function addAreas(ground: Groundwork, geography: Geography, rules: GeographyRules): void {
  const { count, latitude, longitude } = rules.sea_areas;
  for (let n = 1; n <= count; n++) {
    const area = add<Area>(ground.areas, {
      name: `${rules.prefix}-SEA-${two(n)}`,
      geography: geography.name,
      geographyId: geography.id,
      latitude,
      longitude,
      usable: true,
      planned: true,
    });
    addAreaPlaces(ground, area);
  }
}

/** The same places, so that some can be added to them alone. */
function copyOf(ground: Groundwork): Groundwork {
  const { geographies, stations, halls, areas, containers, sensors, feedContainers } = ground;
  return {
    ...ground,
    geographies: [...geographies],
    stations: [...stations],
    halls: [...halls],
    areas: [...areas],
    containers: [...containers],
    sensors: [...sensors],
    feedContainers: [...feedContainers],
  };
}

function byName<Place extends { readonly name: string }>(places: readonly Place[]) {
  return new Map(places.map((place) => [place.name, place]));
}

/**
 * Expands the layout into the farm's places. With `documentedTotals` the extras of D-01 follow the
 * base, whose ids stay as they are. Throws nothing for fixtures that `readFixtures` has read.
 *
 * ```ts
 * import { buildInfrastructure, readFixtures } from "@redd/redd";
 *
 * const { layout, master } = readFixtures();
 * const { containers, sensors } = buildInfrastructure(layout, master);
 * console.log(containers.length, sensors.length); // 1940 11060
 * ```
 *
 * @param options `documentedTotals` adds the further places; false unless given.
 */
export function buildInfrastructure(
  layout: Layout,
  master: Master,
  options: { readonly documentedTotals?: boolean } = {},
): Infrastructure {
  const ground: Groundwork = {
    layout,
    parameterIds: new Map(master.biology.parameters.map(({ name }, i) => [name, i + 1])),
    geographies: [],
    containerTypes: layout.container_types.map(({ name, category, volume_m3, description }, i) => (
      { id: i + 1, name, category, volumeM3: volume_m3, description }
    )),
    stations: [],
    halls: [],
    areas: [],
    containers: [],
    sensors: [],
    feedContainers: [],
  };
  for (const rules of layout.geographies) {
    const { name, description } = rules;
    const geography = add<Geography>(ground.geographies, { name, description });
    addStations(ground, geography, rules);
    addAreas(ground, geography, rules);
  }
  const full = copyOf(ground);
  addDocumentedTotals(full);
  const { layout: _, parameterIds: __, ...places } = options.documentedTotals ? full : ground;
  return {
    ...places,
    homes: homesOf(layout),
    stationsByName: byName(places.stations),
    hallsByName: byName(places.halls),
    areasByName: byName(places.areas),
    containersByName: byName<Container>(places.containers),
    extraRingsByName: byName(full.containers.filter((one) => one.usable && !one.planned)),
    feedContainersById: new Map(places.feedContainers.map((one) => [one.id, one])),
  };
}
