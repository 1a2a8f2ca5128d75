/** A file that comes through standard input. */
import { ReddError } from "../src/errors.ts";
import { TooLarge } from "../src/files/regular.ts";
import { decodeUtf8, whyUnread } from "../src/files/utf8.ts";
import type { Voice } from "./command.ts";

const NAME = "standard input";

/** After so long without its end it is said what is waited for, in milliseconds. */
const PATIENCE = 2000;

async function readAll(cap: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (const piece = new Uint8Array(1 << 16);;) {
    const length = await Deno.stdin.read(piece);
    if (length === null) break;
    size += length;
    if (size > cap) throw new TooLarge(NAME, undefined, cap);
    pieces.push(piece.slice(0, length));
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/**
 * Reads standard input to its end as UTF-8 text.
 *
 * @param what What it should hold: `the schedule`.
 * @param cap The most bytes that it may have.
 * @throws {ReddError} input, for more bytes than that, and for bytes that are no text.
 */
export async function readStdin(what: string, cap: number, voice: Voice): Promise<string> {
  const timer = setTimeout(() => {
    voice.say(`Waiting for ${what} on ${NAME}; Ctrl-D ends what is typed.`);
  }, PATIENCE);
  try {
    return decodeUtf8(NAME, await readAll(cap));
  } catch (cause) {
    throw new ReddError("input", "STDIN_UNREADABLE", {
      cannot: `read ${what} from ${NAME}`,
      because: whyUnread(cause),
      remedy: "Send a text file, as in: < file.yaml",
      cause,
    });
  } finally {
    clearTimeout(timer);
  }
}
