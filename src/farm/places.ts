/** What the places of the farm are: one type per infrastructure table. */

export interface Geography {
  readonly id: number;
  readonly name: string;
  readonly description: string;
}

export interface ContainerType {
  readonly id: number;
  readonly name: string;
  readonly category: string;
  readonly volumeM3: number;
  readonly description: string;
}

/** What tells the base farm from the extras of the documented totals. */
interface Usable {
  /** Batches may be placed here; false for the extras. */
  readonly usable: boolean;
}

export interface Station extends Usable {
  readonly id: number;
  readonly name: string;
  readonly geography: string;
  readonly geographyId: number;
  readonly latitude: number;
  readonly longitude: number;
}

export interface Hall extends Usable {
  readonly id: number;
  readonly name: string;
  readonly stationId: number;
  readonly stationName: string;
  readonly geography: string;
  /** A to E; the extras have none. */
  readonly letter?: string;
  readonly purpose: string;
}

export interface Area extends Usable {
  readonly id: number;
  readonly name: string;
  readonly geography: string;
  readonly geographyId: number;
  readonly latitude: number;
  readonly longitude: number;
}

/** A silo (of a hall) or a barge (of an area). */
export interface FeedContainer extends Usable {
  readonly id: number;
  readonly name: string;
  readonly kind: "SILO" | "BARGE";
  readonly capacityKg: number;
  readonly hallId?: number;
  readonly hallLetter?: string;
  readonly areaId?: number;
}

/** A sensor of a container, as readings need it. */
export interface ContainerSensor {
  readonly parameter: string;
  readonly parameterId: number;
  readonly sensorId: number;
}

/** A tray, tank or ring. */
export interface Container extends Usable {
  readonly id: number;
  readonly name: string;
  readonly typeId: number;
  readonly volumeM3: number;
  readonly maxBiomassKg: number;
  readonly geography: string;
  readonly stationName?: string;
  readonly hallId?: number;
  readonly hallName?: string;
  readonly hallLetter?: string;
  readonly areaId?: number;
  readonly areaName?: string;
  /** From 1, in its area. */
  readonly ringNumber?: number;
  /**
   * Where its fish eat from: the silo of the hall, or barge ((n - 1) mod 3) + 1 of the area for
   * ring n (rulings.md#14). Absent in extras without a silo.
   */
  readonly feedContainerId?: number;
  /** In the order of the parameter table, which is the order of its readings. */
  readonly sensors: readonly ContainerSensor[];
}

export interface Sensor {
  readonly id: number;
  readonly name: string;
  /** The parameter's name. */
  readonly type: string;
  readonly serialNumber: string;
  readonly containerId: number;
}

/** The farm's places in the order of their ids; plain data that can be sent to a worker. */
export interface Infrastructure {
  readonly geographies: readonly Geography[];
  readonly containerTypes: readonly ContainerType[];
  readonly stations: readonly Station[];
  readonly halls: readonly Hall[];
  readonly areas: readonly Area[];
  readonly containers: readonly Container[];
  readonly sensors: readonly Sensor[];
  readonly feedContainers: readonly FeedContainer[];
  readonly stationsByName: ReadonlyMap<string, Station>;
  readonly hallsByName: ReadonlyMap<string, Hall>;
  readonly areasByName: ReadonlyMap<string, Area>;
  readonly containersByName: ReadonlyMap<string, Container>;
  readonly feedContainersById: ReadonlyMap<number, FeedContainer>;
}
