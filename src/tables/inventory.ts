/** Feed: products, purchases, lots, feedings and what came of them. */
import { index, table } from "./build.ts";
import {
  date,
  flag,
  id,
  instant,
  link,
  natural,
  numeric,
  optional,
  stamps,
  text,
  time,
  user,
  varchar,
  withDecimals,
} from "./columns.ts";
import type { Table } from "./description.ts";
import { history } from "./history.ts";

export const feed = table({
  name: "inventory_feed",
  group: "master",
  kind: "static",
  meaning: "A feed product and what it is made of",
  naturalKey: ["name"],
}, [
  id,
  varchar("name", 100, "Product name with the pellet size"),
  varchar("brand", 100, "Maker"),
  varchar("size_category", 20, "MICRO, SMALL, MEDIUM or LARGE"),
  optional(numeric("pellet_size_mm", 5, 2, "Pellet diameter, mm")),
  optional(numeric("protein_percentage", 5, 2, "Protein, % of the weight")),
  optional(numeric("fat_percentage", 5, 2, "Fat, % of the weight")),
  optional(numeric("carbohydrate_percentage", 5, 2, "Carbohydrate, % of the weight")),
  text("description", "Free text"),
  flag("is_active", "Whether it is bought"),
  ...stamps,
]);

export const feedPurchase = table({
  name: "inventory_feedpurchase",
  group: "operational",
  kind: "joined",
  day: "purchase_date",
  meaning: "An order of feed, which becomes one lot",
}, [
  id,
  date("purchase_date", "Day of the order, three days before delivery"),
  numeric("quantity_kg", 10, 2, "Feed ordered, kg"),
  numeric("cost_per_kg", 10, 2, "Price of 1 kg, in the buyer's currency"),
  varchar("supplier", 100, "Name of the supplier"),
  varchar("batch_number", 100, "Number of the lot: INIT- or AUTO-, day and sequence"),
  optional(date("expiry_date", "Day the feed expires")),
  text("notes", "Free text; empty where nothing was noted"),
  ...stamps,
  link("feed_id", "inventory_feed", "Feed that is bought"),
]);

export const feedStock = table({
  name: "inventory_feedcontainerstock",
  group: "operational",
  kind: "entity",
  meaning: "A lot of feed in a silo or barge",
  indexes: [
    index("inventory_f_feed_co_cd3df6_idx", "(feed_container_id, entry_date)"),
    index("inventory_f_feed_pu_89e94c_idx", "(feed_purchase_id)"),
  ],
}, [
  id,
  numeric("quantity_kg", 10, 2, "What is left of the lot, kg"),
  instant("entry_date", "Instant the lot came in, UTC; lots are eaten in this order"),
  ...stamps,
  link("feed_container_id", "infrastructure_feedcontainer", "Silo or barge"),
  link("feed_purchase_id", "inventory_feedpurchase", "Purchase the lot comes from"),
]);

export const feedingEvent = table({
  name: "inventory_feedingevent",
  group: "operational",
  kind: "windowed",
  day: "feeding_date",
  meaning: "One feeding of one container",
  indexes: [
    index("idx_feeding_batch_date", "(batch_id, feeding_date)"),
    index("idx_feeding_container_date", "(container_id, feeding_date)"),
  ],
}, [
  id,
  date("feeding_date", "Day of the feeding"),
  time("feeding_time", "Time of the feeding, 08:00 or 16:00 UTC"),
  numeric("amount_kg", 10, 4, "Feed given, kg"),
  numeric("batch_biomass_kg", 10, 2, "Biomass in the container at that time, kg"),
  optional(withDecimals(2, numeric("feeding_percentage", 8, 6, "Feed given, % of the biomass"))),
  varchar("method", 20, "AUTOMATIC"),
  text("notes", "Free text; empty where nothing was noted"),
  ...stamps,
  link("batch_id", "batch_batch", "Batch that was fed"),
  optional(
    link(
      "batch_assignment_id",
      "batch_batchcontainerassignment",
      "Stay of the batch in the container",
    ),
  ),
  link("container_id", "infrastructure_container", "Container that was fed"),
  link("feed_id", "inventory_feed", "Feed that was given"),
  optional(user("recorded_by_id", "User who recorded it; NULL for automatic feeding")),
  optional(
    numeric(
      "feed_cost",
      10,
      2,
      "Cost of the lots eaten from, by their prices, in the buyer's currency",
    ),
  ),
]);

export const containerFeeding = table({
  name: "inventory_containerfeedingsummary",
  group: "operational",
  kind: "windowed",
  day: "period_end",
  meaning: "Feed and growth of one container in a calendar week or month",
  unique: [["container_assignment_id", "period_start", "period_end"]],
  indexes: [
    index("inventory_c_batch_i_f16328_idx", "(batch_id, period_start, period_end)"),
    index("inventory_c_contain_3994a5_idx", "(container_assignment_id, period_start)"),
  ],
}, [
  id,
  ...stamps,
  date("period_start", "First day of the period: a Monday, or the first of a month"),
  date("period_end", "Last day of the period: the Sunday, or the last of the month"),
  numeric("total_feed_kg", 10, 2, "Feed given in the period, kg"),
  optional(
    numeric("starting_biomass_kg", 10, 2, "Biomass by the daily state before the period, kg"),
  ),
  optional(numeric("ending_biomass_kg", 10, 2, "Biomass by the daily state of its last day, kg")),
  optional(numeric("growth_kg", 10, 2, "Gain of biomass, kg; negative where more died than grew")),
  optional(numeric("fcr", 5, 3, "Feed conversion ratio: feed per gain, kg/kg; NULL without gain")),
  varchar("confidence_level", 20, "Trust by the age of the last weighing: VERY_HIGH to LOW"),
  optional(
    varchar(
      "estimation_method",
      20,
      "MEASURED: both daily states are of growth samples; MIXED: one is; else INTERPOLATED",
    ),
  ),
  natural("data_points", "Growth samples of the batch in the period"),
  link("batch_id", "batch_batch", "Batch in the container"),
  link(
    "container_assignment_id",
    "batch_batchcontainerassignment",
    "Stay of the batch in the container",
  ),
]);

export const batchFeeding = table({
  name: "inventory_batchfeedingsummary",
  group: "operational",
  kind: "windowed",
  day: "period_end",
  meaning: "Feed and growth of one batch in a calendar week or month",
  unique: [["batch_id", "period_start", "period_end"]],
}, [
  id,
  date("period_start", "First day of the period: a Monday, or the first of a month"),
  date("period_end", "Last day of the period: the Sunday, or the last of the month"),
  numeric("total_feed_kg", 10, 2, "Feed given to all containers in the period, kg"),
  optional(
    numeric(
      "average_feeding_percentage",
      5,
      2,
      "Mean daily feed, % of the biomass; NULL in every row",
    ),
  ),
  ...stamps,
  link("batch_id", "batch_batch", "Batch that is summed up"),
  optional(numeric("total_feed_consumed_kg", 10, 2, "The same feed, kg")),
  optional(numeric("total_biomass_gain_kg", 10, 2, "The same gain, kg")),
  optional(numeric("fcr", 5, 3, "Feed conversion ratio, as weighted_avg_fcr, kg/kg")),
  optional(
    varchar(
      "estimation_method",
      20,
      "MEASURED: all daily states are of growth samples; MIXED: some are; else INTERPOLATED",
    ),
  ),
  natural("container_count", "Containers that hold the batch at the end of the period"),
  varchar("overall_confidence_level", 20, "Lowest confidence of these containers"),
  optional(
    numeric("total_ending_biomass_kg", 10, 2, "Biomass by the daily states of the last day, kg"),
  ),
  optional(
    numeric("total_growth_kg", 10, 2, "Gain of biomass, kg; negative where more died than grew"),
  ),
  optional(
    numeric(
      "total_starting_biomass_kg",
      10,
      2,
      "Biomass by the daily states before the period, kg",
    ),
  ),
  optional(
    numeric(
      "weighted_avg_fcr",
      5,
      3,
      "Feed per gain of the batch: the FCR of its containers weighted by gain; NULL without gain",
    ),
  ),
  optional(
    numeric("average_biomass_kg", 10, 2, "Mean biomass of the period, kg; NULL in every row"),
  ),
]);

export const feedHistory = history(feed, {
  order: "id created_at updated_at is_active name brand size_category pellet_size_mm " +
    "protein_percentage fat_percentage carbohydrate_percentage description history_id " +
    "history_date history_change_reason history_type history_user_id",
});
export const feedPurchaseHistory = history(feedPurchase, {
  order: "id created_at updated_at purchase_date quantity_kg cost_per_kg supplier batch_number " +
    "expiry_date notes history_id history_date history_change_reason history_type feed_id " +
    "history_user_id",
});
export const feedStockHistory = history(feedStock, {
  kind: "windowed",
  order: "id created_at updated_at quantity_kg entry_date history_id history_date " +
    "history_change_reason history_type feed_container_id feed_purchase_id " +
    "history_user_id",
});
export const feedingEventHistory = history(feedingEvent, {
  order: "id created_at updated_at feeding_date feeding_time amount_kg batch_biomass_kg " +
    "feeding_percentage feed_cost method notes history_id history_date " +
    "history_change_reason history_type batch_id batch_assignment_id container_id feed_id " +
    "history_user_id recorded_by_id",
});
export const containerFeedingHistory = history(containerFeeding);
export const batchFeedingHistory = history(batchFeeding, {
  order: "id created_at updated_at period_start period_end total_feed_kg average_biomass_kg " +
    "average_feeding_percentage total_starting_biomass_kg total_ending_biomass_kg " +
    "total_growth_kg weighted_avg_fcr fcr container_count total_feed_consumed_kg " +
    "total_biomass_gain_kg overall_confidence_level estimation_method history_id " +
    "history_date history_change_reason history_type batch_id history_user_id",
});

/** All tables of this file. */
export const inventoryTables: readonly Table[] = [
  feed,
  feedPurchase,
  feedStock,
  feedingEvent,
  containerFeeding,
  batchFeeding,
  feedHistory,
  feedPurchaseHistory,
  feedStockHistory,
  feedingEventHistory,
  containerFeedingHistory,
  batchFeedingHistory,
];
