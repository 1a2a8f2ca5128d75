/** The time that is left, on runs that `recorded/record.ts` has recorded, and on made-up ones. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import {
  type Course,
  eventsOf,
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
  .filter((name) => name.endsWith(".json")).sort().map((name) => {
    const { ms, events } = runSchema.parse(
      JSON.parse(Deno.readTextFileSync(`${RECORDED}/${name}`)),
    );
    return {
      name: name.slice(0, -5),
      ms,
      events: events.map(([phase, done, all, ms]): WorkEvent => ({ phase, done, all, ms })),
    };
  });

function courseAt(events: readonly WorkEvent[], ms: number): Course {
  return events.filter((event) => event.ms <= ms).reduce(withEvent, UNKNOWN_COURSE);
}

/** How many times as much as the truth the estimate is at a share of a run. */
function ratioAt({ ms, events }: typeof runs[number], share: number): number {
  const now = share * ms;
  return (timeLeft(courseAt(events, now), now) ?? NaN) / (ms - now);
}

Deno.test("the estimate at half time is within a factor of two of the truth", () => {
  assert(runs.length >= 10);
  for (const run of runs) {
    const ratio = ratioAt(run, 0.5);
    assert(ratio > 0.5 && ratio < 2, `${run.name}: ${ratio}`);
  }
});

Deno.test("what was done before a run counts for nothing in its pace", () => {
  const at = (before: number) => {
    const all = before + 1000;
    const events = [0, 100, 200].map((done): WorkEvent => (
      { phase: "copy", done: before + done, all, ms: 10 * done }
    ));
    return timeLeft(courseAt(events, 2000), 2000)!;
  };
  assertAlmostEquals(at(1_000_000), at(0), 1);
});

Deno.test("eventsOf() tells the phase that a run is at last, and of the others what is new", () => {
  const work = [
    { phase: "copy", done: 5, all: 10 },
    { phase: "count", done: 0, all: 4 },
  ];
  const events = eventsOf(UNKNOWN_COURSE, work, "copy", 7);
  assertEquals(events.map(({ phase, ms }) => [phase, ms]), [["count", 7], ["copy", 7]]);
  const course = events.reduce(withEvent, UNKNOWN_COURSE);
  assertEquals(eventsOf(course, work, "copy", 8).map(({ phase }) => phase), ["copy"]);
});
