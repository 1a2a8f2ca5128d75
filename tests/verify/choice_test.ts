// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { allChecks } from "../../src/catalogue/catalogue.ts";
import { chosenChecks } from "../../src/catalogue/choice.ts";

const idsOf = (only?: readonly string[]) => chosenChecks(allChecks, only).map(({ id }) => id);

Deno.test("checks are chosen by id and by pattern, in the order of the catalogue", () => {
  assertEquals(idsOf(), allChecks.map(({ id }) => id));
  assertEquals(idsOf(["C-30", "A-01", "a-01"]), ["A-01", "C-30"]);
  assertEquals(idsOf(["LAW-VIEW*"]), ["LAW-VIEW-HARVEST", "LAW-VIEW-TRANSACTIONS"]);
  assertEquals(idsOf(["*y-harvest", "C-1*harvest"]), ["C-16-HARVEST", "LAW-MONEY-HARVEST"]);
  assertEquals(idsOf(["*"]), allChecks.map(({ id }) => id));
  const feed = idsOf(["LAW-FEED-*"]);
  assert(feed.length > 4 && feed.every((id) => id.startsWith("LAW-FEED-")), feed.join());
});

Deno.test("an id or a pattern that is no check's is refused, with those that are like it", () => {
  const refused = (only: readonly string[]) => assertThrows(() => idsOf(only), ReddError);
  const one = refused(["A-01", "D-0"]);
  assertEquals([one.code, one.fault], ["CHECK_UNKNOWN", "input"]);
  assertEquals(
    one.message,
    'Cannot run some of the checks: there is no check "D-0". Name one of D-01, D-02, as ' +
      "docs/checks.md does.",
  );
  // Only the star stands for something else.
  for (const wanted of ["A.01", "A-0?", "A-0[1]", "^A-01$", "", " A-01"]) refused([wanted]);
  assertEquals(refused([]).because, "none is named");
});
