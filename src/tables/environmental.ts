/** The water and the weather. */
import { index, table } from "./build.ts";
import {
  createdAt,
  date,
  flag,
  id,
  instant,
  integer,
  json,
  link,
  numeric,
  optional,
  stamps,
  text,
  user,
  varchar,
} from "./columns.ts";
import type { Table } from "./description.ts";
import { history } from "./history.ts";

export const parameter = table({
  name: "environmental_environmentalparameter",
  group: "master",
  kind: "static",
  meaning: "A property of the water that sensors measure",
  naturalKey: ["name"],
}, [
  id,
  varchar("name", 100, "Name of the parameter, as sensors give it"),
  varchar("unit", 20, "Unit of its values: %, mg/L, °C, pH, ppt"),
  text("description", "What it is and what is safe"),
  optional(numeric("min_value", 10, 2, "Lowest safe value, in the unit")),
  optional(numeric("max_value", 10, 2, "Highest safe value, in the unit")),
  optional(numeric("optimal_min", 10, 2, "Lower end of the best range, in the unit")),
  optional(numeric("optimal_max", 10, 2, "Upper end of the best range, in the unit")),
  ...stamps,
]);

export const reading = table({
  name: "environmental_environmentalreading",
  group: "operational",
  kind: "windowed",
  day: "reading_time",
  meaning: "One value of one sensor at one hour",
  primaryKey: ["id", "reading_time"],
  indexes: [
    index(
      "environment_batch_c_343740_idx",
      "(batch_container_assignment_id, parameter_id, reading_time)",
    ),
    index("environment_batch_i_e1fe9c_idx", "(batch_id, parameter_id, reading_time)"),
    index("environment_contain_a6622f_idx", "(container_id, parameter_id, reading_time)"),
  ],
}, [
  id,
  numeric("value", 10, 4, "Value, in the unit of the parameter"),
  instant("reading_time", "Instant of the reading, UTC"),
  flag("is_manual", "Whether a person took the reading"),
  text("notes", "Free text; empty where nothing was noted"),
  createdAt,
  optional(link("batch_id", "batch_batch", "Batch in the container at that time")),
  optional(link("container_id", "infrastructure_container", "Container the water was measured in")),
  link("parameter_id", "environmental_environmentalparameter", "What was measured"),
  optional(user("recorded_by_id", "User who took it; NULL for a sensor")),
  optional(link("sensor_id", "infrastructure_sensor", "Sensor that took it")),
  optional(
    link(
      "batch_container_assignment_id",
      "batch_batchcontainerassignment",
      "Stay of the batch in the container at that time",
    ),
  ),
]);

export const photoperiod = table({
  name: "environmental_photoperioddata",
  group: "operational",
  kind: "empty",
  meaning: "Daylight at a sea area on one day",
  unique: [["area_id", "date"]],
  indexes: [
    index("environment_area_id_9c8f82_idx", "(area_id, date)"),
  ],
}, [
  id,
  date("date", "Day of the values"),
  numeric("day_length_hours", 5, 2, "Length of the day, hours"),
  optional(numeric("light_intensity", 10, 2, "Light intensity, lux")),
  flag("is_interpolated", "Whether the values are interpolated"),
  ...stamps,
  link("area_id", "infrastructure_area", "Sea area"),
]);

export const weather = table({
  name: "environmental_weatherdata",
  group: "operational",
  kind: "empty",
  meaning: "Weather at a sea area at one instant",
  primaryKey: ["id", "timestamp"],
  indexes: [
    index("environment_area_id_7e45b9_idx", '(area_id, "timestamp")'),
  ],
}, [
  id,
  instant("timestamp", "Instant of the observation, UTC"),
  optional(numeric("temperature", 5, 2, "Air temperature, °C")),
  optional(numeric("wind_speed", 6, 2, "Wind speed, m/s")),
  optional(integer("wind_direction", "Direction the wind comes from, degrees")),
  optional(numeric("precipitation", 6, 2, "Precipitation, mm")),
  optional(numeric("wave_height", 5, 2, "Wave height, m")),
  optional(numeric("wave_period", 5, 2, "Wave period, s")),
  optional(integer("wave_direction", "Direction the waves come from, degrees")),
  optional(integer("cloud_cover", "Cloud cover, %")),
  createdAt,
  link("area_id", "infrastructure_area", "Sea area"),
]);

export const transitionWater = table({
  name: "environmental_stagetransitionenvironmental",
  group: "operational",
  kind: "empty",
  meaning: "The water during a move to the next stage",
}, [
  id,
  optional(numeric("temperature", 5, 2, "Water temperature, °C")),
  optional(numeric("oxygen", 5, 2, "Dissolved oxygen, mg/L")),
  optional(numeric("salinity", 5, 2, "Salinity, ppt")),
  optional(numeric("ph", 4, 2, "Acidity of the water, pH")),
  optional(json("additional_parameters", "Further measurements, JSON")),
  text("notes", "Free text; empty where nothing was noted"),
  ...stamps,
  link("batch_transfer_workflow_id", "batch_batchtransferworkflow", "Transfer workflow"),
]);

export const parameterHistory = history(parameter);
export const photoperiodHistory = history(photoperiod);
export const transitionWaterHistory = history(transitionWater);

/** All tables of this file. */
export const environmentalTables: readonly Table[] = [
  parameter,
  reading,
  photoperiod,
  weather,
  transitionWater,
  parameterHistory,
  photoperiodHistory,
  transitionWaterHistory,
];
