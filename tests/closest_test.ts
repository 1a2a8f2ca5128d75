/** Words that were meant. */
// @ts-types="../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { closest, didYouMean } from "../src/closest.ts";

const WORDS = ["production", "small", "single", "seed", "schedule", "S-FW-01", "Scotland", "out"];

Deno.test("closest() finds what a slip of the hand has made another word of", () => {
  for (
    const [word, meant] of [
      ["sede", "seed"],
      ["shcedule", "schedule"],
      ["scotland", "Scotland"],
      ["S-FW-O1", "S-FW-01"],
      ["prod", "production"],
      ["otu", undefined],
      ["oot", "out"],
      ["medium", undefined],
      ["", undefined],
      ["s".repeat(41), undefined],
    ]
  ) {
    assertEquals(closest(word!, WORDS), meant, word);
  }
});

Deno.test("closest() takes a part between hyphens for the word that alone has it", () => {
  const flags = ["database-url", "data-dir", "demo-password", "start-date", "until"];
  assertEquals(closest("url", flags), "database-url");
  assertEquals(closest("Password", flags), "demo-password");
  assertEquals(closest("dir", [...flags, "other-dir"]), undefined);
});

Deno.test("the beginning of two words means neither of them by that alone", () => {
  assertEquals(closest("production-", ["production-a", "production-b", "x"]), "production-a");
  assertEquals(closest("pro", ["process", "product"]), undefined);
});

Deno.test("didYouMean() is a sentence before the remedy, or nothing", () => {
  assertEquals(didYouMean("sede", WORDS, (one) => `--${one}`), "Did you mean --seed? ");
  assertEquals(didYouMean("fish", WORDS), "");
});
