/** Lines to type that work on the server of the line that names them. */
import { commandLine } from "../src/command_line.ts";
import { urlOf } from "../src/postgres/connection/address.ts";
import { readUrl } from "../src/postgres/url.ts";
import type { TypedLine } from "../src/snapshot/deed.ts";
import type { Given } from "./command.ts";
import { SERVER_FLAGS } from "./commands/flags.ts";

/** A connection string without the password, which is no line's to show. */
export function withoutPassword(url: string): string {
  const { password: _, ...address } = readUrl(url);
  return urlOf(address);
}

/** A word as a shell takes it for one. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Flags of the embedded server that a line gives, as words: `--data-dir`, `elsewhere`. */
export function serverWords(given: Given): string[] {
  return SERVER_FLAGS.flatMap(({ name }) => {
    const value = given.text(name);
    return value === undefined ? [] : [`--${name}`, value];
  });
}

/**
 * How lines are named that work on the server of this one. What the environment names goes without
 * saying, but for a line about another database.
 *
 * @param url The connection string; undefined for the embedded server.
 */
export function typedFor(given: Given, url?: string): TypedLine {
  return ([action = "", ...words], database) => {
    const line = (...more: string[]) =>
      commandLine(action, ...[...words, ...more].map((word) => shellWord(word)));
    if (url === undefined) {
      return line(...(given.on("embedded") ? ["--embedded"] : []), ...serverWords(given));
    }
    const open = withoutPassword(url);
    const address = readUrl(open);
    const other = database !== undefined && database !== address.database;
    if (given.text("database-url") === undefined && !other) return line();
    return line("--database-url", other ? urlOf({ ...address, database }) : open);
  };
}
