/** What must be true of a manifest's facts of the layout: they are those that were written. */
import { isEarlier } from "../version.ts";
import { layoutDigest, type LayoutFacts } from "./layout_facts.ts";
import type { ReddManifest } from "./manifest_type.ts";

const AT = "redd.layout";

/** The version since which manifests carry the facts. */
const WITH_LAYOUT = "0.4.0";

/** Everything that is wrong with the facts of the layout; empty where nothing is. */
export function layoutFindings(redd: ReddManifest): string[] {
  const { layout, layoutSha256, version } = redd;
  const digest = layout === undefined ? undefined : layoutDigest(layout);
  if (digest !== layoutSha256) {
    const found = layoutSha256 ?? "missing";
    return [
      digest === undefined
        ? `${AT} is missing, expected that of redd.layoutSha256, ${found}`
        : `redd.layoutSha256 is ${found}, expected ${digest}, of ${AT}`,
    ];
  }
  if (layout === undefined) return isEarlier(version, WITH_LAYOUT) ? [] : [`${AT} is missing`];
  return [...rowFindings(layout, redd), ...spareFindings(layout, redd)];
}

/** The tables of which the facts count rows, and what they come to. */
function rowFindings({ places, master, models, trade }: LayoutFacts, { tables }: ReddManifest) {
  const counts: Readonly<Record<string, number>> = {
    infrastructure_geography: places.geographies,
    infrastructure_freshwaterstation: places.stations,
    infrastructure_hall: places.halls,
    infrastructure_container: places.tanks + places.rings,
    infrastructure_area: places.areas,
    infrastructure_feedcontainer: places.feedContainers,
    infrastructure_sensor: places.sensors,
    batch_lifecyclestage: master.stages,
    environmental_environmentalparameter: master.parameters,
    inventory_feed: master.feeds.length,
    harvest_productgrade: master.grades,
    scenario_temperaturereading: models.temperatureDays.reduce((sum, days) => sum + days, 0),
    scenario_stage_constraint: models.constraints,
    finance_dimcompany: trade.companies,
    finance_dimsite: trade.sites,
    finance_intercompanypolicy: trade.policies,
  };
  return Object.entries(counts).flatMap(([name, rows]) =>
    tables[name]?.rows === rows
      ? []
      : [`redd.tables.${name}.rows is ${tables[name]?.rows}, expected ${rows}, by ${AT}`]
  );
}

/** Places that no batch uses are there with the documented totals alone. */
function spareFindings({ spare, hall }: LayoutFacts, { documentedTotals }: ReddManifest) {
  const letters = hall.silos.map(({ hall }) => hall);
  const twice = letters.find((letter, i) => letters.indexOf(letter) !== i);
  return [
    ...documentedTotals || spare.halls.length + spare.areas.length === 0
      ? []
      : [`${AT}.spare has places, expected none without redd.documentedTotals`],
    ...twice === undefined ? [] : [`${AT}.hall.silos has ${twice} twice`],
  ];
}
