/** The map of keys of systems that AquaMind replaced; never filled. */
import { index, table } from "./build.ts";
import { bigint, id, json, stamps, varchar } from "./columns.ts";
import type { Table } from "./description.ts";

export const externalIdMap = table({
  name: "migration_support_externalidmap",
  group: "operational",
  kind: "empty",
  meaning: "Which row stands for a row of another system",
  unique: [["source_system", "source_model", "source_identifier"]],
  indexes: [
    index("migration_s_source__6a4e0a_idx", "(source_system, source_model)"),
    index("migration_s_target__b24f64_idx", "(target_app_label, target_model, target_object_id)"),
  ],
}, [
  id,
  varchar("source_system", 32, "The other system"),
  varchar("source_model", 64, "Kind of row there"),
  varchar("source_identifier", 128, "Key of the row there"),
  varchar("target_app_label", 64, "Application of the row here"),
  varchar("target_model", 64, "Kind of row here"),
  bigint("target_object_id", "Id of the row here"),
  json("metadata", "Further attributes, JSON"),
  ...stamps,
]);

/** All tables of this file. */
export const migrationSupportTables: readonly Table[] = [externalIdMap];
