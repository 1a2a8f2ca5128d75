/** The command line's voice: data on stdout, messages on stderr, progress as the terminal allows. */
import type { Voice } from "./command.ts";
import { fitted, listed, type ProgressLine, SILENCE, silenceTexts } from "./progress_line.ts";
import { complain, drawProgress, endProgress, ownScreen } from "./screen.ts";
import { shownJson, shownLine, shownResult, visible } from "./untrusted_text.ts";

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

/** So long a plain line of progress is at most. */
const PLAIN_COLUMNS = 200;

/** A voice that is open. */
export interface OpenVoice extends Voice {
  /** Ends a progress line that is still open. */
  close(): void;
  /** Shows that the work goes on, where nothing was told for a while. */
  tick(): void;
  /** Does so every second, until it is disposed. */
  beat(): Disposable;
}

/** Opens a voice that speaks to a screen. */
export function openVoice({ quiet, verbose, json }: VoiceOptions, screen = ownScreen): OpenVoice {
  let current: ProgressLine | undefined;
  let lastPlain = screen.now();
  let lastFrame = -Infinity;
  let news = screen.now();
  let resting = false;
  const close = () => {
    current = undefined;
    endProgress(screen);
  };
  /** What is said besides: a line of progress that is not told again after it is over. */
  const interrupt = () => {
    current = undefined;
    news = screen.now();
  };
  const message = (line: string) => {
    interrupt();
    complain(line, screen);
  };
  const result = (line: string) => {
    interrupt();
    endProgress(screen);
    screen.out(`${shownResult(line)}\n`);
  };
  const show = (line: ProgressLine) => {
    if (quiet) return;
    const now = screen.now();
    if (screen.moves) {
      if (now - lastFrame < FRAME) return;
      lastFrame = now;
      const columns = screen.columns() - 1;
      // Cleaning may have made it longer.
      drawProgress(screen, fitted(shownLine(line(columns)), columns));
    } else if (now - lastPlain >= PLAIN_INTERVAL) {
      lastPlain = now;
      complain(`${PROGRESS}${line(PLAIN_COLUMNS)}`, screen);
    }
  };
  /** A text, and how long it has been there where that is long. */
  const lasting = (text: string): ProgressLine => {
    const since = news;
    return (columns) => listed([text, ...silenceTexts(screen.now() - since)], columns);
  };
  const tick = () => {
    if (resting) return;
    if (current !== undefined) show(current);
    else if (screen.now() - news >= SILENCE) show(lasting("still at work"));
  };
  return {
    json,
    close,
    tick,
    data(line) {
      interrupt();
      endProgress(screen);
      screen.out(`${json ? shownJson(line) : shownResult(line)}\n`);
    },
    result(line) {
      if (!quiet) result(line);
    },
    resultDetail(line) {
      if (verbose && !quiet) result(line);
    },
    secret(line) {
      interrupt();
      endProgress(screen);
      screen.out(`${visible(line)}\n`);
    },
    say(line) {
      if (!quiet) message(line);
    },
    detail(line) {
      if (verbose && !quiet) message(line);
    },
    progress(line) {
      news = screen.now();
      resting = false;
      current = typeof line === "string" ? lasting(line) : line;
      show(current);
    },
    rest() {
      close();
      resting = true;
    },
    beat() {
      news = screen.now();
      const timer = setInterval(tick, TICK);
      return { [Symbol.dispose]: () => clearInterval(timer) };
    },
  };
}
