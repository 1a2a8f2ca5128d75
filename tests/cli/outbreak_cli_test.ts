/** `--outbreak`, and extensions of datasets of another profile than the usual one. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { copyTree, digestsIn, inTempFolder } from "../generate/files.ts";
import { reddHere } from "./line_here.ts";

const LINE = [
  "generate",
  ...["--profile", "field", "--start-date", "2023-06-05", "--eggs", "1100000"],
  ...["--duration", "500", "--dry-run"],
];

Deno.test("an outbreak that is mistyped is refused by what it lacks", () =>
  inTempFolder(async (cwd) => {
    for (
      const [word, said] of [
        ["pd", "no @ between a disease and a sea area in pd"],
        ["PD@FI-SEA-01:2024-09-15", "PD as a disease, whose names have small letters and digits"],
        ["@FI-SEA-01:2024-09-15", "nothing as a disease"],
        ["pd@FI-SEA-01", "no date behind a colon for pd"],
        ["pd@FI-SEA-01:2024-02-30", "2024-02-30 as a date for pd"],
        ["pd@FI-SEA-01:2024-09-15,", "nothing between two commas, or behind the last"],
        ["pdd@FI-SEA-01:2024-09-15", "(did you mean pd?)"],
        ["pd@FI-SEA-02:2024-09-15", "expected a sea area of a batch: FI-SEA-01"],
        ["pd@FI-SEA-01:2023-09-15", "expected a day on which FI-SEA-01 is planned to have fish"],
        ["pd@FI-SEA-01:2025-09-15", "2024-10-17 is the first day that is not simulated"],
      ] as const
    ) {
      const { code, stderr } = await reddHere([...LINE, "--outbreak", word], { cwd });
      assertEquals(code, 2, word);
      assertStringIncludes(stderr.replaceAll(/\s+/g, " "), said);
    }
    const documented = LINE.filter((word) => word !== "--profile" && word !== "field");
    const { code, stderr } = await reddHere(
      [...documented, "--outbreak", "pd@FI-SEA-01:2024-09-15"],
      { cwd },
    );
    assertEquals(code, 2);
    assertStringIncludes(stderr.replaceAll(/\s+/g, " "), "knows no diseases");
  }));

Deno.test("a schedule keeps its outbreaks, and takes more", () =>
  inTempFolder(async (cwd) => {
    const plan = ["schedule", "--profile", "field", "--batches", "12", "--stagger", "60"];
    const until = ["--until", "2025-11-21", "--output"];
    assertEquals((await reddHere([...plan, ...until, "plan.yaml"], { cwd })).code, 0);
    const text = Deno.readTextFileSync(`${cwd}/plan.yaml`);
    const [, site] = /area: (\S+)/.exec(text)!;
    const [, start] = /start_date: '?([\d-]+)'?/.exec(text)!;
    const date = `${Number(start!.slice(0, 4)) + 1}${start!.slice(4)}`;
    const from = ["schedule", "--profile", "field", "--from", "plan.yaml"];
    const added = [...from, "--outbreak", `agd@${site}:${date}`, "--output", "sick.yaml"];
    const { code, stderr } = await reddHere(added, { cwd });
    assertEquals(code, 0, stderr);
    const sick = Deno.readTextFileSync(`${cwd}/sick.yaml`);
    assert(/outbreaks:\s+- disease: agd\s+site: \S+\s+date: /.test(sick), sick.slice(0, 800));
  }));

Deno.test("an extension knows the profile that its dataset was made with", () =>
  inTempFolder(async (cwd) => {
    const made = LINE.filter((word) =>
      word !== "--dry-run" && word !== "500" && word !== "--duration"
    );
    const line = [...made, "--duration", "20", "--out", "grown"];
    assertEquals((await reddHere(line, { cwd })).code, 0);
    // Fixtures of one's own, another profile of which is damaged.
    copyTree(new URL("../../fixtures", import.meta.url).pathname, `${cwd}/fixtures`);
    Deno.writeTextFileSync(`${cwd}/fixtures/profiles/broken.yaml`, "name: [");
    const extend = ["generate", "--extend", "--until", "2023-07-01", "--out", "grown"];
    const { code, stderr } = await reddHere([...extend, "--fixtures", "fixtures"], { cwd });
    assertEquals(code, 0, stderr);
    assertEquals((await reddHere([...made, "--duration", "26", "--out", "once"], { cwd })).code, 0);
    assertEquals(digestsIn(`${cwd}/grown`), digestsIn(`${cwd}/once`));
  }));
