/**
 * Which tables are operational: what a farm writes from day to day. A wipe empties them and their
 * histories; infrastructure, master data, users and Django's own tables stay, histories included.
 */
import { addedTables } from "../../aquamind/added_tables.ts";
import { allTables } from "../../tables/catalog.ts";

/** The described operational tables and their histories; both of AquaMind's schemas have them all. */
export const OPERATIONAL: readonly string[] = allTables.filter(({ wiped }) => wiped)
  .map(({ name }) => name);

/**
 * Operational tables and their histories that AquaMind has since its 2026-03 schema: those that
 * Redd fills there, and those that it does not describe. Of the tables
 * that came with them, those stay that a person sets up once: planning templates, area groups and
 * transport carriers, and of the finance core accounts, account groups, cost centres and
 * allocation rules.
 */
export const OPERATIONAL_SINCE_2026_03: readonly string[] = [
  ...addedTables.filter(({ wiped }) => wiped).map(({ name }) => name),
  "batch_batchmixevent",
  "batch_batchmixeventcomponent",
  "batch_containerforecastsummary",
  "batch_liveforwardprojection",
  "batch_historicalbatchmixevent",
  "batch_historicalbatchmixeventcomponent",
  "planning_plannedactivity",
  "planning_historicalplannedactivity",
  "finance_core_budget",
  "finance_core_budgetentry",
  "finance_core_costimportbatch",
  "finance_core_costimportline",
  "finance_core_periodlock",
  "finance_core_valuationrun",
  "finance_core_historicalbudget",
  "finance_core_historicalbudgetentry",
  "finance_core_historicalcostimportbatch",
  "finance_core_historicalcostimportline",
  "finance_core_historicalperiodlock",
  "finance_core_historicalvaluationrun",
];
