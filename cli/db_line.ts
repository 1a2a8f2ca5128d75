/** What a line of `redd db` with an action asks for. */
import { didYouMean } from "../src/closest.ts";
import { MOST_CLONES } from "../src/snapshot/limits.ts";
import type { Given } from "./command.ts";
import { DB_ACTIONS } from "./commands/flags.ts";
import { usageError } from "./parse.ts";
import { shownWord } from "./shown_word.ts";
import { flagValues } from "./values.ts";

const NAME = "db";

/** What is done with databases. */
export type DbAction = typeof DB_ACTIONS[number]["name"];

/** The flags that belong to some actions, and to which. */
const OWN_FLAGS: Readonly<Record<string, readonly DbAction[]>> = {
  count: ["clone"],
  disconnect: ["snapshot", "reset", "drop"],
  force: ["snapshot", "reset"],
  clones: ["drop"],
  snapshot: ["drop"],
};

/** A line, understood. */
export interface DbLine {
  readonly action: DbAction;
  /** The names that it gives. */
  readonly names: readonly string[];
  /** What `drop` drops. */
  readonly which: "these" | "clones" | "snapshot";
  readonly count: number;
  readonly disconnect: boolean;
  readonly force: boolean;
}

/**
 * Reads a line with an action.
 *
 * @throws {ReddError} input, for another action, a flag of another one, or too many names.
 */
export function readDbLine(given: Given): DbLine {
  const [word = "", ...names] = given.operands;
  const action = DB_ACTIONS.find(({ name }) => name === word)?.name;
  if (action === undefined) {
    const all = DB_ACTIONS.map(({ name }) => name);
    const meant = didYouMean(word, all);
    throw usageError(
      NAME,
      `it has no action ${meant === "" ? shownWord(word) : word}`,
      `${meant}Give one of ${all.join(", ")}, or none to run the server`,
    );
  }
  for (const [flag, actions] of Object.entries(OWN_FLAGS)) {
    const isGiven = given.on(flag) || given.text(flag) !== undefined;
    if (!isGiven || actions.includes(action)) continue;
    throw usageError(
      NAME,
      `--${flag} does not go with ${action}`,
      `It belongs to ${actions.join(", ")}`,
    );
  }
  const [clones, snapshot] = [given.on("clones"), given.on("snapshot")];
  if (clones && snapshot) {
    throw usageError(NAME, "--clones does not go with --snapshot", "Give one of the two");
  }
  const which = clones ? "clones" : snapshot ? "snapshot" : "these";
  const most = action === "list" ? 0 : action === "drop" && which === "these" ? Infinity : 1;
  if (names.length > most) {
    throw usageError(
      NAME,
      `${shownWord(names[most]!)} is one word too many`,
      "See deno task db --help",
    );
  }
  return {
    action,
    names,
    which,
    count: flagValues(NAME, given).whole("count", 1, MOST_CLONES) ?? 1,
    disconnect: given.on("disconnect"),
    force: given.on("force"),
  };
}

/**
 * Makes sure that a line without an action has no flag of one.
 *
 * @throws {ReddError} input.
 */
export function refuseActionFlags(given: Given): void {
  const flag = [...Object.keys(OWN_FLAGS), "database-url"]
    .find((name) => given.on(name) || given.text(name) !== undefined);
  if (flag === undefined) return;
  throw usageError(
    NAME,
    `--${flag} goes with an action, and none is given`,
    `Give one of ${DB_ACTIONS.map(({ name }) => name).join(", ")}`,
  );
}
