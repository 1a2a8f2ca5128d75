/**
 * The biology of farms as they are: water with weather, growth by temperature and food, deaths with
 * causes, decisions some days ahead. Its numbers are the `field` section of a profile.
 */
import type { BiologyModel } from "../../farm/biology.ts";
import { documentedLice } from "../documented/lice.ts";
import { containerWater } from "./container_water.ts";
import { sensorFailures } from "./failures.ts";
import { fieldFeeding } from "./feeding.ts";
import { fieldForecast } from "./forecast.ts";
import { fieldGrading } from "./grading.ts";
import { expectedGrowth, fieldGrowth } from "./growth.ts";
import { fasting, fieldHusbandry } from "./husbandry.ts";
import { incidentNotes } from "./incident_notes.ts";
import { lostInMove } from "./lost_in_move.ts";
import { FISH } from "./memory.ts";
import { fieldMortality } from "./mortality.ts";
import { fieldMoving } from "./moving.ts";
import { fieldRemembering, type Part } from "./remembering.ts";
import { fieldSea } from "./sea.ts";
import { sitesOf } from "./sites.ts";
import { fieldSlaughter } from "./slaughter.ts";
import { fieldStateWeight } from "./state_weight.ts";
import { fieldWater } from "./water.ts";
import { fieldWeighing } from "./weighing.ts";

/** The model that a profile of the biology `field` sets the numbers of. */
export const field: BiologyModel = {
  forecast: fieldForecast,
  biologyOf(facts) {
    const rules = facts.field!;
    const { withholdingDays, durationDays } = facts.rates.treatments.lice;
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
    const ofIncidents = incidentNotes(facts, rules.deaths.incidents, sites);
    const husbandry = fieldHusbandry(
      facts,
      lostInMove(facts, rules.deaths.move),
      (farm) => [...failures.notes(farm), ...ofIncidents(farm)],
    );
    const mortality = fieldMortality(facts, rules.deaths, sites, sea.begins);
    const { move, harvest } = rules.feeding.fasting_days;
    const moving = fieldMoving(facts, rules.moving, move);
    const slaughter = fieldSlaughter(
      facts,
      rules.harvest,
      sites,
      harvest[1],
      withholdingDays + durationDays,
    );
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
          if (husbandry.treatsLice(farm, one)) memory[FISH.treated] = farm.day;
        }
      },
    };
    const parts: Part[] = [
      sea,
      conditions,
      failures,
      growth,
      feeding,
      mortality,
      records,
      moving,
      slaughter,
    ];
    return {
      water,
      growth,
      feeding,
      weighing,
      mortality,
      lice: documentedLice(facts),
      husbandry,
      grading: fieldGrading(facts, rules.harvest),
      remembering: fieldRemembering(facts, rules.growth, sites, parts),
    };
  },
};
