// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { workerPartitions } from "../../src/schedule/partitions.ts";
import { fc } from "../random.ts";

Deno.test("144 batches make 14 slices, the first four one larger", () => {
  const partitions = workerPartitions(144);
  assertEquals(Object.keys(partitions), Array.from({ length: 14 }, (_, i) => `worker_${i + 1}`));
  assertEquals(Object.values(partitions).map((one) => one.batch_range), [
    "1-11",
    "12-22",
    "23-33",
    "34-44",
    "45-54",
    "55-64",
    "65-74",
    "75-84",
    "85-94",
    "95-104",
    "105-114",
    "115-124",
    "125-134",
    "135-144",
  ]);
  assertEquals(partitions.worker_14, {
    batch_indices: [134, 135, 136, 137, 138, 139, 140, 141, 142, 143],
    batch_range: "135-144",
    count: 10,
  });
});

Deno.test("fewer batches than workers make a slice each", () => {
  assertEquals(workerPartitions(3), {
    worker_1: { batch_indices: [0], batch_range: "1", count: 1 },
    worker_2: { batch_indices: [1], batch_range: "2", count: 1 },
    worker_3: { batch_indices: [2], batch_range: "3", count: 1 },
  });
});

Deno.test("slices hold every batch once, in order, and differ by one at most", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2000 }), (total) => {
    const slices = Object.values(workerPartitions(total));
    assertEquals(slices.length, Math.min(14, total));
    const indices = slices.flatMap((one) => one.batch_indices);
    assertEquals(indices, Array.from({ length: total }, (_, i) => i));
    const counts = slices.map((one) => one.count);
    assertEquals(counts, slices.map((one) => one.batch_indices.length));
    assert(counts[0]! - counts.at(-1)! <= 1);
    assertEquals(counts, counts.toSorted((a, b) => b - a));
  }));
});
