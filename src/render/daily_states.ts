/**
 * Rows of `batch_actualdailyassignmentstate` (domain.md#16): one for every assignment and day; and the
 * feeding summaries, which follow from them.
 */
import { biomassOf, divideRounded } from "../farm/exact.ts";
import type { AnalysisRates } from "../farm/rates.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import { placeOf } from "../farm/world.ts";
import {
  type FixedField,
  fixedField,
  fixedFields,
  writeDate,
  writeEmpty,
  writeField,
  writeHundredths,
  writeInstant,
  writeInteger,
  writeThousandths,
} from "./bytes.ts";
import { feature } from "./feature.ts";
import { countSummaries, SUMMARY_TABLES, summaryWriter } from "./summaries.ts";

/** What a day has brought to one assignment so far. */
interface Tally {
  deaths: number;
  /** In 0.0001 kg. */
  feed: number;
  /** State weight of the day before in 0.01 g, null where it is not known yet. */
  weight: number | null;
  /** Fish came to others that were there. */
  refilled: boolean;
}

/** Sources and confidence as JSON, by what they say. */
function jsonColumns({ confidence }: AnalysisRates) {
  const json = (value: unknown) => fixedField(JSON.stringify(value));
  const keyed = new Map<number, { sources: FixedField; confidence: FixedField }>();
  for (let key = 0; key < 16; key++) {
    const [sampled, fed, converted, measured] = [1, 2, 4, 8].map((bit) => (key & bit) > 0);
    const temperature = measured ? confidence.temperature : confidence.expectedTemperature;
    const sources = {
      temp: measured ? "measured" : "profile",
      weight: sampled ? "measured" : "tgc_computed",
      mortality: "actual",
      feed: fed ? "actual" : "none",
      ...(converted ? { fcr: "observed" } : {}),
    };
    keyed.set(key, {
      sources: json(sources),
      confidence: json({
        temp: temperature,
        weight: sampled ? confidence.sampled : Math.min(temperature, confidence.computedAtMost),
        mortality: confidence.mortality,
        feed: fed ? confidence.fed : confidence.unfed,
      }),
    });
  }
  return keyed;
}

function keyOf(sampled: boolean, fed: boolean, converted: boolean, measured: boolean): number {
  return (sampled ? 1 : 0) | (fed ? 2 : 0) | (converted ? 4 : 0) | (measured ? 8 : 0);
}

const ANCHOR = { sampled: fixedFields("growth_sample"), none: fixedFields("") };

/** The state of every assignment, written at the end of the day from what the day has brought. */
export const dailyStates = feature({
  tables: { dailyState: "batch_actualdailyassignmentstate", ...SUMMARY_TABLES },
  count: (counting) => ({
    dayEnded(farm) {
      const { numbers } = counting;
      for (const batch of farm.batches) numbers.dailyState += batch.assignments.length;
      countSummaries(counting);
    },
  }),
  render(rendering) {
    const { parts, world, numbers } = rendering;
    const writeSummaries = summaryWriter(rendering);
    const part = parts.dailyState;
    const { analysis, stages } = world.rates;
    const { growth, water } = world.biology;
    const json = jsonColumns(analysis);
    const tallies = new Map<number, Tally>();

    function tallyOf({ id }: Assignment): Tally {
      let tally = tallies.get(id);
      if (tally === undefined) {
        tally = { deaths: 0, feed: 0, weight: null, refilled: false };
        tallies.set(id, tally);
      }
      return tally;
    }

    /** Feed per gain in thousandths, null where it means nothing (defects.md#b-14 on days of arrival). */
    function observedFcr(feed: number, gain: number, placed: boolean): number | null {
      if (placed || feed === 0 || gain <= analysis.fcrMinimumGain) return null;
      return Math.min(divideRounded(feed * 1000, gain), analysis.fcrLimit * 1000);
    }

    function write(farm: Farm, assignment: Assignment): void {
      const facts = world.batches[assignment.batch]!;
      const tally = tallyOf(assignment);
      const { day } = farm;
      const { stage, population } = assignment;
      const index = day - facts.startDay;
      const sampled = assignment.weighedDay === day;
      const before = tally.weight ?? growth.stateWeightBefore(farm, assignment);
      const temperature = water.temperature(farm, assignment);
      const weight = growth.stateWeight(farm, assignment, before);
      const biomass = biomassOf(population, weight);
      const gain = biomass - biomassOf(population + tally.deaths, before);
      const feed = divideRounded(tally.feed, 100);
      const fcr = observedFcr(feed, gain, tally.refilled || assignment.fromDay === day);
      const measured = water.measuresTemperature(farm, assignment);
      const said = json.get(keyOf(sampled, feed > 0, fcr !== null, measured))!;
      const { out } = part;
      let at = writeInteger(out, part.begin(), numbers.dailyState++);
      at = writeDate(out, at, day);
      at = writeInteger(out, at, index + 1);
      at = writeHundredths(out, at, weight);
      at = writeInteger(out, at, population);
      at = writeHundredths(out, at, biomass);
      at = writeHundredths(out, at, temperature);
      at = writeInteger(out, at, tally.deaths);
      at = writeHundredths(out, at, feed);
      at = fcr === null ? writeEmpty(out, at) : writeThousandths(out, at, fcr);
      at = writeField(out, at, sampled ? ANCHOR.sampled : ANCHOR.none);
      at = writeField(out, at, said.sources);
      at = writeField(out, at, said.confidence);
      at = writeInstant(out, at, day + 1, 0);
      at = writeInteger(out, at, assignment.id);
      at = writeInteger(out, at, farm.batches[assignment.batch]!.id);
      at = writeInteger(out, at, placeOf(world, assignment).id);
      part.end(writeInteger(out, at, stages[stage]!.id));
      tally.deaths = 0;
      tally.feed = 0;
      tally.weight = weight;
      tally.refilled = false;
    }

    return {
      moved(_batch, { refilled }) {
        for (const assignment of refilled) {
          const tally = tallyOf(assignment);
          tally.weight = null;
          tally.refilled = true;
        }
      },
      died(assignment, deaths) {
        tallyOf(assignment).deaths = deaths;
      },
      fed(assignment, meal) {
        tallyOf(assignment).feed += meal.amount;
      },
      dayEnded(farm) {
        for (const batch of farm.batches) {
          for (const assignment of batch.assignments) write(farm, assignment);
        }
        writeSummaries((one) => biomassOf(one.population, tallies.get(one.id)!.weight!));
      },
    };
  },
});
