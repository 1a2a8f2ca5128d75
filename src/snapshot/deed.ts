/** What is done, as its refusals say it, and how they name a line that helps. */
import { commandLine } from "../command_line.ts";

/**
 * A line of Redd's command line that works on the same server.
 *
 * @param words Its words: `["db reset", "farm"]`.
 * @param database The database that it is about; absent where any of the server does.
 */
export type TypedLine = (words: readonly string[], database?: string) => string;

/** What a refusal says of what is done. */
export interface Deed {
  /** Verb and thing: `reset the database start`. */
  readonly cannot: string;
  readonly typed: TypedLine;
}

/** The line alone: whoever types it names the server. */
export const typedAlone: TypedLine = (words) => commandLine(...words);
