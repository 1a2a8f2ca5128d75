/**
 * The connection under the driver.
 *
 * The driver sends the end of a COPY as a small packet of its own, which the system would hold back
 * until the server has acknowledged the data: 40 ms for every part. Hence a socket without delay.
 */
import { Socket } from "node:net";
import { join } from "node:path";
import type { Address } from "./url.ts";

/** Connects to the server of an address, at most `connectTimeout` seconds long. */
export function openSocket(address: Address): Promise<Socket> {
  const { host, port, connectTimeout } = address;
  const socket = new Socket();
  // The driver reads the name to verify in a certificate from here.
  Object.assign(socket, { host, port });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const error = new Error(`no answer within ${connectTimeout} s`);
      socket.destroy(Object.assign(error, { code: "CONNECT_TIMEOUT" }));
    }, connectTimeout * 1000);
    const settle = () => {
      clearTimeout(timer);
      socket.off("error", onError);
      socket.off("connect", onConnect);
    };
    const onError = (error: Error) => {
      settle();
      reject(error);
    };
    const onConnect = () => {
      settle();
      resolve(socket);
    };
    socket.on("error", onError);
    socket.on("connect", onConnect);
    socket.setNoDelay(true);
    if (host.startsWith("/")) socket.connect(join(host, `.s.PGSQL.${port}`));
    else socket.connect(port, host);
  });
}
