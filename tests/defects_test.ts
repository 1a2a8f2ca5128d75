/** Every defect of the original is found by a check, or held by a test, and the page says by which. */
// @ts-types="../types/std_assert.d.ts"
import { assertEquals } from "@std/assert";
import { allChecks } from "../src/catalogue/catalogue.ts";
import type { DefectId } from "../src/catalogue/check.ts";

const IDS = Array.from({ length: 36 }, (_, i) => `B-${String(i + 1).padStart(2, "0")}` as DefectId);

const textOf = (path: string) => Deno.readTextFileSync(new URL(`../${path}`, import.meta.url));

/** What the page says of each defect, on one line. */
const TOLD = new Map(
  [...textOf("docs/defects.md").matchAll(/<a id="(b-\d\d)"><\/a>\s+([^]*?)(?=<a id=|\n## )/g)]
    .map(([, id, text]) => [id!.toUpperCase(), text!.replace(/\s+/g, " ")]),
);

/** The checks that the page names. */
const namedIn = (text: string) =>
  [.../_Found by_ (.*)$/.exec(text)?.[1]?.matchAll(/\[([^\]]+)\]/g) ?? []].map(([, id]) => id!);

/** The tests that the page names: file and sentence. */
const testsIn = (text: string) =>
  [.../_Held by_ (.*)$/.exec(text)?.[1]?.matchAll(/`([^`]+)`, "([^"]+)"/g) ?? []]
    .map(([, path, sentence]) => ({ path: path!, sentence: sentence! }));

Deno.test("the page of the defects has them all, B-01 to B-36, and the checks find no other", () => {
  assertEquals([...TOLD.keys()].toSorted(), IDS);
  const found = new Set(allChecks.flatMap(({ defects = [] }) => defects));
  assertEquals([...found].filter((id) => !IDS.includes(id)), []);
});

for (const id of IDS) {
  Deno.test(`${id} is found by the checks that the page names, or held by the tests that it names`, () => {
    const text = TOLD.get(id)!;
    const finding = allChecks.filter(({ defects }) => defects?.includes(id)).map(({ id }) => id);
    assertEquals(namedIn(text), finding);
    const tests = testsIn(text);
    assertEquals(finding.length + tests.length > 0, true, "neither a check nor a test");
    const missing = tests.filter(({ path, sentence }) => !textOf(path).includes(`"${sentence}"`));
    assertEquals(missing, []);
  });
}
