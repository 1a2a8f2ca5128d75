/** The slices of a schedule for the workers of the original system's executor. */
import type { Finding } from "./finding.ts";
import type { Partition } from "./format.ts";

/** Workers of the original system. */
const WORKERS = 14;

/**
 * Slices of batches that follow one another, `worker_1` to `worker_14`: all of the same size, the
 * first ones one larger where it does not divide; with fewer batches than workers one batch each
 * (schedule.md#8).
 */
export function workerPartitions(total: number): Record<string, Partition> {
  const workers = Math.min(WORKERS, total);
  const partitions: Record<string, Partition> = {};
  let first = 0;
  for (let w = 0; w < workers; w++) {
    const count = Math.floor(total / workers) + (w < total % workers ? 1 : 0);
    partitions[`worker_${w + 1}`] = {
      batch_indices: Array.from({ length: count }, (_, i) => first + i),
      batch_range: total < WORKERS ? `${first + 1}` : `${first + 1}-${first + count}`,
      count,
    };
    first += count;
  }
  return partitions;
}

/** What is wrong with the slices of so many batches: each holds some, and all of them every one once. */
export function partitionsFinding(
  partitions: Readonly<Record<string, Partition>>,
  total: number,
): Finding | undefined {
  const path = "metadata.worker_partitions";
  const indices = Object.values(partitions).flatMap((one) => one.batch_indices);
  const all = new Set(indices.filter((index) => index < total));
  if (indices.length !== total || all.size !== total) {
    const because = `without every index from 0 to ${total - 1} once; ` +
      "it may be left out altogether";
    return { path, because };
  }
  for (const [worker, { batch_indices, count }] of Object.entries(partitions)) {
    if (count === batch_indices.length) continue;
    const because = `${count}, expected ${batch_indices.length}, the number of its batches`;
    return { path: `${path}.${worker}.count`, because };
  }
  return undefined;
}
