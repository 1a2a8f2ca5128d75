/** The word that was meant, where one that is not known is close to one that is. */
import { levenshteinDistance } from "./packages/levenshtein_distance.ts";

/** Longer words are no slips of the hand. */
const LONGEST = 40;

/** How many characters may differ in a word of so many: two that changed places are two. */
function slipsOf(length: number): number {
  return length < 4 ? 1 : length < 12 ? 2 : 3;
}

/**
 * The closest of some words, if it is close; capitals do not count. A beginning of exactly one word
 * means that one, and so does a part of it between hyphens, as in `url` for `database-url`.
 */
export function closest(word: string, known: readonly string[]): string | undefined {
  if (word === "" || word.length > LONGEST) return undefined;
  const given = word.toLowerCase();
  const beginning = known.filter((one) => one.toLowerCase().startsWith(given));
  if (beginning.length === 1 && given.length > 2) return beginning[0];
  const parted = known.filter((one) => one.toLowerCase().split("-").includes(given));
  if (parted.length === 1 && given.length > 2) return parted[0];
  const most = slipsOf(given.length);
  const near = known
    .map((one) => ({ one, away: levenshteinDistance(given, one.toLowerCase()) }))
    .filter(({ away }) => away <= most)
    .sort((a, b) => a.away - b.away);
  return near[0]?.one;
}

/** `Did you mean Scotland? `, or nothing where no word is close. */
export function didYouMean(
  word: string,
  known: readonly string[],
  shown = (one: string) => one,
): string {
  const meant = closest(word, known);
  return meant === undefined ? "" : `Did you mean ${shown(meant)}? `;
}

/** ` (did you mean Scotland?)` behind a word of a file, or nothing where no word is close. */
export function meantText(word: string, known: readonly string[]): string {
  const meant = closest(word, known);
  return meant === undefined || meant === word ? "" : ` (did you mean ${meant}?)`;
}
