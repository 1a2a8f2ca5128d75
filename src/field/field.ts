/**
 * The biology of farms as they are: water with weather, growth by temperature and food, deaths with
 * causes, decisions some days ahead. Its numbers are the `field` section of a profile.
 */
import type { BiologyModel } from "../farm/biology.ts";
import { causesOf } from "./causes.ts";
import { containerWater } from "./water/container_water.ts";
import { decisionNotes } from "./health/decision_notes.ts";
import { fieldDiseases } from "./health/diseases.ts";
import { sensorFailures } from "./water/failures.ts";
import { fieldFeeding } from "./feeding.ts";
import { fieldForecast } from "./forecast.ts";
import { fieldGrading } from "./grading.ts";
import { expectedGrowth, fieldGrowth } from "./growth.ts";
import { fieldScores } from "./health/health_scores.ts";
import { fasting, fieldHusbandry } from "./husbandry.ts";
import { fieldIllnesses } from "./health/illness.ts";
import { incidentNotes } from "./incident_notes.ts";
import { fieldLabSamples } from "./health/lab_samples.ts";
import { licePopulation } from "./health/lice.ts";
import { fieldLiceCounts } from "./health/lice_counts.ts";
import { lostInMove } from "./lost_in_move.ts";
import { FISH } from "./memory.ts";
import { fieldMortality } from "./mortality.ts";
import { fieldMoving } from "./moving.ts";
import { fieldRemembering, type Part } from "./remembering.ts";
import { fieldSea } from "./water/sea.ts";
import { sitesOf } from "./sites.ts";
import { fieldSlaughter } from "./slaughter.ts";
import { fieldStateWeight } from "./state_weight.ts";
import { fieldTreating } from "./health/treating.ts";
import { fieldVaccinating } from "./health/vaccinating.ts";
import { fieldWater } from "./water/water.ts";
import { fieldWeighing } from "./weighing.ts";

/** The model that a profile of the biology `field` sets the numbers of. */
export const field: BiologyModel = {
  forecast: fieldForecast,
  biologyOf(facts) {
    const rules = facts.field!;
    const { diseases } = facts;
    const sites = sitesOf(facts);
    const sea = fieldSea(facts, rules.water, sites);
    const conditions = containerWater(facts, rules.water, sites, sea);
    const failures = sensorFailures(facts, rules.water.sensors, sites);
    const water = fieldWater(facts, rules.water, sites, sea, conditions, failures);
    const weighing = fieldWeighing(facts, rules.weighing);
    const stateWeight = fieldStateWeight(facts, conditions, weighing, expectedGrowth(facts));
    const growth = fieldGrowth(facts, rules.growth, sites, conditions, stateWeight);
    const isFasting = fasting(facts, rules.feeding);
    const feeding = fieldFeeding(facts, rules.feeding, sites, conditions, isFasting);
    const { kinds } = rules.treatments;
    const causes = causesOf(rules.deaths, {
      treatments: kinds.map(({ cause }) => ({ cause: "HANDLING", ...cause })),
      diseases: diseases.map(({ cause }) => ({ cause: "DISEASE", ...cause })),
    });
    // Processes of death come in the order of their causes: incidents, treatments, diseases.
    const incidents = rules.deaths.incidents.kinds.length;
    const lab = rules.health.lab_days;
    const illnesses = fieldIllnesses(facts, lab, incidents + kinds.length);
    const lice = licePopulation(facts, rules.lice, sites, sea);
    const counts = fieldLiceCounts(facts, rules.lice, sites, sea, lice);
    const spread = fieldDiseases(
      facts,
      rules.lice.spacing_km,
      sites,
      sea,
      conditions,
      illnesses,
    );
    const treating = fieldTreating(
      facts,
      rules.treatments,
      rules.feeding,
      sites,
      conditions,
      illnesses,
      incidents,
    );
    const vaccinating = fieldVaccinating(facts, rules.vaccination);
    const mortality = fieldMortality(
      facts,
      rules.deaths,
      sites,
      causes,
      [
        ...kinds.map((_, k) => ({
          cause: causes.treatments + k,
          days: rules.treatments.deaths_by_day,
        })),
        ...illnesses.processes(causes.diseases),
      ],
      sea.begins,
    );
    const ofIncidents = incidentNotes(facts, rules.deaths.incidents, sites);
    const ofDecisions = decisionNotes(facts, rules.treatments, sites, illnesses);
    const husbandry = fieldHusbandry(facts, {
      vaccine: vaccinating.vaccine,
      treatment: treating.treatment,
      lostInMove: lostInMove(facts, rules.deaths.move),
      notes: (farm) => [
        ...failures.notes(farm),
        ...ofIncidents(farm),
        ...mortality.notes(farm),
        ...ofDecisions(farm),
        ...counts.notes(farm),
      ],
    });
    const { move, harvest } = rules.feeding.fasting_days;
    const moving = fieldMoving(facts, rules.moving, move);
    const slaughter = fieldSlaughter(facts, rules.harvest, sites, harvest[1]);
    const records: Part = {
      fill({ day }, assignment) {
        assignment.memory[FISH.weighing] = day + weighing.daysToNext(assignment, day);
      },
      evening(farm, { assignments }) {
        for (const one of assignments) {
          const { memory } = one;
          memory[FISH.stateWeight] = stateWeight(farm, one, memory[FISH.stateWeight]!);
          if (memory[FISH.weighing] === farm.day) {
            memory[FISH.weighing] = farm.day + weighing.daysToNext(one, farm.day);
          }
        }
      },
    };
    const parts: Part[] = [
      sea,
      conditions,
      failures,
      lice,
      spread,
      treating,
      growth,
      feeding,
      mortality,
      records,
      moving,
      vaccinating,
      slaughter,
    ];
    return {
      water,
      growth,
      feeding,
      weighing,
      mortality,
      lice: counts,
      health: {
        score: fieldScores(facts, rules.health, illnesses),
        results: fieldLabSamples(facts, rules.health, sites, illnesses),
      },
      husbandry,
      grading: fieldGrading(facts, rules.harvest),
      remembering: fieldRemembering(facts, rules.growth, sites, parts),
    };
  },
};
