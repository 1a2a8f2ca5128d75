/** Who has taken the port of a server of Redd's own is told no password, whatever it asks for. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { demandScram, demandsScram } from "../../src/postgres/connection/scram.ts";
import { connect } from "../../src/postgres/target.ts";
import { message, request, type Stranger, strangerWith } from "../server/stranger.ts";

const PASSWORD = "canary-7f3a";

const urlOf = ({ port }: Stranger) =>
  `postgres://redd:${PASSWORD}@127.0.0.1:${port}/farm?sslmode=disable&connect_timeout=10`;

const letters = (text: string) => [...new TextEncoder().encode(text)];
const SASL = request(10, ...letters("SCRAM-SHA-256\0\0"));
const both = (...parts: Uint8Array<ArrayBuffer>[]) => new Uint8Array(parts.flatMap((p) => [...p]));

/** Whatever is no login by SCRAM from its first message to its last. */
const ANSWERS: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  "the password as it is": request(3),
  "its MD5": request(5, 1, 2, 3, 4),
  "Kerberos": request(2),
  "nothing": request(0),
  "the password, after a notice": both(message("N", letters("SNOTICE\0\0")), request(3)),
  "SCRAM, and then the password": both(SASL, request(3)),
  "SCRAM, and then nothing": both(SASL, request(0)),
  "SCRAM twice": both(SASL, SASL),
  "SCRAM without an end": both(SASL, request(11, ...letters("r=x,s=eA==,i=20000000"))),
  "SCRAM without rounds": both(SASL, request(11, ...letters("r=x,s=eA=="))),
  "something else than a login": message("Z", [73]),
  "a request without a kind": message("R", [0]),
  "a message without an end": new Uint8Array([82, 127, 255, 255, 255]),
};

for (const [what, answer] of Object.entries(ANSWERS)) {
  Deno.test(`a stranger that asks for ${what} is left without a password`, async () => {
    using stranger = strangerWith(answer);
    const takeBack = demandScram(PASSWORD);
    const error = await assertRejects(() => connect(urlOf(stranger)), ReddError);
    takeBack();
    assertEquals(error.code, "NOT_OUR_SERVER");
    // A first word that names the user, and at most the begin of SCRAM, which has no password.
    const [heard, ...others] = stranger.heard;
    assertEquals(others, []);
    const rest = heard!.slice(heard!.charCodeAt(3));
    assert(rest === "" || /^p....SCRAM-SHA-256\0/s.test(rest), JSON.stringify(rest));
    assert(!/canary|md5/.test(heard!), heard);
  });
}

Deno.test("a server of somebody else's is logged into as it asks", async () => {
  using stranger = strangerWith(request(3));
  await assertRejects(() => connect(urlOf(stranger)), ReddError);
  assert(stranger.heard[0]!.endsWith(`${PASSWORD}\0`));
});

Deno.test("SCRAM is demanded for one password, as long as somebody demands it", () => {
  const [first, second] = [demandScram(PASSWORD), demandScram(PASSWORD)];
  first();
  first();
  assert(demandsScram({ password: PASSWORD }));
  assert(!demandsScram({ password: "another" }));
  assert(!demandsScram({}));
  second();
  assert(!demandsScram({ password: PASSWORD }));
});
