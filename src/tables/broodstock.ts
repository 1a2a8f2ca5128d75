/** Egg suppliers and breeding. */
import { table } from "./build.ts";
import {
  double,
  id,
  indexed,
  instant,
  integer,
  json,
  link,
  optional,
  stamps,
  text,
  unique,
  user,
  varchar,
} from "./columns.ts";
import type { Table } from "./description.ts";
import { history } from "./history.ts";

export const eggSupplier = table({
  name: "broodstock_eggsupplier",
  group: "master",
  kind: "static",
  meaning: "A supplier of eggs",
}, [
  id,
  unique(varchar("name", 100, "Name of the supplier")),
  text("contact_details", "Address, free text"),
  text("certifications", "Certificates: ASC"),
  ...stamps,
]);

export const broodstockFish = table({
  name: "broodstock_broodstockfish",
  group: "operational",
  kind: "empty",
  meaning: "A parent fish",
}, [
  id,
  json("traits", "Traits of the fish, JSON"),
  varchar("health_status", 20, "State of health"),
  ...stamps,
  link("container_id", "infrastructure_container", "Container it lives in"),
]);

export const breedingPlan = table({
  name: "broodstock_breedingplan",
  group: "operational",
  kind: "empty",
  meaning: "A plan of breeding",
}, [
  id,
  varchar("name", 100, "Name of the plan"),
  instant("start_date", "Instant the plan begins, UTC"),
  instant("end_date", "Instant the plan ends, UTC"),
  text("objectives", "Aims of the plan"),
  ...stamps,
  optional(user("created_by_id", "User who made it")),
  text("breeder_instructions", "Instructions for the breeder"),
  text("geneticist_notes", "Remarks of the geneticist"),
]);

export const traitPriority = table({
  name: "broodstock_breedingtraitpriority",
  group: "operational",
  kind: "empty",
  meaning: "The weight of one trait in a plan of breeding",
  unique: [["plan_id", "trait_name"]],
}, [
  id,
  varchar("trait_name", 50, "Trait"),
  double("priority_weight", "Weight of the trait, 0 to 1"),
  ...stamps,
  link("plan_id", "broodstock_breedingplan", "Plan of breeding"),
]);

export const breedingPair = table({
  name: "broodstock_breedingpair",
  group: "operational",
  kind: "empty",
  meaning: "Two parent fish that are paired",
  unique: [["plan_id", "male_fish_id", "female_fish_id"]],
}, [
  id,
  instant("pairing_date", "Instant of the pairing, UTC"),
  optional(integer("progeny_count", "Offspring")),
  ...stamps,
  link("female_fish_id", "broodstock_broodstockfish", "Mother"),
  link("male_fish_id", "broodstock_broodstockfish", "Father"),
  link("plan_id", "broodstock_breedingplan", "Plan of breeding"),
]);

export const eggProduction = table({
  name: "broodstock_eggproduction",
  group: "operational",
  kind: "empty",
  meaning: "Eggs of one pair or one purchase",
}, [
  id,
  unique(varchar("egg_batch_id", 50, "Number of the eggs")),
  integer("egg_count", "Eggs"),
  instant("production_date", "Instant of the production, UTC"),
  varchar("source_type", 20, "internal or external"),
  ...stamps,
  optional(
    link("destination_station_id", "infrastructure_freshwaterstation", "Station the eggs go to"),
  ),
  optional(link("pair_id", "broodstock_breedingpair", "Parents; NULL for bought eggs")),
]);

export const externalEggs = table({
  name: "broodstock_externaleggbatch",
  group: "operational",
  kind: "empty",
  meaning: "Eggs that were bought",
}, [
  id,
  varchar("batch_number", 50, "The supplier's number"),
  text("provenance_data", "Where the eggs come from"),
  ...stamps,
  unique(link("egg_production_id", "broodstock_eggproduction", "Eggs")),
  link("supplier_id", "broodstock_eggsupplier", "Supplier of the eggs"),
]);

export const parentage = table({
  name: "broodstock_batchparentage",
  group: "operational",
  kind: "empty",
  meaning: "The eggs that a batch grew from",
  unique: [["batch_id", "egg_production_id"]],
}, [
  id,
  instant("assignment_date", "Instant the eggs were given to the batch, UTC"),
  ...stamps,
  link("batch_id", "batch_batch", "Batch that grew from the eggs"),
  link("egg_production_id", "broodstock_eggproduction", "Eggs"),
]);

export const fishMovement = table({
  name: "broodstock_fishmovement",
  group: "operational",
  kind: "empty",
  meaning: "The move of a parent fish between containers",
}, [
  id,
  indexed(instant("movement_date", "Instant of the move, UTC")),
  text("notes", "Free text; empty where nothing was noted"),
  ...stamps,
  link("fish_id", "broodstock_broodstockfish", "Parent fish"),
  link("from_container_id", "infrastructure_container", "Container it leaves"),
  optional(user("moved_by_id", "User who moved it")),
  link("to_container_id", "infrastructure_container", "Container it enters"),
]);

export const maintenanceTask = table({
  name: "broodstock_maintenancetask",
  group: "operational",
  kind: "empty",
  meaning: "Work on a container of parent fish",
}, [
  id,
  varchar("task_type", 50, "Kind of work"),
  instant("scheduled_date", "Instant it is planned for, UTC"),
  optional(instant("completed_date", "Instant it was done, UTC")),
  text("notes", "Free text; empty where nothing was noted"),
  ...stamps,
  link("container_id", "infrastructure_container", "Container to work on"),
  optional(user("created_by_id", "User who planned it")),
]);

export const eggSupplierHistory = history(eggSupplier);
export const broodstockFishHistory = history(broodstockFish);
export const breedingPlanHistory = history(breedingPlan, {
  order: "id name start_date end_date objectives geneticist_notes breeder_instructions " +
    "created_at updated_at history_id history_date history_change_reason history_type " +
    "created_by_id history_user_id",
});
export const traitPriorityHistory = history(traitPriority);
export const breedingPairHistory = history(breedingPair);
export const eggProductionHistory = history(eggProduction);
export const externalEggsHistory = history(externalEggs);
export const parentageHistory = history(parentage);
export const fishMovementHistory = history(fishMovement);
export const maintenanceTaskHistory = history(maintenanceTask);

/** All tables of this file. */
export const broodstockTables: readonly Table[] = [
  eggSupplier,
  broodstockFish,
  breedingPlan,
  traitPriority,
  breedingPair,
  eggProduction,
  externalEggs,
  parentage,
  fishMovement,
  maintenanceTask,
  eggSupplierHistory,
  broodstockFishHistory,
  breedingPlanHistory,
  traitPriorityHistory,
  breedingPairHistory,
  eggProductionHistory,
  externalEggsHistory,
  parentageHistory,
  fishMovementHistory,
  maintenanceTaskHistory,
];
