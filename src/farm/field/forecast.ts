/** Lives under `field`, foreseen: the stages of the plan, and rings up to the end of the longest life. */
import type { Profile } from "../../fixtures/profile.ts";
import type { Forecast } from "../biology.ts";

/** The lives of a profile; its last stage is as long as rings are needed. */
export function fieldForecast({ stages }: Profile): Forecast {
  const starts = [0];
  for (const { days } of stages) starts.push(starts.at(-1)! + days);
  const lastNeeded = starts.at(-1)!;
  return { starts, lastNeeded, harvestOf: () => lastNeeded };
}
