/** Which containers are reserved, and when. */

/** Days from, up to and not including, to. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The reservations of every container by its name; those of one container ascend and are apart. */
export type Occupancy = Map<string, Interval[]>;

/** An interval with some days before it and after it. */
export function widened({ from, to }: Interval, days: number): Interval {
  return { from: from - days, to: to + days };
}

/** Whether a container is free for all days of an interval. */
export function isFree(occupancy: Occupancy, container: string, { from, to }: Interval): boolean {
  const taken = occupancy.get(container) ?? [];
  // Plans are made in day order, so what could be in the way is at the end.
  for (let i = taken.length - 1; i >= 0 && taken[i]!.to > from; i--) {
    if (taken[i]!.from < to) return false;
  }
  return true;
}

/** Reserves a container that {@linkcode isFree} for all days of an interval. */
export function reserve(occupancy: Occupancy, container: string, interval: Interval): void {
  const taken = occupancy.get(container);
  if (taken === undefined) {
    occupancy.set(container, [interval]);
    return;
  }
  let at = taken.length;
  while (at > 0 && taken[at - 1]!.from > interval.from) at--;
  taken.splice(at, 0, interval);
}

/** How many of some containers are reserved on a day. */
export function takenOn(occupancy: Occupancy, containers: readonly string[], day: number): number {
  const thatDay = { from: day, to: day + 1 };
  return containers.filter((name) => !isFree(occupancy, name, thatDay)).length;
}
