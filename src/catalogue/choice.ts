/** Some checks of the catalogue, by their ids. */
import { ReddError } from "../errors.ts";
import { someOf } from "../names.ts";
import { quoted } from "../quoted.ts";
import type { CheckFacts } from "./check.ts";

/** An id in which `*` stands for anything, as an expression. */
export function idPattern(wanted: string): RegExp {
  const parts = wanted.split("*").map((part) => part.replace(/[^\w]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*")}$`, "i");
}

/** Ids that begin most like one that is not there. */
function alike(wanted: string, checks: readonly CheckFacts[]): string {
  const word = wanted.toLowerCase();
  for (let length = word.length; length > 0; length--) {
    const start = word.slice(0, length);
    const ids = checks.map(({ id }) => id).filter((id) => id.toLowerCase().startsWith(start));
    if (ids.length > 0) return `Name one of ${someOf(ids)}, as docs/checks.md does`;
  }
  return "Name checks as docs/checks.md does";
}

/**
 * The checks that are wanted, in the catalogue's order.
 *
 * @param only Ids such as `C-17`, or patterns such as `LAW-FEED*`, whose case is free; all checks
 *   where it is absent.
 * @throws {ReddError} input, for an id or a pattern that is no check's.
 */
export function chosenChecks<Check extends CheckFacts>(
  checks: readonly Check[],
  only?: readonly string[],
): readonly Check[] {
  if (only === undefined) return checks;
  const patterns = only.map((wanted) => ({ wanted, pattern: idPattern(wanted) }));
  const stranger = patterns.find(({ pattern }) => !checks.some(({ id }) => pattern.test(id)));
  if (stranger === undefined && only.length > 0) {
    return checks.filter(({ id }) => patterns.some(({ pattern }) => pattern.test(id)));
  }
  throw new ReddError("input", "CHECK_UNKNOWN", {
    cannot: "run some of the checks",
    because: stranger === undefined
      ? "none is named"
      : `there is no check ${quoted(stranger.wanted)}`,
    remedy: alike(stranger?.wanted ?? "", checks),
  });
}
