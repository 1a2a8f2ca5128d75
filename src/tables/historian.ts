/** Links to a plant historian, which AquaMind can read; never filled. */
import { index, table } from "./build.ts";
import {
  createdAt,
  id,
  instant,
  json,
  link,
  optional,
  smallint,
  stamps,
  text,
  unique,
  uuid,
  varchar,
} from "./columns.ts";
import type { Table } from "./description.ts";

export const tag = table({
  name: "historian_tag",
  group: "master",
  kind: "empty",
  meaning: "A data point of a plant historian",
  primaryKey: ["tag_id"],
}, [
  uuid("tag_id", "The historian's number of the point"),
  varchar("tag_name", 512, "Name of the point"),
  text("description", "Free text"),
  optional(smallint("tag_type", "Type of its values, the historian's code")),
  varchar("unit", 128, "Unit of its values"),
  varchar("source_system", 64, "Historian it comes from"),
  json("metadata", "Further attributes, JSON"),
  ...stamps,
]);

export const tagLink = table({
  name: "historian_tag_link",
  group: "master",
  kind: "empty",
  meaning: "What a data point of a historian measures here",
}, [
  id,
  text("notes", "Free text; empty where nothing was noted"),
  json("metadata", "Further attributes, JSON"),
  ...stamps,
  optional(link("container_id", "infrastructure_container", "Container it is measured in")),
  optional(
    link(
      "parameter_id",
      "environmental_environmentalparameter",
      "Environmental parameter it measures",
    ),
  ),
  optional(link("sensor_id", "infrastructure_sensor", "Sensor that delivers it")),
  unique(link("tag_id", "historian_tag.tag_id", "Data point of the historian", "uuid")),
]);

export const tagHistory = table({
  name: "historian_tag_history",
  group: "operational",
  kind: "empty",
  meaning: "A data point as the historian described it once",
  indexes: [
    index("historian_t_recorde_30b51c_idx", "(recorded_at)"),
    index("historian_t_tag_id_b92922_idx", "(tag_id, recorded_at)"),
  ],
}, [
  id,
  instant("recorded_at", "Instant of the description, UTC"),
  varchar("tag_name", 512, "Name of the point"),
  optional(smallint("tag_type", "Type of its values, the historian's code")),
  varchar("unit", 128, "Unit of its values"),
  json("payload", "The whole description, JSON"),
  createdAt,
  optional(link("tag_id", "historian_tag.tag_id", "Data point", "uuid")),
]);

/** All tables of this file. */
export const historianTables: readonly Table[] = [tag, tagLink, tagHistory];
