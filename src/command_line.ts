/** What a person types to have Redd do something, as messages name it. */

import { IS_PACKAGED } from "./own_files.ts";

/** What stands before the name of a command. */
export const PROGRAM: string = IS_PACKAGED ? "redd" : "deno task";

/** A line that can be typed as it stands: `deno task load out/single`. */
export function commandLine(...words: readonly string[]): string {
  return [PROGRAM, ...words].join(" ");
}
