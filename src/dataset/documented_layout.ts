/**
 * The facts of Redd's own layout, to which datasets are held whose manifest does not have its own:
 * those from before 0.4.0, whose 43rd area had rings alone. A test holds them to the fixtures.
 */
import type { LayoutFacts } from "./layout_facts_type.ts";

const BASE: LayoutFacts = {
  places: {
    geographies: 2,
    stations: 22,
    halls: 110,
    tanks: 1100,
    areas: 42,
    rings: 840,
    feedContainers: 236,
    sensors: 11060,
  },
  hall: {
    tanks: 10,
    sensors: 7,
    silos: [
      { hall: "A", capacityKg: 5000 },
      { hall: "B", capacityKg: 10000 },
      { hall: "C", capacityKg: 15000 },
      { hall: "D", capacityKg: 20000 },
      { hall: "E", capacityKg: 30000 },
    ],
  },
  area: { rings: 20, sensors: 4, barges: 3, bargeCapacityKg: 50000 },
  spare: { halls: [], areas: [] },
  master: {
    stages: 6,
    parameters: 8,
    feeds: [
      "Starter Feed 0.5mm",
      "Starter Feed 1.0mm",
      "Grower Feed 2.0mm",
      "Grower Feed 3.0mm",
      "Finisher Feed 4.5mm",
      "Finisher Feed 6.0mm",
    ],
    healthParameters: 9,
    mortalityReasons: 8,
    sampleTypes: 5,
    vaccines: 3,
    grades: 5,
  },
  models: {
    temperatureDays: [450, 450, 450, 450],
    growth: 2,
    growthStages: 6,
    conversionStages: 6,
    constraints: 6,
  },
  trade: { companies: 6, sites: 64, policies: 18, freshwater: "FW", farming: "FM" },
};

/** Halls of the documented totals, by name, and whether they have a silo. */
const SPARE_HALLS: readonly (readonly [string, boolean])[] = [
  ["FI-AUX-01-Hall-1", true],
  ["FI-AUX-01-Hall-2", true],
  ["FI-AUX-01-Hall-3", true],
  ["FI-AUX-01-Hall-4", true],
  ["FI-AUX-01-Hall-5", true],
  ["FI-AUX-02-Hall-1", true],
  ["FI-AUX-02-Hall-2", false],
  ["FI-AUX-02-Hall-3", false],
  ["FI-AUX-02-Hall-4", false],
  ["TEST-FW-01-Hall-1", false],
];

const WITH_TOTALS: LayoutFacts = {
  ...BASE,
  places: {
    geographies: 3,
    stations: 25,
    halls: 120,
    tanks: 1157,
    areas: 43,
    rings: 860,
    feedContainers: 242,
    sensors: 11060,
  },
  spare: {
    halls: SPARE_HALLS.map(([name, silo]) => silo ? { name, siloCapacityKg: 5000 } : { name }),
    areas: ["FI-SEA-23"],
  },
};

/** The facts of Redd's own layout, with the places of the documented totals or without. */
export function documentedLayout({ documentedTotals }: { documentedTotals: boolean }): LayoutFacts {
  return documentedTotals ? WITH_TOTALS : BASE;
}
