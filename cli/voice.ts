/** The command line's voice: data on stdout, messages on stderr, progress as the terminal allows. */
import { messageOf, ReddError } from "../src/errors.ts";
import type { Voice } from "./command.ts";
import { shownJson, shownLine, shownResult, visible } from "./untrusted_text.ts";

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

/** Shows a line on stderr. */
export function complain(line: string): void {
  write(Deno.stderr, `${shownLine(line)}\n`);
}

/** Shows a question on stderr, without ending the line. */
export function question(text: string): void {
  write(Deno.stderr, shownLine(text));
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

/** How much is said. */
export interface VoiceOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly json: boolean;
}

/** Begins a line of progress off a terminal, so that a log can be read without them. */
export const PROGRESS = "progress: ";

/** A plain line of progress off a terminal comes at most this often, in milliseconds. */
const PLAIN_INTERVAL = 10_000;

/** A line that changes does so at most this often, in milliseconds. */
const FRAME = 100;

/** The columns of a terminal that does not tell. */
const USUAL_WIDTH = 80;

/** Columns for the `^C` that a terminal shows: it is not to break a line of progress. */
const ECHO = 2;

/** The columns of the terminal as it is now. */
function widthOf(): number {
  try {
    return Deno.consoleSize().columns || USUAL_WIDTH;
  } catch {
    return USUAL_WIDTH;
  }
}

/**
 * A line that stays one line on a terminal: cut so that the cursor behind it has a place as well. A
 * sign that is two columns wide counts as two.
 */
export function fitted(line: string, columns: number): string {
  let width = 0;
  let cut = "";
  for (const sign of line) {
    width += WIDE.test(sign) ? 2 : 1;
    if (width >= columns) return cut;
    cut += sign;
  }
  return line;
}

/** Signs that take two columns: scripts of East Asia, full width forms and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** So long nothing may have been shown before it is said that the work goes on, in milliseconds. */
const SILENCE = 5_000;

/** A voice that is open. */
export interface OpenVoice extends Voice {
  /** Ends a progress line that is still open. */
  close(): void;
  /** Says that the work goes on, until it is disposed, whenever nothing was shown for a while. */
  beat(): Disposable;
}

/** Opens a voice. */
export function openVoice({ quiet, verbose, json }: VoiceOptions): OpenVoice {
  // With NO_COLOR no escape goes to the terminal, so that no line is written over.
  const terminal = Deno.stderr.isTerminal() && !Deno.noColor;
  let open = false;
  let lastPlain = performance.now();
  let lastFrame = -FRAME;
  const close = () => {
    if (open) write(Deno.stderr, "\r\x1b[K");
    open = false;
  };
  let news = performance.now();
  const message = (line: string) => {
    close();
    news = performance.now();
    write(Deno.stderr, `${shownLine(line)}\n`);
  };
  const result = (line: string) => {
    close();
    news = performance.now();
    write(Deno.stdout, `${shownResult(line)}\n`);
  };
  const show = (line: string) => {
    if (quiet) return;
    if (terminal) {
      const now = performance.now();
      if (now - lastFrame < FRAME) return;
      lastFrame = now;
      write(Deno.stderr, `\r\x1b[K${fitted(shownLine(line), widthOf() - ECHO)}`);
      open = true;
    } else if (performance.now() - lastPlain > PLAIN_INTERVAL) {
      lastPlain = performance.now();
      message(`${PROGRESS}${line}`);
    }
  };
  return {
    json,
    close,
    data(line) {
      close();
      news = performance.now();
      write(Deno.stdout, `${json ? shownJson(line) : shownResult(line)}\n`);
    },
    result(line) {
      if (!quiet) result(line);
    },
    resultDetail(line) {
      if (verbose && !quiet) result(line);
    },
    secret(line) {
      close();
      write(Deno.stdout, `${visible(line)}\n`);
    },
    say(line) {
      if (!quiet) message(line);
    },
    detail(line) {
      if (verbose && !quiet) message(line);
    },
    progress(line) {
      news = performance.now();
      show(line);
    },
    beat() {
      news = performance.now();
      const timer = setInterval(() => {
        const silent = performance.now() - news;
        if (silent < SILENCE) return;
        const before = news;
        show(`still at work, and no news for ${Math.round(silent / 1000)} s`);
        news = before;
      }, 1000);
      return { [Symbol.dispose]: () => clearInterval(timer) };
    },
  };
}
