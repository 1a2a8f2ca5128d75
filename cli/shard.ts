/** Which shard a run is: said on the line, or by the scheduler that started it. */
import type { Shard } from "../src/generate/generate.ts";
import type { Given } from "./command.ts";
import { usageError } from "./parse.ts";
import { readWhole } from "./read_number.ts";
import type { Values } from "./values.ts";
import { shownWord } from "./shown_word.ts";

/** The most shards. */
const MOST_SHARDS = 10_000;

/** The highest index that a scheduler gives: Slurm's own limit is below it, and Kubernetes'. */
const HIGHEST_INDEX = 2 ** 31 - 1;

/** What an environment says; `Deno.env` is one. */
type Environment = (name: string) => string | undefined;

/** A scheduler's variable as a number; undefined where it is not set, or set to nothing. */
function indexIn(command: string, read: Environment, name: string): number | undefined {
  const text = read(name);
  if (text === undefined || text === "") return undefined;
  const index = readWhole(text);
  // Nobody groups digits for a machine.
  if (index !== undefined && index <= HIGHEST_INDEX && /^\d+$/.test(text)) return index;
  throw usageError(
    command,
    `${name} is ${
      shownWord(text.slice(0, 60))
    }, expected a whole number from 0 to ${HIGHEST_INDEX}`,
    "Correct it where the job is described, or give --shard I/N",
  );
}

/**
 * The number of this shard by its scheduler, from 1: a Kubernetes Indexed Job counts from 0, a
 * Slurm array from its own minimum.
 *
 * @returns undefined, where no scheduler says one.
 * @throws {ReddError} input, for a variable that is no number.
 */
export function scheduledNumber(
  command: string,
  read: Environment = (name) => Deno.env.get(name),
): number | undefined {
  const index = indexIn(command, read, "JOB_COMPLETION_INDEX");
  if (index !== undefined) return index + 1;
  const task = indexIn(command, read, "SLURM_ARRAY_TASK_ID");
  if (task === undefined) return undefined;
  return task - (indexIn(command, read, "SLURM_ARRAY_TASK_MIN") ?? 0) + 1;
}

/**
 * The shard of a line, undefined where it asks for the whole dataset.
 *
 * @throws {ReddError} input, when the flags say no shard.
 */
export function shardOf(command: string, given: Given, values: Values): Shard | undefined {
  const said = given.text("shard");
  const of = values.whole("shards", 1, MOST_SHARDS);
  if (said !== undefined && of !== undefined) {
    const because = "--shards does not go with --shard";
    throw usageError(command, because, "Give --shard I/N, or --shards N where a scheduler says I");
  }
  if (said !== undefined) {
    const [, number, all] = /^(\d+)\/(\d+)$/.exec(said)?.map(readWhole) ?? [];
    if (number !== undefined && all !== undefined && all <= MOST_SHARDS) {
      if (number >= 1 && number <= all) return { number, of: all };
    }
    const remedy = `Give I/N with I from 1 to N and N up to ${MOST_SHARDS}, such as 2/5`;
    throw usageError(command, `--shard is ${shownWord(said)}`, remedy);
  }
  if (of === undefined) return undefined;
  const number = scheduledNumber(command);
  if (number === undefined) {
    const because = "--shards is given, and neither JOB_COMPLETION_INDEX nor SLURM_ARRAY_TASK_ID";
    throw usageError(command, because, "Run it in an Indexed Job or an array, or give --shard I/N");
  }
  if (number >= 1 && number <= of) return { number, of };
  const because = `the scheduler says shard ${number} and --shards is ${of}`;
  throw usageError(command, because, "Give --shards as many as the job has tasks");
}
