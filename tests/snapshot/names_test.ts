/** Names and marks of the databases that Redd makes of others, and the lists of settings. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ReddError } from "../../src/errors.ts";
import { commentOf, copyMarkOf } from "../../src/snapshot/mark.ts";
import {
  cloneNameOf,
  isUnfinished,
  requireDatabaseName,
  snapshotNameOf,
  unfinishedName,
} from "../../src/snapshot/names.ts";
import { namesOfList } from "../../src/snapshot/properties.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;

Deno.test("names that Redd gives fit into 63 bytes, and no two databases share one", () => {
  assertEquals(snapshotNameOf("farm"), "farm.snapshot");
  assertEquals(cloneNameOf("farm", 12), "farm_clone_12");
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 63 })
    .filter((text) => bytes(text) <= 63 && text.isWellFormed());
  fc.assert(fc.property(name, name, (a, b) => {
    for (const made of [snapshotNameOf(a), cloneNameOf(a, 64)]) {
      assert(bytes(made) <= 63, made);
      assert(made.isWellFormed());
    }
    assertEquals(snapshotNameOf(a) === snapshotNameOf(b), a === b);
  }));
  const [long, other] = ["x".repeat(62), "x".repeat(63)];
  assert(snapshotNameOf(long) !== snapshotNameOf(other));
});

Deno.test("the server's own databases, snapshots, leftovers and what is no name are refused", () => {
  const refused = [
    "postgres",
    "template1",
    "",
    "é".repeat(32),
    "a\nb",
    "a\u202eb",
    "farm.snapshot",
    unfinishedName(),
  ];
  for (const name of refused) {
    const error = assertThrows(() => requireDatabaseName(name, "reset"), ReddError);
    assertEquals([error.code, error.fault], ["DATABASE_NAME", "input"], name);
  }
  for (const name of ["farm", "Farm of 2024", 'it"s; drop', "é".repeat(31)]) {
    requireDatabaseName(name, "reset");
  }
});

Deno.test("a name for what is unfinished is like no other", () => {
  assert(isUnfinished(unfinishedName()) && unfinishedName() !== unfinishedName());
  for (const name of ["redd.unfinished", "redd.unfinished.xyz", `x${unfinishedName()}`]) {
    assert(!isUnfinished(name), name);
  }
});

Deno.test("a comment is a mark in the very form of one, and in no other", () => {
  const mark = {
    kind: "snapshot",
    of: "farm",
    oid: "16384",
    made: "2026-11-27T06:46:13Z",
  } as const;
  assertEquals(copyMarkOf(commentOf(mark)), mark);
  const broken = [
    null,
    "",
    "redd",
    "redd {",
    "our farm",
    `${commentOf(mark)} and more`,
    commentOf({ ...mark, made: "yesterday" }),
    commentOf({ ...mark, oid: "1; drop" }),
    commentOf({ ...mark, of: "x".repeat(64) }),
    commentOf({ ...mark, kind: "original" as "clone" }),
    commentOf({ ...mark, more: 1 } as typeof mark),
    commentOf(mark) + " ".repeat(500),
  ];
  for (const comment of broken) assertEquals(copyMarkOf(comment), undefined, String(comment));
});

Deno.test("a list of names in a setting is taken apart as PostgreSQL puts it together", () => {
  assertEquals(namesOfList('"$user", public'), ["$user", "public"]);
  assertEquals(namesOfList('a, "b, c", "d""e"'), ["a", "b, c", 'd"e']);
  assertEquals(namesOfList('""'), [""]);
  assertEquals(namesOfList(""), []);
});
