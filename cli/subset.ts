/** Flags that choose some tables of a dataset: `--tables a,b` and `--without history`. */
import { didYouMean } from "../src/closest.ts";
import { GROUPS, type Subset } from "../src/dataset/subset.ts";
import type { Given } from "./command.ts";
import { usageError } from "./parse.ts";
import { shownWord } from "./shown_word.ts";

function listOf(text: string | undefined): readonly string[] | undefined {
  return text?.split(",").map((name) => name.trim()).filter((name) => name !== "");
}

/**
 * The tables that a line chooses.
 *
 * @throws {ReddError} input, for a group that there is not, or an empty list.
 */
export function subsetOf(command: string, given: Given): Subset {
  const tables = listOf(given.text("tables"));
  if (tables?.length === 0) {
    throw usageError(command, "--tables names none", "Give names such as batch_batch,scenario");
  }
  const without = listOf(given.text("without"))?.map((name) => {
    const group = GROUPS.find((one) => one === name);
    if (group !== undefined) return group;
    throw usageError(
      command,
      `--without is ${shownWord(name)}`,
      `${didYouMean(name, GROUPS)}Give one of ${GROUPS.join(", ")}`,
    );
  });
  return {
    ...(tables === undefined ? {} : { tables }),
    ...(without === undefined ? {} : { without }),
  };
}
