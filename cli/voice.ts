/** The command line's voice: data on stdout, messages on stderr, progress as the terminal allows. */
import { messageOf, ReddError } from "../src/errors.ts";
import type { Voice } from "./command.ts";
import { fitted, listed, type ProgressLine, SILENCE, silenceTexts } from "./progress_line.ts";
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

/** Whether a line that is there may be written over. */
let plain = Deno.noColor;

/** From now on no escape goes to the terminal: no line is written over. */
export function speakPlainly(): void {
  plain = true;
}

/** Does no escape go to the terminal, whatever it is? */
export function isPlain(): boolean {
  return plain;
}

function mayMove(): boolean {
  return !plain && Deno.stderr.isTerminal();
}

/**
 * Clears from the beginning of the line to the end of the screen. The cursor is left at the beginning
 * of a line of progress, where it stays when a narrower terminal breaks that line in two.
 */
const CLEAR = "\r\x1b[J";

/** Draws a line of progress in the place of the one before; it has no line end. */
function drawProgress(line: string): void {
  write(Deno.stderr, `${CLEAR}${line}\r`);
}

/**
 * Clears what may stand there of a line of progress. Another thread may have drawn it, and what is
 * said beside one stands at the beginning of a line: there is nothing else to clear.
 */
function endProgress(): void {
  if (mayMove()) write(Deno.stderr, CLEAR);
}

/** Shows a line on stderr. */
export function complain(line: string): void {
  endProgress();
  write(Deno.stderr, `${shownLine(line)}\n`);
}

/** Shows a question on stderr, without ending the line. */
export function question(text: string): void {
  endProgress();
  write(Deno.stderr, shownLine(text));
}

/** Ends the line of a question that nobody has answered. */
export function endQuestion(): void {
  write(Deno.stderr, "\n");
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

/** A line is made anew this often while nothing is told, in milliseconds. */
const TICK = 1000;

/** The columns of a terminal that does not tell. */
const USUAL_COLUMNS = 80;

/** So long a plain line of progress is at most. */
const PLAIN_COLUMNS = 200;

/** The columns of the terminal as it is now. */
function terminalColumns(): number {
  try {
    return Deno.consoleSize().columns || USUAL_COLUMNS;
  } catch {
    return USUAL_COLUMNS;
  }
}

/** A voice that is open. */
export interface OpenVoice extends Voice {
  /** Ends a progress line that is still open. */
  close(): void;
  /** Shows until it is disposed that the work goes on, also while nothing is told. */
  beat(): Disposable;
}

/** Opens a voice. */
export function openVoice({ quiet, verbose, json }: VoiceOptions): OpenVoice {
  let current: ProgressLine | undefined;
  let lastPlain = performance.now();
  let lastFrame = -FRAME;
  let news = performance.now();
  let resting = false;
  const close = () => {
    current = undefined;
    endProgress();
  };
  const message = (line: string) => {
    news = performance.now();
    complain(line);
  };
  const result = (line: string) => {
    news = performance.now();
    endProgress();
    write(Deno.stdout, `${shownResult(line)}\n`);
  };
  const show = (line: ProgressLine) => {
    if (quiet) return;
    const now = performance.now();
    if (mayMove()) {
      if (now - lastFrame < FRAME) return;
      lastFrame = now;
      const columns = terminalColumns() - 1;
      // Cleaning may have made it longer.
      drawProgress(fitted(shownLine(line(columns)), columns));
    } else if (now - lastPlain > PLAIN_INTERVAL) {
      lastPlain = now;
      complain(`${PROGRESS}${line(PLAIN_COLUMNS)}`);
    }
  };
  return {
    json,
    close,
    data(line) {
      news = performance.now();
      endProgress();
      write(Deno.stdout, `${json ? shownJson(line) : shownResult(line)}\n`);
    },
    result(line) {
      if (!quiet) result(line);
    },
    resultDetail(line) {
      if (verbose && !quiet) result(line);
    },
    secret(line) {
      endProgress();
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
      resting = false;
      current = typeof line === "string" ? constantLine(line, news) : line;
      show(current);
    },
    rest() {
      close();
      resting = true;
    },
    beat() {
      news = performance.now();
      const still: ProgressLine = (columns) =>
        listed(["still at work", ...silenceTexts(performance.now() - news)], columns);
      const timer = setInterval(() => {
        if (resting) return;
        if (current !== undefined) show(current);
        else if (performance.now() - news >= SILENCE) show(still);
      }, TICK);
      return { [Symbol.dispose]: () => clearInterval(timer) };
    },
  };
}

/** A line that does not change, but for how long there has been no other. */
function constantLine(line: string, since: number): ProgressLine {
  return (columns) => listed([line, ...silenceTexts(performance.now() - since)], columns);
}
