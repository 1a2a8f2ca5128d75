// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import {
  aimA,
  aimB,
  keyOf,
  mix,
  type Purpose,
  PURPOSES,
  type RandomKey,
  unit,
  valueAt,
  wholeOf,
} from "../../src/chance/addressed.ts";
import { fc } from "../random.ts";

const purposes = Object.keys(PURPOSES) as Purpose[];

/** The value of an address. */
function at(key: RandomKey, day: number, ordinal: number, item: number): number {
  return valueAt(aimA(key, day, ordinal), aimB(key, day, ordinal), item);
}

/** Different addresses for different i: day, container, item. */
function address(i: number): [number, number, number] {
  return [i % 900, Math.floor(i / 900) % 20, Math.floor(i / 18_000)];
}

/** Chi-square of counts that should be even. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
}

/** Holds values against an even spread over 256 cells; 378 is passed once in a million times. */
function assertEven(values: Iterable<number>, what: string): void {
  const counts = new Array<number>(256).fill(0);
  for (const value of values) counts[value >>> 24]!++;
  const found = chiSquare(counts);
  assert(found < 378 && found > 155, `${what}: chi-square ${found} at 255 degrees of freedom`);
}

Deno.test("a value depends on its address, not on what was asked before", () => {
  const key = keyOf(7, "reading", "FI-2024-001");
  const anywhere = fc.tuple(fc.nat(900), fc.nat(19), fc.nat(96));
  fc.assert(fc.property(fc.array(anywhere, { minLength: 2, maxLength: 20 }), (addresses) => {
    const forward = addresses.map((one) => at(key, ...one));
    const backward = addresses.toReversed().map((one) => at(key, ...one)).reverse();
    assertEquals(forward, backward);
  }));
});

Deno.test("a value is a whole number of 32 bits", () => {
  const key = keyOf(Number.MAX_SAFE_INTEGER, "death", "S");
  fc.assert(fc.property(fc.nat(900), fc.nat(19), fc.nat(96), (day, ordinal, item) => {
    const value = at(key, day, ordinal, item);
    assert(Number.isInteger(value) && value >= 0 && value < 2 ** 32);
  }));
});

Deno.test("mix() is a bijection in which every input bit reaches half of the output bits", () => {
  const images = new Set<number>();
  for (let x = -50_000; x < 50_000; x++) images.add(mix(x));
  assertEquals(images.size, 100_000);
  for (let bit = 0; bit < 32; bit++) {
    let flipped = 0;
    for (let x = 0; x < 2000; x++) {
      let difference = mix(x * 7919) ^ mix((x * 7919) ^ (1 << bit));
      for (; difference !== 0; difference &= difference - 1) flipped++;
    }
    assert(Math.abs(flipped / 2000 - 16) < 1, `bit ${bit} flips ${flipped / 2000} bits`);
  }
});

Deno.test("seeds, purposes and names have keys of their own", () => {
  const keys = new Set<string>();
  let made = 0;
  for (const seed of [0, 1, 2, 7, 2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER]) {
    for (const purpose of purposes) {
      for (let n = 0; n < 200; n++) {
        const { a, b } = keyOf(seed, purpose, `FAR-2021-${String(n).padStart(3, "0")}`);
        keys.add(`${a} ${b}`);
        made++;
      }
    }
  }
  assertEquals(keys.size, made);
});

Deno.test("purposes keep their numbers, since datasets depend on them", () => {
  assertEquals(PURPOSES.reading, 1);
  assertEquals(PURPOSES.death, 2);
  assertEquals(PURPOSES.sampledWeight, 3);
  assertEquals(PURPOSES.sampledLength, 4);
  assertEquals(PURPOSES.harvestTarget, 5);
  const numbers = Object.values<number>(PURPOSES);
  assertEquals(new Set(numbers).size, numbers.length);
});

Deno.test("values of different addresses coincide no more often than chance has it", () => {
  const key = keyOf(7, "reading", "FI-2024-001");
  const values = new Set<number>();
  let asked = 0;
  for (let day = 0; day < 200; day++) {
    for (let ordinal = 0; ordinal < 10; ordinal++) {
      for (let item = 0; item < 96; item += 2, asked++) values.add(at(key, day, ordinal, item));
    }
  }
  // n^2 / 2^33 pairs of 96,000 values: 1.1 expected.
  assert(asked - values.size <= 8, `${asked - values.size} of ${asked} values coincide`);
});

Deno.test("values are even over days, containers, items, batches and seeds", () => {
  const key = keyOf(7, "reading", "FI-2024-001");
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  assertEven(range(60_000).map((day) => at(key, day, 3, 5)), "days");
  assertEven(range(60_000).map((ordinal) => at(key, 3, ordinal, 5)), "containers");
  assertEven(range(60_000).map((item) => at(key, 3, 5, item)), "items");
  assertEven(range(60_000).map((i) => at(key, ...address(i))), "all at once");
  assertEven(range(60_000).map((n) => at(keyOf(7, "death", `FI-${n}`), 3, 5, 0)), "batches");
  assertEven(range(60_000).map((seed) => at(keyOf(seed, "death", "FI"), 3, 5, 0)), "seeds");
});

Deno.test("low bits are as even as high bits", () => {
  const key = keyOf(7, "sampledWeight", "SCO-2024-001");
  const values = Array.from({ length: 60_000 }, (_, i) => at(key, ...address(i)) << 24);
  assertEven(values, "low byte");
});

Deno.test("neighbouring addresses are independent", () => {
  const key = keyOf(7, "death", "FI-2024-001");
  const neighbours = [[1, 0, 0], [0, 1, 0], [0, 0, 1]] as const;
  for (const [days, ordinals, items] of neighbours) {
    const counts = new Array<number>(256).fill(0);
    for (let i = 0; i < 60_000; i++) {
      const [day, ordinal, item] = [i % 500, i % 11, Math.floor(i / 500)];
      const one = at(key, day, ordinal, item) >>> 28;
      const other = at(key, day + days, ordinal + ordinals, item + items) >>> 28;
      counts[one << 4 | other]!++;
    }
    const found = chiSquare(counts);
    assert(
      found < 378,
      `chi-square ${found} of pairs a step of ${days},${ordinals},${items} apart`,
    );
  }
});

Deno.test("the same values for another purpose, batch or seed are independent", () => {
  const one = keyOf(7, "sampledWeight", "FI-2024-001");
  const others = [
    keyOf(7, "sampledLength", "FI-2024-001"),
    keyOf(7, "sampledWeight", "FI-2024-002"),
    keyOf(8, "sampledWeight", "FI-2024-001"),
  ];
  for (const other of others) {
    const counts = new Array<number>(256).fill(0);
    for (let i = 0; i < 60_000; i++) {
      const pair = at(one, ...address(i)) >>> 28 << 4 | at(other, ...address(i)) >>> 28;
      counts[pair]!++;
    }
    const found = chiSquare(counts);
    assert(found < 378, `chi-square ${found}`);
  }
});

Deno.test("unit() lies strictly between 0 and 1", () => {
  assert(unit(0) > 0);
  assert(unit(2 ** 32 - 1) < 1);
  assertEquals(unit(2 ** 31 - 1) < 0.5 && unit(2 ** 31) > 0.5, true);
});

Deno.test("wholeOf() reaches both ends of its span and nothing beyond", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.nat(1e6),
      fc.integer({ min: 1, max: 1e6 }),
      (u, low, span) => {
        const value = wholeOf(u, low, span);
        assert(Number.isInteger(value) && value >= low && value < low + span);
      },
    ),
  );
  assertEquals(wholeOf(0, 90, 21), 90);
  assertEquals(wholeOf(2 ** 32 - 1, 90, 21), 110);
});

Deno.test("values are pinned, since they reach the bytes", () => {
  // A change here changes every dataset: it needs a new version, not a new number in this test.
  const key = keyOf(42, "reading", "FI-2025-001");
  assertEquals(key, { a: 704766279, b: -533414835 });
  assertEquals(
    [[0, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0], [899, 19, 95]].map(([day, ordinal, item]) =>
      at(key, day!, ordinal!, item!)
    ),
    [1171873068, 3000052842, 281122760, 2724541371, 673729786],
  );
  const large = keyOf(Number.MAX_SAFE_INTEGER, "harvestTarget", "SCO-2031-099");
  assertEquals(valueAt(large.a, large.b, 0), 313602544);
});
