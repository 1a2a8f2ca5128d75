/** Django's list of the kinds of rows. */
import { table } from "./build.ts";
import { integerId, varchar } from "./columns.ts";
import type { Table } from "./description.ts";

export const contentType = table({
  name: "django_content_type",
  group: "django",
  kind: "static",
  meaning: "A kind of row, by application and model",
  filledByDjango: true,
  unique: [["app_label", "model"]],
}, [
  integerId,
  varchar("app_label", 100, "Application: batch"),
  varchar("model", 100, "Model, in lower case: batchtransferworkflow"),
]);

/** All tables of this file. */
export const djangoTables: readonly Table[] = [contentType];
