/** Grades, harvests and their lots. */
import { index, table } from "./build.ts";
import {
  id,
  indexed,
  instant,
  link,
  natural,
  numeric,
  optional,
  stamps,
  text,
  unique,
  varchar,
} from "./columns.ts";
import type { Table } from "./description.ts";
import { history } from "./history.ts";

export const productGrade = table({
  name: "harvest_productgrade",
  group: "master",
  kind: "static",
  meaning: "A quality grade of harvested fish",
}, [
  id,
  unique(varchar("code", 50, "SUPERIOR, GRADE_A, GRADE_B, GRADE_C or REJECT")),
  varchar("name", 100, "Name of the grade"),
  text("description", "Free text"),
  ...stamps,
]);

export const harvestEvent = table({
  name: "harvest_harvestevent",
  group: "operational",
  kind: "joined",
  day: "event_date",
  meaning: "The harvest of one ring",
  indexes: [
    index("harvest_har_dest_su_86e9c4_idx", "(dest_subsidiary)"),
    index("harvest_har_event_d_b1dbec_idx", "(event_date, batch_id)"),
  ],
}, [
  id,
  indexed(instant("event_date", "Instant of the harvest, UTC")),
  optional(varchar("dest_subsidiary", 3, "Company kind that takes the fish: LG")),
  varchar("document_ref", 100, "HRV, batch number and ring"),
  ...stamps,
  link("assignment_id", "batch_batchcontainerassignment", "Stay that the harvest ends"),
  link("batch_id", "batch_batch", "Batch that was harvested"),
  optional(
    link(
      "dest_geography_id",
      "infrastructure_geography",
      "Region of the company that takes the fish",
    ),
  ),
]);

export const harvestLot = table({
  name: "harvest_harvestlot",
  group: "operational",
  kind: "joined",
  day: "created_at",
  meaning: "The fish of one grade of a harvest",
}, [
  id,
  numeric("live_weight_kg", 12, 3, "Weight of the fish alive, kg"),
  optional(numeric("gutted_weight_kg", 12, 3, "Gutted weight, 85 % of live, kg")),
  optional(numeric("fillet_weight_kg", 12, 3, "Fillet weight, 55 % of live, kg")),
  natural("unit_count", "Fish in the lot"),
  ...stamps,
  link("event_id", "harvest_harvestevent", "Harvest"),
  link("product_grade_id", "harvest_productgrade", "Grade of the fish"),
]);

export const harvestWaste = table({
  name: "harvest_harvestwaste",
  group: "operational",
  kind: "empty",
  meaning: "Waste of a harvest",
}, [
  id,
  varchar("category", 50, "Kind of waste"),
  numeric("weight_kg", 12, 3, "Mass of the waste, kg"),
  ...stamps,
  link("event_id", "harvest_harvestevent", "Harvest"),
]);

export const productGradeHistory = history(productGrade);
export const harvestEventHistory = history(harvestEvent);
export const harvestLotHistory = history(harvestLot);
export const harvestWasteHistory = history(harvestWaste);

/** All tables of this file. */
export const harvestTables: readonly Table[] = [
  productGrade,
  harvestEvent,
  harvestLot,
  harvestWaste,
  productGradeHistory,
  harvestEventHistory,
  harvestLotHistory,
  harvestWasteHistory,
];
