/** Puts one place after the other on the farm; every table's next row takes the next id. */
import type { Layout } from "../../fixtures/layout.ts";
import type {
  Area,
  Container,
  ContainerSensor,
  ContainerType,
  FeedContainer,
  Geography,
  Hall,
  Sensor,
  Station,
} from "./places.ts";

/** The farm as it grows, in the order of ids. */
export interface Groundwork {
  readonly layout: Layout;
  /** Ids of the environmental parameters, in table order. */
  readonly parameterIds: ReadonlyMap<string, number>;
  readonly geographies: Geography[];
  readonly containerTypes: ContainerType[];
  readonly stations: Station[];
  readonly halls: Hall[];
  readonly areas: Area[];
  readonly containers: Container[];
  readonly sensors: Sensor[];
  readonly feedContainers: FeedContainer[];
}

/** Adds a row with the next id and returns it. */
export function add<Row extends { readonly id: number }>(rows: Row[], row: Omit<Row, "id">): Row {
  const numbered = { ...row, id: rows.length + 1 } as Row;
  rows.push(numbered);
  return numbered;
}

/** Two digits: 01. */
export function two(n: number): string {
  return String(n).padStart(2, "0");
}

/** The container type of a name; `checkNames` has seen that there is one. */
export function typeNamed(ground: Groundwork, name: string): ContainerType {
  return ground.containerTypes.find((type) => type.name === name)!;
}

/** Adds a container and its sensors. */
export function addContainer(
  ground: Groundwork,
  container: Omit<Container, "id" | "sensors">,
  sensorTypes: readonly string[],
): void {
  const containerId = ground.containers.length + 1;
  const sensors = sensorTypes.map((type): ContainerSensor => {
    const sensor = add<Sensor>(ground.sensors, {
      name: `${container.name}-${type.replaceAll(" ", "")}`,
      type,
      serialNumber: `SN-${containerId}-${type.slice(0, 3).toUpperCase()}`,
      containerId,
    });
    return { parameter: type, parameterId: ground.parameterIds.get(type)!, sensorId: sensor.id };
  });
  sensors.sort((a, b) => a.parameterId - b.parameterId);
  add<Container>(ground.containers, { ...container, sensors });
}

/** Adds the containers of a hall; `names` in the order of their ids. */
export function addTanks(
  ground: Groundwork,
  hall: Hall,
  type: ContainerType,
  names: readonly string[],
  silo: FeedContainer | undefined,
): void {
  const { layout } = ground;
  for (const name of names) {
    addContainer(ground, {
      name,
      typeId: type.id,
      volumeM3: type.volumeM3,
      maxBiomassKg: type.volumeM3 * layout.biomass_limit_kg_per_m3,
      geography: hall.geography,
      usable: hall.usable,
      planned: hall.planned,
      stationName: hall.stationName,
      hallId: hall.id,
      hallName: hall.name,
      ...(hall.letter === undefined ? {} : { hallLetter: hall.letter }),
      ...(silo === undefined ? {} : { feedContainerId: silo.id }),
    }, hall.usable ? layout.sensors.freshwater : []);
  }
}

/**
 * Adds what every area has: its barges, and its rings with their sensors.
 *
 * @param prefix With what the names of its rings begin.
 */
export function addAreaPlaces(ground: Groundwork, area: Area, prefix = `${area.name}-Ring`): void {
  const { sea_area: rules, sensors } = ground.layout;
  const { usable, planned } = area;
  const barges = Array.from(
    { length: rules.barges },
    (_, i) =>
      add<FeedContainer>(ground.feedContainers, {
        name: `${area.name}-Barge-${i + 1}`,
        kind: "BARGE",
        capacityKg: rules.barge_capacity_kg,
        areaId: area.id,
        usable,
        planned,
      }),
  );
  const type = typeNamed(ground, rules.ring_container_type);
  for (let ring = 1; ring <= rules.rings; ring++) {
    addContainer(ground, {
      name: `${prefix}-${two(ring)}`,
      typeId: type.id,
      volumeM3: type.volumeM3,
      maxBiomassKg: rules.ring_max_biomass_kg,
      geography: area.geography,
      usable,
      planned,
      areaId: area.id,
      areaName: area.name,
      maxBiomassOfAreaKg: rules.max_biomass_kg,
      ringNumber: ring,
      feedContainerId: barges[(ring - 1) % barges.length]!.id,
    }, sensors.sea);
  }
}
