/** Words of the journal. */

/** How many rings, in words. */
export function ringsText(count: number): string {
  return count === 1 ? "one ring" : `${count} rings`;
}

/** One of some texts, by a number between 0 and 1. */
export function chosenText(texts: readonly string[], u: number): string {
  return texts[Math.floor(u * texts.length)]!;
}
