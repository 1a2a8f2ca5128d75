/** What the places of the farm are: one type per infrastructure table. */

/** A geography: a coast with stations and sea areas of its own. */
export interface Geography {
  /** In `infrastructure_geography`, from 1. */
  readonly id: number;
  /** `Scotland`. */
  readonly name: string;
  /** One line for people. */
  readonly description: string;
}

/** A geography in which batches live. */
export interface Home {
  /** `Scotland`. */
  readonly name: string;
  /** With what the numbers of a plan's batches begin: `SCO`. */
  readonly plannedPrefix: string;
  /** With what the number of a batch that stands alone begins, unless it is given another. */
  readonly alonePrefix: string;
}

/** A kind of container. */
export interface ContainerType {
  /** In `infrastructure_containertype`, from 1. */
  readonly id: number;
  /** `Incubation Trays`. */
  readonly name: string;
  /** AquaMind's word for the kind of vessel: TRAY, TANK, PEN, SILO or BARGE. */
  readonly category: string;
  /** Volume in m³. */
  readonly volumeM3: number;
  /** One line for people. */
  readonly description: string;
}

/** What tells the base farm from the extras of the documented totals. */
export interface Usable {
  /** Batches may live here; false for the extra stations. */
  readonly usable: boolean;
  /**
   * Plans place batches here; false for all extras. In an extra sea area they live only where a
   * schedule file says so.
   */
  readonly planned: boolean;
}

/** A freshwater station. */
export interface Station extends Usable {
  /** In `infrastructure_freshwaterstation`, from 1. */
  readonly id: number;
  /** `S-FW-01`. */
  readonly name: string;
  /** Name of its geography. */
  readonly geography: string;
  /** Id of its geography. */
  readonly geographyId: number;
  /** Degrees north. */
  readonly latitude: number;
  /** Degrees east; west is negative. */
  readonly longitude: number;
}

/** A hall of a station: the tanks of one stage of life. */
export interface Hall extends Usable {
  /** In `infrastructure_hall`, from 1. */
  readonly id: number;
  /** `S-FW-01-Hall-A`. */
  readonly name: string;
  /** Id of its station. */
  readonly stationId: number;
  /** Name of its station. */
  readonly stationName: string;
  /** Name of its station's geography. */
  readonly geography: string;
  /** A to E; the extras have none. */
  readonly letter?: string;
  /** The stage that it is for, in words; `Spare` for the extras. */
  readonly purpose: string;
}

/** A sea area, with rings and barges. */
export interface Area extends Usable {
  /** In `infrastructure_area`, from 1. */
  readonly id: number;
  /** `S-SEA-01`. */
  readonly name: string;
  /** Name of its geography. */
  readonly geography: string;
  /** Id of its geography. */
  readonly geographyId: number;
  /** Degrees north. */
  readonly latitude: number;
  /** Degrees east; west is negative. */
  readonly longitude: number;
}

/** A silo (of a hall) or a barge (of an area). */
export interface FeedContainer extends Usable {
  /** In `infrastructure_feedcontainer`, from 1. */
  readonly id: number;
  /** `S-FW-01-A-Silo` or `S-SEA-01-Barge-1`. */
  readonly name: string;
  /** Which of the two it is. */
  readonly kind: "SILO" | "BARGE";
  /** The most feed that it holds, in kg. */
  readonly capacityKg: number;
  /** Of a silo: id of its hall. */
  readonly hallId?: number;
  /** Of a silo: letter of its hall; the extras have none. */
  readonly hallLetter?: string;
  /** Of a barge: id of its area. */
  readonly areaId?: number;
}

/** A sensor of a container, as readings need it. */
export interface ContainerSensor {
  /** Name of the parameter that it measures: `Dissolved Oxygen`. */
  readonly parameter: string;
  /** Id of that parameter. */
  readonly parameterId: number;
  /** Id of the sensor. */
  readonly sensorId: number;
}

/** A tray, tank or ring. */
export interface Container extends Usable {
  /** In `infrastructure_container`, from 1. */
  readonly id: number;
  /** `S-FW-01-A-C01` in a hall, `S-SEA-01-Ring-01` at sea. */
  readonly name: string;
  /** Id of its container type. */
  readonly typeId: number;
  /** Volume in m³. */
  readonly volumeM3: number;
  /** The most fish that it may hold, in kg. */
  readonly maxBiomassKg: number;
  /** Name of its geography. */
  readonly geography: string;
  /** Of a tray or tank: name of its station. */
  readonly stationName?: string;
  /** Of a tray or tank: id of its hall. */
  readonly hallId?: number;
  /** Of a tray or tank: name of its hall. */
  readonly hallName?: string;
  /** Of a tray or tank: letter of its hall; the extras have none. */
  readonly hallLetter?: string;
  /** Of a ring: id of its area. */
  readonly areaId?: number;
  /** Of a ring: name of its area. */
  readonly areaName?: string;
  /** Of a ring: the most fish that all rings of its area may hold together, in kg. */
  readonly maxBiomassOfAreaKg?: number;
  /** Of a ring: its place in the area, from 1. */
  readonly ringNumber?: number;
  /**
   * Where its fish eat from: the silo of the hall, or barge ((n - 1) mod 3) + 1 of the area for
   * ring n (rulings.md#14). Absent in extras without a silo.
   */
  readonly feedContainerId?: number;
  /** In the order of the parameter table, which is the order of its readings. */
  readonly sensors: readonly ContainerSensor[];
}

/** A sensor, as its table has it. */
export interface Sensor {
  /** In `infrastructure_sensor`, from 1. */
  readonly id: number;
  /** Its container's name and its parameter: `S-FW-01-A-C01-DissolvedOxygen`. */
  readonly name: string;
  /** The parameter's name. */
  readonly type: string;
  /** `SN-<container id>-<first letters of the parameter>`. */
  readonly serialNumber: string;
  /** Id of the container in which it hangs. */
  readonly containerId: number;
}

/** The farm's places in the order of their ids; plain data that can be sent to a worker. */
export interface Infrastructure {
  /** The geographies in which batches live, in the order in which a plan takes them. */
  readonly homes: readonly Home[];
  /** The coasts on which the farm has places. */
  readonly geographies: readonly Geography[];
  /** What kinds of containers there are, those for feed included. */
  readonly containerTypes: readonly ContainerType[];
  /** The freshwater stations of all geographies. */
  readonly stations: readonly Station[];
  /** The halls of all stations. */
  readonly halls: readonly Hall[];
  /** The sea areas of all geographies. */
  readonly areas: readonly Area[];
  /** All trays, tanks and rings; silos and barges are in `feedContainers`. */
  readonly containers: readonly Container[];
  /** The sensors of all containers. */
  readonly sensors: readonly Sensor[];
  /** All silos and barges. */
  readonly feedContainers: readonly FeedContainer[];
  /** The stations again, by name. */
  readonly stationsByName: ReadonlyMap<string, Station>;
  /** The halls again, by name. */
  readonly hallsByName: ReadonlyMap<string, Hall>;
  /** The areas again, by name. */
  readonly areasByName: ReadonlyMap<string, Area>;
  /** The containers again, by name. */
  readonly containersByName: ReadonlyMap<string, Container>;
  /**
   * The rings of the extra sea areas by name, also where the farm is built without them: a schedule
   * that names one brings the documented totals with it (D-01).
   */
  readonly extraRingsByName: ReadonlyMap<string, Container>;
  /** The feed containers again, by id, as `Container.feedContainerId` names them. */
  readonly feedContainersById: ReadonlyMap<number, FeedContainer>;
}
