/** `redd report`, as a user types it. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { PAGE_MARK } from "../../src/report/shell/page_html.ts";
import { redd, refused } from "./command_line.ts";
import { reddHere } from "./line_here.ts";
import { namesIn, refuses, SHORT } from "./short_dataset.ts";

const cwd = await Deno.makeTempDir();
Deno.test.afterAll(() => Deno.remove(cwd, { recursive: true }));
await reddHere([...SHORT, "--out", "short"], { cwd });

const PAGE = join(cwd, "short.html");
const report = (...line: string[]) => reddHere(["report", ...line], { cwd });

Deno.test("a page is written beside the dataset, by a worker that may do little else", async () => {
  const before = namesIn(join(cwd, "short"));
  const { code, stdout, stderr } = await redd(["report", "short", "--json"], { cwd });
  assertEquals([code, stderr], [0, ""]);
  const bytes = await Deno.readFile(PAGE);
  assertEquals(JSON.parse(stdout), {
    path: "short.html",
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
  assert(new TextDecoder().decode(bytes).startsWith(PAGE_MARK));
  assertEquals(namesIn(join(cwd, "short")), before, "the dataset holds nothing but itself");
});

Deno.test("the same dataset gives the same page, which replaces an earlier one", async () => {
  await Deno.writeTextFile(PAGE, `${PAGE_MARK}<p>of last year`);
  const { code, stdout, stderr } = await report("./short/");
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /^Wrote short\.html, \d+\.\d kB: open it in a browser\n$/);
  const first = await Deno.readTextFile(PAGE);
  await report("short", "--output", "again.html", "--quiet");
  assertEquals(await Deno.readTextFile(join(cwd, "again.html")), first);
  await Deno.remove(join(cwd, "again.html"));
});

Deno.test("a file that is no page of Redd's is left alone, unless --force is given", async () => {
  const file = join(cwd, "mine.html");
  for (const text of ["<!doctype html>", "", PAGE_MARK.slice(0, -2), ` ${PAGE_MARK}`]) {
    await Deno.writeTextFile(file, text);
    await refuses(
      cwd,
      ["report", "short", "--output", "mine.html"],
      2,
      "Cannot write mine.html: it is there already, and is no page that Redd has made. " +
        "Give another file with --output, or --force to replace it.",
    );
  }
  const { code } = await report("short", "--output", "mine.html", "--force");
  assertEquals(code, 0);
  assert((await Deno.readTextFile(file)).startsWith(PAGE_MARK));
  await Deno.remove(file);
});

Deno.test("nothing is written through a link", async () => {
  const target = join(cwd, "target");
  await Deno.writeTextFile(target, "mine");
  await Deno.symlink("target", join(cwd, "link.html"));
  assertEquals(
    await report("short", "--output", "link.html"),
    refused(
      2,
      "Cannot write link.html: a link is there. " +
        "Give another file with --output, or --force to replace it.",
    ),
  );
  await report("short", "--output", "link.html", "--force");
  assertEquals(await Deno.readTextFile(target), "mine");
  assert((await Deno.lstat(join(cwd, "link.html"))).isFile);
  for (const name of ["target", "link.html"]) await Deno.remove(join(cwd, name));
});

Deno.test("folders, fifos and devices are never replaced, which is said before anything is read", async () => {
  await Deno.mkdir(join(cwd, "folder.html"));
  await new Deno.Command("mkfifo", { args: ["fifo.html"], cwd }).output();
  for (
    const [file, kind] of [
      ["folder.html", "a folder"],
      ["fifo.html", "a fifo"],
      ["/dev/null", "a device"],
    ] as const
  ) {
    for (const more of [[], ["--force"]]) {
      assertEquals(
        await report("nowhere", "--output", file, ...more),
        refused(2, `Cannot write ${file}: ${kind} is there. Give another file with --output.`),
      );
    }
  }
  for (
    const [file, because] of [
      ["nosuch/page.html", "there is no folder nosuch"],
      ["fifo.html/page.html", "fifo.html is a fifo, expected a folder"],
    ]
  ) {
    assertEquals(
      await report("nowhere", "--output", file!, "--verify"),
      refused(
        2,
        `Cannot write ${file}: ${because}. Make the folder, or give a file elsewhere with --output.`,
      ),
    );
  }
  for (const name of ["folder.html", "fifo.html"]) await Deno.remove(join(cwd, name));
});

Deno.test("a page is never put into a dataset", async () => {
  await refuses(
    cwd,
    ["report", "short", "--output", "short/data/page.html"],
    2,
    `Cannot write short/data/page.html: it would lie in the dataset ${cwd}/short, which ` +
      "holds nothing but its own files. Give a file elsewhere with --output.",
  );
});

Deno.test("what is no dataset, or one with a damaged file, makes no page and leaves none", async () => {
  await refuses(
    cwd,
    ["report", "nowhere"],
    2,
    "Cannot read the dataset nowhere: there is no such folder. " +
      "Give a folder that deno task generate has finished.",
  );
  const file = join(cwd, "short/data/batch_batch.csv");
  const whole = await Deno.readTextFile(file);
  try {
    await Deno.writeTextFile(file, whole.slice(0, -20));
    const { code, stderr } = await report("short", "--output", "damaged.html");
    assertEquals(code, 2);
    assertMatch(stderr, /^error: Cannot read the dataset short: .*data\/batch_batch\.csv has\./);
    assert(!namesIn(cwd).includes("damaged.html"));
  } finally {
    await Deno.writeTextFile(file, whole);
  }
});

Deno.test("with --verify all checks come first, and what fails is on the page and ends with 1", async () => {
  const verdict = await report("short", "--verify", "--json");
  const { ok, checks, ...page } = JSON.parse(verdict.stdout);
  assertEquals([verdict.code, ok, checks.failed, page.path], [0, true, 0, "short.html"]);
  assert(checks.passed > 150);
  const said = /"checks":(\{"passed":\d+,[^}]+\}|null)/;
  const shown = async () => JSON.parse(said.exec(await Deno.readTextFile(PAGE))![1]!);
  assertEquals(await shown(), checks);
  const file = join(cwd, "short/data/environmental_environmentalreading/2025-01.csv");
  const whole = await Deno.readTextFile(file);
  try {
    // Another value of the same length, which no type and no row count tells.
    const last = /(?<=\.\d{3})\d(?=,2025)/;
    const altered = whole.replace(last, (digit) => digit === "1" ? "2" : "1");
    await Deno.writeTextFile(file, altered);
    const failed = await report("short", "--verify");
    assertEquals(failed.code, 1);
    assertMatch(failed.stdout, /^\d+ checks passed, 1 failed, [^]*\nWrote short\.html, /);
    assertEquals((await shown()).failed, 1);
  } finally {
    await Deno.writeTextFile(file, whole);
  }
  await report("short");
  assertEquals(await shown(), null);
});

Deno.test("a number of megabytes that nothing can be done with is refused", async () => {
  await refuses(
    cwd,
    ["report", "short", "--memory", "1"],
    2,
    "Cannot run deno task report: --memory is 1. Give a whole number from 100 to 10000000.",
  );
});
