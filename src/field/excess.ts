/**
 * What kills more fish of a container than die at all times, for some days: an incident, or what is
 * done to fish. A memory of fish holds a few of them at once.
 */
import type { Memory } from "../farm/state.ts";
import { EXCESS, EXCESS_PLACES } from "./memory.ts";

/** A way in which many die. */
export interface Process {
  /** Position of the cause of death. */
  readonly cause: number;
  /** The shares of the killed that die on its first day, its second, and so on. */
  readonly days: readonly number[];
}

/**
 * Begins an excess. Where there are as many already as can be, the one that kills fewest ends.
 *
 * @param fish How many it will kill, as expected.
 */
export function beginExcess(memory: Memory, process: number, day: number, fish: number): void {
  let place = EXCESS_PLACES[0]!;
  for (const one of EXCESS_PLACES) {
    if (memory[one + EXCESS.fish]! < memory[place + EXCESS.fish]!) place = one;
  }
  memory[place + EXCESS.process] = process + 1;
  memory[place + EXCESS.day] = day;
  memory[place + EXCESS.fish] = fish;
  memory[place + EXCESS.dead] = 0;
}

/** Lets fish die of an excess today; one that is over is forgotten when its dead are taken out. */
export function dieOfExcess(
  memory: Memory,
  place: number,
  processes: readonly Process[],
  day: number,
  times: number,
): void {
  const { days } = processes[memory[place + EXCESS.process]! - 1]!;
  const share = days[day - memory[place + EXCESS.day]!] ?? 0;
  memory[place + EXCESS.dead]! += memory[place + EXCESS.fish]! * share * times;
}

/** Takes out the dead of an excess: how many are expected. */
export function takeExcess(
  memory: Memory,
  place: number,
  processes: readonly Process[],
  day: number,
): number {
  const dead = memory[place + EXCESS.dead]!;
  memory[place + EXCESS.dead] = 0;
  const { days } = processes[memory[place + EXCESS.process]! - 1]!;
  if (day + 1 >= memory[place + EXCESS.day]! + days.length) {
    memory[place + EXCESS.process] = memory[place + EXCESS.day] = memory[place + EXCESS.fish] = 0;
  }
  return dead;
}
