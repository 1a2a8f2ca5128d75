/** Companies, sites, prices and what is posted. */
import { index, key, table, uniqueIndex } from "./build.ts";
import {
  date,
  identity,
  indexed,
  instant,
  link,
  natural,
  numeric,
  optional,
  stamps,
  unique,
  user,
  varchar,
} from "./columns.ts";
import type { Table } from "./description.ts";
import { history } from "./history.ts";

export const company = table({
  name: "finance_dimcompany",
  group: "master",
  kind: "static",
  meaning: "A company: freshwater, farming or logistics of a region",
  unique: [key("dim_company_geography_subsidiary_uniq", "geography_id", "subsidiary")],
}, [
  identity("company_id", "Number of the company"),
  varchar("subsidiary", 3, "FW freshwater, FM farming, LG logistics"),
  varchar("display_name", 150, "Region and subsidiary"),
  optional(varchar("currency", 3, "ISO 4217 code: EUR or GBP")),
  optional(varchar("nav_company_code", 50, "Code in the accounting system; NULL in every row")),
  link("geography_id", "infrastructure_geography", "Region"),
]);

export const site = table({
  name: "finance_dimsite",
  group: "master",
  kind: "static",
  meaning: "A station or sea area as the accounts see it",
  unique: [key("dim_site_source_model_pk_uniq", "source_model", "source_pk")],
}, [
  identity("site_id", "Number of the site"),
  varchar("source_model", 16, "station or area"),
  natural("source_pk", "Id of that station or area"),
  varchar("site_name", 150, "Its name"),
  link("company_id", "finance_dimcompany.company_id", "Company that runs it"),
]);

export const policy = table({
  name: "finance_intercompanypolicy",
  group: "master",
  kind: "static",
  meaning: "How one company prices what it sells to another",
  naturalKey: [
    "from_company_id",
    "to_company_id",
    "pricing_basis",
    "product_grade_id",
    "lifecycle_stage_id",
  ],
  indexes: [
    uniqueIndex(
      "intercompany_policy_company_grade_uniq",
      "(from_company_id, to_company_id, product_grade_id) WHERE (((pricing_basis)::text = 'grade'::text) AND (product_grade_id IS NOT NULL))",
    ),
    uniqueIndex(
      "intercompany_policy_company_lifecycle_uniq",
      "(from_company_id, to_company_id, lifecycle_stage_id) WHERE ((lifecycle_stage_id IS NOT NULL) AND ((pricing_basis)::text = 'lifecycle'::text))",
    ),
  ],
}, [
  identity("policy_id", "Number of the policy"),
  varchar("method", 20, "cost_plus or standard"),
  optional(numeric("markup_percent", 6, 3, "Markup on the cost, %, for cost_plus")),
  ...stamps,
  link("from_company_id", "finance_dimcompany.company_id", "Company that sells"),
  optional(
    link("product_grade_id", "harvest_productgrade", "Grade priced, where the basis is grade"),
  ),
  link("to_company_id", "finance_dimcompany.company_id", "Company that buys"),
  varchar("pricing_basis", 20, "grade or lifecycle"),
  optional(
    link(
      "lifecycle_stage_id",
      "batch_lifecyclestage",
      "Stage priced, where the basis is lifecycle",
    ),
  ),
  optional(numeric("price_per_kg", 10, 2, "Price of 1 kg live weight, buyer's currency")),
  optional(
    numeric(
      "price_per_thousand_eggs",
      10,
      2,
      "Price of 1,000 eggs, buyer's currency; NULL in every row",
    ),
  ),
]);

export const factHarvest = table({
  name: "finance_factharvest",
  group: "operational",
  kind: "joined",
  day: "event_date",
  meaning: "A harvest lot as the accounts see it",
  indexes: [
    index("ix_fact_harvest_company_grade", "(dim_company_id, product_grade_id)"),
    index("ix_fact_harvest_event_date", "(event_date)"),
  ],
}, [
  identity("fact_id", "Number of the fact"),
  indexed(instant("event_date", "Instant of the harvest, UTC")),
  numeric("quantity_kg", 12, 3, "Live weight, kg"),
  natural("unit_count", "Fish in the lot"),
  natural("dim_batch_id", "Id of the batch, without a constraint"),
  ...stamps,
  link("dim_company_id", "finance_dimcompany.company_id", "Farming company that harvested"),
  link("dim_site_id", "finance_dimsite.site_id", "Site of the ring's sea area"),
  link("event_id", "harvest_harvestevent", "Harvest"),
  unique(link("lot_id", "harvest_harvestlot", "Harvest lot")),
  link("product_grade_id", "harvest_productgrade", "Grade of the lot"),
]);

export const transaction = table({
  name: "finance_intercompanytransaction",
  group: "operational",
  kind: "joined",
  day: "posting_date",
  meaning: "A sale between two companies under one policy",
  unique: [
    key("intercompany_transaction_source_policy_uniq", "content_type_id", "object_id", "policy_id"),
  ],
  indexes: [
    uniqueIndex(
      "intercompany_transaction_event_policy_uniq",
      "(event_id, policy_id) WHERE (event_id IS NOT NULL)",
    ),
    index("ix_interco_ct_objid", "(content_type_id, object_id)"),
    index("ix_interco_state_posting", "(state, posting_date)"),
    index("ix_intercompany_posting_date", "(posting_date)"),
  ],
}, [
  identity("tx_id", "Number of the transaction"),
  indexed(date("posting_date", "Day of posting")),
  optional(numeric("amount", 14, 2, "Amount, in the currency; NULL until priced")),
  optional(varchar("currency", 3, "ISO 4217 code; NULL until priced")),
  varchar("state", 20, "pending"),
  ...stamps,
  optional(
    link("event_id", "harvest_harvestevent", "Harvest, older way of linking; NULL in every row"),
  ),
  link("policy_id", "finance_intercompanypolicy.policy_id", "Policy that applies"),
  link(
    "content_type_id",
    "django_content_type",
    "Kind of row that caused it: harvest or transfer workflow",
    "integer",
  ),
  natural("object_id", "Id of that row"),
  optional(user("approved_by_id", "User who approved it; NULL in every row")),
  optional(instant("approval_date", "Instant of the approval; NULL in every row")),
]);

export const navBatch = table({
  name: "finance_navexportbatch",
  group: "operational",
  kind: "empty",
  meaning: "An export of transactions to the accounting system",
  unique: [key("nav_export_batch_company_daterange_uniq", "company_id", "date_from", "date_to")],
}, [
  identity("batch_id", "Number of the export"),
  date("date_from", "First posting day in the export"),
  date("date_to", "Last posting day in the export"),
  date("posting_date", "Day of posting in the accounting system"),
  optional(varchar("currency", 3, "ISO 4217 code")),
  varchar("state", 20, "State of the export"),
  ...stamps,
  link("company_id", "finance_dimcompany.company_id", "Company whose transactions are exported"),
]);

export const navLine = table({
  name: "finance_navexportline",
  group: "operational",
  kind: "empty",
  meaning: "One line of an export to the accounting system",
  unique: [key("nav_export_line_batch_document_no_uniq", "batch_id", "document_no")],
}, [
  identity("line_id", "Number of the line"),
  varchar("document_no", 32, "Document number"),
  varchar("account_no", 50, "Account"),
  varchar("balancing_account_no", 50, "Balancing account"),
  numeric("amount", 14, 2, "Amount, in the currency of the export"),
  varchar("description", 255, "Text of the posting"),
  natural("batch_id_int", "Id of the batch of fish, without a constraint"),
  link("batch_id", "finance_navexportbatch.batch_id", "Export"),
  link("dim_company_id", "finance_dimcompany.company_id", "Company"),
  link("dim_site_id", "finance_dimsite.site_id", "Site"),
  link("product_grade_id", "harvest_productgrade", "Grade that was sold"),
  link(
    "transaction_id",
    "finance_intercompanytransaction.tx_id",
    "Transaction the line comes from",
  ),
]);

export const policyHistory = history(policy, {
  order: "policy_id method markup_percent created_at updated_at history_id history_date " +
    "history_change_reason history_type from_company_id history_user_id product_grade_id " +
    "to_company_id pricing_basis lifecycle_stage_id price_per_kg price_per_thousand_eggs",
});
export const factHarvestHistory = history(factHarvest);
export const transactionHistory = history(transaction, {
  order: "tx_id posting_date amount currency state created_at updated_at history_id " +
    "history_date history_change_reason history_type event_id history_user_id policy_id " +
    "content_type_id object_id approved_by_id approval_date",
});
export const navBatchHistory = history(navBatch);
export const navLineHistory = history(navLine);

/** All tables of this file. */
export const financeTables: readonly Table[] = [
  company,
  site,
  policy,
  factHarvest,
  transaction,
  navBatch,
  navLine,
  policyHistory,
  factHarvestHistory,
  transactionHistory,
  navBatchHistory,
  navLineHistory,
];
