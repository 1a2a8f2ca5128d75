/**
 * The connection under the driver.
 *
 * The driver sends the end of a COPY as a small packet of its own, which the system would hold back
 * until the server has acknowledged the data: 40 ms for every part. Hence a socket without delay.
 */
import { Socket } from "node:net";
import { join } from "node:path";
import { type Address, isSocket } from "./connection/address.ts";
import { type Encryption, secure } from "./connection/tls.ts";

/**
 * Connects to the server of an address, at most `connectTimeout` seconds long.
 *
 * @throws the socket's error, one with the code CONNECT_TIMEOUT, or what `secure` throws.
 */
export async function openSocket(address: Address, encryption: Encryption): Promise<Socket> {
  const { connectTimeout } = address;
  const socket = new Socket();
  // An error that comes while nobody waits for one comes again with the next write.
  socket.on("error", () => {});
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new Error(`no answer within ${connectTimeout} s`);
    late.reject(Object.assign(error, { code: "CONNECT_TIMEOUT" }));
  }, connectTimeout * 1000);
  const open = async () => {
    await reach(socket, address);
    return await secure(socket, address, encryption);
  };
  try {
    return await Promise.race([late.promise, open()]);
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function reach(socket: Socket, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      resolve();
    });
    socket.setNoDelay(true);
    if (isSocket(host)) socket.connect(join(host, `.s.PGSQL.${port}`));
    else socket.connect(port, host);
  });
}
