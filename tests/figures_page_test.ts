/** docs/figures.md is what the figures say of themselves. */
import { assertEquals } from "@std/assert";
import { figuresPage } from "../docs/print_figures.ts";

/** A page without the line breaks and the columns that formatting moves. */
function unwrapped(text: string): string[] {
  return text.split(/\n{2,}/).map((paragraph) =>
    paragraph.replace(/\s+/g, " ").replace(/-{3,}/g, "---").trim()
  );
}

Deno.test("the page of the figures is printed from the figures", () => {
  const page = Deno.readTextFileSync(new URL("../docs/figures.md", import.meta.url));
  assertEquals(unwrapped(page), unwrapped(figuresPage()));
});
