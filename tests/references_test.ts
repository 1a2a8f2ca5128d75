/** What code and pages refer to is there: pages, anchors in them, defects and checks by their ids. */
import { assertEquals } from "@std/assert";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { allChecks } from "../src/catalogue/catalogue.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

function filesIn(folder: string, suffix: RegExp): string[] {
  return [...Deno.readDirSync(join(ROOT, folder))].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    if (isDirectory) return filesIn(path, suffix);
    return suffix.test(name) ? [path] : [];
  }).sort();
}

const CODE = ["src", "cli", "tests", "bench", "fixtures", "docs"]
  .flatMap((folder) => filesIn(folder, /\.(ts|yaml)$/)).concat("mod.ts");
const PAGES = [...filesIn("docs", /\.md$/), "README.md", "CONTRIBUTING.md", "CHANGELOG.md"];

const textOf = (path: string) => Deno.readTextFileSync(join(ROOT, path));

/** The anchor that a heading gets where Markdown is shown. */
function slug(heading: string): string {
  return heading.trim().toLowerCase().replace(/[^\w\s-]/g, "").replace(/\s/g, "-");
}

/** Anchors of a page: those written out, and those of its headings. */
function anchorsOf(text: string): Set<string> {
  const written = [...text.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id!);
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => slug(heading!));
  return new Set([...written, ...headings]);
}

const ANCHORS = new Map(PAGES.map((page) => [page, anchorsOf(textOf(page))]));

/** What is wrong with a reference, if anything is. */
function fault(page: string, anchor: string | undefined): string | undefined {
  const anchors = ANCHORS.get(page);
  if (anchors === undefined) {
    try {
      Deno.statSync(join(ROOT, page));
      return anchor === undefined ? undefined : `${page} is no page`;
    } catch {
      return `${page} is not there`;
    }
  }
  return anchor === undefined || anchors.has(anchor) ? undefined : `${page} has no #${anchor}`;
}

Deno.test("every reference in code is an anchor of a page in docs", () => {
  const missing = CODE.flatMap((path) =>
    [...textOf(path).matchAll(/\b((?:safety\/)?[a-z]+\.md)#([\w.-]*\w)/g)].flatMap(
      ([, page, anchor]) => {
        const found = fault(`docs/${page}`, anchor);
        return found === undefined ? [] : [`${path}: ${found}`];
      },
    )
  );
  assertEquals([...new Set(missing)], []);
});

Deno.test("every link of a page leads to a page, a file or an anchor", () => {
  const missing = PAGES.flatMap((path) =>
    [...textOf(path).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(
      ([, target, anchor]) => {
        const page = target === "" ? path : normalize(join(dirname(path), target!));
        const found = fault(page, anchor);
        return found === undefined ? [] : [`${path}: ${found}`];
      },
    )
  );
  assertEquals([...new Set(missing)], []);
});

Deno.test("no code refers to a section, ruling or decision but by its anchor", () => {
  const loose = CODE.flatMap((path) =>
    textOf(path).split("\n").flatMap((line, i) =>
      /\b(sections?|rulings?|bugs?|design) (?:[BD]-?)?\d/.test(line) ? [`${path}:${i + 1}`] : []
    )
  );
  assertEquals(loose, []);
});

Deno.test("every defect and check that code names by its id is there", () => {
  const known = new Set([
    ...ANCHORS.get("docs/defects.md") ?? [],
    ...allChecks.flatMap(({ id }) => [id, id.slice(0, 4)]).map((id) => id.toLowerCase()),
  ]);
  const unknown = CODE.flatMap((path) =>
    [...textOf(path).matchAll(/\b([ABCD]-\d\d)\b/g)].flatMap(([, id]) =>
      known.has(id!.toLowerCase()) ? [] : [`${path}: ${id}`]
    )
  );
  assertEquals([...new Set(unknown)], []);
});
