/** What fish of the biology `field` die of, and how a day's dead are shared among the causes. */
import { unit, valueAt } from "../chance/addressed.ts";
import type { CauseRules, SharedCauseRules } from "../fixtures/field/cause_rules.ts";
import type { DeathRules } from "../fixtures/field/death_rules.ts";
import type { Cause } from "../farm/toll.ts";
import { wave } from "./calendar.ts";

/** Causes that share the dead of all times. */
export interface CauseGroup {
  /** Position of the first among all causes; the others follow. */
  readonly from: number;
  readonly rules: readonly SharedCauseRules[];
}

/** All causes, and where those of a kind are. */
export interface Causes {
  readonly all: readonly Cause[];
  /** What the dead of each cause weigh, as a share of what the living do. */
  readonly weights: readonly number[];
  readonly sea: CauseGroup;
  readonly fresh: CauseGroup;
  readonly eggs: CauseGroup;
  /** Position of what fish die of that were moved. */
  readonly move: number;
  /** Position of the first kind of incident, of treatment and of disease; the others follow each. */
  readonly incidents: number;
  readonly treatments: number;
  readonly diseases: number;
}

/** What else fish die of: what is done to them, and what they catch. */
export interface MoreCauses {
  readonly treatments: readonly CauseRules[];
  readonly diseases: readonly CauseRules[];
}

/** The causes of a profile, in the order in which a toll names them. */
export function causesOf(
  { sea, fresh, eggs, move, incidents }: DeathRules,
  { treatments, diseases }: MoreCauses,
): Causes {
  const rules: CauseRules[] = [];
  const group = (own: readonly SharedCauseRules[]): CauseGroup => {
    const from = rules.length;
    rules.push(...own);
    return { from, rules: own };
  };
  const groups = { sea: group(sea.causes), fresh: group(fresh.causes), eggs: group(eggs.causes) };
  const moved = rules.push(move.cause) - 1;
  const first = rules.length;
  const ofTreatments = rules.push(...incidents.kinds);
  const ofDiseases = rules.push(...treatments);
  rules.push(...diseases);
  return {
    all: rules.map(({ cause, description }) => ({ cause, description })),
    weights: rules.map(({ weight }) => weight),
    ...groups,
    move: moved,
    incidents: first,
    treatments: ofTreatments,
    diseases: ofDiseases,
  };
}

/** The shares of a group's causes on a day of the year. */
export function sharesOn({ rules }: CauseGroup, day: number): number[] {
  return rules.map(({ share, season, season_day }) =>
    season === 0 ? share : share * (1 + season * wave(day, season_day))
  );
}

/**
 * Shares some dead among causes. What is found on a day is seldom what is found over a year: a day's
 * shares are the usual ones times a fourth power of chance. A part of a fish is one, or none.
 *
 * @param into Gets the number of each cause.
 * @param a With `b` the address of the chance; items below twice the number of causes are used.
 */
export function shareOut(
  into: number[],
  dead: number,
  shares: readonly number[],
  a: number,
  b: number,
): void {
  let all = 0;
  for (let c = 0; c < shares.length; c++) {
    const u = unit(valueAt(a, b, 2 * c));
    all += into[c] = shares[c]! * u * u * u * u;
  }
  let left = dead;
  for (let c = 0; c < shares.length; c++) {
    // The last ones of most days have been given to the causes before.
    if (left === 0) {
      into[c] = 0;
      continue;
    }
    const own = into[c]!;
    const part = c === shares.length - 1
      ? left
      : Math.min(left, Math.floor(left * own / all + unit(valueAt(a, b, 2 * c + 1))));
    into[c] = part;
    left -= part;
    all -= own;
  }
}
