/** What tests of a report's figures ask of the rows themselves, and how they compare. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import type { Engine } from "../../src/catalogue/engine.ts";

/** The one row of a query on all columns of all tables. */
export async function rowOf(engine: Engine, sql: string): Promise<Record<string, unknown>> {
  const [only, ...more] = await engine.ask({ sql, args: [], limit: 2, tables: [], own: true });
  assertEquals(more, []);
  return { ...only };
}

/** The sum of numbers, of which some may be missing. */
export function sum(numbers: readonly (number | null)[]): number {
  return numbers.reduce<number>((all, one) => all + (one ?? 0), 0);
}

/** Asserts that two numbers differ by so much at most. */
export function near(a: number, b: number, within: number): void {
  assert(Math.abs(a - b) <= within, `${a} and ${b} differ by more than ${within}`);
}
