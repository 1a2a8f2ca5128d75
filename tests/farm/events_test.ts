import { assertEquals } from "@std/assert";
import { joined, type Listener } from "../../src/farm/events.ts";
import type { Assignment, Farm } from "../../src/farm/state.ts";

const assignment = { id: 7 } as Assignment;

Deno.test("joined() tells every listener in turn, with all that it was told", () => {
  for (const event of ["died", "drawn"] as const) {
    for (let count = 0; count <= 5; count++) {
      const heard: unknown[] = [];
      const listeners = Array.from({ length: count }, (_, n): Listener => ({
        [event]: (...args: unknown[]) => void heard.push([n, ...args]),
      }));
      const tell = joined(listeners)[event] as (...args: unknown[]) => void;
      tell(assignment, 3, 250);
      const expected = listeners.map((_, n) => [n, assignment, 3, 250]);
      assertEquals(heard, expected, `${count} listeners to ${event}`);
    }
  }
});

Deno.test("joined() passes over listeners that do not hear an event", () => {
  const heard: string[] = [];
  const events = joined([
    { grew: () => void heard.push("grew") },
    {},
    { fed: () => void heard.push("fed"), dayEnded: () => void heard.push("ended") },
  ]);
  events.grew(assignment);
  events.weighed(assignment);
  events.fed(assignment, {
    amount: 1,
    biomass: 1,
    cost: 1,
    feedId: 1,
    leftoverId: 0,
    hour: 8,
    percent: 1,
  });
  events.dayEnded({} as Farm);
  assertEquals(heard, ["grew", "fed", "ended"]);
});
