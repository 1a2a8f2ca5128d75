/** What stands on a line where a path is wanted: no URL is one, and `-` few of them. */
import type { Command, Given } from "./command.ts";
import { usageError } from "./parse.ts";

/** How the values of flags that are paths are called; a profile may be one by what it looks like. */
const PATHS = ["DIR", "FILE"];
const MAYBE_PATHS = ["profile", "preset"];

/** `file:///x`, `postgres://h/d`, `file:/x`; not `C:\\farm`, and no `a:b`. */
const URL_LIKE = /^(?:[a-z][a-z0-9+.-]*:\/\/|file:\/)/i;

/** @throws {ReddError} input, for a URL in the place of a path; what it says is not shown. */
export function refuseUrls({ name, flags, operands }: Command, given: Given): void {
  const hasUrl = flags.some((flag) => flag.name === "database-url");
  for (const flag of flags) {
    if (!PATHS.includes(flag.value ?? "") && !MAYBE_PATHS.includes(flag.name)) continue;
    const text = given.text(flag.name);
    if (text !== undefined) refuseUrl(name, `--${flag.name}`, text, hasUrl);
  }
  given.operands.forEach((text, i) => {
    const what = operands[Math.min(i, operands.length - 1)]!.replace(/[[\].]/g, "");
    refuseUrl(name, what, text, hasUrl);
  });
}

/**
 * @throws {ReddError} input, for `-` in the place of what cannot come through standard input or go
 *   to standard output, and for two things that are to come through the one standard input.
 */
export function refuseDashes(
  { name, flags, operands, piped = false }: Command,
  given: Given,
): void {
  const dashed = flags.filter((flag) => given.text(flag.name) === "-");
  for (const flag of dashed) {
    if (flag.dash !== undefined || !PATHS.includes(flag.value ?? "")) continue;
    throw usageError(name, `--${flag.name} is -, and no ${kindOf(flag.value)}`, remedyOf("-"));
  }
  const [first, second] = dashed.filter(({ dash }) => dash === "stdin");
  if (second !== undefined) {
    const because = `--${first!.name} and --${second.name} would both come through standard input`;
    throw usageError(name, because, "Give the path of a file for one of them");
  }
  const at = given.operands.indexOf("-", piped ? 1 : 0);
  if (at < 0) return;
  const what = operands[Math.min(at, operands.length - 1)]!.replace(/[[\].]/g, "");
  throw usageError(name, `${what} is -, and no folder`, remedyOf("-"));
}

function kindOf(value: string | undefined): string {
  return value === "DIR" ? "folder" : "file";
}

function remedyOf(word: string): string {
  return `Give its path; one that is called ${word} is ./${word}`;
}

function refuseUrl(command: string, what: string, text: string, hasUrl: boolean): void {
  if (!URL_LIKE.test(text)) return;
  const scheme = text.slice(0, text.indexOf(":")).toLowerCase();
  const path = scheme === "file" ? pathOf(text) : undefined;
  const remedy = path !== undefined
    ? `Give the path itself: ${path}`
    : /^postgres(?:ql)?$/.test(scheme) && hasUrl
    ? "Give a connection string as --database-url"
    : "Give the path of a file or folder on this machine";
  throw usageError(command, `${what} is a URL of ${scheme}: and no path`, remedy);
}

/** The path in a URL of a file on this machine, where it is one that can be shown as it is. */
function pathOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { host, pathname, search, hash } = new URL(text);
  const plain = /^[\p{L}\p{N}._/~+-]+$/u.test(pathname) && host === "" && search + hash === "";
  return plain && pathname !== "/" ? pathname : undefined;
}
