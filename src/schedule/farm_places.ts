/** The places that batches may have, geography by geography and in name order. */
import type { Container, Infrastructure } from "../farm/ground/places.ts";

/** A hall with the names of its containers. */
export interface HallPlaces {
  readonly hall: string;
  readonly station: string;
  readonly containers: readonly string[];
}

/** A sea area with the names of its rings. */
export interface AreaPlaces {
  readonly area: string;
  readonly rings: readonly string[];
}

/** The places of a geography. */
export interface GeographyPlaces {
  /** By letter; the halls of a letter by station. */
  readonly halls: ReadonlyMap<string, readonly HallPlaces[]>;
  readonly areas: readonly AreaPlaces[];
  /** Of all areas. */
  readonly rings: readonly string[];
}

/** The places of the farm, by the name of their geography. */
export type FarmPlaces = ReadonlyMap<string, GeographyPlaces>;

/** Names compare by code unit (rulings.md#2). */
function byName<Place extends { readonly name: string }>(places: readonly Place[]): Place[] {
  return [...places].sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function placesOf(geography: string, farm: Infrastructure): GeographyPlaces {
  const here = (one: { readonly geography: string; readonly planned: boolean }) =>
    one.planned && one.geography === geography;
  const containers = byName(farm.containers.filter(here));
  const namesIn = (isIn: (one: Container) => boolean) =>
    containers.filter(isIn).map((one) => one.name);
  const halls = new Map<string, HallPlaces[]>();
  for (const { id, name, stationName, letter } of farm.halls.filter(here)) {
    if (letter === undefined) continue;
    const places = {
      hall: name,
      station: stationName,
      containers: namesIn((c) => c.hallId === id),
    };
    halls.set(letter, [...halls.get(letter) ?? [], places]);
  }
  const areas = byName(farm.areas.filter(here)).map(({ id, name }): AreaPlaces => (
    { area: name, rings: namesIn((c) => c.areaId === id) }
  ));
  for (const list of halls.values()) list.sort((a, b) => a.station < b.station ? -1 : 1);
  return { halls, areas, rings: areas.flatMap((one) => one.rings) };
}

/** The places of a farm's infrastructure, without the extras of the documented totals (D-01). */
export function farmPlaces(infrastructure: Infrastructure): FarmPlaces {
  return new Map(
    infrastructure.homes.map(({ name }) => [name, placesOf(name, infrastructure)]),
  );
}
