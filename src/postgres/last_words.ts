/**
 * What a pooler, or the server itself, says before it closes a connection. While a statement
 * waits for its answer postgres 3.4.9 keeps an error until the server is ready for the next one;
 * where that never comes, it forgets the reason and says that the connection is closed.
 */
import type { Socket } from "node:net";

const ERROR = 69;

/** The most bytes of the last piece that are looked at; an error is some hundred. */
const MOST_BYTES = 1 << 16;

/**
 * Listens to a socket that is given to the driver.
 *
 * @returns what gives the error with which the other side has ended, if the last thing that it sent
 *   is one.
 */
export function lastWordsOf(socket: Socket): () => Error | undefined {
  let last: Uint8Array = new Uint8Array();
  socket.on("data", (piece: Uint8Array) => void (last = piece));
  return () => errorAtEnd(last.subarray(-MOST_BYTES));
}

/** The error whose message ends where the bytes end. */
function errorAtEnd(bytes: Uint8Array): Error | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 5 < bytes.length; at++) {
    if (bytes[at] !== ERROR || at + 1 + view.getUint32(at + 1) !== bytes.length) continue;
    const fields = fieldsOf(bytes.subarray(at + 5));
    if (fields !== undefined) return Object.assign(new Error(fields.message), fields);
  }
  return undefined;
}

/** Fields of an error, each a letter and a text that ends with a zero. */
function fieldsOf(bytes: Uint8Array) {
  const texts = new TextDecoder().decode(bytes).split("\0");
  const field = (letter: string) => texts.find((text) => text.startsWith(letter))?.slice(1);
  const [severity, code, message] = [field("S"), field("C"), field("M")];
  if (severity === undefined || code === undefined || message === undefined) return undefined;
  return /^\w{5}$/.test(code) ? { code, message, routine: field("R") ?? "" } : undefined;
}
