/** Schedules whose batches go to the next stage container by container, for tests. */
import type { Fixtures } from "../src/fixtures/fixtures.ts";
import { lifeOf } from "../src/schedule/life.ts";
import { type Pauses, pausesText } from "../src/schedule/pauses.ts";
import type { Schedule } from "../src/schedule/schedule_type.ts";
import { parseIso } from "../src/farm/days.ts";
import { buildInfrastructure } from "../src/farm/ground/infrastructure.ts";
import { planFarm } from "../src/schedule/plan.ts";
import { fixtures, lean } from "./small_farm.ts";

/** Days that the documents leave, and weeks. */
export const PAUSES: Pauses = { transitionDays: 10, graceDays: 14, fallowWeeks: 8 };

const infrastructure = buildInfrastructure(lean.layout, lean.master);

/** A plan of two batches in each geography of the farm with few places, or of more. */
export function farmInTurn(stagger: number, perGeography = 2): Schedule {
  const asOf = parseIso("2025-03-17")!;
  const request = { perGeography, stagger, saturation: 1, asOf, seed: 7, pauses: PAUSES };
  return planFarm(request, lean.profile, infrastructure);
}

/** A schedule with other pauses, whose halls are kept for as long as a plan keeps them. */
export function inTurn(
  { metadata, batches }: Schedule,
  pauses: Partial<Pauses> = {},
  { profile }: Pick<Fixtures, "profile"> = fixtures,
): Schedule {
  const all: Pauses = { transitionDays: 10, graceDays: 14, fallowWeeks: 0, ...pauses };
  const { halls, stays } = lifeOf(profile, all.transitionDays);
  return {
    metadata: { ...metadata, ...pausesText(all) },
    batches: batches.map((batch) => ({
      ...batch,
      freshwater: Object.fromEntries(
        Object.entries(batch.freshwater).map(([stage, stay]) => [
          stage,
          { ...stay, end_day: stays[halls.indexOf(stage)]!.to },
        ]),
      ),
    })),
  };
}
