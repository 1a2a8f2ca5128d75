/** TLS on a connection to a server, as PostgreSQL's protocol begins it. */
import { isIP, type Socket } from "node:net";
import tls from "node:tls";
import { messageOf, ReddError } from "../../errors.ts";
import { readUtf8, whyUnread } from "../../files/utf8.ts";
import { type Address, isSocket } from "./address.ts";

/** How a connection is to be: as it is, with TLS, or with TLS if the server has it. */
export type Encryption = "plain" | "tls" | "tls if offered";

/**
 * The ways to connect to an address, in the order in which they are tried. Another is tried where
 * the server does not want the one before.
 */
export function encryptionsOf({ host, sslmode }: Address): readonly Encryption[] {
  if (isSocket(host) || sslmode === "disable") return ["plain"];
  if (sslmode === "allow") return ["plain", "tls"];
  if (sslmode === "prefer") return ["tls if offered", "plain"];
  return ["tls"];
}

/** "SSLRequest": its length, and the number that stands where a version would. */
const REQUEST = new Uint8Array([0, 0, 0, 8, 4, 210, 22, 47]);

/** The most bytes of a file of certificates; a system's whole bundle has 0.3 MB. */
const LARGEST = 4_000_000;

/** Certificates and key out of an address's files. */
export interface Credentials {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/**
 * Reads the files that an address names.
 *
 * @throws {ReddError} input, for a file that cannot be read, and a key that others can.
 */
export function readCredentials(address: Address): Credentials {
  const { sslrootcert, sslcert, sslkey } = address;
  const files = {
    ca: sslrootcert === "system" ? undefined : sslrootcert,
    cert: sslcert,
    key: sslkey,
  };
  if (sslkey !== undefined) requireOwn(sslkey);
  const found: Record<string, string> = {};
  for (const [name, path] of Object.entries(files)) {
    if (path !== undefined) found[name] = readFile(path);
  }
  return found;
}

/**
 * A key is its owner's alone; one of root's may be read by its group, as libpq has it.
 *
 * @throws {ReddError} input, for a key that others may read.
 */
function requireOwn(path: string): void {
  let info: Deno.FileInfo;
  try {
    info = Deno.statSync(path);
  } catch {
    return; // Reading it says why.
  }
  const { mode, uid } = info;
  if (!info.isFile || mode === null || (mode & (uid === 0 ? 0o037 : 0o077)) === 0) return;
  throw new ReddError("input", "KEY_OPEN", {
    cannot: `use the key ${path}`,
    because: `others than its owner may read it (mode ${(mode & 0o777).toString(8)})`,
    remedy: `Make it your own: chmod 600 ${path}`,
  });
}

function readFile(path: string): string {
  try {
    return readUtf8(path, LARGEST, { follow: true });
  } catch (cause) {
    throw new ReddError("input", "CERTIFICATE_UNREADABLE", {
      cannot: `read the certificate or key ${path}`,
      because: whyUnread(cause),
      remedy: "Correct sslrootcert, sslcert or sslkey",
      cause,
    });
  }
}

/**
 * Makes a fresh connection safe, as far as the address and the server want it.
 *
 * @throws an error with the code TLS_ABSENT, TLS_FAILED, CERTIFICATE_REFUSED, NAME_REFUSED or
 *   NOT_POSTGRES.
 */
export async function secure(
  socket: Socket,
  address: Address,
  encryption: Encryption,
): Promise<Socket> {
  if (encryption === "plain") return socket;
  const credentials = readCredentials(address);
  const answer = await request(socket);
  if (answer === "S") return await handshake(socket, address, credentials);
  if (answer === "N" && encryption === "tls if offered") return socket;
  if (answer === "N") throw failure("TLS_ABSENT", "the server has no TLS");
  if (answer === "E") throw failure("TLS_FAILED", "the server answered the request with an error");
  throw failure("NOT_POSTGRES", "what listens there does not speak PostgreSQL's protocol");
}

/** Asks for TLS; whatever else comes before it was not sent by a server that means well. */
function request(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const onClose = () => reject(failure("TLS_FAILED", "the server closed the connection"));
    socket.once("close", onClose);
    socket.once("data", (bytes: Uint8Array) => {
      socket.off("close", onClose);
      const sign = String.fromCharCode(bytes[0]!);
      resolve(sign !== "E" && bytes.length > 1 ? "?" : sign);
    });
    socket.write(REQUEST);
  });
}

function handshake(socket: Socket, address: Address, credentials: Credentials): Promise<Socket> {
  const { host, sslmode, sslrootcert } = address;
  const verifies = sslmode === "verify-full" || sslmode === "verify-ca" ||
    // An authority that is named is to be asked, as libpq does.
    (sslmode === "require" && sslrootcert !== undefined);
  const options: tls.ConnectionOptions = {
    socket,
    host,
    ...(isIP(host) ? {} : { servername: host }),
    ...credentials,
    rejectUnauthorized: verifies,
    ...(sslmode === "verify-full" ? {} : { checkServerIdentity: () => undefined }),
  };
  return new Promise((resolve, reject) => {
    const refuse = (thrown: unknown) => reject(certificateFailure(thrown));
    try {
      const secured = tls.connect(options);
      secured.on("error", refuse);
      secured.on("close", () => refuse(new Error("the server closed the connection")));
      secured.once("secureConnect", () => resolve(secured));
    } catch (thrown) {
      // A certificate or key that is none.
      refuse(thrown);
    }
  });
}

const CERTIFICATE = /^(ERR_TLS_CERT|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

function certificateFailure(thrown: unknown): Error {
  const code = String((thrown as { code?: unknown }).code);
  const message = messageOf(thrown).replace(/[\s:.]+$/, "");
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return failure("NAME_REFUSED", message);
  return failure(CERTIFICATE.test(code) ? "CERTIFICATE_REFUSED" : "TLS_FAILED", message);
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
