/** Django's users, groups, rights and tokens. */
import { table } from "./build.ts";
import {
  flag,
  id,
  instant,
  integerId,
  link,
  optional,
  secret,
  unique,
  user,
  varchar,
} from "./columns.ts";
import type { Table } from "./description.ts";
import { history } from "./history.ts";

export const group = table({
  name: "auth_group",
  group: "auth",
  kind: "empty",
  meaning: "A group of users",
}, [
  integerId,
  unique(varchar("name", 150, "Name of the group")),
]);

export const permission = table({
  name: "auth_permission",
  group: "auth",
  kind: "static",
  meaning: "A right to do something with a kind of row",
  filledByDjango: true,
  unique: [["content_type_id", "codename"]],
}, [
  integerId,
  varchar("name", 255, "The right in words"),
  link("content_type_id", "django_content_type", "Kind of row", "integer"),
  varchar("codename", 100, "The right in short: add_batch"),
]);

export const groupPermission = table({
  name: "auth_group_permissions",
  group: "auth",
  kind: "empty",
  meaning: "A right of a group",
  unique: [["group_id", "permission_id"]],
}, [
  id,
  link("group_id", "auth_group", "Group that has the right", "integer"),
  link("permission_id", "auth_permission", "Right", "integer"),
]);

export const account = table({
  name: "auth_user",
  group: "auth",
  kind: "static",
  meaning: "A user of AquaMind",
}, [
  integerId,
  secret(varchar("password", 128, "! and fixed text: nobody can log in with it")),
  optional(instant("last_login", "Instant of the last login; NULL in every row")),
  flag("is_superuser", "Whether every right is given"),
  unique(varchar("username", 150, "Name to log in with")),
  varchar("first_name", 150, "Given name, empty for none"),
  varchar("last_name", 150, "Family name, empty for none"),
  varchar("email", 254, "Mail address"),
  flag("is_staff", "Whether the administration pages are open"),
  flag("is_active", "Whether the user may log in"),
  instant("date_joined", "Instant the account was made, UTC"),
]);

export const userGroup = table({
  name: "auth_user_groups",
  group: "auth",
  kind: "empty",
  meaning: "The membership of a user in a group",
  unique: [["user_id", "group_id"]],
}, [
  id,
  user("user_id", "The member"),
  link("group_id", "auth_group", "Group the user belongs to", "integer"),
]);

export const userPermission = table({
  name: "auth_user_user_permissions",
  group: "auth",
  kind: "empty",
  meaning: "A right of one user",
  unique: [["user_id", "permission_id"]],
}, [
  id,
  user("user_id", "User who has the right"),
  link("permission_id", "auth_permission", "Right", "integer"),
]);

export const token = table({
  name: "authtoken_token",
  group: "auth",
  kind: "empty",
  meaning: "A key with which a program acts for a user",
  primaryKey: ["key"],
}, [
  varchar("key", 40, "The key, 40 hexadecimal digits"),
  instant("created", "Instant the key was made, UTC"),
  unique(user("user_id", "User the program acts for")),
]);

export const accountHistory = history(account);

/** All tables of this file. */
export const authTables: readonly Table[] = [
  group,
  permission,
  groupPermission,
  account,
  userGroup,
  userPermission,
  token,
  accountHistory,
];
