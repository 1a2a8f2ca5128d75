/** Names in a message: a few of many. */

/** How many names a message shows. */
const NAMED = 6;

/** Names for a message, the first of them: `a, b and 3 more`. */
export function someOf(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(", ");
  return names.length <= NAMED ? shown : `${shown} and ${names.length - NAMED} more`;
}
