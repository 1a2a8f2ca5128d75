/** The days of a life: stages, harvest, and how long places are reserved. */
import type { Forecast } from "../farm/biology.ts";
import { biologyModel } from "../biology/models.ts";
import type { Profile } from "../fixtures/profile.ts";
import { freshwaterStages } from "../fixtures/stage_key.ts";
import { LONGEST_LIFE, type Schedule } from "./format.ts";
import { pausesOf, usualPauses } from "./pauses.ts";

/** What a plan says of the days of every batch, as day indices. */
export interface Life
  extends Pick<Forecast, "starts" | "stays" | "isFlexible" | "least" | "harvestOf"> {
  /** Keys of the stages in halls, in order of life. */
  readonly halls: readonly string[];
  /** Of the first day on which rings are needed. */
  readonly seaStart: number;
  /** Up to which a plan reserves places: a batch of the highest target is harvested by then. */
  readonly reserved: number;
}

/**
 * The life that a profile gives to its batches, as its biology foresees it.
 *
 * @param transitionDays As usual for the profile unless given.
 */
export function lifeOf(
  profile: Profile,
  transitionDays = usualPauses(profile).transitionDays,
): Life {
  const forecast = biologyModel(profile.biology).forecast(profile, transitionDays);
  const { starts, stays, isFlexible, least, lastNeeded, harvestOf } = forecast;
  const reserved = Math.min(lastNeeded, starts.at(-1)!, LONGEST_LIFE);
  const halls = freshwaterStages(profile);
  const seaStart = stays.at(-1)!.from;
  return { halls, starts, stays, isFlexible, least, seaStart, reserved, harvestOf };
}

/** The life that a profile gives to the batches of a schedule, by the days that it moves them over. */
export function lifeIn(schedule: Pick<Schedule, "metadata">, profile: Profile): Life {
  return lifeOf(profile, pausesOf(schedule).transitionDays);
}
