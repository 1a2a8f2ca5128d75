/** A program that listens where a server was, and asks for what it likes. */

/** What a server may ask for: `AuthenticationRequest` of a kind, with what belongs to it. */
export function request(kind: number, ...rest: number[]): Uint8Array<ArrayBuffer> {
  return message("R", [0, 0, 0, kind, ...rest]);
}

/** A message of PostgreSQL's protocol. */
export function message(type: string, body: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(5 + body.length);
  bytes[0] = type.charCodeAt(0);
  new DataView(bytes.buffer).setUint32(1, 4 + body.length);
  bytes.set(body, 5);
  return bytes;
}

/** A stranger, and what was told to it. */
export interface Stranger extends Disposable {
  readonly port: number;
  /** All that was sent to it, a text for each connection. */
  readonly heard: readonly string[];
}

const NO = message("E", [...new TextEncoder().encode("SFATAL\0C28P01\0Mno\0\0")]);

/** Listens, answers each caller's first words with `answer`, and refuses him then. It has no TLS. */
export function strangerWith(answer: Uint8Array<ArrayBuffer>, port = 0): Stranger {
  const listener = Deno.listen({ hostname: "127.0.0.1", port });
  const heard: string[] = [];
  const serve = async (caller: Deno.Conn) => {
    const place = heard.push("") - 1;
    const bytes = new Uint8Array(4096);
    for (let answers = 0, read; answers < 2 && (read = await caller.read(bytes)) !== null;) {
      heard[place] += new TextDecoder("latin1").decode(bytes.subarray(0, read));
      const isTls = read === 8 && bytes[4] === 4;
      if (isTls) await caller.write(new TextEncoder().encode("N"));
      else await caller.write(answers++ === 0 ? answer : NO);
    }
    caller.close();
  };
  (async () => {
    for await (const caller of listener) serve(caller).catch(() => {});
  })();
  return {
    port: listener.addr.port,
    heard,
    [Symbol.dispose]: () => listener.close(),
  };
}
