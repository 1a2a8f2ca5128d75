/** What a plan is made on: how fish live, and the places that the farm has. */
import { buildInfrastructure, type Infrastructure } from "../farm/ground/infrastructure.ts";
import type { Fixtures } from "../fixtures/fixtures.ts";
import type { Profile } from "../fixtures/profile.ts";

/** A profile and places. */
export interface PlanGround {
  /** How fish live. */
  readonly profile: Profile;
  /** The places of the farm. */
  readonly infrastructure: Infrastructure;
}

/**
 * What fixtures say, or a profile on its own with the places of a farm that is built already.
 *
 * @param infrastructure Built from the fixtures unless given; a profile alone has none.
 */
export function planGround(
  given: Fixtures | Profile,
  infrastructure: Infrastructure | undefined,
): PlanGround {
  if (!("layout" in given)) return { profile: given, infrastructure: infrastructure! };
  return {
    profile: given.profile,
    infrastructure: infrastructure ?? buildInfrastructure(given.layout, given.master),
  };
}
