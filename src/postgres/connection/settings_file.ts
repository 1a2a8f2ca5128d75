/** The service and password files of a user, as they lie on the disk. */
import { readRegular, TooLarge } from "../../files/regular.ts";
import { whyUnread } from "../../files/utf8.ts";
import { ReddError } from "../../errors.ts";
import type { TextFile } from "./resolve.ts";

/** The most bytes that a file of settings may have. */
export const LARGEST_SETTINGS = 1_000_000;

/**
 * Reads a file of settings, through a link too: users keep such files elsewhere. As for libpq, what
 * is no regular file, such as /dev/null, is none.
 *
 * @returns undefined, where there is none that can be read.
 * @throws {ReddError} input, for a file that is far too large to be one.
 */
export function readSettings(path: string): TextFile | undefined {
  try {
    const bytes = readRegular(path, LARGEST_SETTINGS, { follow: true });
    const { mode } = Deno.statSync(path);
    return { text: new TextDecoder().decode(bytes), mode };
  } catch (thrown) {
    if (!(thrown instanceof TooLarge)) return undefined;
    throw new ReddError("input", "SETTINGS_UNREADABLE", {
      cannot: `read the service or password file ${path}`,
      because: whyUnread(thrown),
      remedy: "Name another with PGSERVICEFILE or PGPASSFILE",
      cause: thrown,
    });
  }
}
