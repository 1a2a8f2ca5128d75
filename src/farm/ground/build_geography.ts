/** Compiles what a batch's geography brings with it: water, companies, prices. */
import type { MasterIds } from "../../fixtures/numbering.ts";
import type { Fixtures } from "../../fixtures/fixtures.ts";
import type { Companies } from "./companies.ts";
import { scaled } from "../exact.ts";
import type { Infrastructure } from "./places.ts";
import type { GeographyFacts } from "../facts.ts";

/** The facts of a geography in which fish are kept. */
export function buildGeography(
  name: string,
  fixtures: Fixtures,
  ids: MasterIds,
  infrastructure: Infrastructure,
  { companies, policies }: Companies,
): GeographyFacts {
  const { profile, temperatures } = fixtures;
  const own = policies.filter((policy) => policy.geography === name);
  const lastFreshwater = profile.stages.at(-2)!.name;
  const transfer = own.find((policy) => policy.stage === lastFreshwater)!;
  const role = (wanted: string) =>
    companies.find((company) => company.geography === name && company.role === wanted)!;
  const logistics = role("logistics");
  const harvestPolicyIds = profile.harvest.grades.map(({ code }) =>
    own.find((policy) => policy.grade === code && policy.toCompanyId === logistics.id)!.id
  );
  return {
    id: infrastructure.geographies.find((one) => one.name === name)!.id,
    name,
    tgcModelId: ids.tgcModels.get(name)!,
    seaTemperatures: temperatures.find((one) => one.geography === name && one.water === "sea")!
      .celsius,
    farmingCompanyId: role("farming").id,
    transfer: {
      policyId: transfer.id,
      price: scaled(transfer.pricePerKg!, 2),
      currency: transfer.currency,
    },
    harvestSubsidiary: logistics.subsidiary,
    harvestPolicyIds,
  };
}
