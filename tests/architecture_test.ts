/** The rooms of `src` and the arrows between them, as docs/architecture.md states them. */
import { assertEquals } from "@std/assert";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Rooms that compute, and nothing else. */
const PURE = ["chance", "tables", "farm", "field", "biology", "render"];

/** Rooms that read a dataset through its interface, wherever its bytes are. */
const READERS = ["load", "diff", "catalogue", "verify", "figures", "report", "page"];

/** The rooms, in the order of the table under "## Rooms". */
function statedRooms(): string[] {
  const page = Deno.readTextFileSync(join(ROOT, "docs/architecture.md"));
  const section = page.slice(page.indexOf("\n## Rooms\n"), page.indexOf("\n## Threads\n"));
  return [...section.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name!);
}

function sourceFiles(folder: string): string[] {
  return [...Deno.readDirSync(join(ROOT, folder))].flatMap(({ name, isDirectory }) =>
    isDirectory ? sourceFiles(join(folder, name)) : name.endsWith(".ts") ? [join(folder, name)] : []
  ).sort();
}

/** The files that a file imports, those of types and of workers too, relative to the root. */
function importsOf(file: string): string[] {
  const text = Deno.readTextFileSync(join(ROOT, file));
  const specifiers = [
    ...text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+\.ts)"/g),
  ];
  const workers = [...text.matchAll(/\bownModule\("([^"]+\.ts)"\)/g)];
  return [
    ...specifiers.map(([, path]) => relative(ROOT, join(ROOT, dirname(file), path!))),
    ...workers.map(([, path]) => path!),
  ];
}

/** The room of a file: `""` for the files directly in `src`, `undefined` outside of it. */
function roomOf(file: string): string | undefined {
  const [top, room, ...rest] = file.split("/");
  if (top !== "src") return undefined;
  return rest.length === 0 ? "" : room;
}

const FILES = sourceFiles("src");
const IMPORTS = new Map(FILES.map((file) => [file, importsOf(file)]));

/** Files that can reach themselves over imports, each circle once, by its first file. */
function circles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const reaches = (from: string) => {
    const seen = new Set<string>();
    const open = [...imports.get(from) ?? []];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      open.push(...imports.get(file) ?? []);
    }
    return seen;
  };
  return [...imports.keys()].filter((file) => reaches(file).has(file));
}

/** Imports of a room that does not stand above the file's own. */
function wrongArrows(
  imports: ReadonlyMap<string, readonly string[]>,
  rooms: readonly string[],
): string[] {
  // The words of all rooms may use a library, and nothing else.
  const order = ["packages", "", ...rooms.filter((room) => room !== "packages")];
  return [...imports].flatMap(([file, targets]) =>
    targets.filter((target) => {
      const from = roomOf(file)!;
      const to = roomOf(target);
      return to === undefined ||
        (from !== to && order.indexOf(to) > order.indexOf(from));
    }).map((target) => `${file} imports ${target}`)
  );
}

Deno.test("every room of src stands in docs/architecture.md, and no other", () => {
  const rooms = new Set(FILES.map((file) => roomOf(file)!).filter((room) => room !== ""));
  assertEquals([...rooms].sort(), statedRooms().sort());
});

Deno.test("rooms import only from rooms that stand above them", () => {
  assertEquals(wrongArrows(IMPORTS, statedRooms()), []);
});

Deno.test("no room is too large to be known: 5,000 lines, 40 files at one level", () => {
  const [lines, files] = [new Map<string, number>(), new Map<string, number>()];
  for (const file of FILES) {
    const text = Deno.readTextFileSync(join(ROOT, file));
    const room = roomOf(file)!;
    lines.set(room, (lines.get(room) ?? 0) + text.split("\n").length - 1);
    files.set(dirname(file), (files.get(dirname(file)) ?? 0) + 1);
  }
  const over = (counts: ReadonlyMap<string, number>, most: number) =>
    [...counts].filter(([, count]) => count > most);
  assertEquals(over(lines, 5000), []);
  assertEquals(over(files, 40), []);
});

Deno.test("no file imports itself over others", () => {
  assertEquals(circles(IMPORTS), []);
});

Deno.test("an arrow against the order, one out of src and a circle are found", () => {
  const imports = new Map([
    ["src/farm/a.ts", ["src/load/b.ts", "cli/c.ts", "src/errors.ts"]],
    ["src/load/b.ts", ["src/load/d.ts"]],
    ["src/load/d.ts", ["src/load/b.ts"]],
  ]);
  assertEquals(wrongArrows(imports, ["farm", "load"]), [
    "src/farm/a.ts imports src/load/b.ts",
    "src/farm/a.ts imports cli/c.ts",
  ]);
  assertEquals(circles(imports), ["src/load/b.ts", "src/load/d.ts"]);
});

/** What stands in the code of these rooms, comments left out, and should not. */
function foundIn(rooms: readonly string[], what: RegExp): string[] {
  return FILES.filter((file) => rooms.includes(roomOf(file)!)).flatMap((file) => {
    const text = Deno.readTextFileSync(join(ROOT, file)).replace(/\/\*[^]*?\*\/|\/\/.*/g, "");
    const found = text.match(what);
    return found === null ? [] : [`${file}: ${found[0]}`];
  });
}

Deno.test("what is simulated and rendered knows no clock, no files and no console", () => {
  const impure =
    /\bDeno\.|\bconsole\.|\bDate\.now|new Date\(\)|\bperformance\.|Math\.random|"node:(?!crypto)/;
  assertEquals(foundIn(PURE, impure), []);
});

Deno.test("what reads a dataset opens no file and makes no path", () => {
  const ofFiles =
    /\bDeno\.|"node:(?!crypto)|\/files\/|\bfolderDataset\b|\bopenPart\b|\bdamageOf\b|\breadManifest\b/;
  assertEquals(foundIn(READERS, ofFiles), []);
});

/** Where a name is exported: a name is to mean one thing in all of `src` and `cli`. */
function exportedTwice(): string[] {
  const places = new Map<string, Set<string>>();
  for (const file of [...FILES, ...sourceFiles("cli")]) {
    const declared =
      /^export (?:declare )?(?:async )?(?:function\*?|const|class|interface|type|let) (\w+)/gm;
    for (const [, name] of Deno.readTextFileSync(join(ROOT, file)).matchAll(declared)) {
      places.set(name!, (places.get(name!) ?? new Set()).add(file));
    }
  }
  return [...places].filter(([, files]) => files.size > 1)
    .map(([name, files]) => `${name}: ${[...files].join(", ")}`);
}

Deno.test("an exported name is declared in one file", () => {
  assertEquals(exportedTwice(), []);
});
