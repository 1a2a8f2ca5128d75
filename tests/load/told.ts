/** What a load that has come to its end must have told on its way. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import type { LoadProgress } from "../../src/load/progress.ts";

/**
 * Nothing goes back or beyond its whole, everything is done at the end and not before the commit,
 * and of each kind of step every number is told up to the last.
 */
export function assertTold(told: readonly LoadProgress[]): void {
  const share = ({ work }: LoadProgress) => {
    for (const { phase, done, all } of work) assert(done <= all * (1 + 1e-9), `${phase}: ${done}`);
    const sum = (key: "done" | "all") => work.reduce((total, one) => total + one[key], 0);
    return sum("done") / sum("all");
  };
  told.reduce((before, one) => {
    assert(share(one) >= before - 1e-9, `${one.phase} ${share(one)} after ${before}`);
    return share(one);
  }, 0);
  const [first, last] = [told[0]!, told.at(-1)!];
  assertEquals([last.phase, last.rows, last.bytes], ["commit", last.totalRows, last.totalBytes]);
  assertEquals(first.rows, first.rowsBefore);
  for (const { phase, done, all } of last.work) {
    if (phase !== "commit") assert(Math.abs(done - all) <= all * 1e-9, `${phase}: ${done}`);
  }
  assert(share(last) < 1, "the commit is still to come");
  const steps = Map.groupBy(told.flatMap(({ step }) => step ?? []), ({ what }) => what);
  for (const [what, own] of steps) {
    const { of } = own[0]!;
    const numbers = [...new Set(own.map(({ number }) => number))].sort((a, b) => a - b);
    assertEquals(new Set(own.map((step) => step.of)).size, 1, what);
    const from = numbers[0]!;
    assertEquals(numbers, Array.from({ length: of + 1 - from }, (_, i) => from + i), what);
  }
}

/** How many steps of each kind there are, and the number of the first that was told. */
export function stepsOf(told: readonly LoadProgress[]): Record<string, [number, number]> {
  const firsts: Record<string, [number, number]> = {};
  for (const { step } of told) if (step !== undefined) firsts[step.what] ??= [step.number, step.of];
  return firsts;
}
