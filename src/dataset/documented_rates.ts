/**
 * The rates of the profile `documented`: those of manifests of format 1, which name it and carry no
 * rates, and those that a manifest must carry which names its digest. A test holds them to the
 * profile.
 */
import type { ProfileRates } from "./rates_type.ts";

/** What is read in a water, by parameter. */
function bases(water: string, values: Readonly<Record<string, number>>) {
  return Object.entries(values).map(([parameter, base]) => ({ water, parameter, base }));
}

const HALL = {
  "Dissolved Oxygen": 90,
  "CO2": 8,
  "pH": 7.2,
  "Temperature": 12,
  "NO2": 0.05,
  "NO3": 20,
  "NH4": 0.01,
};
const SEA = { "Dissolved Oxygen": 90, "pH": 7.2, "Temperature": 9, "Salinity": 33 };

/** See {@linkcode ProfileRates}. */
export const DOCUMENTED_RATES: ProfileRates = {
  life: {
    containers: 10,
    stages: [
      { days: 90, hall: "A" },
      { days: 90, hall: "B" },
      { days: 90, hall: "C" },
      { days: 90, hall: "D" },
      { days: 90, hall: "E" },
      { days: 450 },
    ],
  },
  growth: {
    hour: 18,
    eggWeight: 0.1,
    stages: [
      { step: 0, cap: 0.1 },
      { step: 0.027, cap: 6 },
      { step: 0.033, cap: 60 },
      { step: 0.033, cap: 180 },
      { step: 0.02925, cap: 500 },
      { step: 0.0279, cap: 7000 },
    ],
  },
  deaths: { perDay: [0.0015, 0.0005, 0.0003, 0.0002, 0.00015, 0.0001] },
  readings: {
    hours: [6, 8, 10, 14, 16, 18],
    spread: 0.1,
    bases: [
      ...["A", "B", "C", "D"].flatMap((hall) => bases(hall, HALL)),
      ...bases("E", { ...HALL, "Temperature": 9 }),
      ...bases("sea", SEA),
    ],
  },
  feeding: { meals: 2, percentPerDay: [0, 3, 2.5, 2, 1.5, 1] },
  orders: { atMostPercent: 80, moreThanKg: 100, deliveryDays: 3, pricePerKg: 2.3 },
  initialFeed: { daysBefore: 30, siloKg: 5000, bargeKg: 25000 },
  samples: { everyDays: 7, fromStage: 2, fish: 30 },
  health: { everyDays: 30, fromStage: 5, fish: 75, scorePercents: [60, 30, 8, 2] },
  lice: { everyDays: 7, fish: 20, alwaysFound: true },
  journal: { everyDays: 30 },
  treatments: {
    vaccinationDays: [180, 210, 280, 310],
    vaccinationWithholdingDays: 21,
    liceDays: [600, 720],
    liceDurationDays: 7,
    liceWithholdingDays: 42,
    liceFreeDays: 49,
  },
  harvest: {
    targetKg: [4.5, 6.5],
    grades: 5,
    weightFactor: 1.005,
    remainderFactor: 0.75,
    guttedShare: 0.85,
    filletShare: 0.55,
  },
  projection: {
    days: 760,
    initialWeight: 0.1,
    freshwaterTemperature: 12,
    profileFromStage: 5,
    deathsPerDay: 0.0003,
    caps: [1, 10, 100, 250, 700, 8000],
  },
  analysis: {
    dayLimit: 10,
    dayMinimumGainKg: 1,
    weightTolerancePercent: 8,
    summaryLimit: 100,
    summaryLevels: [{ belowDays: 10, level: "VERY_HIGH" }, { belowDays: 20, level: "HIGH" }, {
      belowDays: 40,
      level: "MEDIUM",
    }],
  },
};

/** What manifests of 0.4.0 and 0.5.0 carry: treatments that bound the harvest were given too. */
const { liceFreeDays: _, ...ALL_TREATMENTS } = DOCUMENTED_RATES.treatments!;
const RATES_OF_ALL_TREATMENTS: ProfileRates = { ...DOCUMENTED_RATES, treatments: ALL_TREATMENTS };

/** What manifests before 0.4.0 carry: summaries were of the last days before the as-of date. */
const RATES_OF_LAST_DAYS: ProfileRates = {
  ...RATES_OF_ALL_TREATMENTS,
  analysis: { ...DOCUMENTED_RATES.analysis!, summaryDays: 30 },
};

/**
 * The rates of the profile by the sha256 that manifests name it by: as it is now, as it was up to
 * 0.5.0, in 0.3.0, and up to 0.2.0, when it named no biology.
 */
export const DOCUMENTED_PROFILES: Readonly<Record<string, ProfileRates>> = {
  "4580cc4224e4880084ca616eff543f961dcd6bccaea8cd7d34e0cd6a73a47bbf": DOCUMENTED_RATES,
  "847e7a8d56a30de6d8fccc3caa0b955948f0f5192482a24bbcc9c97447b5cb9b": RATES_OF_ALL_TREATMENTS,
  "256057388d70a3a9e46f4b66f332a44869468250c192cdb587f7e84f4bd5c2a6": RATES_OF_LAST_DAYS,
  "ad4bcfb514906913c748dc8d54aa1534b60683fe22b9b41da07e94256a37fe81": RATES_OF_LAST_DAYS,
};
