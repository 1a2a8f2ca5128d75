/** How much a server may answer to one statement, whoever it is. */
import type { Socket } from "node:net";
import { ReddError } from "../errors.ts";
import { redactUrl } from "./url.ts";

/** Far more than any statement of Redd's brings back as a whole, in bytes. */
const MOST_BYTES = 1 << 26;

/** How often is looked, in ms. */
const LOOK = 50;

/** Bounds of what a connection receives. */
export interface AnswerBounds extends Disposable {
  /** A statement begins whose answer is kept as a whole, and so has a bound. */
  whole(): void;
  /** One begins whose rows are passed on as they come: it may be of any size. */
  streamed(): void;
}

/**
 * Watches a connection. The driver keeps an answer until it is complete, so that one without an end,
 * or a message that announces a huge length, would fill the memory.
 *
 * @param socketOf The socket under the driver, as soon as there is one; it is closed.
 * @param onTooMuch Receives why, when an answer is beyond its bound.
 */
export function boundAnswers(
  url: string,
  socketOf: () => Socket | undefined,
  onTooMuch: (error: ReddError) => void,
): AnswerBounds {
  let most = Infinity;
  const timer = setInterval(() => {
    const socket = socketOf();
    if (socket === undefined || socket.bytesRead <= most) return;
    clearInterval(timer);
    onTooMuch(tooMuch(url));
    socket.destroy();
  }, LOOK);
  Deno.unrefTimer(timer);
  return {
    whole: () => void (most = (socketOf()?.bytesRead ?? 0) + MOST_BYTES),
    streamed: () => void (most = Infinity),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

function tooMuch(url: string): ReddError {
  return new ReddError("environment", "ANSWER_TOO_LARGE", {
    cannot: `work with ${redactUrl(url)}`,
    because: `what answers there sent more than ${MOST_BYTES} bytes for one statement, and no ` +
      "statement of Redd's brings back so much",
    remedy: "Check host and port",
  });
}
