// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../../src/errors.ts";
import {
  type Address,
  NO_LIMIT,
  SSL_MODES,
  urlOf,
} from "../../../src/postgres/connection/address.ts";
import { readUrl } from "../../../src/postgres/url.ts";
import { fc } from "../../random.ts";

/** Texts with the characters that URLs take for their own. */
const text = fc.string({ unit: "grapheme", minLength: 1 }).filter((some) => !some.includes("\0"));
const odd = fc.oneof(text, fc.constantFrom("..", ".", "a/b", "?a=b&c", "p+q %41", "@:#[]", "x=y"));
const host = fc.oneof(
  fc.constantFrom("db.example", "10.0.0.1", "::1", "fe80::1%eth0", "/run/my sockets", "a_b"),
  odd.filter((some) => !some.includes(",")),
);
const optional = (key: string) => fc.option(odd, { nil: undefined }).map((some) => [key, some]);

const addresses = fc.record({
  required: fc.record({
    host,
    port: fc.integer({ min: 1, max: 65535 }),
    sslmode: fc.constantFrom(...SSL_MODES),
    applicationName: odd,
    connectTimeout: fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constant(NO_LIMIT)),
  }),
  optional: fc.tuple(
    ...["database", "username", "password", "sslrootcert", "options"].map(optional),
  ),
  certificate: fc.option(fc.record({ sslcert: odd, sslkey: odd }), { nil: {} }),
}).map(({ required, optional, certificate }) => ({
  ...required,
  ...Object.fromEntries(optional.filter(([, some]) => some !== undefined)),
  ...certificate,
})) as fc.Arbitrary<Address>;

Deno.test("an address comes back out of its connection string, whatever characters it holds", () => {
  fc.assert(fc.property(addresses, (address) => {
    assertEquals(readUrl(urlOf(address)), address);
  }));
});

Deno.test("a connection string is as short as it can be", () => {
  assertEquals(
    urlOf(readUrl("host=db user=anna dbname=farm")),
    "postgres://anna@db:5432/farm",
  );
  assertEquals(
    urlOf(readUrl("postgres://anna@/farm?host=/run/pg&sslmode=require")),
    "postgres://anna@/farm?host=/run/pg&port=5432&sslmode=require",
  );
  assertEquals(urlOf(readUrl("postgres://[::1]/farm")), "postgres://[::1]:5432/farm");
});

Deno.test("no limit of time to connect is zero, less, or more than a timer can hold", () => {
  for (const seconds of ["0", "-1", "2147484", "9999999999"]) {
    const address = readUrl(`postgres://db/farm?connect_timeout=${seconds}`);
    assertEquals(address.connectTimeout, NO_LIMIT, seconds);
    assertEquals(urlOf(address), "postgres://db:5432/farm?connect_timeout=0");
  }
  for (const none of ["1e30", "Infinity", "0x10", "5s", "1_000", "٣", "9".repeat(400)]) {
    const url = `postgres://db/farm?connect_timeout=${encodeURIComponent(none)}`;
    assertThrows(() => readUrl(url), ReddError, "which is no number of seconds");
  }
  // A timer that is set to more ends at once.
  assert(NO_LIMIT * 1000 < 2 ** 31);
});
