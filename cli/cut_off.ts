/** The end of a line by a signal, where it does not end by itself: what is said, and what is left. */
import { EXIT_CODES, ReddError } from "../src/errors.ts";
import { someOf } from "../src/names.ts";
import { printError, toldOf, wantsJson } from "./error_json.ts";
import { complain } from "./screen.ts";

/** What is said when something is cut off. */
export const CUT_OFF = "Interrupted in the middle of something that did not end in time; " +
  "run the same command again to go on.";

/** How what is not whole is called until it is. */
const PARTIAL = ".partial";

/** Ends the process in whose line nothing was begun, or that was asked for it twice. */
export function endInterrupted(): never {
  tellPrograms("it was interrupted", "Run the same command again");
  Deno.exit(EXIT_CODES.interrupted);
}

/**
 * Ends the process in the middle of its line, and says so.
 *
 * @param written Where the line may write: what is there of it under a name for what is not whole is
 *   named, since nobody removes it.
 */
export function endCutOff(written: readonly string[]): never {
  const left = [...new Set(written.filter((path) => path.endsWith(PARTIAL)).flatMap(found))];
  const named = left.length === 0 ? "" : `Left behind, and not whole: ${someOf(left)}`;
  complain(CUT_OFF);
  if (named !== "") complain(`${named}.`);
  tellPrograms(
    "it was interrupted in the middle of something that did not end in time",
    `${named}${named === "" ? "" : ". "}Run the same command again to go on`,
  );
  Deno.exit(EXIT_CODES.interrupted);
}

/** A path without links, where something is there that this process may see. */
function found(path: string): string[] {
  try {
    return [Deno.realPathSync(path)];
  } catch {
    return [];
  }
}

/** Prints the error that a line with --json has instead of its result. */
function tellPrograms(because: string, remedy: string): void {
  if (!wantsJson(Deno.args)) return;
  const cannot = "finish";
  printError(toldOf(new ReddError("interrupted", "INTERRUPTED", { cannot, because, remedy })));
}
