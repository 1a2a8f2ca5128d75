// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { buildWorld } from "../../src/generate/build_world.ts";
import { advanceDay, newFarm } from "../../src/farm/day.ts";
import { isoOf } from "../../src/farm/days.ts";
import { type Events, joined } from "../../src/farm/events.ts";
import { documented } from "../../src/biology/documented/documented.ts";
import { factsOf, type World, worldOf as worldIn } from "../../src/farm/world.ts";
import {
  countingListeners,
  DAY_TABLES,
  dayNumbersFrom,
  type DayParts,
  type DayTable,
  renderRows,
} from "../../src/render/day_rows.ts";
import { PartWriter } from "../../src/render/part.ts";
import type { Schedule } from "../../src/schedule/format.ts";
import { passOver } from "../../src/generate/pass.ts";
import {
  fixtures,
  hearing,
  oneAfterTheOther,
  oneBatch,
  places,
  twoInOneArea,
  type Wish,
  worldOf,
} from "../small_farm.ts";
import { GRADUAL, GRADUAL_REMEMBERING } from "../gradual.ts";
import { inTurn } from "../in_turn.ts";
import { feedLaws, fishLaws, type LawBook } from "./laws.ts";
import { fc, runs } from "../random.ts";

const wish: fc.Arbitrary<Wish> = fc.record({
  eggs: fc.integer({ min: 100_000, max: 5_000_000 }),
  geography: fc.constantFrom("Faroe Islands", "Scotland"),
  start: fc.integer({ min: 11_000, max: 30_000 }).map(isoOf),
  duration: fc.integer({ min: 1, max: 900 }),
  seed: fc.nat(Number.MAX_SAFE_INTEGER),
});

/** At most what leaves rings for a second batch in an area of twenty. */
const shared = fc.tuple(
  wish.map((one): Wish => ({ ...one, eggs: Math.min(one.eggs!, 3_500_000) })),
  fc.integer({ min: 0, max: 400 }),
).map(([one, later]) => twoInOneArea({ ...one, duration: 900 }, later));

const following = fc.tuple(wish, fc.integer({ min: 90, max: 200 }), fc.nat(690))
  .map(([one, later, more]) => oneAfterTheOther({ ...one, duration: later + 1 + more }, later));

/** Schedules whose batches never use a container one after the other. */
const apart = fc.oneof(
  { arbitrary: wish.map(oneBatch), weight: 2 },
  { arbitrary: shared, weight: 1 },
);

const schedules: fc.Arbitrary<Schedule> = fc.oneof(
  { arbitrary: apart, weight: 3 },
  { arbitrary: following, weight: 1 },
);

const seeds = fc.nat(Number.MAX_SAFE_INTEGER);

/** The biologies that laws must hold in: the documented one, and some that are slower to move. */
const MODELS = { documented, gradual: GRADUAL, remembering: GRADUAL_REMEMBERING };

/** A schedule and the biology in which it is lived. */
interface Case {
  readonly schedule: Schedule;
  readonly seed: number;
  readonly model: keyof typeof MODELS;
}

/** A plan frees a container for the next batch on the day on which the documented one moves. */
const cases: fc.Arbitrary<Case> = fc.oneof(
  {
    arbitrary: fc.record({
      schedule: schedules,
      seed: seeds,
      model: fc.constant("documented" as const),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      schedule: apart,
      seed: seeds,
      model: fc.constantFrom("gradual" as const, "remembering" as const),
    }),
    weight: 1,
  },
  {
    arbitrary: fc.record({
      schedule: fc.tuple(apart, fc.integer({ min: 2, max: 30 }))
        .map(([schedule, transitionDays]) => inTurn(schedule, { transitionDays })),
      seed: seeds,
      model: fc.constant("documented" as const),
    }),
    weight: 1,
  },
);

function worldOfCase({ schedule, seed, model }: Case): World {
  return worldIn(factsOf(worldOf(schedule, seed)), MODELS[model]);
}

/** Lives a schedule under a book of laws. */
function hold(schedule: Schedule, seed: number, bookOf: (world: World) => LawBook) {
  holdIn(worldOf(schedule, seed), bookOf);
}

/** The world of a schedule whose silos and barges another farm has filled. */
function besideAnother(schedule: Schedule, seed: number): World {
  const parts = { schedule, fixtures, infrastructure: places, seed };
  return buildWorld({ ...parts, initialFeed: false });
}

function holdIn(world: World, bookOf: (world: World) => LawBook) {
  const book = bookOf(world);
  const farm = newFarm(world);
  const events = hearing(book.events);
  while (farm.day < world.asOf) {
    advanceDay(farm, world, events);
    book.evening(farm);
  }
}

Deno.test("no fish appears or vanishes, and no container holds two batches", () => {
  fc.assert(fc.property(cases, (one) => holdIn(worldOfCase(one), fishLaws)), {
    numRuns: runs(200),
  });
});

Deno.test("no feed appears or vanishes, is eaten early or out of turn, or overfills a store", () => {
  fc.assert(fc.property(cases, (one) => holdIn(worldOfCase(one), feedLaws)), {
    numRuns: runs(40),
  });
});

Deno.test("without initial feed, all is bought when it is needed and leaves another's room", () => {
  fc.assert(
    fc.property(
      schedules,
      seeds,
      (schedule, seed) => holdIn(besideAnother(schedule, seed), feedLaws),
    ),
    { numRuns: runs(40) },
  );
});

Deno.test("a barge whose largest meal fills half of it holds one feed, whoever eats from it", () => {
  const wish = { start: "2000-02-13", eggs: 3_300_791, duration: 900, target: 6.353 };
  const schedule = twoInOneArea({ ...wish, geography: "Faroe Islands" }, 34);
  holdIn(besideAnother(schedule, 6), feedLaws);
});

Deno.test("fish live the same lives with initial feed and without", () => {
  fc.assert(
    fc.property(schedules, seeds, (schedule, seed) => {
      const { batches } = passOver(worldOf(schedule, seed)).end;
      assertEquals(passOver(besideAnother(schedule, seed)).end.batches, batches);
    }),
    { numRuns: runs(10) },
  );
});

Deno.test("the largest farms keep the laws, whatever the biomass limits say (B-29)", () => {
  const largest = { eggs: 5_000_000, duration: 900 };
  for (const bookOf of [fishLaws, feedLaws]) {
    hold(oneBatch(largest), 1, bookOf);
    hold(twoInOneArea({ ...largest, eggs: 2_300_000 }, 30), 1, bookOf);
    hold(oneAfterTheOther(largest, 90), 1, bookOf);
    holdIn(besideAnother(oneBatch(largest), 1), bookOf);
    holdIn(besideAnother(twoInOneArea({ ...largest, eggs: 2_300_000 }, 30), 1), bookOf);
  }
});

/** Parts that take every row and keep none; `rows` counts them. */
function nowhere(): DayParts {
  const sink = { write() {} };
  const entries = Object.keys(DAY_TABLES).map((key) => [key, new PartWriter(sink, 4096)]);
  return Object.fromEntries(entries) as DayParts;
}

Deno.test("counting and rendering agree on every number of every evening", () => {
  fc.assert(
    fc.property(cases, (one) => {
      const world = worldOfCase(one);
      const rendered = newFarm(world, dayNumbersFrom(1));
      const counted = newFarm(world, dayNumbersFrom(1));
      const parts = nowhere();
      const render = renderRows(rendered, world, parts);
      const count = joined(countingListeners(counted, world));
      while (rendered.day < world.asOf) {
        advanceDay(rendered, world, render);
        advanceDay(counted, world, count);
        assertEquals(rendered.numbers, counted.numbers, isoOf(rendered.day));
      }
      for (const key of Object.keys(DAY_TABLES) as DayTable[]) {
        assertEquals(parts[key].rows, counted.numbers[key] - 1, key);
      }
    }),
    { numRuns: runs(20) },
  );
});

Deno.test("a farm lived on from a snapshot ends like the farm that was never stopped", () => {
  fc.assert(
    fc.property(cases, (one) => {
      const world = worldOfCase(one);
      const pass = passOver(world);
      pass.windows.forEach((window, i) => {
        const farm = structuredClone(pass.snapshots[i]!);
        assertEquals(farm.day, window.from);
        const count = joined(countingListeners(farm, world));
        while (farm.day < window.to) advanceDay(farm, world, count);
        assertEquals(farm, pass.snapshots[i + 1] ?? pass.end, window.name);
      });
    }),
    { numRuns: runs(20) },
  );
});

Deno.test("windows are the months of a dataset without gap or overlap", () => {
  fc.assert(
    fc.property(wish, (one) => {
      const world = worldOf(oneBatch(one));
      const { windows } = passOver(world);
      assertEquals(windows[0]!.from, world.firstDay);
      assertEquals(windows.at(-1)!.to, world.asOf);
      windows.forEach(({ name, from, to }, i) => {
        assert(from < to);
        assertEquals([isoOf(from).slice(0, 7), isoOf(to - 1).slice(0, 7)], [name, name]);
        if (i > 0) {
          assertEquals(from, windows[i - 1]!.to);
          assertEquals(isoOf(from).slice(8), "01");
        }
      });
    }),
    { numRuns: runs(30) },
  );
});

Deno.test("listeners hear the events of a day in the order of its phases", () => {
  const world = worldOf(twoInOneArea({ eggs: 200_000, duration: 460 }, 0));
  const heard: string[] = [];
  const note = (word: string) => () => {
    if (heard.at(-1) !== word) heard.push(word);
  };
  const names = Object.keys(joined([])) as (keyof Events)[];
  const events = joined(names.map((name) => ({ [name]: note(name) })));
  const farm = newFarm(world);
  while (farm.day < world.asOf) {
    heard.length = 0;
    advanceDay(farm, world, events);
    // Both batches go through a phase before the next begins: only meals return, after the deaths.
    const phases = heard.filter((word) => !["drawn", "received"].includes(word));
    const words = phases.filter((word, i) => word !== phases[i - 1]).join(" ");
    const creation = "(created planned )*";
    const feeding = "( fed)?( died)?( fed)?( grew)?( weighed)?";
    const health = "( liceCounted)?( healthSampled)?( vaccinated)?( treated)?( journalKept)?";
    const day = `^(harvested )?${creation}(moved )?read${feeding}${health} dayEnded$`;
    assertMatch(words, new RegExp(day));
  }
});
