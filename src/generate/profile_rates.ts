/** The numbers of a profile that its datasets' manifests carry, for the checks. */
import type { FarmFacts, ProfileRates, ReadingFacts } from "../dataset/rates_type.ts";
import type { Fixtures } from "../fixtures/fixtures.ts";
import type { Profile } from "../fixtures/profile.ts";

/** A product or difference of decimals without the last bits of doubles. */
function plain(value: number): number {
  return Number(value.toFixed(9));
}

/** What is read in the water of every hall that fish live in, and at sea: where there are sensors. */
function basesOf({ profile, layout }: Fixtures): ReadingFacts["bases"] {
  const { parameters } = profile.readings;
  const waters = [
    ...profile.stages.flatMap(({ hall }) => hall === undefined ? [] : [hall]),
    "sea",
  ];
  return [...new Set(waters)].flatMap((water) =>
    parameters.flatMap(({ name, freshwater, halls, sea }) => {
      const base = water === "sea" ? sea : halls?.[water] ?? freshwater;
      const sensors = water === "sea" ? layout.sensors.sea : layout.sensors.freshwater;
      if (base === undefined || !sensors.includes(name)) return [];
      return [{ water, parameter: name, base }];
    })
  );
}

/** Is some kind of lice found in every count, however few there are? */
function isAlwaysFound({ lice_counts: lice }: Profile): boolean {
  const fewest = Math.floor(lice.base_per_fish * lice.fish);
  return lice.shares.some(({ percent }) => Math.floor(fewest * percent / 100) > 0);
}

function harvestOf({ harvest }: Profile): ProfileRates["harvest"] {
  const rest = harvest.grades.find(({ code }) => code === harvest.remainder_grade)!;
  const graded = harvest.grades.filter((grade) => grade.percent > 0 || grade === rest);
  return {
    targetKg: harvest.target_kg,
    grades: graded.length,
    weightFactor: plain(
      harvest.grades.reduce((sum, one) => sum + one.percent * one.weight_factor, 0) / 100,
    ),
    remainderFactor: plain(
      graded.reduce((sum, one) => sum + Math.abs(one.weight_factor - rest.weight_factor), 0),
    ),
    guttedShare: harvest.gutted_share,
    filletShare: harvest.fillet_share,
  };
}

/** What a farm keeps to whose days differ. */
function farmOf({ profile }: Fixtures): FarmFacts {
  const { feeding, weighing, harvest, lice: { counts }, treatments } = profile.field!;
  const { pause_days, notice_days: [soonest, latest], over_days: [, longest] } = treatments;
  const { treatment, move, harvest: [slaughter] } = feeding.fasting_days;
  return {
    hours: profile.readings.hours,
    lostReadings: 0.01,
    meals: profile.feeding.hours.length,
    fastingDays: { treatment, move, harvest: slaughter },
    sampleFish: weighing.fish,
    sampleDays: weighing.days_between[1],
    guttedShare: harvest.gutted,
    liceFish: [
      Math.min(counts.fish, ...counts.other_fish),
      Math.max(counts.fish, ...counts.other_fish),
    ],
    fedMedicines: treatments.kinds.flatMap((kind) => kind.in_feed ? [kind.name] : []),
    treatmentsApart: Math.max(0, pause_days - (latest - soonest) - longest),
  };
}

/** The numbers of the profile in the order and units of {@linkcode ProfileRates}. */
export function profileRates(fixtures: Fixtures): ProfileRates {
  const all = ratesByRule(fixtures);
  if (fixtures.profile.field === undefined) return all;
  const { orders, initialFeed, health, journal, projection, analysis } = all;
  const { scorePercents: _, ...samplings } = health!;
  return {
    ...{ orders, initialFeed, health: samplings, journal, projection, analysis },
    farm: farmOf(fixtures),
  };
}

/** The numbers of rules that hold on every day of every batch. */
function ratesByRule(fixtures: Fixtures): ProfileRates {
  const { profile } = fixtures;
  const { stages, feeding, projection, summaries } = profile;
  const { reorder, initial } = feeding;
  const seaStart = stages.slice(0, -1).reduce((sum, one) => sum + one.days, 0);
  const orderOf = (name: string) => stages.findIndex((one) => one.name === name) + 1;
  return {
    life: {
      containers: profile.creation.containers,
      stages: stages.map(({ days, hall }) => hall === undefined ? { days } : { days, hall }),
    },
    growth: {
      hour: profile.growth_hour,
      eggWeight: profile.creation.weight_g,
      stages: stages.map((one) => ({
        step: Math.max(0, plain(one.growth_coefficient * one.temperature_c)),
        cap: one.weight_cap_g,
      })),
    },
    deaths: { perDay: stages.map((one) => one.mortality_per_day) },
    readings: {
      hours: profile.readings.hours,
      spread: profile.readings.spread,
      bases: basesOf(fixtures),
    },
    feeding: {
      meals: feeding.hours.length,
      percentPerDay: stages.map((one) => one.feed_percent_per_day),
    },
    orders: {
      atMostPercent: reorder.order_percent,
      moreThanKg: reorder.minimum_kg,
      deliveryDays: reorder.delivery_days,
      pricePerKg: reorder.price_per_kg,
    },
    initialFeed: {
      daysBefore: initial.days_before_first_batch,
      siloKg: initial.silo.quantity_kg,
      bargeKg: initial.barge.quantity_kg,
    },
    samples: {
      everyDays: profile.growth_samples.every_days,
      fromStage: orderOf(profile.growth_samples.first_stage),
      fish: profile.growth_samples.fish,
    },
    health: {
      everyDays: profile.health_samples.every_days,
      fromStage: orderOf(profile.health_samples.first_stage),
      fish: profile.health_samples.fish,
      scorePercents: profile.health_samples.score_percents,
    },
    lice: {
      everyDays: profile.lice_counts.every_days,
      fish: profile.lice_counts.fish,
      alwaysFound: isAlwaysFound(profile),
    },
    journal: { everyDays: profile.journal.every_days },
    treatments: {
      vaccinationDays: profile.vaccinations.days.filter((day) => day < seaStart),
      vaccinationWithholdingDays: profile.vaccinations.withholding_days,
      liceDays: profile.lice_treatments.adult_days.map((day) => seaStart + day),
      liceDurationDays: profile.lice_treatments.duration_days,
      liceWithholdingDays: profile.lice_treatments.withholding_days,
      liceFreeDays: profile.lice_treatments.withholding_days +
        profile.lice_treatments.duration_days,
    },
    harvest: harvestOf(profile),
    projection: {
      days: projection.days,
      initialWeight: projection.initial_weight_g,
      freshwaterTemperature: projection.freshwater_temperature_c,
      profileFromStage: orderOf(projection.first_profile_stage),
      deathsPerDay: projection.deaths_per_day,
      caps: projection.weight_caps_g,
    },
    analysis: {
      dayLimit: profile.daily_states.fcr_limit,
      dayMinimumGainKg: profile.daily_states.fcr_minimum_gain_kg,
      weightTolerancePercent: profile.daily_states.weight_tolerance_percent,
      summaryLimit: summaries.fcr_limit,
      summaryLevels: summaries.confidence.map(({ below_days, level }) => ({
        belowDays: below_days,
        level,
      })),
    },
  };
}
