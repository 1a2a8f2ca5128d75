/** Deaths of `field` over whole lives: tails, memory, habits, and rows that say what happened. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { isoOf } from "../../../src/farm/days.ts";
import { isWeekend } from "../../../src/field/calendar.ts";
import { joined } from "../../../src/farm/events.ts";
import type { World } from "../../../src/farm/world.ts";
import { tableNamed } from "../../../src/tables/catalog.ts";
import { fieldBatch, fieldFixtures, fieldWorld } from "../../field_farm.ts";
import { csvOfDays } from "../../render/dataset.ts";
import { live } from "../../small_farm.ts";
import { fishLaws } from "../../farm/laws.ts";

const rules = fieldFixtures.profile.field!.deaths;

/** A record of deaths. */
interface Dead {
  readonly day: number;
  readonly assignment: number;
  readonly stage: number;
  readonly fish: number;
  readonly cause: string;
  readonly description: string;
  readonly late: boolean;
  /** Weight of the dead over that of the living. */
  readonly ratio: number;
}

/** What died in a life, and how many fish lived in each ring on each evening. */
function livedIn(world: World) {
  const dead: Dead[] = [];
  const rings = new Map<number, { day: number; fish: number }[]>();
  let [eggs, lost, moved] = [0, 0, 0];
  let today = world.firstDay;
  const { causes, weightOf } = world.biology.mortality;
  live(world, {
    created({ assignments }) {
      eggs += assignments.reduce((sum, { population }) => sum + population, 0);
    },
    moved(_batch, { pours }) {
      for (const pour of pours) {
        lost += pour.dead;
        moved += pour.count;
      }
    },
    died(ring, deaths, toll) {
      const { id, stage, weight } = ring;
      let sum = 0;
      for (let r = 0; r < toll.records; r++) {
        const fish = toll.fish[r]!;
        sum += fish;
        const ratio = weightOf({ day: today }, ring, toll, r) / weight;
        const late = toll.delay[r]! > 0;
        dead.push({
          day: today,
          assignment: id,
          stage,
          fish,
          late,
          ratio,
          ...causes[toll.cause[r]!]!,
        });
      }
      assertEquals(sum, deaths);
    },
    dayEnded({ day, batches }) {
      for (const { id, stage, population } of batches[0]!.assignments) {
        if (stage !== 6) continue;
        if (!rings.has(id)) rings.set(id, []);
        rings.get(id)!.push({ day, fish: population });
      }
      today = day + 1;
    },
  });
  return { dead, rings, eggs, lost, moved };
}

/** Lives of different batches and sites, enough to see what single ones hide. */
const LIVES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((seed) =>
  livedIn(fieldWorld(
    fieldBatch({
      seed,
      geography: seed % 2 === 0 ? "Scotland" : "Faroe Islands",
      start: `2023-${String(seed).padStart(2, "0")}-04`,
    }),
    seed,
  ))
);

/** Deaths of every whole week of every ring, as a share of its fish, ring by ring. */
function weeksOf({ dead, rings }: typeof LIVES[0]): number[][] {
  const died = new Map<string, number>();
  for (const { assignment, day, fish } of dead) {
    const week = `${assignment} ${Math.floor((day + 3) / 7)}`;
    died.set(week, (died.get(week) ?? 0) + fish);
  }
  return [...rings].map(([id, days]) => {
    const whole = days.filter(({ day }) => (day + 3) % 7 === 6).slice(1);
    return whole.map(({ day, fish }) => {
      const dead = died.get(`${id} ${Math.floor((day + 3) / 7)}`) ?? 0;
      return dead / (fish + dead);
    });
  });
}

function quantile(numbers: readonly number[], share: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(share * (numbers.length - 1))]!;
}

/** The correlation of pairs. */
function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length;
  const [mx, my] = [mean(0), mean(1)];
  let [xx, xy, yy] = [0, 0, 0];
  for (const [x, y] of pairs) {
    xx += (x - mx) * (x - mx);
    xy += (x - mx) * (y - my);
    yy += (y - my) * (y - my);
  }
  return xy / Math.sqrt(xx * yy);
}

const logarithm = (share: number) => Math.log(share + 0.00005);
const ringWeeks = LIVES.map(weeksOf);

Deno.test("most weeks of a ring are quiet, and a few kill many times as many", () => {
  const weeks = ringWeeks.flat(2);
  const usual = quantile(weeks, 0.5);
  assert(usual > 0.0002 && usual < 0.002, `median ${usual}`);
  assert(quantile(weeks, 0.95) > 5 * usual, `95th percentile ${quantile(weeks, 0.95)}`);
  const sorted = weeks.toSorted((a, b) => b - a);
  const sum = (some: readonly number[]) => some.reduce((all, one) => all + one, 0);
  const worst = sum(sorted.slice(0, sorted.length / 20));
  assert(worst > 0.25 * sum(sorted), `the worst twentieth of weeks kills ${worst / sum(sorted)}`);
});

Deno.test("a week is like the one before it, and like the week of another ring of the site", () => {
  const rings = ringWeeks.flat();
  const next = rings.flatMap((weeks) =>
    weeks.slice(1).map((one, w) => [logarithm(weeks[w]!), logarithm(one)] as const)
  );
  assert(correlation(next) > 0.4, `from week to week ${correlation(next)}`);
  // Of one life, so that it is not the site that differs.
  const beside = ringWeeks.map(([one, other]) =>
    correlation(one!.slice(0, 40).map((week, w) => [logarithm(week), logarithm(other![w]!)]))
  );
  assert(quantile(beside, 0.5) > 0.4, `from ring to ring ${beside}`);
});

Deno.test("rings die at different rates on different sites, and lives end with different numbers", () => {
  const shares = LIVES.map(({ dead, rings }) => {
    const put = [...rings.values()].reduce((sum, days) => sum + days[0]!.fish, 0);
    return dead.reduce((sum, one) => one.stage === 6 ? sum + one.fish : sum, 0) / put;
  });
  assert(quantile(shares, 0.5) > 0.03 && quantile(shares, 0.5) < 0.2, `${shares}`);
  assert(quantile(shares, 1) > 2 * quantile(shares, 0), `${shares}`);
});

Deno.test("the dead are not taken out every day, and on fewer days at weekends", () => {
  const taken = [0, 0];
  const days = [0, 0];
  for (const { dead, rings } of LIVES) {
    const found = new Set(dead.map(({ assignment, day }) => `${assignment} ${day}`));
    for (const [id, evenings] of rings) {
      for (const { day } of evenings) {
        const kind = isWeekend(day) ? 1 : 0;
        days[kind]!++;
        if (found.has(`${id} ${day}`)) taken[kind]!++;
      }
    }
  }
  const [weekday, weekend] = [taken[0]! / days[0]!, taken[1]! / days[1]!];
  assert(weekday > 0.8 && weekday < 0.95, `${weekday} of weekdays`);
  assert(weekend > 0.5 && weekend < 0.75, `${weekend} of weekend days`);
});

Deno.test("some of the dead are entered later, most have a cause, and they weigh less", () => {
  const dead = LIVES.flatMap((one) => one.dead);
  const late = dead.filter((one) => one.late).length / dead.length;
  assert(late > 0.1 && late < 0.2, `${late} late`);
  const fish = (some: readonly Dead[]) => some.reduce((sum, one) => sum + one.fish, 0);
  const sea = dead.filter(({ stage }) => stage === 6);
  const named = fish(sea.filter(({ cause }) => cause !== "UNKNOWN")) / fish(sea);
  assert(named > 0.6 && named < 0.95, `${named} named`);
  const ratio = quantile(sea.map((one) => one.ratio), 0.5);
  assert(ratio > 0.7 && ratio < 0.9, `${ratio} of the weight`);
  const of = (wanted: string) =>
    quantile(sea.filter(({ description }) => description === wanted).map((one) => one.ratio), 0.5);
  const [runts, bitten] = [of("Runts"), of("Bite marks")];
  assert(runts < 0.5 && bitten > 0.9, `runts ${runts}, bitten ${bitten}`);
  const kinds = rules.incidents.kinds.map(({ description }) => description);
  const excess = new Set(
    sea.map(({ description }) => description).filter((one) => kinds.includes(one)),
  );
  assert(excess.size >= 4, `incidents: ${[...excess]}`);
});

Deno.test("eggs, moves and the first weeks at sea cost what they do on farms", () => {
  let [early, late, lost, moved] = [0, 0, 0, 0];
  const kinds = new Set(rules.incidents.kinds.map(({ description }) => description));
  for (const one of LIVES) {
    const eggs = one.dead.reduce((sum, { stage, fish }) => stage === 1 ? sum + fish : sum, 0);
    assert(eggs > 0.018 * one.eggs && eggs < 0.09 * one.eggs, `${eggs} of ${one.eggs} eggs`);
    lost += one.lost;
    moved += one.moved;
    // An incident kills more than a move, whenever it comes.
    for (const { assignment, day, fish, description, stage } of one.dead) {
      if (stage !== 6 || kinds.has(description)) continue;
      const age = day - one.rings.get(assignment)![0]!.day;
      if (age < 21) early += fish / 21;
      else if (age >= 56 && age < 119) late += fish / 63;
    }
  }
  assert(lost > 0.0005 * moved && lost < 0.003 * moved, `${lost} of ${moved} moved`);
  assert(early > 1.3 * late, `${early / late} times as many in the first weeks`);
});

const few = fieldWorld(fieldBatch({ eggs: 60, seed: 3 }), 3);

Deno.test("a container never loses its last fish, however few there are", () => {
  const book = fishLaws(few);
  let fewest = Infinity;
  const farm = live(few, joined([book.events]), undefined, (evening) => {
    book.evening(evening);
    for (const { population } of evening.batches[0]!.assignments) {
      fewest = Math.min(fewest, population);
    }
  });
  assert(fewest >= 1 && fewest < 6, `${fewest} fish`);
  assertEquals(farm.batches[0]!.status, "COMPLETED");
});

Deno.test("the rows of windows are the deaths of a life without windows", () => {
  const world = fieldWorld(fieldBatch({ eggs: 200_000, seed: 5 }), 5);
  const told = livedIn(world).dead.map((one) =>
    [isoOf(one.day), one.fish, one.cause, one.description, one.assignment].join()
  );
  const rows = csvOfDays(world).get("batch_mortalityevent")!.trim().split("\n");
  const written = rows.map((row) => {
    const [, day, fish, , cause, description] = row.split(",");
    return [day, fish, cause, description, row.split(",").at(-1)].join();
  });
  assertEquals(written.length, told.length);
  assertEquals(written, told);
  const late = rows.filter((row) => row.split(",")[6]!.slice(0, 10) > row.split(",")[1]!);
  assert(late.length > 0.1 * rows.length && late.length < 0.2 * rows.length);
});

Deno.test("what is lost in a move stands in its row, and what arrives beside it", () => {
  const world = fieldWorld(fieldBatch({ eggs: 200_000, seed: 5 }), 5);
  const { lost, moved } = livedIn(world);
  const { columns } = tableNamed("batch_transferaction");
  const rows = csvOfDays(world).get("batch_transferaction")!.trim().split("\n");
  const sumOf = (name: string) => {
    const at = columns.findIndex((column) => column.name === name);
    return rows.reduce((sum, row) => sum + Number(row.split(",")[at]), 0);
  };
  assert(lost > 100);
  assertEquals([sumOf("mortality_during_transfer"), sumOf("transferred_count")], [lost, moved]);
  assertEquals(sumOf("source_population_before"), lost + moved);
});
