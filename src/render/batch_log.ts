/**
 * One log per batch: what a person would want to know of its life, in order, and its totals. It
 * follows from the pass over all days, so it is as reproducible as the rows.
 */
import { isoOf } from "../farm/days.ts";
import type { Move } from "../farm/events.ts";
import type { Meal } from "../farm/meal.ts";
import type { Note } from "../farm/notes.ts";
import type { Assignment, Batch, Farm, Lot } from "../farm/state.ts";
import type { Treatment } from "../farm/treatment.ts";
import type { World } from "../farm/world.ts";

/** The text of `batches/<number>.log`. */
export interface BatchLog {
  readonly number: string;
  readonly text: string;
}

/** What is added up for a batch. */
interface Totals {
  readonly lines: string[];
  /** What was said last, so that a treatment of ten containers is one line. */
  last: string;
  containers: number;
  deaths: number;
  meals: number;
  feed: number;
  orders: number;
  ordered: number;
}

/** A whole number in groups of three digits. */
function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Hundredths in groups of three digits: `1,234.50`. */
function decimals(hundredths: number): string {
  const whole = Math.floor(hundredths / 100);
  return `${grouped(whole)}.${String(hundredths - whole * 100).padStart(2, "0")}`;
}

/** The listener to a farm's days, and the logs when they are over. */
export function logBatches(farm: Farm, world: World) {
  const totals = world.batches.map((): Totals => ({
    lines: [],
    last: "",
    containers: 0,
    deaths: 0,
    meals: 0,
    feed: 0,
    orders: 0,
    ordered: 0,
  }));
  const { stages, treatments } = world.rates;
  /** Orders belong to the batch whose meal they are for, which is heard of next. */
  let waiting: Lot[] = [];

  function say(batch: number, text: string): void {
    const total = totals[batch]!;
    total.lines.push(`${isoOf(farm.day)}  ${text}`);
    total.last = text;
  }

  /** The same thing done to one container after another is one line with their number. */
  function sayOfContainers(batch: number, text: string): void {
    const total = totals[batch]!;
    const line = `${isoOf(farm.day)}  ${text}`;
    const again = total.last === line;
    total.containers = again ? total.containers + 1 : 1;
    if (again) total.lines.pop();
    total.last = line;
    total.lines.push(`${line}, ${total.containers} containers`);
  }

  function placeOf({ batch, stage, ordinal }: Assignment): string {
    return world.batches[batch]!.places[stage]![ordinal]!.home;
  }

  const events = {
    received(lot: Lot, order: number): void {
      if (order > 0) waiting.push(lot);
    },
    fed(assignment: Assignment, meal: Meal): void {
      const total = totals[assignment.batch]!;
      total.meals++;
      total.feed += meal.amount;
      if (waiting.length === 0) return;
      for (const lot of waiting) {
        total.orders++;
        total.ordered += lot.bought;
      }
      waiting = [];
    },
    died(assignment: Assignment, deaths: number): void {
      totals[assignment.batch]!.deaths += deaths;
    },
    created(batch: Batch): void {
      const { eggs } = world.batches[batch.index]!;
      const where = placeOf(batch.assignments[0]!);
      const containers = batch.assignments.length;
      say(batch.index, `created: ${grouped(eggs)} eggs into ${containers} containers of ${where}`);
    },
    moved(batch: Batch, move: Move): void {
      const from = stages[move.fromStage]!.name;
      const to = stages[move.toStage]!.name;
      if (move.pours.length === 0) return;
      totals[batch.index]!.deaths += move.pours.reduce((sum, { dead }) => sum + dead, 0);
      const where = placeOf(move.pours[0]!.to);
      const containers = new Set(move.pours.map(({ to }) => to)).size;
      const fish = `${grouped(move.movedCount)} fish, ${decimals(move.biomass)} kg`;
      say(
        batch.index,
        `${from} to ${to}: ${fish}, into ${containers} containers of ${where}`,
      );
    },
    vaccinated(assignment: Assignment, vaccine: number): void {
      const { name } = treatments.vaccination.vaccines[vaccine]!;
      sayOfContainers(assignment.batch, `vaccinated: ${name}`);
    },
    treated(assignment: Assignment, { said }: Treatment): void {
      sayOfContainers(assignment.batch, said);
    },
    noted({ assignment, severity, text }: Note): void {
      if (severity !== "low") say(assignment.batch, `noted: ${text}`);
    },
    harvested(batch: Batch, assignments: readonly Assignment[]): void {
      const fish = assignments.reduce((sum, { population }) => sum + population, 0);
      const lots = assignments.flatMap((one) => world.biology.grading.lots(one));
      const live = lots.reduce((sum, lot) => sum + lot.live, 0);
      say(
        batch.index,
        `harvested: ${grouped(fish)} fish, ${decimals(Math.round(live / 10))} kg, ` +
          `from ${assignments.length} rings in ${lots.length} lots`,
      );
    },
  };

  function logOf(batch: Batch): BatchLog {
    const { number, geography, eggs } = world.batches[batch.index]!;
    const total = totals[batch.index]!;
    const stage = stages[batch.stage]!.name;
    const left = batch.assignments.reduce((sum, { population }) => sum + population, 0);
    const text = [
      `${number}, ${geography.name}, ${grouped(eggs)} eggs`,
      "",
      ...total.lines,
      "",
      `dead     ${grouped(total.deaths)} fish`,
      `fed      ${decimals(Math.round(total.feed / 100))} kg in ${grouped(total.meals)} meals`,
      `ordered  ${decimals(Math.round(total.ordered / 100))} kg in ${grouped(total.orders)} orders`,
      `left     ${grouped(left)} fish on ${isoOf(farm.day - 1)}`,
      `status   ${batch.status}, ${stage}`,
      "",
    ].join("\n");
    return { number, text };
  }

  return { events, finish: (): BatchLog[] => farm.batches.map(logOf) };
}
