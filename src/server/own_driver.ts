/** The driver for the servers of Redd's own, as their superuser. */
import type postgres from "../packages/postgres.ts";
import type { Socket } from "node:net";
import type { Address } from "../postgres/connection/address.ts";
import { openDriver } from "../postgres/connection/driver.ts";
import { watchLogin } from "../postgres/connection/scram.ts";
import { openSocket } from "../postgres/socket.ts";
import { ROLE } from "./cluster.ts";

/** Where a server can be asked. */
export interface Door {
  readonly port: number;
  /** It goes to nobody: it is compared by SCRAM, or there is no login. */
  readonly password: string;
}

/**
 * Opens the driver on a database.
 *
 * @param seconds How long a connection may take.
 */
export function openOwn(
  { port, password }: Door,
  seconds: number,
  database = "postgres",
): postgres.Sql {
  const address: Address = {
    host: "127.0.0.1",
    port,
    sslmode: "disable",
    applicationName: "redd",
    connectTimeout: seconds,
  };
  const options: postgres.Options<Record<never, never>> & { socket: () => Promise<Socket> } = {
    host: address.host,
    port,
    database,
    username: ROLE,
    password,
    max: 1,
    connect_timeout: seconds,
    fetch_types: false,
    onnotice: () => {},
    async socket() {
      const socket = await openSocket(address, "plain");
      watchLogin(socket);
      return socket;
    },
  };
  return openDriver(options);
}
