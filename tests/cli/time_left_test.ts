/** The time that is left, on runs that `recorded/record.ts` has recorded, and on made-up ones. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { fc } from "../random.ts";
import {
  type Course,
  eventsOf,
  shareDone,
  timeLeft,
  UNKNOWN_COURSE,
  withEvent,
  type WorkEvent,
} from "../../cli/time_left.ts";

const RECORDED = fileURLToPath(new URL("recorded", import.meta.url));

/** How long a run took in all, in milliseconds, and what it told: phase, done, all, when. */
const runSchema = z.strictObject({
  ms: z.number(),
  events: z.array(z.tuple([z.string(), z.number(), z.number(), z.number()])),
});

const runs = Array.from(Deno.readDirSync(RECORDED), ({ name }) => name)
  .flatMap((name) => name.endsWith(".json") ? [name.slice(0, -5)] : []).sort().map((name) => {
    const { ms, events } = runSchema.parse(
      JSON.parse(Deno.readTextFileSync(`${RECORDED}/${name}.json`)),
    );
    return {
      name,
      ms,
      events: events.map(([phase, done, all, ms]): WorkEvent => ({ phase, done, all, ms })),
    };
  });

type Run = typeof runs[number];

function courseAt(events: readonly WorkEvent[], ms: number): Course {
  return events.filter((event) => event.ms <= ms).reduce(withEvent, UNKNOWN_COURSE);
}

/** How many times as much as the truth the estimate is at a share of a run. */
function ratioAt({ ms, events }: Run, share: number): number {
  const now = share * ms;
  return (timeLeft(courseAt(events, now), now) ?? NaN) / (ms - now);
}

Deno.test("there are recordings of every kind of run", () => {
  assertEquals(runs.map(({ name }) => name), [
    "extend",
    "generate",
    "generate-resumed",
    "load-deferred",
    "load-deferred-empty",
    "load-extended",
    "load-rebuild",
    "load-rebuild-alone",
    "load-rebuild-resumed",
    "load-rebuild-resumed-late",
    "merge",
  ]);
});

for (const run of runs) {
  Deno.test(`${run.name}: at half time what is left is known within a factor of two`, () => {
    const ratio = ratioAt(run, 0.5);
    assert(ratio > 1 / 2 && ratio < 2, `${ratio} times the truth`);
  });

  Deno.test(`${run.name}: a quarter and three quarters on, it is known within a factor of three`, () => {
    for (const share of [0.25, 0.75]) {
      const ratio = ratioAt(run, share);
      assert(ratio > 1 / 3 && ratio < 3, `at ${share}: ${ratio} times the truth`);
    }
  });

  Deno.test(`${run.name}: never is much more promised than the whole run takes`, () => {
    run.events.reduce((before, event, i) => {
      const course = withEvent(before, event);
      // What is told at a moment is told together.
      if (run.events[i + 1]?.ms === event.ms) return course;
      const left = timeLeft(course, event.ms);
      if (event.phase === "plan" && left === undefined) return course;
      assert(left !== undefined);
      assert(left >= 0 && left < 3 * run.ms, `${left} ms left at ${event.ms} of ${run.ms} ms`);
      assert(shareDone(course) >= shareDone(before) - 1e-6, `the share falls at ${event.ms} ms`);
      return course;
    }, UNKNOWN_COURSE);
  });
}

/** A run of two phases, 10 s and 30 s of another machine, of which so much was done before. */
function begun(done = 0, built = 0): WorkEvent[] {
  return [{ phase: "indexes", done: built, all: 30_000, ms: 0 }, copied(done, 0)];
}

function copied(done: number, ms: number): WorkEvent {
  return { phase: "copy", done, all: 10_000, ms };
}

function after(...events: WorkEvent[]): Course {
  return events.reduce(withEvent, UNKNOWN_COURSE);
}

Deno.test("nothing is promised before any work is known", () => {
  assertEquals(timeLeft(UNKNOWN_COURSE, 1000), undefined);
  assertEquals(shareDone(UNKNOWN_COURSE), 0);
});

Deno.test("a machine that is as fast as expected keeps what is expected", () => {
  assertAlmostEquals(timeLeft(after(...begun()), 0)!, 40_000, 1);
  assertAlmostEquals(timeLeft(after(...begun(), copied(4000, 4000)), 4000)!, 36_000, 1);
  assertAlmostEquals(timeLeft(after(...begun()), 4000)!, 36_000, 1);
});

Deno.test("the pace of a phase tells that of the others, and its own better", () => {
  // Three times as slow as expected; the indexes are supposed to be so too.
  const slow = after(...begun(), copied(10_000, 30_000));
  assertAlmostEquals(timeLeft(slow, 30_000)!, 90_000, 5000);
  // They are not: what they take themselves counts.
  const index = (done: number, ms: number) => ({ phase: "indexes", done, all: 30_000, ms });
  const fast = [index(0, 30_000), index(15_000, 45_000)].reduce(withEvent, slow);
  assertAlmostEquals(timeLeft(fast, 45_000)!, 15_000, 2000);
});

Deno.test("what an earlier run has done counts as done, and not as pace", () => {
  const resumed = after(...begun(9000, 5000), copied(9500, 500));
  assertAlmostEquals(timeLeft(resumed, 500)!, 25_500, 1);
  assertEquals(shareDone(resumed), 14_500 / 40_000);
});

Deno.test("a step that takes longer than it should never leaves nothing, and slows the rest", () => {
  const at = (ms: number) => timeLeft(after(...begun()), ms)!;
  assertAlmostEquals(at(8000), 32_000, 1);
  assert(at(20_000) > 30_000, "the indexes are still to come");
  const last = (ms: number) => timeLeft(after({ phase: "copy", done: 0, all: 10_000, ms: 0 }), ms)!;
  for (const ms of [10_000, 20_000, 100_000, 1e9]) assert(last(ms) > 0);
});

Deno.test("a few slow rows at the beginning do not promise a day", () => {
  // The first table took 200 ms for a thousandth of what it takes to copy all.
  const slow = after(...begun(), copied(10, 200));
  assert(timeLeft(slow, 200)! < 2 * 40_000, `${timeLeft(slow, 200)}`);
});

Deno.test("a phase without work takes its time, and makes no other slow", () => {
  const planned = [{ phase: "plan", done: 0, all: 0, ms: 0 }].reduce(withEvent, UNKNOWN_COURSE);
  assertEquals(timeLeft(planned, 60_000), undefined);
  const work = [{ phase: "copy", done: 0, all: 10_000 }, { phase: "commit", done: 0, all: 1000 }];
  const course = eventsOf(planned, work, "wipe", 60_000).reduce(withEvent, planned);
  const copying = eventsOf(course, work, "copy", 90_000).reduce(withEvent, course);
  assertAlmostEquals(timeLeft(copying, 90_000)!, 11_000, 1);
});

Deno.test("eventsOf() tells the phase that is under way last, and of others what is new", () => {
  const work = [
    { phase: "copy", done: 5, all: 10 },
    { phase: "indexes", done: 0, all: 30 },
    { phase: "commit", done: 0, all: 1 },
  ];
  const first = eventsOf(UNKNOWN_COURSE, work, "copy", 7);
  assertEquals(first.map(({ phase }) => phase), ["indexes", "commit", "copy"]);
  assertEquals(first.at(-1), { phase: "copy", done: 5, all: 10, ms: 7 });
  const course = first.reduce(withEvent, UNKNOWN_COURSE);
  assertEquals(eventsOf(course, work, "copy", 8).map(({ phase }) => phase), ["copy"]);
  const [copy, ...rest] = eventsOf(course, work.with(0, { ...work[0]!, done: 10 }), "indexes", 9);
  assertEquals([copy?.phase, rest.map(({ phase }) => phase)], ["copy", ["indexes"]]);
  assertEquals(withEvent(course, first.at(-1)!), course);
});

Deno.test("whatever is told, what is left is a number and not below nothing", () => {
  const event = fc.record({
    phase: fc.constantFrom("copy", "indexes", "commit"),
    done: fc.nat(1000),
    more: fc.nat(1000),
    wait: fc.nat(10_000),
  });
  fc.assert(fc.property(fc.array(event), fc.nat(100_000), (told, later) => {
    let ms = 0;
    const course = told.reduce((before, { phase, done, more, wait }) => {
      ms += wait;
      return withEvent(before, { phase, done, all: done + more, ms });
    }, UNKNOWN_COURSE);
    const left = timeLeft(course, ms + later);
    assert(told.length === 0 || (Number.isFinite(left) && left! >= 0), `${left}`);
  }));
});
