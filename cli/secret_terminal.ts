/** A line that is typed at the terminal and not shown there. */
import { endQuestion, question } from "./screen.ts";

/** A way to ask for something that nobody shall read over a shoulder. */
export interface SecretTerminal {
  /** Does a person see the question and can type the answer? */
  readonly present: boolean;
  /**
   * Asks, and waits for a line, of which nothing is shown.
   *
   * @returns the line without its end, or undefined when the input ends or the signal aborts.
   */
  askUnseen(question: string, signal: AbortSignal): Promise<string | undefined>;
}

/** Keys of a terminal that hands over every key: it does not edit the line itself. */
const KEYS = { enter: ["\r", "\n"], erase: ["\x7f", "\b"], eraseAll: "\x15", end: "\x04" } as const;

/** No password is longer, in characters. */
const LONGEST = 5000;

/** What is typed up to the end of the line, of text that may come in pieces. */
export function newUnseenLine() {
  let typed: string[] = [];
  return {
    /** @returns the line when it is complete; undefined as long as it is not; null at its end. */
    take(text: string): string | undefined | null {
      for (const key of text) {
        if (KEYS.enter.some((one) => one === key)) return typed.join("");
        if (key === KEYS.end && typed.length === 0) return null;
        if (KEYS.erase.some((one) => one === key)) typed.pop();
        else if (key === KEYS.eraseAll) typed = [];
        else if (typed.length < LONGEST) typed.push(key);
      }
      return undefined;
    },
  };
}

/** Reads key by key; Ctrl-C is a signal as ever. */
async function readUnseen(): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const piece = new Uint8Array(1024);
  const line = newUnseenLine();
  while (true) {
    const length = await Deno.stdin.read(piece);
    if (length === null) return undefined;
    const found = line.take(decoder.decode(piece.subarray(0, length), { stream: true }));
    if (found !== undefined) return found ?? undefined;
  }
}

/** The terminal that this process has. */
export const ownSecrets: SecretTerminal = {
  get present() {
    return Deno.stdin.isTerminal() && Deno.stderr.isTerminal();
  },
  async askUnseen(text, signal) {
    question(text);
    const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
    const onAbort = () => resolve(undefined);
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
    // Nothing is echoed from here on, whatever becomes of the question.
    Deno.stdin.setRaw(true, { cbreak: true });
    try {
      return await Promise.race([readUnseen(), aborted]);
    } finally {
      Deno.stdin.setRaw(false);
      endQuestion();
      signal.removeEventListener("abort", onAbort);
    }
  },
};
