/** What moves each figure: changes of the life of one batch, and what the figure comes to by them. */

/** A change, and the value of the figure after it. */
export interface FigureChange {
  /** The figure's id. */
  readonly figure: string;
  /** Statements on the tables. */
  readonly sql: string;
  /** The value afterwards, that by the value before, or whether it is more or less than before. */
  readonly becomes: number | "more" | "less" | ((before: number) => number);
}

const STATES = "batch_actualdailyassignmentstate";
const READINGS = "environmental_environmentalreading";
const STAYS = "batch_batchcontainerassignment";

/** The first day of a state's stay. */
const SINCE = `(SELECT a.assignment_date FROM ${STAYS} a WHERE a.id = assignment_id)`;

/** Days from a day before all others, to count by. */
const COUNT = "(date - DATE '2020-01-01')";

/** A thousand fish in every container each morning, of which ten die. */
const TEN_OF_A_THOUSAND = `UPDATE ${STATES} SET mortality_count = 10, population = 990;`;

/** States on some days of a treatment. */
function aroundTreatment(first: number, last: number, which = "true"): string {
  return `EXISTS (SELECT 1 FROM health_treatment t WHERE t.treatment_type <> 'vaccination'
    AND t.batch_assignment_id = assignment_id AND ${which}
    AND date - CAST(t.treatment_date AS date) BETWEEN ${first} AND ${last})`;
}

/** The other geography has the batch. */
const SWAPPED = `UPDATE infrastructure_geography
  SET name = CASE name WHEN 'Scotland' THEN 'Faroe Islands' ELSE 'Scotland' END;`;

/** Water of 12 degrees in August, of 6 in March, and of 9 else. */
const SEASON = `UPDATE ${READINGS} SET value = CASE extract(month FROM reading_time)
  WHEN 8 THEN 12 WHEN 3 THEN 6 ELSE 9 END;`;

/** One reading of six is low. */
function lowAtSix(value: number): string {
  return `UPDATE ${READINGS}
    SET value = CASE WHEN extract(hour FROM reading_time) = 6 THEN ${value} ELSE 90 END`;
}

/** All changes; every figure has one. */
export const CHANGES: readonly FigureChange[] = [
  { figure: "mort_wk_p50_pct", sql: TEN_OF_A_THOUSAND, becomes: 7 },
  { figure: "mort_sitemonth_p50_pct", sql: TEN_OF_A_THOUSAND, becomes: "more" },
  { figure: "mort_year_pct", sql: TEN_OF_A_THOUSAND, becomes: 365.25 },
  {
    figure: "mort_cycle_p50_pct",
    sql: `UPDATE ${STATES} SET mortality_count = 2 * mortality_count`,
    becomes: (before) => 2 * before,
  },
  {
    figure: "survival_life_pct",
    sql: "UPDATE batch_mortalityevent SET count = 0",
    becomes: 100,
  },
  {
    figure: "survival_fed_pct",
    sql: `UPDATE batch_mortalityevent SET count = 0 WHERE assignment_id IN
      (SELECT id FROM ${STAYS} WHERE lifecycle_stage_id <> 1)`,
    becomes: 100,
  },
  {
    figure: "mort_cause_named_share",
    sql: "UPDATE batch_mortalityevent SET cause = 'DISEASE'",
    becomes: 1,
  },
  {
    figure: "deaths_weekend_ratio",
    sql: "DELETE FROM batch_mortalityevent WHERE extract(isodow FROM event_date) = 7",
    becomes: "less",
  },
  {
    figure: "late_entry_share",
    sql: `UPDATE batch_mortalityevent SET created_at = created_at + INTERVAL '2 days'`,
    becomes: 1,
  },
  {
    figure: "dead_weight_ratio_p50",
    sql: `UPDATE ${STATES} SET avg_weight_g = 1000;
      UPDATE batch_mortalityevent SET biomass_kg = count * 0.8`,
    becomes: 0.8,
  },
  {
    figure: "mort_first_month_ratio",
    sql: `${TEN_OF_A_THOUSAND}
      UPDATE ${STATES} SET mortality_count = 20, population = 980 WHERE date < ${SINCE} + 30`,
    becomes: 2,
  },
  {
    figure: "treat_per_ring_year",
    sql: "DELETE FROM health_treatment WHERE treatment_type <> 'vaccination' AND id % 2 = 0",
    becomes: (before) => before / 2,
  },
  {
    figure: "treat_kinds",
    sql: `UPDATE health_treatment SET description = concat('Kind ', id % 5, ', ring ', id)
      WHERE treatment_type <> 'vaccination'`,
    becomes: 5,
  },
  {
    figure: "treat_death_ratio_p50",
    sql: `${TEN_OF_A_THOUSAND}
      UPDATE ${STATES} SET mortality_count = 30, population = 970 WHERE ${aroundTreatment(0, 4)}`,
    becomes: 3,
  },
  {
    figure: "treat_death_ratio_p90",
    sql: `${TEN_OF_A_THOUSAND}
      UPDATE ${STATES} SET mortality_count = 40, population = 960
      WHERE ${aroundTreatment(0, 4, "t.id % 4 = 0")}`,
    becomes: 4,
  },
  {
    figure: "feed_at_treatment_ratio",
    sql: `UPDATE ${STATES} SET feed_kg = 100;
      UPDATE ${STATES} SET feed_kg = 30 WHERE ${aroundTreatment(-1, 0)};
      UPDATE ${STATES} SET feed_kg = 7 WHERE ${aroundTreatment(-4, -2)}`,
    becomes: 0.3,
  },
  {
    figure: "lice_af_p50",
    sql: `UPDATE health_licecount SET count_value = CASE WHEN lice_type_id =
      (SELECT id FROM health_licetype WHERE species = 'Lepeophtheirus salmonis'
        AND gender = 'female' AND development_stage = 'adult') THEN 2 ELSE 50 END`,
    becomes: 0.1,
  },
  {
    figure: "lice_over_half_share",
    sql: "UPDATE health_licecount SET count_value = 2 * count_value",
    becomes: "more",
  },
  { figure: "vaccination_weight_p5_g", sql: `UPDATE ${STATES} SET avg_weight_g = 77`, becomes: 77 },
  {
    figure: "vaccinations_per_batch",
    sql: `UPDATE health_treatment SET treatment_date = '2024-01-01 10:00:00'`,
    becomes: 1,
  },
  {
    figure: "health_score_overdispersion",
    sql:
      `UPDATE health_fishparameterscore SET score = score + 1 WHERE individual_fish_observation_id
      IN (SELECT id FROM health_individualfishobservation WHERE sampling_event_id % 2 = 0)`,
    becomes: "more",
  },
  {
    figure: "growth_summer_over_winter",
    sql:
      `DELETE FROM ${STATES} WHERE extract(month FROM date) IN (2, 8) AND extract(day FROM date) = 1;
      UPDATE ${STATES} SET avg_weight_g = CASE
        WHEN extract(month FROM date) BETWEEN 8 AND 10
          THEN power(11 + 0.02 * (${COUNT} % 366 - 200), 3)
        WHEN extract(month FROM date) BETWEEN 2 AND 4
          THEN power(11 + 0.01 * (${COUNT} % 366), 3)
        ELSE power(11 + 0.05 * (${COUNT} % 30), 3) END`,
    becomes: 2,
  },
  {
    figure: "growth_temp_spearman",
    sql: `UPDATE batch_growthsample
        SET avg_weight_g = power(10.2 + 0.0000015 * power(sample_date - DATE '2023-01-01', 2), 3);
      UPDATE ${STATES} SET temp_c = 5 + 0.01 * (date - DATE '2023-01-01')`,
    becomes: 1,
  },
  {
    figure: "weight_ring_cv_p50",
    sql: `UPDATE batch_growthsample
      SET avg_weight_g = CASE WHEN assignment_id % 2 = 0 THEN 900 ELSE 1100 END`,
    becomes: 0.1,
  },
  {
    figure: "months_to_4kg_p50",
    sql:
      `UPDATE ${STATES} SET avg_weight_g = CASE WHEN date < ${SINCE} + 100 THEN 100 ELSE 4000 END`,
    becomes: 100 / 30.4375,
  },
  {
    figure: "smolt_weight_p50_g",
    sql: "UPDATE batch_transferaction SET transferred_biomass_kg = transferred_count * 0.2",
    becomes: 200,
  },
  {
    figure: "smolt_weight_cv",
    sql: `UPDATE ${STAYS} SET batch_id = id % 3;
      UPDATE batch_transferaction SET transferred_count = 1000, transferred_biomass_kg = 100 *
        (SELECT a.batch_id + 1 FROM ${STAYS} a WHERE a.id = dest_assignment_id)`,
    becomes: 0.5,
  },
  {
    figure: "fish_weight_cv_p50",
    sql: `UPDATE batch_individualgrowthobservation
      SET weight_g = CASE WHEN id % 2 = 0 THEN 80 ELSE 120 END`,
    becomes: 0.2 * Math.sqrt(30 / 29),
  },
  {
    figure: "fish_beyond_30pct",
    sql: `UPDATE batch_growthsample SET avg_weight_g = 100; UPDATE batch_individualgrowthobservation
      SET weight_g = CASE WHEN id % 2 = 0 THEN 131 ELSE 71 END`,
    becomes: 0.5,
  },
  {
    figure: "fish_length_weight_corr",
    sql: `UPDATE batch_individualgrowthobservation SET length_cm = 4.4 * power(weight_g, 1 / 3.0)`,
    becomes: 1,
  },
  {
    figure: "condition_factor_p50",
    sql: "UPDATE batch_individualgrowthobservation SET weight_g = 1250, length_cm = 50",
    becomes: 1,
  },
  {
    figure: "condition_factor_sd",
    sql: `UPDATE batch_individualgrowthobservation
      SET weight_g = CASE WHEN id % 2 = 0 THEN 1250 ELSE 2500 END, length_cm = 50`,
    becomes: 0.5,
  },
  {
    figure: "sample_mean_error_sd",
    sql: `UPDATE batch_growthsample SET avg_weight_g = CASE
      WHEN (sample_date - DATE '2020-01-01') % 14 < 7 THEN 950 ELSE 1050 END`,
    becomes: (1050 / 950 - 950 / 1050) / 2 / Math.sqrt(1.5),
  },
  {
    figure: "sample_gap_p50_days",
    sql: "DELETE FROM batch_growthsample WHERE (sample_date - DATE '2020-01-01') % 14 < 7",
    becomes: 14,
  },
  {
    figure: "feed_whole_kg_share",
    sql: "UPDATE inventory_feedingevent SET amount_kg = round(amount_kg)",
    becomes: 1,
  },
  {
    figure: "feed_rate_p50_pct",
    sql: `UPDATE ${STATES} SET biomass_kg = 1000, feed_kg = 6`,
    becomes: 0.6,
  },
  {
    figure: "feed_zero_days_share",
    sql: `UPDATE ${STATES} SET feed_kg = 0 WHERE assignment_id % 2 = 0`,
    becomes: 0.5,
  },
  {
    figure: "feed_day_to_day_p50",
    sql:
      `UPDATE ${STATES} SET biomass_kg = 1000, feed_kg = CASE ${COUNT} % 2 WHEN 0 THEN 10 ELSE 11 END`,
    becomes: Math.log(1.1),
  },
  {
    figure: "efcr_sea",
    sql: `UPDATE ${STATES} SET feed_kg = 2 * feed_kg`,
    becomes: (before) => 2 * before,
  },
  {
    figure: "bfcr_sea",
    sql: "UPDATE batch_mortalityevent SET biomass_kg = 3 * biomass_kg",
    becomes: "less",
  },
  {
    figure: "pellet_fits_share",
    sql: "UPDATE inventory_feed SET pellet_size_mm = 8",
    becomes: "more",
  },
  { figure: "temp_faroe_range", sql: SWAPPED + SEASON, becomes: 6 },
  { figure: "temp_faroe_warmest", sql: SWAPPED + SEASON, becomes: 8 },
  { figure: "temp_faroe_coldest", sql: SWAPPED + SEASON, becomes: 3 },
  { figure: "temp_scotland_range", sql: SEASON, becomes: 6 },
  { figure: "temp_scotland_warmest", sql: SEASON, becomes: 8 },
  { figure: "temp_scotland_coldest", sql: SEASON, becomes: 3 },
  {
    figure: "temp_rings_corr_p50",
    sql: `UPDATE ${STATES} SET temp_c = 5 + ${COUNT} % 7`,
    becomes: 1,
  },
  { figure: "oxygen_p50", sql: lowAtSix(80), becomes: 90 },
  { figure: "oxygen_below_70_share", sql: lowAtSix(69), becomes: 1 / 6 },
  { figure: "oxygen_below_60_share", sql: lowAtSix(59), becomes: 1 / 6 },
  {
    figure: "oxygen_temp_spearman",
    sql:
      `UPDATE ${READINGS} SET value = 100 - 0.01 * (CAST(reading_time AS date) - DATE '2023-01-01');
      UPDATE ${STATES} SET temp_c = 5 + 0.01 * (date - DATE '2023-01-01')`,
    becomes: -1,
  },
  {
    figure: "oxygen_feed_low_ratio",
    sql: `UPDATE ${READINGS} SET value = CASE WHEN extract(hour FROM reading_time) = 6
        AND (CAST(reading_time AS date) - DATE '2020-01-01') % 2 = 0 THEN 65 ELSE 90 END;
      UPDATE ${STATES} SET biomass_kg = 1000, feed_kg = CASE ${COUNT} % 2 WHEN 0 THEN 4 ELSE 10 END`,
    becomes: 0.4,
  },
  {
    figure: "salinity_p1_p99_range",
    sql: `UPDATE environmental_environmentalparameter
        SET name = CASE WHEN name = 'Dissolved Oxygen' THEN 'Salinity' ELSE 'X' END;
      UPDATE ${READINGS} SET value = extract(hour FROM reading_time)`,
    becomes: 12,
  },
  {
    figure: "harvest_weight_p50_kg",
    sql: "UPDATE harvest_harvestlot SET live_weight_kg = 4 * unit_count",
    becomes: 4,
  },
  {
    figure: "superior_share",
    sql: `UPDATE harvest_harvestlot SET unit_count = CASE WHEN product_grade_id =
      (SELECT id FROM harvest_productgrade WHERE code = 'SUPERIOR') THEN 900 ELSE 25 END`,
    becomes: 0.9,
  },
  {
    figure: "superior_share_sd",
    sql: "UPDATE harvest_harvestlot SET unit_count = unit_count + event_id % 3 * product_grade_id",
    becomes: "more",
  },
  {
    figure: "gutted_yield_p50",
    sql: "UPDATE harvest_harvestlot SET live_weight_kg = 1000, gutted_weight_kg = 800",
    becomes: 0.8,
  },
  {
    figure: "harvest_days_per_site_p50",
    sql:
      "UPDATE harvest_harvestevent SET event_date = event_date + to_days(CAST(id % 5 AS integer))",
    becomes: 5,
  },
  {
    figure: "harvest_tonnes_site_day_p95",
    sql: "UPDATE harvest_harvestlot SET live_weight_kg = 1000",
    becomes: 50,
  },
  {
    figure: "harvest_in_withholding_share",
    sql:
      "UPDATE health_treatment SET withholding_period_days = 4000 WHERE batch_assignment_id % 2 = 0",
    becomes: 0.5,
  },
  { figure: "utilization_pct", sql: `UPDATE ${STAYS} SET is_active = true`, becomes: "more" },
  {
    figure: "utilization_faroe_pct",
    sql: `${SWAPPED} UPDATE ${STAYS} SET is_active = true`,
    becomes: "more",
  },
  {
    figure: "utilization_scotland_pct",
    sql: `UPDATE ${STAYS} SET is_active = true`,
    becomes: "more",
  },
  {
    figure: "fish_per_ring_p95",
    sql: "UPDATE batch_transferaction SET transferred_count = 1000",
    becomes: 1000,
  },
  {
    figure: "smolts_to_a_site_per_day_p50",
    sql: "UPDATE batch_transferaction SET transferred_count = 1000",
    becomes: 10_000,
  },
  {
    figure: "ring_over_own_max_biomass_share",
    sql:
      "UPDATE infrastructure_container SET max_biomass_kg = CASE WHEN id % 4 < 2 THEN 0 ELSE 10000000 END",
    becomes: 0.5,
  },
  {
    figure: "density_p95_kg_m3",
    sql:
      `UPDATE ${STATES} SET biomass_kg = 5000; UPDATE infrastructure_container SET volume_m3 = 1000`,
    becomes: 5,
  },
  {
    figure: "site_over_own_max_biomass_share",
    sql: "UPDATE infrastructure_area SET max_biomass = 0",
    becomes: 1,
  },
  {
    figure: "site_biomass_p95_t",
    sql: `UPDATE ${STATES} SET biomass_kg = 1000`,
    becomes: 10,
  },
  {
    figure: "sites_with_two_generations_share",
    sql: `UPDATE ${STATES} SET batch_id = assignment_id % 2`,
    becomes: 1,
  },
  {
    figure: "fallow_p50_days",
    sql: `DELETE FROM ${STATES} WHERE date BETWEEN DATE '2024-10-01' AND DATE '2024-11-09'`,
    becomes: 40,
  },
  {
    figure: "fresh_no_growth_days_share",
    sql: `UPDATE ${STATES} SET avg_weight_g = 5`,
    becomes: 1,
  },
  {
    figure: "fresh_fcr",
    sql: `UPDATE ${STATES} SET feed_kg = 2 * feed_kg`,
    becomes: (before) => 2 * before,
  },
  {
    figure: "tank_temp_sd_p50",
    sql: `UPDATE ${READINGS} SET value = 10 + 2 * (id % 2)`,
    becomes: "less",
  },
  {
    figure: "transfer_deaths_share",
    sql: "UPDATE batch_transferaction SET mortality_during_transfer = transferred_count",
    becomes: 0.5,
  },
];
