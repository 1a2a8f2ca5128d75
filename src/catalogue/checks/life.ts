/** The formulas of a life as SQL, by the rates of a profile: how many days, containers and rows. */
import type { CheckRates } from "../rates.ts";

/** No batch lives longer, whatever its stages (design.md#d1). */
const LONGEST_LIFE = 900;

/** The stages of life. */
type Life = CheckRates<"life">["life"];

/** Index of the first day of every stage, and of the end of the last. */
export function stageStarts({ stages }: Life): number[] {
  const starts = [0];
  for (const { days } of stages) starts.push(starts.at(-1)! + days);
  return starts;
}

/** Index of the first day at sea. */
export function seaStart(life: Life): number {
  return stageStarts(life).at(-2)!;
}

/** The longest that a batch is simulated, in days. */
export function longest(life: Life): number {
  return Math.min(stageStarts(life).at(-1)!, LONGEST_LIFE);
}

/** The stage of a day index, counted from 0, of fish that come to all but the first some days late. */
export function stageOf(life: Life, index: number, late = 0): number {
  return stageStarts(life).slice(0, -1).findLastIndex((start) =>
    start <= Math.max(index - late, 0)
  );
}

/** Days with fish in containers, one by one: halls up to the sea, then the rings. */
export function containerDays(life: Life): string {
  const sea = seaStart(life);
  return `${life.containers} * least(l.days, ${sea}) + l.rings * greatest(l.days - ${sea}, 0)`;
}

/** How many indices from `from` up to the day before `to`, an SQL expression, `every` divides. */
export function multiples(every: number, from: number, to = "l.days"): string {
  const before = Math.floor((from - 1) / every);
  return `greatest(floor((${to} - 1) / ${every}.0) - ${before}, 0)`;
}

/** How often every `every` days something happens in all containers, from a stage on. */
export function multiplesInContainers(life: Life, every: number, fromStage: number): string {
  const [from, sea] = [stageStarts(life)[fromStage - 1]!, seaStart(life)];
  const atSea = `l.rings * ${multiples(every, Math.max(from, sea))}`;
  if (from >= sea) return atSea;
  return `${life.containers} * ${multiples(every, from, `least(l.days, ${sea})`)} + ${atSea}`;
}

/** Days within a stage, counted from 0. */
export function daysWithin(life: Life, stage: number): string {
  const starts = stageStarts(life);
  return `greatest(least(l.days, ${starts[stage + 1]}) - ${starts[stage]}, 0)`;
}

/** How many of some day indices a life has passed. */
export function passed(days: readonly number[]): string {
  return `(${
    ["0", ...days.map((day) => `CASE WHEN l.days > ${day} THEN 1 ELSE 0 END`)].join(" + ")
  })`;
}

/**
 * That so many treatments are not those of a batch: vaccinations of all tanks and treatments of all
 * rings. Of one that would bind the harvest, which is yet to come, nobody knows whether it was given.
 *
 * @param count Treatments of the batch as SQL.
 */
export function otherTreatments(
  count: string,
  { life, treatments }: CheckRates<"life" | "treatments">,
): string {
  const { vaccinationDays, liceDays, liceFreeDays } = treatments;
  const vaccinations = `${life.containers} * ${passed(vaccinationDays)}`;
  const all = `${vaccinations} + l.rings * ${passed(liceDays)}`;
  if (liceFreeDays === undefined) return `${count} <> ${all}`;
  // A batch that is harvested has lived up to the day before.
  const free = liceDays.map((day) => day + liceFreeDays - 1);
  const sure = `${vaccinations} + l.rings * ${passed(free)}`;
  return `(${count} < ${sure} OR ${count} > CASE WHEN l.status = 'COMPLETED' THEN ${sure} ELSE ${all} END)`;
}

/** Rows of a VALUES list. */
export function values(rows: readonly (readonly (number | string)[])[]): string {
  return rows.map((row) =>
    `(${row.map((one) => typeof one === "number" ? one : literal(one)).join(", ")})`
  ).join(", ");
}

/** A text as SQL; signs that could mean something there or to `bind` by their numbers. */
function literal(text: string): string {
  if (/^[A-Za-z0-9 _-]*$/.test(text)) return `'${text}'`;
  return `(${[...text].map((sign) => `chr(${sign.codePointAt(0)})`).join(" || ")})`;
}

/**
 * The share of fish that live after so many days, by the day index at which they begin.
 *
 * @param late Days that they come to every stage but the first after its day.
 */
export function survival(
  rates: CheckRates<"life" | "deaths">,
  from: number,
  to: number,
  late = 0,
): number {
  const { life, deaths } = rates;
  let share = 1;
  for (let day = from; day < to; day++) share *= 1 - deaths.perDay[stageOf(life, day, late)]!;
  return share;
}

/**
 * How far the share of living fish may be from its mean: six standard deviations, and something for
 * what is rounded. Deaths of a day are drawn one container at a time (domain.md#8).
 */
export function survivalTolerance(share: string, fish: string): string {
  return `(0.0005 + 6 * sqrt(greatest(${share} * (1 - ${share}) / nullif(${fish}, 0), 0)))`;
}

/**
 * The weight in g after growth on every day index of a life.
 *
 * @param late As of {@linkcode survival}.
 */
export function expectedCurve(
  { life, growth }: CheckRates<"life" | "growth">,
  late = 0,
): number[] {
  let weight = growth.eggWeight;
  return Array.from({ length: longest(life) }, (_, day) => {
    const { step, cap } = growth.stages[stageOf(life, day, late)]!;
    if (step > 0) weight = Math.min(Math.round((Math.cbrt(weight) + step) ** 3 * 100) / 100, cap);
    return weight;
  });
}

/** Feed per growth of a batch that is harvested on a day at sea: of every such day index. */
export function feedConversion(
  rates: CheckRates<"life" | "growth" | "deaths" | "feeding">,
): [day: number, conversion: number][] {
  const { life, growth, deaths, feeding } = rates;
  const curve = expectedCurve(rates);
  const found: [number, number][] = [];
  let [fish, fed, dead] = [1, 0, 0];
  for (const [day, grown] of curve.entries()) {
    const stage = stageOf(life, day);
    const weight = day === 0 ? growth.eggWeight : curve[day - 1]!;
    const dying = fish * deaths.perDay[stage]!;
    fed += (fish - dying / 2) * weight * feeding.percentPerDay[stage]! / 100;
    dead += dying * weight;
    fish -= dying;
    const biomass = fish * grown + dead;
    if (day + 1 > seaStart(life)) found.push([day + 1, biomass === 0 ? 0 : fed / biomass]);
  }
  return found;
}
