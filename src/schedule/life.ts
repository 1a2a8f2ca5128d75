/** The days of a life: stages, harvest, and how long places are reserved. */
import type { Forecast } from "../farm/biology.ts";
import { biologyModel } from "../farm/biology_models.ts";
import type { Profile } from "../fixtures/profile.ts";
import { freshwaterStages } from "../fixtures/stage_key.ts";
import { LONGEST_LIFE } from "./format.ts";

/** What a plan says of the days of every batch, as day indices. */
export interface Life extends Pick<Forecast, "starts" | "harvestOf"> {
  /** Keys of the stages in halls, in order of life. */
  readonly halls: readonly string[];
  /** Of the first day at sea. */
  readonly seaStart: number;
  /** Up to which a plan reserves places: a batch of the highest target is harvested by then. */
  readonly reserved: number;
}

/** The life that a profile gives to its batches, as its biology foresees it. */
export function lifeOf(profile: Profile): Life {
  const { starts, lastNeeded, harvestOf } = biologyModel(profile.biology).forecast(profile);
  const reserved = Math.min(lastNeeded, starts.at(-1)!, LONGEST_LIFE);
  const halls = freshwaterStages(profile);
  return { halls, starts, seaStart: starts.at(-2)!, reserved, harvestOf };
}
