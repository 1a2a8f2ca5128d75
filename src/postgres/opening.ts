/** Bounds of the time and the bytes until a connection stands, whoever it is that answers. */
import type { Socket } from "node:net";
import { ReddError } from "../errors.ts";
import { redactUrl } from "./url.ts";

/** What a server sends until a login is done is some kilobytes: this is far more, in bytes. */
const MOST_BYTES = 1 << 20;

/** How often is looked, in ms. */
const LOOK = 50;

/**
 * Waits for a connection to stand, at most `seconds`, and for at most a megabyte: a message announces
 * its length, and a driver would keep whatever comes until it is there.
 *
 * @param socketOf The socket under the driver, as soon as there is one; it is closed.
 * @throws {ReddError} environment, when more is sent; an error of the code CONNECT_TIMEOUT, when it
 *   takes longer; what `opening` throws.
 */
export async function whileOpening<Opened>(
  opening: Promise<Opened>,
  url: string,
  seconds: number,
  socketOf: () => Socket | undefined,
): Promise<Opened> {
  const { promise, reject } = Promise.withResolvers<never>();
  const until = performance.now() + seconds * 1000;
  opening.catch(() => {});
  const look = setInterval(() => {
    const socket = socketOf();
    if ((socket?.bytesRead ?? 0) > MOST_BYTES) reject(strange(url));
    else if (performance.now() > until) {
      const error = new Error(`no answer within ${seconds} s`);
      reject(Object.assign(error, { code: "CONNECT_TIMEOUT" }));
    } else return;
    socket?.destroy();
  }, LOOK);
  try {
    return await Promise.race([opening, promise]);
  } finally {
    clearInterval(look);
  }
}

function strange(url: string): ReddError {
  return new ReddError("environment", "NOT_POSTGRES", {
    cannot: `connect to ${redactUrl(url)}`,
    because: `what answers there sent more than ${MOST_BYTES} bytes before a login was done, and ` +
      "no PostgreSQL does so",
    remedy: "Check host and port",
  });
}
