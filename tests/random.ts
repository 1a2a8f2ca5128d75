/**
 * Chance in tests. The seed is printed and can be given, `REDD_TEST_SEED=7`; properties run as often
 * as is quick, and `REDD_TEST_RUNS=10` times as often; kills come in threes, or `REDD_KILLS=20`.
 */
import fc from "fast-check";

function wholeOf(name: string): number | undefined {
  const text = Deno.env.get(name);
  if (text === undefined || text === "") return undefined;
  const number = Number(text);
  if (Number.isInteger(number)) return number;
  throw new Error(`${name} is ${text}, expected a whole number`);
}

/** The seed of every random test of this run. */
export const SEED = wholeOf("REDD_TEST_SEED") ??
  crypto.getRandomValues(new Int32Array(1))[0]!;

/** How often something is killed at a random moment. */
export const KILLS = wholeOf("REDD_KILLS") ?? 3;

const FACTOR = wholeOf("REDD_TEST_RUNS") ?? 1;

/** How often a property runs that takes `quick` runs by default. */
export function runs(quick: number): number {
  return quick * FACTOR;
}

fc.configureGlobal({ seed: SEED, ...(FACTOR === 1 ? {} : { numRuns: 100 * FACTOR }) });
Deno.stdout.writeSync(new TextEncoder().encode(`REDD_TEST_SEED=${SEED}\n`));

/** Numbers from 0 to below 1 that follow from the seed (mulberry32). */
export function chance(): () => number {
  let state = SEED | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export { fc };
