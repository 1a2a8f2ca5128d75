/**
 * The extras that bring the farm to the totals that the documents state (D-01): 3 geographies, 25
 * stations, 120 halls, 43 areas, 2,017 containers and six more silos. They have no sensors, and no
 * batch uses them.
 */
import { add, addRings, addTanks, type Groundwork, two, typeNamed } from "./groundwork.ts";

/** Adds the extras after the base farm, in the order of `layout.yaml`. */
export function addDocumentedTotals(ground: Groundwork): void {
  const extras = ground.layout.documented_totals;
  const type = typeNamed(ground, extras.container_type);
  const usable = false;

  for (const geography of extras.geographies) add(ground.geographies, geography);
  const idOf = (name: string) => ground.geographies.find((one) => one.name === name)!.id;

  for (const { halls, ...place } of extras.stations) {
    const station = add(ground.stations, { ...place, geographyId: idOf(place.geography), usable });
    for (const { name, containers, silo_capacity_kg } of halls) {
      const hall = add(ground.halls, {
        name,
        stationId: station.id,
        stationName: station.name,
        geography: station.geography,
        purpose: "Spare",
        usable,
      });
      const prefix = name.replace("-Hall-", "-");
      const silo = silo_capacity_kg === undefined ? undefined : add(ground.feedContainers, {
        name: `${prefix}-Silo`,
        kind: "SILO" as const,
        capacityKg: silo_capacity_kg,
        hallId: hall.id,
        usable,
      });
      const names = Array.from({ length: containers }, (_, i) => `${prefix}-C${two(i + 1)}`);
      addTanks(ground, hall, type, names, silo);
    }
  }

  for (const place of extras.areas) {
    const area = add(ground.areas, { ...place, geographyId: idOf(place.geography), usable });
    addRings(ground, area, []);
  }
}
