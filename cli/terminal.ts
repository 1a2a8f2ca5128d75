/** The person at the terminal, who can be asked something where there is one. */
import { endQuestion, question } from "./screen.ts";

/** A way to ask. */
export interface Terminal {
  /** Does a person see the question and can type the answer? */
  readonly present: boolean;
  /**
   * Asks, and waits for a line.
   *
   * @returns the line without its end, or undefined when the input ends or the signal aborts.
   */
  ask(question: string, signal: AbortSignal): Promise<string | undefined>;
}

/** A line of stdin, as the terminal hands it over: when it is complete. */
async function readLine(): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const piece = new Uint8Array(1024);
  let text = "";
  while (!text.includes("\n")) {
    const length = await Deno.stdin.read(piece);
    if (length === null) return undefined;
    text += decoder.decode(piece.subarray(0, length), { stream: true });
  }
  return text.slice(0, text.indexOf("\n")).replace(/\r$/, "");
}

/** The terminal that this process has: stdin to type at, stderr to read from. */
export const ownTerminal: Terminal = {
  get present() {
    return Deno.stdin.isTerminal() && Deno.stderr.isTerminal();
  },
  async ask(text, signal) {
    question(text);
    const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
    const onAbort = () => resolve(undefined);
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
    try {
      const answer = await Promise.race([readLine(), aborted]);
      if (answer === undefined) endQuestion();
      return answer;
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  },
};
