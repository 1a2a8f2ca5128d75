/** Some figures, by their ids, where checks may be named beside them. */
import { allChecks } from "../catalogue/catalogue.ts";
import { idPattern } from "../catalogue/choice.ts";
import { ReddError } from "../errors.ts";
import { quoted } from "../quoted.ts";
import { fileChecks } from "../verify/file_laws/checks.ts";
import { allFigures } from "./all_figures.ts";
import type { Figure } from "./figure.ts";

/** What names and patterns stand for. */
export interface ChosenFigures {
  /** The figures that are named; all of them where none is. */
  readonly figures: readonly Figure[];
  /** The names that are checks'; none where figures alone are named, all checks where absent. */
  readonly checks?: readonly string[];
}

/** The ids of all figures, and of no check. */
const EVERY_FIGURE = new RegExp(`^(?:${allFigures.map(({ id }) => id).join("|")})$`);

/** What stands for all figures, where no check is wanted. */
const ALL = "figures";

/**
 * The figures that are wanted, in their order.
 *
 * @param only Ids such as `temp_faroe_range` or `C-17`, or patterns such as `mort_*`, whose case is
 *   free, or `figures` for all of them; all figures and all checks where it is absent.
 * @throws {ReddError} input, for what is the id neither of a figure nor of a check.
 */
export function chosenFigures(only?: readonly string[]): ChosenFigures {
  if (only === undefined) return { figures: allFigures };
  const named = only.map((wanted) => ({
    wanted,
    pattern: wanted.toLowerCase() === ALL ? EVERY_FIGURE : idPattern(wanted),
  }));
  const isCheck = (pattern: RegExp) =>
    [...fileChecks, ...allChecks].some(({ id }) => pattern.test(id));
  const isFigure = (pattern: RegExp) => allFigures.some(({ id }) => pattern.test(id));
  const stranger = named.find(({ pattern }) => !isCheck(pattern) && !isFigure(pattern));
  if (stranger !== undefined || named.length === 0) {
    throw new ReddError("input", "FIGURE_UNKNOWN", {
      cannot: "show some of the figures",
      because: stranger === undefined
        ? "none is named"
        : `there is no figure and no check ${quoted(stranger.wanted)}`,
      remedy: "Name figures as docs/figures.md does, such as mort_*, and checks as docs/checks.md",
    });
  }
  const figures = allFigures.filter(({ id }) => named.some(({ pattern }) => pattern.test(id)));
  return {
    figures: figures.length === 0 ? allFigures : figures,
    checks: named.filter(({ pattern }) => isCheck(pattern)).map(({ wanted }) => wanted),
  };
}
