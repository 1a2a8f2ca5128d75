/**
 * Logins that tell a stranger nothing.
 *
 * With SCRAM a password does not leave this machine's memory, and the server shows that it knows it.
 * But a server chooses how it is logged into, and the driver, as any client, does what it is asked:
 * whoever has taken the port of a server of ours could ask for the password as it is written.
 */
import type { Socket } from "node:net";
import { ReddError } from "../../errors.ts";
import type { Address } from "./address.ts";

/** `AuthenticationSASLContinue`. */
const CONTINUE = 11;

/** What a server asks for in such a login, in this order: `AuthenticationSASL`, … `Ok`. */
const ORDER = [10, CONTINUE, 12, 0];

/** The most rounds of hashing, about a second; PostgreSQL has 4,096 unless it is told otherwise. */
const ROUNDS = 1_000_000;

/** The types of messages that come before its end: `AuthenticationRequest`, errors and notices. */
const [REQUEST, ERROR, NOTICE] = ["R", "E", "N"].map((letter) => letter.charCodeAt(0));

/** The longest message of a login, in bytes; the usual ones have some hundreds. */
const LONGEST = 1 << 14;

/** Passwords of servers of Redd's own, as often as was said. */
const guarded = new Map<string, number>();

/**
 * Has all connections that have this password log in by SCRAM alone, wherever they lead.
 *
 * @returns what takes that back.
 */
export function demandScram(password: string): () => void {
  const count = (change: number) => {
    const times = (guarded.get(password) ?? 0) + change;
    if (times > 0) guarded.set(password, times);
    else guarded.delete(password);
  };
  count(1);
  let done = false;
  return () => {
    if (!done) count(-1);
    done = true;
  };
}

/** Whether {@linkcode demandScram} was called for the password of an address. */
export function demandsScram({ password }: Pick<Address, "password">): boolean {
  return password !== undefined && guarded.has(password);
}

/**
 * Watches the login on a socket. What is no login by SCRAM destroys it with an error of the code
 * NOT_OUR_SERVER, and the driver does not get to see it.
 */
export function watchLogin(socket: Socket): void {
  const login = loginByScram();
  const { emit } = socket;
  socket.emit = (event: string, ...args: unknown[]) => {
    if (event === "data") {
      const seen = login(args[0] as Uint8Array);
      if (seen !== "more") socket.emit = emit;
      if (seen === "refused") {
        socket.destroy(stranger(socket));
        return false;
      }
    }
    return Reflect.apply(emit, socket, [event, ...args]);
  };
}

/** Reads what a server sends, piece by piece, until the login is done or is not by SCRAM. */
function loginByScram(): (bytes: Uint8Array) => "more" | "done" | "refused" {
  let kept = Buffer.alloc(0);
  let step = 0;
  return (bytes) => {
    kept = Buffer.concat([kept, bytes]);
    while (kept.length >= 5) {
      const length = 1 + kept.readUInt32BE(1);
      if (![REQUEST, ERROR, NOTICE].includes(kept[0]) || length > LONGEST) return "refused";
      if (kept.length < length) return "more";
      if (kept[0] === REQUEST) {
        if (length < 9 || kept.readUInt32BE(5) !== ORDER[step]) return "refused";
        if (ORDER[step] === CONTINUE && rounds(kept.toString("latin1", 9, length)) > ROUNDS) {
          return "refused";
        }
        if (++step === ORDER.length) return "done";
      }
      kept = kept.subarray(length);
    }
    return "more";
  };
}

/** How often the password is to be hashed, as the server says it: `r=…,s=…,i=4096`. */
function rounds(text: string): number {
  return Number(/(?:^|,)i=(\d+)/.exec(text)?.[1] ?? Infinity);
}

function stranger({ remotePort }: Socket): ReddError {
  return new ReddError("environment", "NOT_OUR_SERVER", {
    cannot: `log into the embedded server on port ${remotePort}`,
    because: "what listens there does not log in as that server does: another program has its port",
    remedy: "Run the same command again; it starts the server on another port",
  });
}
