/** The farm's places and equipment. */
import { table } from "./build.ts";
import {
  date,
  flag,
  id,
  link,
  numeric,
  optional,
  stamps,
  text,
  unique,
  varchar,
} from "./columns.ts";
import type { Table } from "./description.ts";
import { history } from "./history.ts";

export const geography = table({
  name: "infrastructure_geography",
  group: "infrastructure",
  kind: "static",
  meaning: "A region of the farm: Faroe Islands, Scotland",
}, [
  id,
  unique(varchar("name", 100, "Name of the region")),
  text("description", "Free text"),
  ...stamps,
]);

export const station = table({
  name: "infrastructure_freshwaterstation",
  group: "infrastructure",
  kind: "static",
  meaning: "A hatchery and smolt station on land",
  naturalKey: ["name"],
}, [
  id,
  varchar("name", 100, "Name: FI-FW-01, S-FW-01, …"),
  varchar("station_type", 20, "FRESHWATER"),
  numeric("latitude", 9, 6, "Latitude, degrees north"),
  numeric("longitude", 9, 6, "Longitude, degrees east, negative in the west"),
  text("description", "Free text"),
  flag("active", "Whether it is in use"),
  ...stamps,
  link("geography_id", "infrastructure_geography", "Region it lies in"),
]);

export const hall = table({
  name: "infrastructure_hall",
  group: "infrastructure",
  kind: "static",
  meaning: "A hall of a station, built for one lifecycle stage (A to E)",
  naturalKey: ["name"],
}, [
  id,
  varchar("name", 100, "Station and letter: FI-FW-01-Hall-A"),
  text("description", "Free text"),
  optional(numeric("area_sqm", 10, 2, "Floor area, m²")),
  flag("active", "Whether it is in use"),
  ...stamps,
  link("freshwater_station_id", "infrastructure_freshwaterstation", "Station it belongs to"),
]);

export const area = table({
  name: "infrastructure_area",
  group: "infrastructure",
  kind: "static",
  meaning: "A sea area in which rings lie",
  naturalKey: ["name"],
}, [
  id,
  varchar("name", 100, "Name: FI-SEA-01, S-SEA-01, …"),
  numeric("latitude", 9, 6, "Latitude, degrees north"),
  numeric("longitude", 9, 6, "Longitude, degrees east, negative in the west"),
  numeric("max_biomass", 12, 2, "Permitted biomass, kg"),
  flag("active", "Whether it is in use"),
  ...stamps,
  link("geography_id", "infrastructure_geography", "Region it lies in"),
]);

export const containerType = table({
  name: "infrastructure_containertype",
  group: "infrastructure",
  kind: "static",
  meaning: "A kind of container: tray, tank, pen, silo or barge",
  naturalKey: ["name"],
}, [
  id,
  varchar("name", 100, "Name of the kind"),
  varchar("category", 20, "TRAY, TANK, PEN, SILO or BARGE"),
  numeric("max_volume_m3", 10, 2, "Largest volume of this kind, m³"),
  text("description", "Free text"),
  ...stamps,
]);

export const container = table({
  name: "infrastructure_container",
  group: "infrastructure",
  kind: "static",
  meaning: "A tray, tank or sea ring that holds fish",
  naturalKey: ["name"],
  checks: [{
    name: "container_in_either_hall_or_area",
    expression:
      "CHECK ((((area_id IS NULL) AND (hall_id IS NOT NULL)) OR ((area_id IS NOT NULL) AND (hall_id IS NULL))))",
  }],
}, [
  id,
  varchar("name", 100, "Name, unique within its hall or area"),
  numeric("volume_m3", 10, 2, "Water volume, m³"),
  numeric("max_biomass_kg", 10, 2, "Biomass it is meant for, kg; reported on, not enforced"),
  flag("active", "Whether it is in use"),
  ...stamps,
  optional(link("area_id", "infrastructure_area", "Sea area; NULL on land")),
  link("container_type_id", "infrastructure_containertype", "Kind of container"),
  optional(link("hall_id", "infrastructure_hall", "Hall; NULL at sea")),
  flag("feed_recommendations_enabled", "Whether feed recommendations are made for it"),
]);

export const feedContainer = table({
  name: "infrastructure_feedcontainer",
  group: "infrastructure",
  kind: "static",
  meaning: "A silo of a hall or a barge of a sea area that holds feed",
  naturalKey: ["name"],
  checks: [{
    name: "feed_container_in_either_hall_or_area",
    expression:
      "CHECK ((((area_id IS NULL) AND (hall_id IS NOT NULL)) OR ((area_id IS NOT NULL) AND (hall_id IS NULL))))",
  }],
}, [
  id,
  varchar("name", 100, "Hall and Silo, or area and Barge with number"),
  varchar("container_type", 20, "SILO or BARGE"),
  numeric("capacity_kg", 10, 2, "Feed it can hold, kg"),
  flag("active", "Whether it is in use"),
  ...stamps,
  optional(link("area_id", "infrastructure_area", "Sea area of a barge; NULL for a silo")),
  optional(link("hall_id", "infrastructure_hall", "Hall of a silo; NULL for a barge")),
]);

export const sensor = table({
  name: "infrastructure_sensor",
  group: "infrastructure",
  kind: "static",
  meaning: "A sensor that measures one parameter in one container",
  naturalKey: ["name"],
}, [
  id,
  varchar("name", 100, "Container and parameter"),
  varchar("sensor_type", 20, "Parameter it measures, by name"),
  varchar("serial_number", 100, "SN, container and the first letters of the parameter"),
  varchar("manufacturer", 100, "Maker of the sensor"),
  optional(date("installation_date", "Day of installation; NULL when unknown")),
  optional(date("last_calibration_date", "Day of the last calibration; NULL when unknown")),
  flag("active", "Whether it is in use"),
  ...stamps,
  link("container_id", "infrastructure_container", "Container it hangs in"),
]);

export const geographyHistory = history(geography);
export const stationHistory = history(station);
export const hallHistory = history(hall);
export const areaHistory = history(area);
export const containerTypeHistory = history(containerType);
export const containerHistory = history(container, {
  order: "id name volume_m3 max_biomass_kg feed_recommendations_enabled active created_at " +
    "updated_at history_id history_date history_change_reason history_type area_id " +
    "container_type_id hall_id history_user_id",
});
export const feedContainerHistory = history(feedContainer);
export const sensorHistory = history(sensor);

/** All tables of this file. */
export const infrastructureTables: readonly Table[] = [
  geography,
  station,
  hall,
  area,
  containerType,
  container,
  feedContainer,
  sensor,
  geographyHistory,
  stationHistory,
  hallHistory,
  areaHistory,
  containerTypeHistory,
  containerHistory,
  feedContainerHistory,
  sensorHistory,
];
