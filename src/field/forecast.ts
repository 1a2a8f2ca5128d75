/**
 * Lives under `field`, foreseen: the stages of the plan, with the days by which fish may be early or
 * late and those that it takes to move them, and rings up to the end of the longest life.
 */
import type { Profile } from "../fixtures/profile.ts";
import type { Forecast } from "../farm/biology.ts";

/** Days from the first load of a batch to its last, at most. */
export function longestLoading({ creation, field }: Profile): number {
  const { tanks_per_load, days_between_loads } = field!.moving;
  return (Math.ceil(creation.containers / tanks_per_load[0]) - 1) * days_between_loads[1];
}

/** The lives of a profile; its last stage is as long as rings are needed. */
export function fieldForecast(profile: Profile, transitionDays: number): Forecast {
  const { stages, field } = profile;
  const { slack_days } = field!.moving;
  const starts = [0];
  for (const { days } of stages) starts.push(starts.at(-1)! + days);
  const lastNeeded = starts.at(-1)!;
  const sea = stages.length - 1;
  const stays = stages.map((_, stage) => {
    const from = stage === 0 ? 0 : starts[stage]! - slack_days;
    if (stage === sea) return { from, to: lastNeeded };
    const moving = stage + 1 === sea ? longestLoading(profile) : transitionDays;
    return { from, to: starts[stage + 1]! + slack_days + moving };
  });
  // Fish that have just come fast before they leave again, and rings are slaughtered in turn.
  const { move, harvest } = field!.feeding.fasting_days;
  const least = stages.map((_, stage) =>
    stage === sea ? 1 + harvest[1] + field!.harvest.longest_days : 1 + move
  );
  return { starts, stays, isFlexible: true, least, lastNeeded, harvestOf: () => lastNeeded };
}
