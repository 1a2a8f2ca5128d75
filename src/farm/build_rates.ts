/** Compiles the profile and the models of the master data into exact rates. */
import type { Master } from "../fixtures/master.ts";
import { liceTypeKey, type MasterIds } from "../fixtures/numbering.ts";
import type { Profile } from "../fixtures/profile.ts";
import type { Fixtures } from "../fixtures/fixtures.ts";
import { scaled } from "./exact.ts";
import type * as rates from "./rates.ts";

/** The rates of growth, which a profile holds alone. */
export function growthRates({ stages, creation }: Profile): rates.GrowthRates {
  let fromIndex = 0;
  const built = stages.map((stage) => {
    const rates = {
      fromIndex,
      days: stage.days,
      growthCoefficient: stage.growth_coefficient,
      growthStep: stage.growth_coefficient * stage.temperature_c,
      weightCap: scaled(stage.weight_cap_g, 2),
    };
    fromIndex += stage.days;
    return rates;
  });
  return { eggWeight: scaled(creation.weight_g, 2), stages: [built[0]!, ...built] };
}

function stageRates({ profile }: Fixtures, ids: MasterIds): rates.StageRates[] {
  const growth = growthRates(profile).stages;
  return profile.stages.map((stage, i): rates.StageRates => ({
    order: i + 1,
    name: stage.name,
    id: ids.stages.get(stage.name)!,
    ...growth[i + 1]!,
    temperature: stage.temperature_c,
    deathsPerDay: stage.mortality_per_day,
    feedRate: scaled(stage.feed_percent_per_day, 2),
    feedId: stage.feed === undefined ? 0 : ids.feeds.get(stage.feed)!,
    laterFeed: stage.later_feed === undefined ? null : {
      fromWeight: scaled(stage.later_feed.from_g, 2),
      feedId: ids.feeds.get(stage.later_feed.feed)!,
    },
  }));
}

function orderRates({ feeding: { reorder } }: Profile): rates.OrderRates {
  return {
    belowPercent: reorder.below_percent,
    atMostPercent: reorder.order_percent,
    moreThan: scaled(reorder.minimum_kg, 4),
    deliveryDays: reorder.delivery_days,
    toTheLastDay: reorder.to_the_last_day ?? false,
    price: scaled(reorder.price_per_kg, 2),
    supplier: reorder.supplier,
    shelfDays: reorder.shelf_life_days,
  };
}

/** The order of a stage by its name. */
type OrderOf = (name: string) => number;

function sampleRates(
  { growth_samples: samples, daily_states: states }: Profile,
  orderOf: OrderOf,
): rates.SampleRates {
  return {
    everyDays: samples.every_days,
    fromStage: orderOf(samples.first_stage),
    fish: samples.fish,
    weightSpread: samples.weight_spread,
    lengthSpread: samples.length_spread,
    lengthFactor: samples.length_factor,
    lengthExponent: samples.length_exponent,
    tolerancePercent: states.weight_tolerance_percent,
  };
}

function liceRates(
  { lice_counts: lice }: Profile,
  master: Master,
  { liceTypes }: MasterIds,
): rates.LiceRates {
  let upTo = 0;
  return {
    everyDays: lice.every_days,
    hour: lice.hour,
    fish: lice.fish,
    base: lice.base_per_fish,
    span: lice.span_per_fish,
    pressure: lice.pressure.map(({ below_day = Infinity, factor }) => (
      { belowDay: below_day, factor }
    )),
    shares: lice.shares.map((share) => (
      { typeId: liceTypes.get(liceTypeKey(share))!, percent: share.percent }
    )),
    occasional: {
      typeIds: master.health.lice_types
        .filter(({ species }) => species === lice.occasional.species)
        .map((type) => liceTypes.get(liceTypeKey(type))!),
      probability: lice.occasional.probability,
      upToPercent: lice.occasional.up_to_percent,
    },
    detection: lice.detection.map(({ method, probability, confidence }) => {
      upTo += probability;
      return { method, upTo, confidence: scaled(confidence, 2) };
    }),
  };
}

function healthRates(
  { health_samples: health }: Profile,
  orderOf: OrderOf,
  { healthParameters }: MasterIds,
): rates.HealthRates {
  let upTo = 0;
  return {
    everyDays: health.every_days,
    fromStage: orderOf(health.first_stage),
    hour: health.hour,
    fish: health.fish,
    weightDeviation: health.weight_deviation,
    weightLimits: health.weight_limits,
    lengthDeviation: health.length_deviation,
    lengthLimits: health.length_limits,
    conditionFactor: health.condition_factor,
    scoreUpTo: health.score_percents.map((percent) => upTo += percent),
    parameterIds: [...healthParameters.values()],
  };
}

function treatmentRates(
  { vaccinations, lice_treatments: lice }: Profile,
  master: Master,
  { vaccinationTypes }: MasterIds,
  seaIndex: number,
): rates.TreatmentRates {
  const vaccines = master.health.vaccination_types
    .map(({ name, dosage }) => ({ id: vaccinationTypes.get(name)!, name, dosage }))
    .toSorted((a, b) => a.name < b.name ? -1 : 1);
  return {
    vaccination: {
      indices: vaccinations.days,
      hour: vaccinations.hour,
      durationDays: vaccinations.duration_days,
      withholdingDays: vaccinations.withholding_days,
      vaccines,
    },
    lice: {
      indices: lice.adult_days.map((day) => seaIndex + day),
      hour: lice.hour,
      durationDays: lice.duration_days,
      withholdingDays: lice.withholding_days,
      dosage: lice.dosage,
      description: lice.description,
    },
  };
}

function harvestRates({ harvest }: Profile, { productGrades }: MasterIds): rates.HarvestRates {
  return {
    hour: harvest.hour,
    grades: harvest.grades.map(({ code, percent, weight_factor }) => (
      { id: productGrades.get(code)!, code, percent, weightPercent: scaled(weight_factor, 2) }
    )),
    remainderGrade: harvest.grades.findIndex(({ code }) => code === harvest.remainder_grade),
    guttedPercent: scaled(harvest.gutted_share, 2),
    filletPercent: scaled(harvest.fillet_share, 2),
  };
}

function projectionRates(
  { projection, stages }: Profile,
  { models }: Master,
  ids: MasterIds,
  orderOf: OrderOf,
): rates.ProjectionRates {
  return {
    days: projection.days,
    initialWeight: projection.initial_weight_g,
    deathsPerDay: projection.deaths_per_day,
    freshwaterTemperature: projection.freshwater_temperature_c,
    profileFromStage: orderOf(projection.first_profile_stage),
    stages: stages.map(({ name }, i) => {
      const fcr = models.fcr.stages.find(({ stage }) => stage === name)!;
      return {
        id: ids.stages.get(name)!,
        cap: projection.weight_caps_g[i]!,
        tgc: models.tgc.stages.find(({ stage }) => stage === name)!.value,
        fcr: fcr.fcr,
        days: fcr.days,
      };
    }),
    fcrModelId: ids.fcrModel,
    mortalityModelId: ids.mortalityModel,
  };
}

function analysisRates(
  { daily_states: states, summaries }: Profile,
  ids: MasterIds,
): rates.AnalysisRates {
  const { confidence } = states;
  return {
    temperatureParameterId: ids.parameters.get("Temperature")!,
    fcrLimit: states.fcr_limit,
    fcrMinimumGain: scaled(states.fcr_minimum_gain_kg, 2),
    confidence: {
      temperature: confidence.temperature.measured,
      expectedTemperature: confidence.temperature.profile,
      mortality: confidence.mortality.actual,
      fed: confidence.feed.actual,
      unfed: confidence.feed.none,
      sampled: confidence.weight.growth_sample,
      computedAtMost: confidence.weight.tgc_at_most,
    },
    summary: {
      fcrLimit: summaries.fcr_limit,
      steps: summaries.confidence.map(({ below_days, level }) => ({
        belowDays: below_days,
        level,
      })),
    },
  };
}

/**
 * Voyages of a profile that says nothing of them: assumed, as well boats load and unload some tens of
 * tonnes an hour and keep their water near saturation.
 */
const USUAL_WELL_BOAT = { minutes: [150, 420], oxygen_mg_l: [8.5, 10.5] } as const;

function wellBoatRates({ sea_transfer }: Profile): rates.WellBoatRates {
  const { minutes, oxygen_mg_l: [least, most] } = sea_transfer.well_boat ?? USUAL_WELL_BOAT;
  return { minutes, oxygen: [scaled(least, 2), scaled(most, 2)] };
}

/** The rates of fixtures that `readFixtures` has read. */
export function buildRates(fixtures: Fixtures, ids: MasterIds): rates.Rates {
  const { profile, master } = fixtures;
  const stages = stageRates(fixtures, ids);
  const orderOf: OrderOf = (name) => stages.find((stage) => stage.name === name)!.order;
  return {
    stages: [{ ...stages[0]!, order: 0 }, ...stages],
    eggWeight: scaled(profile.creation.weight_g, 2),
    readingHours: profile.readings.hours,
    feedingHours: profile.feeding.hours,
    mortalityHour: profile.mortality_hour,
    growthHour: profile.growth_hour,
    orders: orderRates(profile),
    samples: sampleRates(profile, orderOf),
    lice: liceRates(profile, master, ids),
    journal: {
      everyDays: profile.journal.every_days,
      hour: profile.journal.hour,
      category: profile.journal.category,
      severity: profile.journal.severity,
    },
    health: healthRates(profile, orderOf, ids),
    treatments: treatmentRates(profile, master, ids, stages.at(-1)!.fromIndex),
    harvest: harvestRates(profile, ids),
    projection: projectionRates(profile, master, ids, orderOf),
    analysis: analysisRates(profile, ids),
    wellBoat: wellBoatRates(profile),
  };
}
