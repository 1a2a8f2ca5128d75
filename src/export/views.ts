/** Views for people who ask a DuckDB file: rows with names in the place of ids. */

/** A view, and what its rows are. */
export interface AnalystView {
  readonly sql: string;
  readonly comment: string;
  /** What its columns mean, in their order. */
  readonly columns: Readonly<Record<string, string>>;
}

/** Columns that several views have. */
const NUMBER = "Region, year and number of the batch, as in FI-2025-001";
const CONTAINER = "Name of the tank or ring";
const ID = "Of the row in the table that the view is of";

/** All of them; docs/export.md tells of each. */
export const analystViews: readonly AnalystView[] = [
  {
    comment: "A day of a batch over all its containers: fish, biomass, deaths, feed",
    columns: {
      batch_number: NUMBER,
      date: "The day",
      day_number: "Days of the batch so far, from 1",
      stage: "Name of the stage that most of its fish are in",
      containers: "Containers with fish of the batch",
      population: "Living fish at the end of the day",
      biomass_kg: "Their weight all together, kg",
      avg_weight_g: "Mean weight of a fish, g",
      deaths: "Fish that died on the day",
      feed_kg: "Feed eaten on the day, kg",
      temp_c: "Mean temperature of the water, °C",
    },
    sql: `CREATE VIEW redd_batch_day AS
  SELECT batch.batch_number,
    state.date,
    min(state.day_number) AS day_number,
    arg_max(stage.name, state.population) AS stage,
    count(*) AS containers,
    sum(state.population) AS population,
    sum(state.biomass_kg) AS biomass_kg,
    round(1000 * sum(state.biomass_kg) / nullif(sum(state.population), 0), 2) AS avg_weight_g,
    sum(state.mortality_count) AS deaths,
    sum(state.feed_kg) AS feed_kg,
    round(avg(state.temp_c), 2) AS temp_c
  FROM batch_actualdailyassignmentstate state
  JOIN batch_batch batch ON batch.id = state.batch_id
  JOIN batch_lifecyclestage stage ON stage.id = state.lifecycle_stage_id
  GROUP BY batch.batch_number, state.date`,
  },
  {
    comment: "A reading of a sensor, with parameter, unit, container and batch by name",
    columns: {
      reading_time: "When it was read, UTC",
      parameter: "Name of what is measured",
      value: "In the unit beside it",
      unit: "Unit of the value",
      container: CONTAINER,
      batch_number: NUMBER,
      id: ID,
    },
    sql: `CREATE VIEW redd_reading AS
  SELECT reading.reading_time,
    parameter.name AS parameter,
    reading.value,
    parameter.unit,
    container.name AS container,
    batch.batch_number,
    reading.id
  FROM environmental_environmentalreading reading
  JOIN environmental_environmentalparameter parameter ON parameter.id = reading.parameter_id
  LEFT JOIN infrastructure_container container ON container.id = reading.container_id
  LEFT JOIN batch_batch batch ON batch.id = reading.batch_id`,
  },
  {
    comment: "A feeding, with feed, container and batch by name",
    columns: {
      feeding_date: "Day of the meal",
      feeding_time: "Hour of the meal, UTC",
      batch_number: NUMBER,
      container: CONTAINER,
      feed: "Name of the feed",
      amount_kg: "Feed of the meal, kg",
      batch_biomass_kg: "Weight of the fish that are fed, kg",
      feed_cost: "What the feed cost, in the currency of its purchase",
      id: ID,
    },
    sql: `CREATE VIEW redd_feeding AS
  SELECT feeding.feeding_date,
    feeding.feeding_time,
    batch.batch_number,
    container.name AS container,
    feed.name AS feed,
    feeding.amount_kg,
    feeding.batch_biomass_kg,
    feeding.feed_cost,
    feeding.id
  FROM inventory_feedingevent feeding
  JOIN batch_batch batch ON batch.id = feeding.batch_id
  JOIN infrastructure_container container ON container.id = feeding.container_id
  JOIN inventory_feed feed ON feed.id = feeding.feed_id`,
  },
  {
    comment: "Deaths of a day in a container, with cause, container and batch by name",
    columns: {
      event_date: "Day of the deaths",
      batch_number: NUMBER,
      container: CONTAINER,
      cause: "Cause as AquaMind names it",
      description: "What was seen",
      count: "Dead fish",
      biomass_kg: "Their weight all together, kg",
      id: ID,
    },
    sql: `CREATE VIEW redd_death AS
  SELECT death.event_date,
    batch.batch_number,
    container.name AS container,
    death.cause,
    death.description,
    death.count,
    death.biomass_kg,
    death.id
  FROM batch_mortalityevent death
  JOIN batch_batch batch ON batch.id = death.batch_id
  LEFT JOIN batch_batchcontainerassignment assignment ON assignment.id = death.assignment_id
  LEFT JOIN infrastructure_container container ON container.id = assignment.container_id`,
  },
  {
    comment: "Lice of a kind on the fish of a sample, and how many there are on a fish",
    columns: {
      count_date: "When the fish were looked at, UTC",
      batch_number: NUMBER,
      container: CONTAINER,
      species: "Species of louse",
      gender: "Of the lice",
      development_stage: "Of the lice",
      fish_sampled: "Fish that were looked at",
      lice: "Lice on all of them",
      lice_per_fish: "Lice on one of them, in the mean",
      id: ID,
    },
    sql: `CREATE VIEW redd_lice AS
  SELECT lice.count_date,
    batch.batch_number,
    container.name AS container,
    kind.species,
    kind.gender,
    kind.development_stage,
    lice.fish_sampled,
    lice.count_value AS lice,
    round(lice.count_value / nullif(lice.fish_sampled, 0), 4) AS lice_per_fish,
    lice.id
  FROM health_licecount lice
  JOIN batch_batch batch ON batch.id = lice.batch_id
  JOIN infrastructure_container container ON container.id = lice.container_id
  LEFT JOIN health_licetype kind ON kind.id = lice.lice_type_id`,
  },
];
