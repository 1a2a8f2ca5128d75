/** The time that is left, on runs that `recorded/record.ts` has recorded, and on made-up ones. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { z } from "zod";
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

if (import.meta.main) {
  for (const run of runs) {
    const ratios = [0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9].map((share) =>
      ratioAt(run, share).toFixed(2).padStart(7)
    );
    console.log(run.name.padEnd(28), String(run.ms).padStart(8), ...ratios);
    const spent = new Map<string, number>();
    let last: WorkEvent | undefined;
    for (const e of run.events) {
      if (last) spent.set(last.phase, (spent.get(last.phase) ?? 0) + e.ms - last.ms);
      last = e;
    }
    spent.set(last!.phase, (spent.get(last!.phase) ?? 0) + run.ms - last!.ms);
    const first = new Map<string, WorkEvent>();
    for (const e of run.events) if (!first.has(e.phase)) first.set(e.phase, e);
    console.log(
      "   ",
      [...spent].map(([p, t]) => {
        const f = first.get(p)!;
        const l = run.events.findLast((e) => e.phase === p)!;
        return `${p} ${Math.round(l.done - f.done)}→${Math.round(t)} (${
          (t / (l.done - f.done)).toFixed(2)
        })`;
      }).join(", "),
    );
  }
}
