/** Deaths of `field`, each part by itself. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { aimA, aimB, keyOf } from "../../../src/chance/addressed.ts";
import { eggLossByDay } from "../../../src/field/background.ts";
import { isWeekend } from "../../../src/field/calendar.ts";
import { causesOf, shareOut, sharesOn } from "../../../src/field/causes.ts";
import { delayOf, writtenCount } from "../../../src/field/death_entry.ts";
import { beginExcess, dieOfExcess, takeExcess } from "../../../src/field/excess.ts";
import { incidentNotes } from "../../../src/field/incident_notes.ts";
import { badness, fieldIncidents, killedShare } from "../../../src/field/incidents.ts";
import { lostInMove } from "../../../src/field/lost_in_move.ts";
import { blankFish, EXCESS, EXCESS_PLACES } from "../../../src/field/memory.ts";
import { excessOfMove } from "../../../src/field/mortality.ts";
import { sitesOf } from "../../../src/field/sites.ts";
import type { Assignment, Farm } from "../../../src/farm/state.ts";
import { fieldBatch, fieldFixtures, fieldWorld } from "../../field_farm.ts";
import { live } from "../../small_farm.ts";

const rules = fieldFixtures.profile.field!.deaths;
const world = fieldWorld(fieldBatch());
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

Deno.test("eggs are lost most in their first days and when they hatch, and all of the share", () => {
  const loss = eggLossByDay(rules.eggs, 75);
  assertAlmostEquals(sum(loss), 1, 1e-12);
  const { first_days, hatching: [from, to] } = rules.eggs;
  const [first, hatching, between] = [loss[0]!, loss[from]!, loss[first_days]!];
  assert(first > 3 * between && hatching > 3 * between && loss[from - 1] === between);
  assertEquals([loss[to + 1], loss[74]], [between, between]);
});

Deno.test("an incident kills the least at the most harmless, and never more than the most", () => {
  const { least, most, tail } = rules.incidents;
  assertAlmostEquals(killedShare(rules.incidents, 0), least, 1e-12);
  assertAlmostEquals(killedShare(rules.incidents, 0.5), least * 2 ** (1 / tail), 1e-9);
  assertEquals(killedShare(rules.incidents, 1), most);
  const [from, to] = rules.incidents.depths;
  const depths = [from - 5, from, from + (to - from) / 4, to, to + 5];
  assertEquals(depths.map((depth) => badness(rules.incidents, depth)), [0, 0, 0.5, 1, 1]);
});

Deno.test("more fish die after they came to sea, for some weeks", () => {
  const { after, after_days, falling_days } = rules.move;
  const at = (days: number) => excessOfMove(rules.move, days);
  assertEquals([at(0), at(after_days)], [after - 1, after - 1]);
  assertAlmostEquals(at(after_days + falling_days / 2), (after - 1) / 2, 1e-12);
  assertEquals([at(after_days + falling_days), at(500)], [0, 0]);
});

Deno.test("the dead of most days are entered on the day itself, of some up to a week later", () => {
  const at = (u: number) => delayOf(rules.entry, u);
  assertEquals([at(0.01), at(0.849), at(0.851), at(0.949)], [0, 0, 1, 1]);
  assertEquals([at(0.951), at(0.9999)], [2, rules.entry.latest_days]);
  assertEquals(at(1 - 1e-12), rules.entry.latest_days);
});

Deno.test("large counts are rounded down now and then", () => {
  const at = (count: number, u: number) => writtenCount(rules.entry, count, u);
  assertEquals([at(1237, 0.1), at(1237, 0.9), at(1000, 0.1), at(7, 0.1)], [1230, 1237, 1000, 7]);
});

Deno.test("isWeekend() knows Saturdays and Sundays", () => {
  // 2026-11-27 is a Friday.
  const friday = Date.UTC(2026, 10, 27) / 86_400_000;
  const week = [0, 1, 2, 3, 4, 5, 6].map((later) => isWeekend(friday + later));
  assertEquals(week, [false, true, true, false, false, false, false]);
});

Deno.test("the dead are shared among causes, every fish once, near their shares over a year", () => {
  const { sea } = causesOf(rules, { treatments: [], diseases: [] });
  const shares = sharesOn(sea, 0);
  const found = shares.map(() => 0);
  const counts: number[] = [];
  const key = keyOf(7, "deathCause", "somewhere");
  for (let day = 0; day < 4000; day++) {
    const dead = day % 23;
    shareOut(counts, dead, shares, aimA(key, day, 3), aimB(key, day, 3));
    assertEquals(sum(counts), dead);
    counts.forEach((count, c) => {
      assert(count >= 0 && Number.isInteger(count));
      found[c]! += count;
    });
  }
  const all = sum(found);
  shares.forEach((share, c) => {
    const wanted = share / sum(shares);
    assertAlmostEquals(
      found[c]! / all,
      wanted,
      0.02 + wanted / 4,
      rules.sea.causes[c]!.description,
    );
  });
  const wounds = rules.sea.causes.findIndex(({ season }) => season > 0);
  const { season_day } = rules.sea.causes[wounds]!;
  const [most, least] = [sharesOn(sea, season_day), sharesOn(sea, season_day + 183)];
  assert(most[wounds]! > 2 * least[wounds]!);
});

Deno.test("causes are told by position: those of the sea, of tanks, of eggs, of moves, of incidents", () => {
  const causes = causesOf(rules, { treatments: [], diseases: [] });
  const at = (position: number) => causes.all[position]!.description;
  assertEquals(at(causes.fresh.from), rules.fresh.causes[0]!.description);
  assertEquals(at(causes.eggs.from), rules.eggs.causes[0]!.description);
  assertEquals(at(causes.move), rules.move.cause.description);
  assertEquals(at(causes.incidents), rules.incidents.kinds[0]!.description);
  assertEquals(causes.all.length, causes.weights.length);
  assertEquals(causes.all.length, causes.incidents + rules.incidents.kinds.length);
});

Deno.test("an excess kills by the day what it kills, and is forgotten when it is over", () => {
  const processes = [{ cause: 4, days: [0.5, 0.3, 0.2] }];
  const memory = blankFish();
  const place = EXCESS_PLACES[0]!;
  beginExcess(memory, 0, 100, 1000);
  const taken = [];
  for (let day = 100; day < 103; day++) {
    dieOfExcess(memory, place, processes, day, 1);
    // Nobody takes out the dead of the second day.
    if (day !== 101) taken.push(takeExcess(memory, place, processes, day));
  }
  assertEquals(taken, [500, 500]);
  assertEquals(memory, blankFish());
});

Deno.test("of more excesses than can be at once, the one that kills fewest ends", () => {
  const memory = blankFish();
  const fish = [300, 100, 400, 500, 200];
  fish.forEach((one, process) => beginExcess(memory, process, 50, one));
  assertEquals(EXCESS_PLACES.length, 4);
  assertEquals(EXCESS_PLACES.map((place) => memory[place + EXCESS.fish]), [300, 200, 400, 500]);
  assertEquals(EXCESS_PLACES.map((place) => memory[place + EXCESS.process]), [1, 5, 3, 4]);
});

Deno.test("of each batch and move another share is lost, within its bounds", () => {
  const lost = lostInMove(world, rules.move);
  const day = 19_700;
  const shares = [1, 2, 3, 4, 5].map((stage) =>
    sum(
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((position) =>
        lost({ day } as Farm, { batch: 0, stage, position } as Assignment, 90_000)
      ),
    ) / 900_000
  );
  const [least, most] = rules.move.lost;
  assert(shares.every((share) => share > 0.9 * least && share < 1.1 * most), `${shares}`);
  assert(Math.max(...shares) > 1.3 * Math.min(...shares));
  assertEquals(lost({ day } as Farm, { batch: 0, stage: 1, position: 0 } as Assignment, 1), 0);
});

/** The farm of the world on a day on which all fish are at sea. */
const atSea = live(world, {}, 420);

/** A copy of it, and its rings that an incident began in today. */
function struck(event: { kind: string; depth: number } | null) {
  const farm = structuredClone(atSea);
  const rings = farm.batches[0]!.assignments;
  for (const { memory } of rings) for (const place of EXCESS_PLACES) memory[place] = 0;
  const never = { ...rules.incidents, per_site_year: 0 };
  const here = sitesOf(world);
  const incidents = fieldIncidents(
    world,
    never,
    here,
    30,
    (_farm, site) => site === here.of(rings[0]!) ? event : null,
  );
  incidents.morning(farm);
  return {
    farm,
    incidents,
    rings,
    hit: rings.filter(({ memory }) => memory[EXCESS_PLACES[0]!] !== 0),
  };
}

Deno.test("what begins in the water kills by its depth, in the rings that it reaches", () => {
  assertEquals(atSea.batches[0]!.assignments.length, 10);
  assertEquals(struck(null).hit, []);
  const [from, to] = rules.incidents.depths;
  const share = (depth: number) => {
    const { hit, incidents } = struck({ kind: "low oxygen", depth });
    assert([1, 3, 10].includes(hit.length), `${hit.length} rings`);
    const [{ memory, population }] = hit as [Assignment];
    const place = EXCESS_PLACES[0]!;
    const { cause, days } = incidents.processes[memory[place + EXCESS.process]! - 1]!;
    assertEquals(cause, 30 + rules.incidents.kinds.findIndex(({ name }) => name === "low oxygen"));
    assertAlmostEquals(sum(days), 1, 1e-12);
    assertEquals(memory[place + EXCESS.day], atSea.day);
    return memory[place + EXCESS.fish]! / population;
  };
  const { least, most } = rules.incidents;
  assert(share(from) >= least / 3 && share(from) < 5 * least);
  assert(share((from + to) / 2) > share(from));
  assert(share(to) > share((from + to) / 2) && share(to) <= most + 1e-9);
  assertEquals(struck({ kind: "a comet", depth: to }).hit, []);
});

Deno.test("incidents begin at sites as often as they should, with their season", () => {
  const days: number[] = [];
  const often = { ...rules.incidents, per_site_year: 12 };
  const incidents = fieldIncidents(world, often, sitesOf(world), 0);
  const farm = structuredClone(atSea);
  const rings = farm.batches[0]!.assignments;
  const jellyfish = rules.incidents.kinds.findIndex(({ name }) => name === "jellyfish") + 1;
  for (let day = 18_000; day < 18_000 + 3653; day++) {
    farm.day = day;
    for (const { memory } of rings) for (const place of EXCESS_PLACES) memory.fill(0, place);
    incidents.morning(farm);
    const kinds = rings.map(({ memory }) => memory[EXCESS_PLACES[0]!]!);
    const kind = kinds.find((one) => one !== 0);
    if (kind !== undefined) days.push(kind === jellyfish ? day : -day);
  }
  assert(days.length > 90 && days.length < 150, `${days.length} in ten years of twelve`);
  const months = days.filter((day) => day > 0).map((day) =>
    new Date(day * 86_400_000).getUTCMonth()
  );
  const autumn = months.filter((month) => month >= 7 && month <= 11).length;
  assert(months.length > 12 && autumn > 0.6 * months.length, `${months}`);
});

Deno.test("the journal tells of an incident once for its site, and how bad it is", () => {
  const notes = incidentNotes(world, rules.incidents, sitesOf(world));
  const [from, to] = rules.incidents.depths;
  const told = (event: { kind: string; depth: number } | null) => {
    const { rings, farm } = struck(event);
    for (const { memory } of rings) memory[EXCESS_PLACES[1]! + EXCESS.day] = farm.day;
    return notes(farm);
  };
  assertEquals(told(null), []);
  const [worst, ...more] = told({ kind: "bloom", depth: to });
  assertEquals(more, []);
  assertEquals([worst!.category, worst!.severity], ["issue", "high"]);
  const { description } = rules.incidents.kinds.find(({ name }) => name === "bloom")!;
  assertMatch(
    worst!.text,
    new RegExp(`^${description}: dead fish in (one ring|\\d+ rings) of FI-SEA-`),
  );
  assertEquals(told({ kind: "bloom", depth: from })[0]!.severity, "low");
  const { farm } = struck({ kind: "bloom", depth: to });
  farm.day++;
  assertEquals(notes(farm), []);
});
