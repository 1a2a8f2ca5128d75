/** What fixtures say in numbers, for the manifests of their datasets. */
import type { LayoutFacts } from "../dataset/layout_facts.ts";
import { buildCompanies } from "../farm/ground/companies.ts";
import type { Infrastructure } from "../farm/ground/places.ts";
import type { Fixtures } from "../fixtures/fixtures.ts";

/**
 * The facts of a layout.
 *
 * @param places The layout expanded, with the documented totals where the dataset has them.
 */
export function layoutFactsOf(fixtures: Fixtures, places: Infrastructure): LayoutFacts {
  const { layout, master, temperatures } = fixtures;
  const { biology, health, models, trade } = master;
  const { companies, sites, policies } = buildCompanies(fixtures, places);
  const rings = places.containers.filter(({ areaId }) => areaId !== undefined).length;
  return {
    places: {
      geographies: places.geographies.length,
      stations: places.stations.length,
      halls: places.halls.length,
      tanks: places.containers.length - rings,
      areas: places.areas.length,
      rings,
      feedContainers: places.feedContainers.length,
      sensors: places.sensors.length,
    },
    hall: {
      tanks: layout.containers_per_hall,
      sensors: layout.sensors.freshwater.length,
      silos: layout.halls.map(({ letter, silo_capacity_kg }) => (
        { hall: letter, capacityKg: silo_capacity_kg }
      )),
    },
    area: {
      rings: layout.sea_area.rings,
      sensors: layout.sensors.sea.length,
      barges: layout.sea_area.barges,
      bargeCapacityKg: layout.sea_area.barge_capacity_kg,
    },
    spare: {
      halls: places.halls.filter(({ usable }) => !usable).map(({ id, name }) => {
        const silo = places.feedContainers.find(({ hallId }) => hallId === id);
        return silo === undefined ? { name } : { name, siloCapacityKg: silo.capacityKg };
      }),
      areas: places.areas.filter(({ usable }) => !usable).map(({ name }) => name),
    },
    master: {
      stages: biology.stages.length,
      parameters: biology.parameters.length,
      feeds: master.feeds.map(({ name }) => name),
      healthParameters: health.parameters.filter(({ active }) => active).length,
      mortalityReasons: health.mortality_reasons.length,
      sampleTypes: health.sample_types.length,
      vaccines: health.vaccination_types.length,
      grades: trade.product_grades.length,
    },
    models: {
      temperatureDays: temperatures.map(({ celsius }) => celsius.length),
      growth: models.tgc.models.length,
      growthStages: models.tgc.stages.length,
      conversionStages: models.fcr.stages.length,
      constraints: models.constraints.stages.length,
    },
    trade: {
      companies: companies.length,
      sites: sites.length,
      policies: policies.length,
      freshwater: trade.subsidiaries.freshwater,
      farming: trade.subsidiaries.farming,
    },
  };
}
