// @ts-types="../../../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { findPassword } from "../../../src/postgres/connection/password_file.ts";

const LOGIN = { host: "db.example", port: 5432, database: "farm", user: "anna" };

for (
  const [what, line, password] of [
    ["all four words", "db.example:5432:farm:anna:secret", "secret"],
    ["stars", "*:*:*:*:secret", "secret"],
    ["another host", "db:5432:farm:anna:secret", undefined],
    ["another port", "db.example:5433:farm:anna:secret", undefined],
    ["another database", "db.example:5432:pond:anna:secret", undefined],
    ["another user", "db.example:5432:farm:bo:secret", undefined],
    ["escaped characters in the password", String.raw`*:*:*:*:a\:b\\c\d`, String.raw`a:b\cd`],
    ["a colon behind the password", "*:*:*:*:secret:more", "secret"],
    ["a comment", "#*:*:*:*:secret", undefined],
    ["a line with too few words", "*:*:*:secret", undefined],
    ["a star among other characters", "db.*:*:*:*:secret", undefined],
    ["an end of line of Windows", "*:*:*:*:secret\r", "secret"],
  ] as const
) {
  Deno.test(`a password file with ${what} gives ${password ?? "no password"}`, () => {
    assertEquals(findPassword(`# mine\n\n${line}\n`, LOGIN), password);
  });
}

Deno.test("a password file's first line that fits counts", () => {
  assertEquals(findPassword("*:1:*:*:a\n*:*:*:anna:b\n*:*:*:*:c", LOGIN), "b");
});

Deno.test("a password file's words with colons and backslashes are written with backslashes", () => {
  const login = { ...LOGIN, host: "::1", user: "an\\na" };
  assertEquals(findPassword(String.raw`\:\:1:*:*:an\\na:secret`, login), "secret");
});

Deno.test("a password file calls the usual folders of Unix sockets localhost", () => {
  const file = "localhost:*:*:*:secret";
  assertEquals(findPassword(file, { ...LOGIN, host: "/var/run/postgresql" }), "secret");
  assertEquals(findPassword(file, { ...LOGIN, host: "/home/anna" }), undefined);
  assertEquals(findPassword("/home/anna:*:*:*:b", { ...LOGIN, host: "/home/anna" }), "b");
});
