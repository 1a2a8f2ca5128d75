/** Fish of the biology `field` that die while they are moved from one stage to the next. */
import { poisson } from "../chance/deviates.ts";
import type { MoveDeathRules } from "../fixtures/field/death_rules.ts";
import type { Husbandry } from "../farm/biology.ts";
import type { Facts } from "../farm/facts.ts";
import { uniformAt } from "./chance.ts";

/** Losses by the share of the batch and the move; some fish always arrive. */
export function lostInMove(
  { batches }: Facts,
  { lost: [least, most] }: MoveDeathRules,
): Husbandry["lostInMove"] {
  return ({ day }, { batch, stage, position }, fish) => {
    const key = batches[batch]!.keys.moveDeaths;
    const share = least + (most - least) * uniformAt(key, 0, stage, 0);
    // A container may be poured into two: each pour has chance of its own.
    const dead = poisson(fish * share, uniformAt(key, day, position, fish));
    return Math.min(dead, Math.max(fish - 1, 0));
  };
}
