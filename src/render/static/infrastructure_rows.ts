/** Rows of the eight infrastructure tables (domain.md#2). */
import type { Layout } from "../../fixtures/layout.ts";
import type { Infrastructure } from "../../farm/ground/places.ts";
import { madeStamps, type TableRows } from "./rows.ts";

/** The live rows, in the order of their ids. */
export function infrastructureRows(layout: Layout, places: Infrastructure): TableRows[] {
  const active = true;
  return [
    {
      table: "infrastructure_geography",
      rows: places.geographies.map(({ id, name, description }) => ({
        id,
        name,
        description,
        ...madeStamps,
      })),
    },
    {
      table: "infrastructure_area",
      rows: places.areas.map((area) => ({
        id: area.id,
        name: area.name,
        latitude: area.latitude,
        longitude: area.longitude,
        max_biomass: layout.sea_area.max_biomass_kg,
        active,
        geography_id: area.geographyId,
        ...madeStamps,
      })),
    },
    {
      table: "infrastructure_freshwaterstation",
      rows: places.stations.map((station) => ({
        id: station.id,
        name: station.name,
        station_type: "FRESHWATER",
        latitude: station.latitude,
        longitude: station.longitude,
        description: `Freshwater station ${station.name}`,
        active,
        geography_id: station.geographyId,
        ...madeStamps,
      })),
    },
    {
      table: "infrastructure_hall",
      rows: places.halls.map((hall) => ({
        id: hall.id,
        name: hall.name,
        description: `${hall.purpose} hall of ${hall.stationName}`,
        area_sqm: layout.hall_area_sqm,
        active,
        freshwater_station_id: hall.stationId,
        ...madeStamps,
      })),
    },
    {
      table: "infrastructure_containertype",
      rows: places.containerTypes.map((type) => ({
        id: type.id,
        name: type.name,
        category: type.category,
        max_volume_m3: type.volumeM3,
        description: type.description,
        ...madeStamps,
      })),
    },
    {
      table: "infrastructure_container",
      rows: places.containers.map((container) => ({
        id: container.id,
        name: container.name,
        volume_m3: container.volumeM3,
        max_biomass_kg: container.maxBiomassKg,
        active,
        area_id: container.areaId ?? null,
        container_type_id: container.typeId,
        hall_id: container.hallId ?? null,
        feed_recommendations_enabled: true,
        ...madeStamps,
      })),
    },
    {
      table: "infrastructure_sensor",
      rows: places.sensors.map((sensor) => ({
        id: sensor.id,
        name: sensor.name,
        sensor_type: sensor.type,
        serial_number: sensor.serialNumber,
        manufacturer: layout.sensors.manufacturer,
        installation_date: null,
        last_calibration_date: null,
        active,
        container_id: sensor.containerId,
        ...madeStamps,
      })),
    },
    {
      table: "infrastructure_feedcontainer",
      rows: places.feedContainers.map((store) => ({
        id: store.id,
        name: store.name,
        container_type: store.kind,
        capacity_kg: store.capacityKg,
        active,
        area_id: store.areaId ?? null,
        hall_id: store.hallId ?? null,
        ...madeStamps,
      })),
    },
  ];
}
