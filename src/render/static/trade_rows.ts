/** Rows of product grades, companies, sites and prices (domain.md#3.6), and their history. */
import { buildCompanies } from "../../farm/ground/companies.ts";
import type { Infrastructure } from "../../farm/ground/places.ts";
import type { Fixtures } from "../../fixtures/fixtures.ts";
import { historyRows } from "./history.ts";
import { madeStamps, numbered, type TableRows } from "./rows.ts";

/** Live tables and histories. */
export function tradeRows(fixtures: Fixtures, infrastructure: Infrastructure): TableRows[] {
  const { companies, sites, policies } = buildCompanies(fixtures, infrastructure);
  const gradeRows = {
    table: "harvest_productgrade",
    rows: numbered(
      fixtures.master.trade.product_grades,
      ({ code, name, description }) => ({ code, name, description, ...madeStamps }),
    ),
  };
  const policyRows = {
    table: "finance_intercompanypolicy",
    rows: policies.map((policy) => ({
      policy_id: policy.id,
      method: policy.basis === "grade" ? "cost_plus" : "standard",
      markup_percent: policy.markupPercent ?? null,
      from_company_id: policy.fromCompanyId,
      product_grade_id: policy.gradeId ?? null,
      to_company_id: policy.toCompanyId,
      pricing_basis: policy.basis,
      lifecycle_stage_id: policy.stageId ?? null,
      price_per_kg: policy.pricePerKg ?? null,
      price_per_thousand_eggs: null,
      ...madeStamps,
    })),
  };
  return [
    gradeRows,
    {
      table: "finance_dimcompany",
      rows: companies.map((company) => ({
        company_id: company.id,
        subsidiary: company.subsidiary,
        display_name: company.displayName,
        currency: company.currency,
        nav_company_code: null,
        geography_id: company.geographyId,
      })),
    },
    {
      table: "finance_dimsite",
      rows: sites.map((site) => ({
        site_id: site.id,
        source_model: site.sourceModel,
        source_pk: site.sourceId,
        site_name: site.name,
        company_id: site.companyId,
      })),
    },
    policyRows,
    historyRows(gradeRows),
    historyRows(policyRows),
  ];
}
