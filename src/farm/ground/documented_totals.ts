/**
 * The extras that bring the farm to the totals that the documents state (D-01): 3 geographies, 25
 * stations, 120 halls, 43 areas and 2,017 containers. The stations have six silos and no sensors, and
 * no batch uses them. The area is equipped as every area is, since schedules of the original system
 * place batches there.
 */
import type { Layout } from "../../fixtures/layout_type.ts";
import { add, addAreaPlaces, addTanks, type Groundwork, two, typeNamed } from "./groundwork.ts";

/** The areas that only a farm with the documented totals has, by name, which a schedule may use. */
export function extraAreas({ documented_totals }: Layout): Set<string> {
  return new Set(documented_totals.areas.map(({ name }) => name));
}

/** Adds the extras after the base farm, in the order of `layout.yaml`. */
export function addDocumentedTotals(ground: Groundwork): void {
  const extras = ground.layout.documented_totals;
  const type = typeNamed(ground, extras.container_type);
  const [usable, planned] = [false, false];

  for (const geography of extras.geographies) add(ground.geographies, geography);
  const idOf = (name: string) => ground.geographies.find((one) => one.name === name)!.id;

  for (const { halls, ...place } of extras.stations) {
    const station = add(ground.stations, {
      ...place,
      geographyId: idOf(place.geography),
      usable,
      planned,
    });
    for (const { name, containers, silo_capacity_kg } of halls) {
      const hall = add(ground.halls, {
        name,
        stationId: station.id,
        stationName: station.name,
        geography: station.geography,
        purpose: "Spare",
        usable,
        planned,
      });
      const prefix = name.replace("-Hall-", "-");
      const silo = silo_capacity_kg === undefined ? undefined : add(ground.feedContainers, {
        name: `${prefix}-Silo`,
        kind: "SILO" as const,
        capacityKg: silo_capacity_kg,
        hallId: hall.id,
        usable,
        planned,
      });
      const names = Array.from({ length: containers }, (_, i) => `${prefix}-C${two(i + 1)}`);
      addTanks(ground, hall, type, names, silo);
    }
  }

  for (const { ring_prefix, ...place } of extras.areas) {
    const geographyId = idOf(place.geography);
    const area = add(ground.areas, { ...place, geographyId, usable: true, planned });
    addAreaPlaces(ground, area, ring_prefix);
  }
}
