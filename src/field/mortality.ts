/**
 * Deaths of the biology `field`: what is expected to die adds up in the memory of the fish, and how
 * many that were is drawn on the day on which the dead are taken out, cause by cause.
 */
import { exp } from "../chance/arithmetic.ts";
import { aimA, aimB, unit, valueAt } from "../chance/addressed.ts";
import { normal, poisson } from "../chance/deviates.ts";
import type { DeathRules, MoveDeathRules } from "../fixtures/field/death_rules.ts";
import type { Mortality } from "../farm/biology.ts";
import { isMonday } from "../farm/days.ts";
import type { Facts } from "../farm/facts.ts";
import type { Note } from "../farm/notes.ts";
import type { Assignment, Farm } from "../farm/state.ts";
import { addRecord, type Toll } from "../farm/toll.ts";
import { fieldBackground, UNFED_STAGE } from "./background.ts";
import { normalAt } from "./chance.ts";
import { type Causes, shareOut, sharesOn } from "./causes.ts";
import { fieldDeathEntry, writtenCount } from "./death_entry.ts";
import { dieOfExcess, type Process, takeExcess } from "./excess.ts";
import { fieldIncidents, type WaterEvents } from "./incidents.ts";
import { EXCESS, EXCESS_PLACES, FISH } from "./memory.ts";
import type { Part } from "./remembering.ts";
import type { Sites } from "./sites.ts";

/** Items of chance of a container's day: counts first, then what an excess does on the day. */
const ITEM = { usual: 0, moved: 1, excess: 2, times: 10 } as const;

/** Items of chance of a record, which are those of its cause. */
const OF_RECORD = { weight: 0, rounding: 1, each: 2, from: 100 } as const;

/** A record's dead weigh this share of what is usual for their cause at the least. */
const LIGHTEST = 0.3;

/** Deaths, and what of them the morning decides. */
export interface FieldMortality extends Mortality, Required<Pick<Part, "morning" | "fill">> {
  /** On Mondays, of sites where more die than usual: what most die of. */
  notes(farm: Farm): Note[];
}

/** How many more fish than usual die a number of days after they came to sea, as a share of the usual. */
export function excessOfMove(
  { after, after_days, falling_days }: MoveDeathRules,
  days: number,
): number {
  const left = (after_days + falling_days - days) / falling_days;
  return (after - 1) * Math.min(Math.max(left, 0), 1);
}

/** How many have died of those that are left, for `u` between 0 and 1. */
function drawn(expected: number, left: number, u: number): number {
  return expected === 0 || left === 0 ? 0 : Math.min(left, poisson(expected, u));
}

/**
 * Deaths by background, moves and what kills many for some days.
 *
 * @param more How fish die of what is no incident, after the kinds of incidents.
 */
export function fieldMortality(
  facts: Facts,
  rules: DeathRules,
  sites: Sites,
  causes: Causes,
  more: readonly Process[],
  water?: WaterEvents,
): FieldMortality {
  const { batches, rates: { mortalityHour, stages } } = facts;
  const { move } = rules;
  const sea = stages.length - 1;
  const background = fieldBackground(facts, rules, sites);
  const incidents = fieldIncidents(facts, rules.incidents, sites, causes.incidents, water);
  const entry = fieldDeathEntry(facts, rules.entry, sites);
  const processes = [...incidents.processes, ...more];
  const groups = stages.map((_, stage) =>
    stage === sea ? causes.sea : stage === UNFED_STAGE ? causes.eggs : causes.fresh
  );
  /** How well the smolts of a batch stand the sea. */
  const ofSmolts = batches.map(({ keys }) =>
    exp(move.after_sd * normalAt(keys.moveDeaths, 1, 0, 0))
  );
  const counts: number[] = [];
  /** The shares of the causes of each stage on a day, and at sea of each site. */
  const known = groups.map(() => ({ day: NaN, shares: [] as readonly number[] }));
  const atSites = sites.all.map(() => ({ day: NaN, shares: [] as readonly number[] }));

  function sharesToday(farm: Farm, assignment: Assignment): readonly number[] {
    const { day } = farm;
    const { stage } = assignment;
    const site = stage === sea ? sites.of(assignment) : -1;
    const own = site < 0 ? known[stage]! : atSites[site]!;
    if (own.day !== day) {
      own.day = day;
      const shares = sharesOn(groups[stage]!, day);
      own.shares = site < 0 ? shares : background.sharesAt(farm, site, shares);
    }
    return own.shares;
  }

  /** Lets fish die today; how many are expected to be dead in a container now. */
  function die(farm: Farm, assignment: Assignment, a: number, b: number): number {
    const { batch, stage, filledDay, memory } = assignment;
    const usual = background.expected(farm, assignment);
    memory[FISH.dead]! += usual;
    if (stage === sea) {
      memory[FISH.deadOfMove]! += usual * ofSmolts[batch]! *
        excessOfMove(move, farm.day - filledDay);
    }
    let dead = memory[FISH.dead]! + memory[FISH.deadOfMove]!;
    for (let i = 0; i < EXCESS_PLACES.length; i++) {
      const place = EXCESS_PLACES[i]!;
      if (memory[place] === 0) continue;
      const times = 0.5 + unit(valueAt(a, b, ITEM.times + i));
      dieOfExcess(memory, place, processes, farm.day, times);
      dead += memory[place + EXCESS.dead]!;
    }
    return dead;
  }

  /** Writes down the dead of a cause; `a` and `b` are the address of a container's records. */
  function write(
    into: Toll,
    cause: number,
    dead: number,
    delay: number,
    a: number,
    b: number,
  ): void {
    const item = OF_RECORD.from + OF_RECORD.each * cause + OF_RECORD.rounding;
    const fish = dead <= rules.entry.rounded_above
      ? dead
      : writtenCount(rules.entry, dead, unit(valueAt(a, b, item)));
    addRecord(into, fish, cause, delay);
  }

  /** Takes out what is dead in a container; `a` and `b` are the address of its counts. */
  function takeOut(into: Toll, farm: Farm, assignment: Assignment, a: number, b: number): void {
    const { batch, stage, position, population, memory } = assignment;
    const key = batches[batch]!.keys.deathCause;
    const of = aimA(key, farm.day, position);
    const at = aimB(key, farm.day, position);
    const delay = entry.delay(farm, assignment);
    // The last fish of a container is seen alive.
    let left = Math.max(population - 1, 0);
    const usual = drawn(memory[FISH.dead]!, left, unit(valueAt(a, b, ITEM.usual)));
    left -= usual;
    memory[FISH.dead] = 0;
    if (usual > 0) {
      const group = groups[stage]!;
      const shares = sharesToday(farm, assignment);
      shareOut(counts, usual, shares, of, at);
      for (let c = 0; c < shares.length; c++) {
        const dead = counts[c]!;
        if (dead > 0) write(into, group.from + c, dead, delay, of, at);
      }
    }
    if (memory[FISH.deadOfMove] !== 0) {
      const moved = drawn(memory[FISH.deadOfMove]!, left, unit(valueAt(a, b, ITEM.moved)));
      left -= moved;
      memory[FISH.deadOfMove] = 0;
      if (moved > 0) write(into, causes.move, moved, delay, of, at);
    }
    for (let i = 0; i < EXCESS_PLACES.length; i++) {
      const place = EXCESS_PLACES[i]!;
      if (memory[place] === 0) continue;
      const { cause } = processes[memory[place]! - 1]!;
      const expected = takeExcess(memory, place, processes, farm.day);
      const dead = drawn(expected, left, unit(valueAt(a, b, ITEM.excess + i)));
      left -= dead;
      if (dead > 0) write(into, cause, dead, delay, of, at);
    }
  }

  function noteOf(farm: Farm, ring: Assignment): Note[] {
    const site = sites.of(ring);
    const most = background.mostOf(farm, site, causes.sea.rules.length);
    if (most < 0) return [];
    const { description } = causes.all[causes.sea.from + most]!;
    return [{
      assignment: ring,
      hour: mortalityHour,
      category: "issue",
      severity: "medium",
      text: `More dead than usual at ${sites.all[site]!.name}, most noted as: ${description}`,
    }];
  }

  return {
    notes: (farm) =>
      isMonday(farm.day)
        ? sites.rings(farm).flatMap(([ring]) => ring === undefined ? [] : noteOf(farm, ring))
        : [],
    causes: causes.all,
    take(into, farm, assignment) {
      const { batch, position } = assignment;
      const key = batches[batch]!.keys.deathCount;
      const a = aimA(key, farm.day, position);
      const b = aimB(key, farm.day, position);
      const dead = die(farm, assignment, a, b);
      if (entry.isTaken(farm, assignment, dead)) takeOut(into, farm, assignment, a, b);
    },
    weightOf({ day }, { batch, position, weight }, toll, record) {
      const key = batches[batch]!.keys.deathCause;
      const cause = toll.cause[record]!;
      const item = OF_RECORD.from + OF_RECORD.each * cause + OF_RECORD.weight;
      const z = normal(unit(valueAt(aimA(key, day, position), aimB(key, day, position), item)));
      const spread = rules.entry.weight_sd * z / Math.sqrt(toll.fish[record]!);
      const each = weight * causes.weights[cause]! * Math.max(LIGHTEST, 1 + spread);
      return Math.max(1, Math.floor(each + 0.5));
    },
    morning(farm) {
      background.morning(farm);
      incidents.morning(farm);
      entry.morning(farm);
    },
    fill(farm, assignment, _origins, before) {
      background.fill(farm, assignment, before);
    },
  };
}
