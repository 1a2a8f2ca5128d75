/** The sea of `field`, lived for decades without a farm: seasons, weather, tide and spells. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { monthly } from "../../../src/field/water/container_water.ts";
import { blank, SITE } from "../../../src/field/memory.ts";
import { fieldSea, spellShape } from "../../../src/field/water/sea.ts";
import { sitesOf } from "../../../src/field/sites.ts";
import { civilOf, parseIso } from "../../../src/farm/days.ts";
import type { Farm } from "../../../src/farm/state.ts";
import { factsOf } from "../../../src/farm/world.ts";
import { fieldBatch, fieldFixtures, fieldWorld } from "../../field_farm.ts";
import { correlation, mean, standardDeviation } from "./statistics.ts";

const rules = fieldFixtures.profile.field!.water;
const FIRST = parseIso("2000-01-01")!;
const YEARS = 200;

/** A spell of bad water. */
interface Spell {
  readonly kind: string;
  readonly month: number;
  readonly days: number;
  readonly depth: number;
}

/** The site of one batch for so many years. */
function years(geography: "Faroe Islands" | "Scotland") {
  const facts = factsOf(fieldWorld(fieldBatch({ geography })));
  const sites = sitesOf(facts);
  const sea = fieldSea(facts, rules, sites);
  const farm = { day: FIRST, batches: [], sites: [blank(SITE)] } as unknown as Farm;
  const [temperatures, salinities, weather] = [[], [], []] as number[][];
  const months: number[][] = Array.from({ length: 12 }, () => []);
  const spells: Spell[] = [];
  for (let d = 0; d < YEARS * 365; d++, farm.day++) {
    sea.morning(farm);
    const { month } = civilOf(farm.day);
    temperatures!.push(sea.temperature(farm, 0));
    months[month - 1]!.push(sea.temperature(farm, 0));
    salinities!.push(sea.salinity(farm, 0));
    weather!.push(farm.sites[0]![SITE.weather]!);
    const begun = sea.begins(farm, 0);
    if (begun === null) continue;
    const days = farm.sites[0]![SITE.spellTo]! - farm.day + 1;
    spells.push({ kind: begun.kind, month, days, depth: begun.depth });
  }
  return {
    sea,
    spells,
    temperatures: temperatures!,
    salinities: salinities!,
    weather: weather!,
    months: months.map(mean),
  };
}

const faroe = years("Faroe Islands");
const scotland = years("Scotland");

Deno.test("the sea is warmest in August or September and coldest from February to April", () => {
  for (const [{ months }, least, most] of [[faroe, 3, 5.5], [scotland, 4.5, 8]] as const) {
    const [warmest, coldest] = [Math.max(...months), Math.min(...months)];
    assert([8, 9].includes(months.indexOf(warmest) + 1), `warmest: ${months}`);
    assert([2, 3, 4].includes(months.indexOf(coldest) + 1), `coldest: ${months}`);
    const range = warmest - coldest;
    assert(range >= least && range <= most, `${range} degrees between the months`);
  }
  assert(mean(scotland.temperatures) > mean(faroe.temperatures) + 1);
});

Deno.test("weather lasts from day to day, and keeps its spread over the years", () => {
  const { weather } = faroe;
  assertAlmostEquals(standardDeviation(weather), rules.weather_sd, 0.03);
  const kept = correlation(weather.slice(0, -1), weather.slice(1));
  assertAlmostEquals(kept, rules.weather_memory, 0.01);
  assertAlmostEquals(mean(weather), 0, 0.05);
});

Deno.test("years differ, and no day is a step from one to the next", () => {
  const means = Array.from(
    { length: YEARS },
    (_, y) => mean(faroe.temperatures.slice(y * 365, y * 365 + 365)),
  );
  const between = standardDeviation(means);
  assert(between > 0.15 && between < 0.6, `${between} degrees between years`);
  const steps = faroe.temperatures.slice(1).map((t, i) => Math.abs(t - faroe.temperatures[i]!));
  assert(Math.max(...steps) < 2.5, `a step of ${Math.max(...steps)}`);
});

Deno.test("run-off makes Scottish water less salt than Faroese, more in winter, and lasts for days", () => {
  assert(mean(scotland.salinities) < mean(faroe.salinities) - 1);
  assert(standardDeviation(scotland.salinities) > 3 * standardDeviation(faroe.salinities));
  const { salinities } = scotland;
  assert(correlation(salinities.slice(0, -1), salinities.slice(1)) > 0.8);
  const byMonth = (wanted: readonly number[]) =>
    mean(salinities.filter((_, d) => wanted.includes(civilOf(FIRST + d).month)));
  assert(byMonth([12, 1, 2]) < byMonth([6, 7, 8]) - 0.2);
  assert(
    Math.min(...salinities) >= 5 && Math.max(...salinities) <= rules.sea["Scotland"]!.salinity,
  );
});

Deno.test("the current turns every six hours, and springs are stronger than neaps", () => {
  const { sea } = faroe;
  const hours = Array.from({ length: 60 * 24 }, (_, h) => sea.current(0, FIRST, h));
  assert(hours.every((one) => one >= 0 && one <= 1));
  const slack = hours.flatMap((one, h) =>
    one < (hours[h - 1] ?? 0) && one <= (hours[h + 1] ?? 0) ? [h] : []
  );
  const gaps = slack.slice(1).map((h, i) => h - slack[i]!);
  assertAlmostEquals(mean(gaps), 12.4206 / 2, 0.05);
  const daily = Array.from({ length: 60 }, (_, d) => Math.max(...hours.slice(d * 24, d * 24 + 24)));
  assert(Math.max(...daily) > 1.6 * Math.min(...daily), "no neaps");
});

Deno.test("spells come as often, as long and as deep as the rules say, each kind in its season", () => {
  const spells = [...faroe.spells, ...scotland.spells];
  for (
    const [kind, { per_year, months: [from, to], days, depth }] of [
      ["low oxygen", rules.low_oxygen],
      ["bloom", rules.bloom],
    ] as const
  ) {
    const own = spells.filter((spell) => spell.kind === kind);
    const expected = 2 * YEARS * per_year;
    assert(Math.abs(own.length - expected) < 4 * Math.sqrt(expected), `${own.length} of ${kind}`);
    for (const spell of own) {
      assert(spell.month >= from && spell.month <= to, `${kind} in month ${spell.month}`);
      assert(spell.days >= days[0] && spell.days <= days[1], `${kind} of ${spell.days} days`);
      assert(
        spell.depth >= depth[0] && spell.depth <= depth[1],
        `${kind} of ${spell.depth} points`,
      );
    }
    // Most are shallow, few are deep.
    const depths = own.map((spell) => spell.depth).toSorted((a, b) => a - b);
    assert(depths[depths.length >> 1]! < (depth[0] + depth[1]) / 2 - 3);
    assert(depths.at(-1)! > depth[1] - 5);
  }
});

Deno.test("a spell is worst in its middle and never nothing", () => {
  assertEquals(spellShape(13, 10, 16), 1);
  assert(spellShape(10, 10, 16) > 0.4 && spellShape(10, 10, 16) < 0.6);
  assertEquals(spellShape(10, 10, 16), spellShape(16, 10, 16));
});

Deno.test("months are met in their middles, and a year ends where the next begins", () => {
  const values = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110];
  const month = 365.25 / 12;
  assertAlmostEquals(monthly(values, 0.5 * month), 0, 1e-9);
  assertAlmostEquals(monthly(values, 6.5 * month), 60, 1e-9);
  assertAlmostEquals(monthly(values, 7 * month), 65, 1e-9);
  assertAlmostEquals(monthly(values, 0), 55, 1e-9);
  assertAlmostEquals(monthly(values, 365.25 * 30 - 0.001), 55, 0.01);
});
