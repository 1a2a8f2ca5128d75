/** docs/checks.md is what the checks say of themselves. */
import { assertEquals } from "@std/assert";
import { checksPage } from "../docs/print_checks.ts";

/** A page without the line breaks that formatting moves. */
function unwrapped(text: string): string[] {
  return text.split(/\n{2,}/).map((paragraph) => paragraph.replace(/\s+/g, " ").trim());
}

Deno.test("the page of the checks is printed from the checks", () => {
  const page = Deno.readTextFileSync(new URL("../docs/checks.md", import.meta.url));
  assertEquals(unwrapped(page), unwrapped(checksPage()));
});
