/** The part of `@std/cli/parse-args` that Redd uses; the npm republication ships no types. */
export interface ParseOptions {
  boolean?: readonly string[];
  string?: readonly string[];
  collect?: readonly string[];
  alias?: Record<string, string>;
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}
export interface Args {
  _: (string | number)[];
  [flag: string]: unknown;
}
export function parseArgs(args: readonly string[], options?: ParseOptions): Args;
