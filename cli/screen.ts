/** The one place that writes: stdout, and stderr as the terminal allows. */
import { messageOf, ReddError } from "../src/errors.ts";
import { widthOf } from "./progress_line.ts";
import { shownLine } from "./untrusted_text.ts";

const encoder = new TextEncoder();

/** Where text goes: stdout or stderr. */
interface Stream {
  writeSync(bytes: Uint8Array): number;
}

/**
 * Writes all of a text. A reader that has gone, as `head` goes, wants no more of it: that is no
 * failure of what the command does, which goes on and ends with its own exit code.
 *
 * @throws {ReddError} environment, where a result cannot be written: the disk behind it is full. Of a
 *   message that has nowhere to go nobody could be told.
 */
export function write(stream: Stream, text: string): void {
  const bytes = encoder.encode(text);
  try {
    for (let done = 0; done < bytes.length;) done += stream.writeSync(bytes.subarray(done));
  } catch (cause) {
    if (cause instanceof Deno.errors.BrokenPipe || stream === Deno.stderr) return;
    throw new ReddError("environment", "OUTPUT_REFUSED", {
      cannot: "write the result to standard output",
      because: messageOf(cause),
      remedy: "Send it somewhere else; what the command did besides is done",
      cause,
    });
  }
}

/** What a voice speaks to, and when. */
export interface Screen {
  /** May a line on stderr be written over? Otherwise no escape is written. */
  readonly moves: boolean;
  /** The columns of the terminal as it is now. */
  columns(): number;
  /** Milliseconds from any beginning. */
  now(): number;
  /** Writes to stdout. */
  out(text: string): void;
  /** Writes to stderr. */
  err(text: string): void;
}

/** Whether no escape goes to the terminal, whatever it is. */
let plain = Deno.noColor;

/** From now on no escape goes to the terminal: no line is written over. */
export function speakPlainly(): void {
  plain = true;
}

/** Does no escape go to the terminal, whatever it is? */
export function isPlain(): boolean {
  return plain;
}

/** The columns of a terminal that does not tell. */
const USUAL_COLUMNS = 80;

/** The columns of the terminal that results go to; undefined where they go elsewhere. */
export function resultColumns(): number | undefined {
  return Deno.stdout.isTerminal() ? ownScreen.columns() : undefined;
}

/** This process's own. */
export const ownScreen: Screen = {
  get moves() {
    return !plain && Deno.stderr.isTerminal();
  },
  columns() {
    try {
      return Deno.consoleSize().columns || USUAL_COLUMNS;
    } catch {
      return USUAL_COLUMNS;
    }
  },
  now: () => performance.now(),
  out: (text) => write(Deno.stdout, text),
  err: (text) => write(Deno.stderr, text),
};

/**
 * Clears the line. To clear to the end of the screen would have tmux move a line at its top into
 * the lines that one can scroll back to, ten times a second.
 */
const CLEAR = "\r\x1b[K";

/**
 * The same, and all below it; the cursor comes back. It is left at the beginning of a line of
 * progress, where it stays when a narrower terminal breaks that line in two.
 */
const CLEAR_BROKEN = `${CLEAR}\x1b7\x1b[B\x1b[J\x1b8`;

/** How wide the line of progress is that stands on a screen. */
const drawn = new WeakMap<Screen, number>();

/** What clears a line that may stand there. */
function clearing(screen: Screen): string {
  return (drawn.get(screen) ?? 0) > screen.columns() ? CLEAR_BROKEN : CLEAR;
}

/** Draws a line of progress in the place of the one before; it has no line end. */
export function drawProgress(screen: Screen, line: string): void {
  screen.err(`${clearing(screen)}${line}\r`);
  drawn.set(screen, widthOf(line));
}

/**
 * Clears what may stand there of a line of progress. Another thread may have drawn it, and what is
 * said beside one stands at the beginning of a line: there is nothing else to clear.
 */
export function endProgress(screen: Screen): void {
  if (!screen.moves) return;
  screen.err(clearing(screen));
  drawn.delete(screen);
}

/** Shows a line on stderr. */
export function complain(line: string, screen = ownScreen): void {
  endProgress(screen);
  screen.err(`${shownLine(line)}\n`);
}

/** Shows a question on stderr, without ending the line. */
export function question(text: string): void {
  endProgress(ownScreen);
  ownScreen.err(shownLine(text));
}

/** Ends the line of a question that nobody has answered. */
export function endQuestion(): void {
  ownScreen.err("\n");
}

/** Libraries say nothing by themselves: the driver writes a line for every byte it does not know. */
export function silenceLibraries(): void {
  const nothing = () => {};
  Object.assign(globalThis.console, {
    debug: nothing,
    error: nothing,
    info: nothing,
    log: nothing,
    warn: nothing,
  });
}
