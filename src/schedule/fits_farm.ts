/** Can batches of a profile live on a farm at all, however few they are? */
import { ReddError } from "../errors.ts";
import type { Infrastructure } from "../farm/ground/places.ts";
import type { Profile } from "../fixtures/profile.ts";
import { shown } from "../fixtures/shown.ts";

/** The containers of each place, counted. */
function sizes(names: readonly (string | undefined)[]): number[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts.values()];
}

/**
 * Makes sure that in every geography there is a hall for each stage, and a sea area, with as many
 * containers as a batch of the profile takes.
 *
 * @param rings Rings that a batch takes at least, where it goes to no area without them.
 * @throws {ReddError} input, naming what the profile wants and the farm has not.
 */
export function requireFit(
  { name, creation, stages }: Profile,
  { containers, homes }: Infrastructure,
  rings?: number,
): void {
  const refuse = (what: string, wanted: number, where: string, most: number) => {
    throw new ReddError("input", "PROFILE_UNPLACEABLE", {
      cannot: `plan by the profile ${shown(name)}`,
      because: `its ${what} is ${wanted}, and no ${where} has more than ${most} containers`,
      remedy: "Give less in the profile, or a layout with larger places",
    });
  };
  for (const { name: geography } of homes) {
    const own = containers.filter((one) => one.planned && one.geography === geography);
    for (const { hall: letter } of stages) {
      if (letter === undefined) continue;
      const most = Math.max(
        0,
        ...sizes(own.filter(({ hallLetter }) => hallLetter === letter).map((one) => one.hallName)),
      );
      if (most < creation.containers) {
        refuse("creation.containers", creation.containers, `hall ${letter} of ${geography}`, most);
      }
    }
    if (rings === undefined) continue;
    const most = Math.max(0, ...sizes(own.map((one) => one.areaName)));
    if (most < rings) {
      refuse("sea_transfer.minimum_rings", rings, `sea area of ${geography}`, most);
    }
  }
}
