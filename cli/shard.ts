/** Which shard a run is: said on the line, or by the scheduler that started it. */
import type { Shard } from "../src/generate/generate.ts";
import type { Given } from "./command.ts";
import { usageError } from "./parse.ts";
import type { Values } from "./values.ts";

/** A number in the environment, or undefined. */
function environmentNumber(name: string): number | undefined {
  const text = Deno.env.get(name);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/**
 * The number of this shard by its scheduler, from 1: a Kubernetes Indexed Job counts from 0, a
 * Slurm array from its own minimum.
 */
export function scheduledNumber(
  read: (name: string) => number | undefined = environmentNumber,
): number | undefined {
  const index = read("JOB_COMPLETION_INDEX");
  if (index !== undefined) return index + 1;
  const task = read("SLURM_ARRAY_TASK_ID");
  return task === undefined ? undefined : task - (read("SLURM_ARRAY_TASK_MIN") ?? 0) + 1;
}

/**
 * The shard of a line, undefined where it asks for the whole dataset.
 *
 * @throws {ReddError} input, when the flags say no shard.
 */
export function shardOf(command: string, given: Given, values: Values): Shard | undefined {
  const said = given.text("shard");
  const of = values.whole("shards", 1, 10_000);
  if (said !== undefined && of !== undefined) {
    const because = "--shards does not go with --shard";
    throw usageError(command, because, "Give --shard I/N, or --shards N where a scheduler says I");
  }
  if (said !== undefined) {
    const match = /^(\d+)\/(\d+)$/.exec(said);
    const shard = { number: Number(match?.[1]), of: Number(match?.[2]) };
    if (match !== null && shard.number >= 1 && shard.number <= shard.of) return shard;
    throw usageError(command, `--shard is ${said}`, "Give I/N with I from 1 to N, such as 2/5");
  }
  if (of === undefined) return undefined;
  const number = scheduledNumber();
  if (number === undefined) {
    const because = "--shards is given, and neither JOB_COMPLETION_INDEX nor SLURM_ARRAY_TASK_ID";
    throw usageError(command, because, "Run it in an Indexed Job or an array, or give --shard I/N");
  }
  if (number >= 1 && number <= of) return { number, of };
  const because = `the scheduler says shard ${number} and --shards is ${of}`;
  throw usageError(command, because, "Give --shards as many as the job has tasks");
}
