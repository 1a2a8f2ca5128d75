/**
 * The tables that only AquaMind's 2026-03 schema has and that Redd fills at load: a dataset has no
 * files of them, their rows are made of rows that were loaded. None is in `allTables`.
 */
import { index, key, table } from "../tables/build.ts";
import {
  double,
  flag,
  identity,
  instant,
  json,
  link,
  natural,
  optional,
  stamps,
  text,
  unique,
  user,
  varchar,
} from "../tables/columns.ts";
import type { Table } from "../tables/description.ts";
import { history } from "../tables/history.ts";

/** A computed projection, which the older schema does not tell from its scenario. */
export const projectionRun = table({
  name: "scenario_projection_run",
  group: "operational",
  kind: "entity",
  meaning: "One computation of a scenario's projection",
  unique: [["scenario_id", "run_number"]],
  indexes: [
    index("scenario_pr_run_num_231c54_idx", "(run_number)"),
    index("scenario_pr_scenari_58c6d2_idx", "(scenario_id, run_date DESC)"),
  ],
}, [
  identity("run_id", "Number of the run"),
  instant("run_date", "Instant of the computation, UTC"),
  natural("run_number", "Number of the run within its scenario, from 1"),
  varchar("label", 100, "Name of the run, empty for none"),
  json("parameters_snapshot", "Values of scenario and models that were used, JSON"),
  text("notes", "Free text; empty where nothing was noted"),
  natural("total_projections", "Days projected"),
  optional(double("final_weight_g", "Mean weight on the last day, g")),
  optional(double("final_biomass_kg", "Biomass on the last day, kg")),
  ...stamps,
  optional(user("created_by_id", "User who asked for it; NULL")),
  link("scenario_id", "scenario.scenario_id", "Scenario that is projected"),
]);

export const costCentre = table({
  name: "finance_core_costcenter",
  group: "master",
  kind: "entity",
  meaning: "A cost centre: a site, or the project of a batch at its first site",
  unique: [key("finance_core_costcenter_company_code_uniq", "company_id", "code")],
}, [
  identity("cost_center_id", "Number of the cost centre"),
  varchar("code", 64, "SITE- and number of the site, or PRJ- and number of the batch"),
  varchar("name", 150, "Name of the site, or site, batch number and month"),
  varchar("cost_center_type", 20, "SITE or PROJECT"),
  text("description", "Free text"),
  flag("is_active", "Whether costs may be booked on it"),
  ...stamps,
  link("company_id", "finance_dimcompany.company_id", "Company of the site"),
  optional(
    link(
      "parent_id",
      "finance_core_costcenter.cost_center_id",
      "Site of a project; NULL of a site",
    ),
  ),
  optional(link("site_id", "finance_dimsite.site_id", "Site")),
]);

export const batchLink = table({
  name: "finance_core_costcenterbatchlink",
  group: "operational",
  kind: "entity",
  meaning: "Which cost centre is the project of a batch",
}, [
  identity("link_id", "Number of the link"),
  instant("linked_at", "Instant of the batch's first assignment, UTC"),
  unique(link("batch_id", "batch_batch", "Batch")),
  link("cost_center_id", "finance_core_costcenter.cost_center_id", "Project"),
  optional(user("created_by_id", "User who made the link; NULL")),
]);

export const costCentreHistory = history(costCentre, {
  kind: "joined",
  name: "finance_core_historicalcostcenter",
});

export const batchLinkHistory = history(batchLink, {
  kind: "joined",
  name: "finance_core_historicalcostcenterbatchlink",
});

/** All tables of this file, each after those it refers to. */
export const addedTables: readonly Table[] = [
  projectionRun,
  costCentre,
  batchLink,
  costCentreHistory,
  batchLinkHistory,
];
