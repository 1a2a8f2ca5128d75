/** In what two schedules differ, as a person would say it. */
import { asOfOf, type Schedule, type ScheduledBatch } from "../schedule/format.ts";

/**
 * The first difference of two schedules: their as-of dates, how many batches, or what of a batch. The
 * seed is not looked at, which a dataset has besides.
 *
 * @return `goes up to 2025-11-21, not 2025-12-01`, to follow "its schedule"; undefined where there is none.
 */
export function scheduleDifference(found: Schedule, wanted: Schedule): string | undefined {
  const [one, other] = [found.batches, wanted.batches];
  const texts: string[] = [];
  if (asOfOf(found) !== asOfOf(wanted)) {
    texts.push(`goes up to ${asOfOf(found)}, not ${asOfOf(wanted)}`);
  }
  if (one.length !== other.length) {
    texts.push(`has ${counted(one.length)}, not ${other.length}`);
  }
  if (texts.length > 0) return texts.join(" and ");
  for (const [i, batch] of one.entries()) {
    const text = batchDifference(batch, other[i]!);
    if (text !== undefined) return text;
  }
  const key = firstKey({ ...found.metadata, seed: 0 }, { ...wanted.metadata, seed: 0 });
  if (key === undefined) return undefined;
  const [was, is] = [found.metadata, wanted.metadata].map((one) => shown(valueOf(one, key)));
  return was === undefined || is === undefined
    ? `has other ${key}`
    : `has the ${key} ${was}, not ${is}`;
}

/** The longest value that is said. */
const LONGEST_SHOWN = 60;

function counted(batches: number): string {
  return batches === 1 ? "1 batch" : `${batches} batches`;
}

function batchDifference(found: ScheduledBatch, wanted: ScheduledBatch): string | undefined {
  if (found.batch_id !== wanted.batch_id) {
    return `has the batch ${found.batch_id}, not ${wanted.batch_id}`;
  }
  const key = firstKey(found, wanted);
  if (key === undefined) return undefined;
  const [was, is] = [found, wanted].map((one) => shown(valueOf(one, key)));
  return was === is || was === undefined || is === undefined
    ? `has other ${key} of ${found.batch_id}`
    : `has the ${key} ${was} of ${found.batch_id}, not ${is}`;
}

function valueOf(of: object, key: string): unknown {
  return (of as Record<string, unknown>)[key];
}

function firstKey(one: object, other: object): string | undefined {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].find((key) =>
    JSON.stringify(valueOf(one, key)) !== JSON.stringify(valueOf(other, key))
  );
}

/** A value that is short enough to be said. */
function shown(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const text = `${value}`;
  return text.length <= LONGEST_SHOWN ? text : undefined;
}
