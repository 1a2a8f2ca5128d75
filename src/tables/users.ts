/** User profiles and what they may see. */
import { table } from "./build.ts";
import { id, link, optional, stamps, unique, user, varchar } from "./columns.ts";
import type { Table } from "./description.ts";
import { history } from "./history.ts";

export const profile = table({
  name: "users_userprofile",
  group: "auth",
  kind: "static",
  meaning: "What AquaMind knows of a user besides the account",
}, [
  id,
  optional(varchar("profile_picture", 100, "Path of a picture; empty or NULL")),
  optional(varchar("job_title", 100, "Occupation")),
  optional(varchar("department", 100, "Department the user works in")),
  varchar("language_preference", 5, "Language: en"),
  varchar("date_format_preference", 10, "Order of dates: DMY"),
  ...stamps,
  unique(user("user_id", "Account")),
  varchar("full_name", 150, "Name as shown on pages"),
  varchar("geography", 3, "Region whose data are open to the user: ALL"),
  optional(varchar("phone", 20, "Telephone number")),
  varchar("role", 5, "Role: ADMIN, MGR, OPR, VET, QA, FIN or VIEW"),
  varchar("subsidiary", 3, "Subsidiary whose data are open to the user: ALL"),
]);

export const allowedArea = table({
  name: "users_userprofile_allowed_areas",
  group: "auth",
  kind: "empty",
  meaning: "A sea area that is open to a user",
  unique: [["userprofile_id", "area_id"]],
}, [
  id,
  link("userprofile_id", "users_userprofile", "User profile"),
  link("area_id", "infrastructure_area", "Sea area that is open"),
]);

export const allowedContainer = table({
  name: "users_userprofile_allowed_containers",
  group: "auth",
  kind: "empty",
  meaning: "A container that is open to a user",
  unique: [["userprofile_id", "container_id"]],
}, [
  id,
  link("userprofile_id", "users_userprofile", "User profile"),
  link("container_id", "infrastructure_container", "Container that is open"),
]);

export const allowedStation = table({
  name: "users_userprofile_allowed_stations",
  group: "auth",
  kind: "empty",
  meaning: "A station that is open to a user",
  unique: [["userprofile_id", "freshwaterstation_id"]],
}, [
  id,
  link("userprofile_id", "users_userprofile", "User profile"),
  link("freshwaterstation_id", "infrastructure_freshwaterstation", "Station that is open"),
]);

export const profileHistory = history(profile, {
  order: "id full_name phone profile_picture job_title department geography subsidiary role " +
    "language_preference date_format_preference created_at updated_at history_id " +
    "history_date history_change_reason history_type history_user_id user_id",
  files: ["profile_picture"],
});

/** All tables of this file. */
export const usersTables: readonly Table[] = [
  profile,
  allowedArea,
  allowedContainer,
  allowedStation,
  profileHistory,
];
