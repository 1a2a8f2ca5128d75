/** What a line of `redd verify` asks for. */
import { isoOf } from "../src/farm/days.ts";
import type { Given } from "./command.ts";
import { SERVER_FLAGS } from "./commands/flags.ts";
import { usageError } from "./parse.ts";
import { flagValues } from "./values.ts";

const NAME = "verify";

/** Flags that say which database it is, and that there is to be one. */
const OF_DATABASE = ["database-url", "embedded", ...SERVER_FLAGS.map(({ name }) => name)];

/** What is checked. */
export interface Verified {
  readonly files: boolean;
  readonly database: boolean;
}

/**
 * What a line has checked: the files, unless it speaks of a database. The environment alone does not
 * decide that.
 *
 * @throws {ReddError} input, for flags of which one excludes the other.
 */
export function verifiedBy(given: Given): Verified {
  const both = given.on("both");
  const database = given.on("database");
  if (both && database) {
    throw usageError(NAME, "--both does not go with --database", "Give one of the two");
  }
  const named = OF_DATABASE.some((flag) => given.on(flag) || given.text(flag) !== undefined);
  return { files: both || !(database || named), database: both || database || named };
}

/** Flags of one kind of line, each with what it is of. */
interface OfOthers {
  readonly flags: readonly string[];
  /** Completes "--jobs is of …". */
  readonly of: string;
}

/** @throws {ReddError} input, where a line has a flag that says nothing there. */
function refuseFlags(given: Given, { flags, of }: OfOthers): void {
  const flag = flags.find((name) => given.on(name) || given.text(name) !== undefined);
  if (flag !== undefined) throw usageError(NAME, `--${flag} is of ${of}`, "Leave it out");
}

/**
 * Sees that every flag of a line says something there: none is ignored.
 *
 * @param figuresAlone Does it ask for figures, and for no check?
 * @throws {ReddError} input, naming the flag.
 */
export function requireFitting(
  given: Given,
  { files, database }: Verified,
  figuresAlone: boolean,
): void {
  const alone = "checks, and --only names figures alone";
  if (figuresAlone) refuseFlags(given, { flags: ["junit", "jobs", "both"], of: alone });
  if (given.text("junit") === undefined) {
    refuseFlags(given, { flags: ["force"], of: "the file of --junit, and there is none" });
  }
  if (!database) {
    const of = "a database, and this line is about files: it takes --database or --both, too";
    refuseFlags(given, { flags: ["jobs"], of });
  }
  if (!files) {
    refuseFlags(given, { flags: ["memory"], of: "files, and this line is about a database alone" });
  }
  if (given.operands.length === 0) {
    refuseFlags(given, { flags: ["expect"], of: "a dataset, and this line names none" });
  }
}

/** The same for a line that lists or explains, and runs nothing. */
export function requireListing(given: Given, flag: "list" | "explain"): void {
  const flags = [
    ...["junit", "force", "jobs", "memory", "as-of", "both", "database", "expect"],
    ...OF_DATABASE,
  ];
  refuseFlags(given, { flags, of: `a verification, and --${flag} runs none` });
}

/**
 * The dataset of a line; undefined where it names a database alone, for which no dataset speaks.
 *
 * @throws {ReddError} input, where files are to be checked and there is none.
 */
export function datasetOf(given: Given, { files }: Verified): string | undefined {
  const [dataset] = given.operands;
  if (dataset !== undefined || !files) return dataset;
  throw usageError(
    NAME,
    "DATASET is missing",
    "Name a dataset, a database with --database-url or --database, or give --list",
  );
}

/**
 * The connections that read side by side.
 *
 * @throws {ReddError} input, for what is no such number.
 */
export function jobsOf(given: Given): number | undefined {
  return flagValues(NAME, given).whole("jobs", 1, 64);
}

/**
 * The last day by which a database is judged, as `2024-01-15`.
 *
 * @throws {ReddError} input, for what is no such day, or where a dataset says it.
 */
export function judgedToOf(given: Given): string | undefined {
  const day = flagValues(NAME, given).day("as-of");
  if (day === undefined) return undefined;
  if (given.operands.length === 0) return isoOf(day);
  const because = "--as-of does not go with a dataset, which has its own";
  throw usageError(NAME, because, "Leave it out");
}

/** The checks that a line names, as they are written. */
export function onlyOf(given: Given): readonly string[] | undefined {
  return idsOf(given.text("only"));
}

/** The checks that a line wants explained, which it names nowhere else. */
export function explainedBy(given: Given): readonly string[] | undefined {
  const ids = idsOf(given.text("explain"));
  if (ids === undefined) return undefined;
  requireListing(given, "explain");
  const others = { flags: ["list", "only", "figures"], of: "checks that are listed or run" };
  refuseFlags(given, others);
  return ids;
}

function idsOf(text: string | undefined): readonly string[] | undefined {
  return text?.split(",").map((id) => id.trim()).filter((id) => id !== "");
}

/** The least memory with which DuckDB can do anything, and more than any machine has, in MB. */
export const MEMORY = { least: 100, most: 10_000_000 } as const;

/**
 * The memory that reading files may take, in MB.
 *
 * @param command The name of the command.
 * @throws {ReddError} input, for what is no such number.
 */
export function memoryOf(command: string, given: Given): number | undefined {
  return flagValues(command, given).whole("memory", MEMORY.least, MEMORY.most);
}
