/**
 * Who owns which place and at what price companies sell to each other (domain.md#3.6).
 * Every geography in which fish are kept has three companies. Of the extras of the documented totals
 * only the sea area can have fish, and a site, whose id is the last.
 */
import type { Fixtures } from "../../fixtures/fixtures.ts";
import { numberMaster } from "../../fixtures/numbering.ts";
import type { Infrastructure } from "./places.ts";

/** What a company of a geography does. */
export type Role = "freshwater" | "farming" | "logistics";

const ROLES: readonly Role[] = ["freshwater", "farming", "logistics"];

/** A row of `finance_dimcompany`. */
export interface Company {
  readonly id: number;
  readonly role: Role;
  /** FW, FM or LG. */
  readonly subsidiary: string;
  readonly displayName: string;
  readonly currency: string;
  readonly geography: string;
  readonly geographyId: number;
}

/**
 * A row of `finance_dimsite`: one per station and per area, in their order. `sourceModel` is in
 * lower case as the application looks it up (defects.md#b-08 made upper-case doubles).
 */
export interface CompanySite {
  readonly id: number;
  readonly sourceModel: "station" | "area";
  /** Id of the station or area. */
  readonly sourceId: number;
  readonly name: string;
  readonly companyId: number;
}

/** A row of `finance_intercompanypolicy`; `basis` says which of grade and stage is set. */
export interface Policy {
  readonly id: number;
  readonly geography: string;
  readonly fromCompanyId: number;
  readonly toCompanyId: number;
  readonly basis: "grade" | "lifecycle";
  readonly grade?: string;
  readonly gradeId?: number;
  readonly stage?: string;
  readonly stageId?: number;
  /** Percent on top of cost, by grade. */
  readonly markupPercent?: number;
  /** In the currency of the buyer, by stage; two decimals. */
  readonly pricePerKg?: number;
  /** Currency of the buying company. */
  readonly currency: string;
}

/** Companies, sites and policies in the order of their ids; plain data. */
export interface Companies {
  readonly companies: readonly Company[];
  readonly sites: readonly CompanySite[];
  readonly policies: readonly Policy[];
}

function buildSites(infrastructure: Infrastructure, companyOf: CompanyOf): CompanySite[] {
  const places = [
    ...infrastructure.stations.map((place) => ({ place, sourceModel: "station" as const })),
    ...infrastructure.areas.map((place) => ({ place, sourceModel: "area" as const })),
  ];
  return places.filter(({ place }) => place.usable).map(({ place, sourceModel }, i) => ({
    id: i + 1,
    sourceModel,
    sourceId: place.id,
    name: place.name,
    companyId: companyOf(place.geography, sourceModel === "station" ? "freshwater" : "farming").id,
  }));
}

type CompanyOf = (geography: string, role: Role) => Company;

/** By grade for every geography, then by stage for every geography, as two commands seed them. */
function buildPolicies(fixtures: Fixtures, companyOf: CompanyOf): Policy[] {
  const { layout, master: { trade } } = fixtures;
  const { productGrades, stages } = numberMaster(fixtures);
  const codes = trade.product_grades.map((grade) => grade.code).toSorted();
  const between = (geography: string, from: Role, to: Role) => {
    const buyer = companyOf(geography, to);
    return {
      geography,
      fromCompanyId: companyOf(geography, from).id,
      toCompanyId: buyer.id,
      currency: buyer.currency,
    };
  };
  const byGrade = (grade: string, markupPercent: number) => ({
    basis: "grade" as const,
    grade,
    gradeId: productGrades.get(grade)!,
    markupPercent,
  });
  const graded = layout.geographies.flatMap(({ name }) => [
    {
      ...between(name, "freshwater", "farming"),
      ...byGrade(trade.smolt_by_grade.grade, trade.smolt_by_grade.markup_percent),
    },
    ...codes.map((code) => ({
      ...between(name, "farming", "logistics"),
      ...byGrade(code, trade.harvest_by_grade.markup_percent),
    })),
  ]);
  const staged = layout.geographies.flatMap(({ name }) =>
    trade.smolt_by_stage.map(({ stage, prices }) => {
      const parties = between(name, "freshwater", "farming");
      return {
        ...parties,
        basis: "lifecycle" as const,
        stage,
        stageId: stages.get(stage)!,
        pricePerKg: prices[parties.currency]!,
      };
    })
  );
  return [...graded, ...staged].map((policy, i) => ({ ...policy, id: i + 1 }));
}

/** Derives companies, sites and policies. Fixtures that `readFixtures` has read cannot fail here. */
export function buildCompanies(fixtures: Fixtures, infrastructure: Infrastructure): Companies {
  const { layout, master: { trade } } = fixtures;
  const companies = layout.geographies.flatMap(({ name }, g) =>
    ROLES.map((role, r): Company => ({
      id: g * ROLES.length + r + 1,
      role,
      subsidiary: trade.subsidiaries[role],
      displayName: `${name} - ${trade.subsidiaries[role]}`,
      currency: trade.currencies.find((one) => one.geography === name)!.currency,
      geography: name,
      geographyId: infrastructure.geographies.find((one) => one.name === name)!.id,
    }))
  );
  const companyOf: CompanyOf = (geography, role) =>
    companies.find((company) => company.geography === geography && company.role === role)!;
  return {
    companies,
    sites: buildSites(infrastructure, companyOf),
    policies: buildPolicies(fixtures, companyOf),
  };
}
