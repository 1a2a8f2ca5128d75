/** What `redd generate` reads and writes: schedules, folders that are refused, whole datasets. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { existsSync } from "node:fs";
import { scheduleText } from "../../src/schedule/text.ts";
import { accountNamed } from "../../src/server/account.ts";
import { digestsIn, filesIn, inTempFolder } from "../generate/files.ts";
import { ordinaryUser } from "../ordinary_user.ts";
import { oneBatch } from "../small_farm.ts";
import { outcomeOf, redd, refused, spawnRedd } from "./command_line.ts";
import { reddHere } from "./line_here.ts";
import { namesIn, refuses, SHORT } from "./short_dataset.ts";

Deno.test("a folder that cannot be, a file in the way and a stranger's folder are refused", () =>
  inTempFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/file`, "mine");
    Deno.mkdirSync(`${cwd}/photos`);
    Deno.writeTextFileSync(`${cwd}/photos/cat.jpg`, "miaow");
    assertEquals(
      await redd([...SHORT, "--out", "/dev/null/x"], { cwd }),
      refused(
        3,
        "Cannot write the dataset /dev/null/x: Deno does not let programs write there. " +
          "Give a folder that can be written to with --out.",
      ),
    );
    const other = "Give another folder with --out.";
    await refuses(
      cwd,
      [...SHORT, "--out", "file"],
      2,
      `Cannot write a dataset into file: there is a file in its way. ${other}`,
    );
    await refuses(
      cwd,
      [...SHORT, "--out", "photos", "--force"],
      2,
      "Cannot write a dataset into photos: it holds cat.jpg and is no dataset. " +
        "Give a new or empty folder with --out.",
    );
  }));

const ROOT = Deno.uid() === 0;
const nobody = ROOT ? accountNamed(Deno.readTextFileSync("/etc/passwd"), "nobody")?.ids : undefined;

Deno.test({
  name: "a folder that is read-only is refused" +
    (ROOT && nobody === undefined ? " (ignored: there is no account nobody)" : ""),
  ignore: ROOT && nobody === undefined,
  fn: () =>
    inTempFolder(async (folder) => {
      Deno.chmodSync(folder, 0o755);
      const cwd = `${folder}/archive`;
      Deno.mkdirSync(cwd);
      Deno.chmodSync(cwd, 0o555);
      // Root may write anywhere.
      const user = nobody === undefined
        ? {}
        : { user: await ordinaryUser(nobody, `${folder}/home`) };
      const outcome = await redd([...SHORT, "--out", "farm"], { cwd, ...user });
      assertEquals([outcome.code, outcome.stdout, namesIn(cwd)], [3, "", []]);
      assertMatch(
        outcome.stderr,
        /^error: Cannot write the dataset farm: Permission denied .*give a folder of your own with --out\.\n$/,
      );
    }),
});

Deno.test("a schedule that is wrong is refused by file, place, value and what was expected", () =>
  inTempFolder(async (cwd) => {
    const text = scheduleText(oneBatch({ duration: 3 }));
    const mistakes = [
      ["missing.yaml", undefined, "there is no such file"],
      ["key.yaml", text.replace(" eggs:", " egs:"), "batches[0].eggs is missing"],
      [
        "value.yaml",
        text.replace("eggs: 100000", "eggs: -5"),
        "batches[0].eggs is -5",
      ],
      [
        "pack.yaml",
        text.replace("station: S-FW-01", "station: Strond").replace(
          "S-FW-01-Hall-A",
          "Hall 1",
        ),
        'batches[0].station is "Strond", which is no place of this farm',
      ],
      [
        "ring.yaml",
        text.replace("S-SEA-01-Ring-01", "S-SEA-01-Ring-99"),
        "batches[0].sea.rings is S-SEA-01-Ring-99",
      ],
      [
        "broken.yaml",
        "metadata:\n  seed: [1, 2\nbatches: 7\n",
        "the YAML is broken at line 3, column 1",
      ],
      ["empty.yaml", "", "the file is null"],
    ] as const;
    for (const [file, content] of mistakes) {
      if (content !== undefined) Deno.writeTextFileSync(`${cwd}/${file}`, content);
    }
    const before = filesIn(cwd);
    for (const [file, content, because] of mistakes) {
      const { code, stdout, stderr } = await reddHere(["generate", "--schedule", file], { cwd });
      assertEquals([code, stdout], [2, ""], file);
      const beginning = `error: Cannot read the schedule ${file}: ${because}`;
      // What was read in the place of something else is said before.
      const said = stderr.slice(stderr.indexOf("error: "));
      assertEquals(said.slice(0, beginning.length), beginning);
      const warnings = stderr.slice(0, -said.length).split("\n").slice(0, -1);
      assertEquals(warnings.filter((line) => !line.startsWith("warning: ")), []);
      const remedy = content === undefined
        ? "Give the path of a schedule that can be read"
        : file === "pack.yaml"
        ? "Give a schedule of this layout, or plan one: deno task schedule"
        : "Correct it in the file";
      assert(stderr.endsWith(`. ${remedy}.\n`), stderr);
      assertEquals(said.split("\n").length, 2, "one line");
    }
    assertEquals(filesIn(cwd), before);
  }));

Deno.test("a dataset is made, found finished, and made again from its own schedule", () =>
  inTempFolder(async (cwd) => {
    const first = await reddHere([...SHORT, "--out", "farm"], { cwd });
    assertEquals([first.code, first.stderr], [0, ""]);
    assertMatch(first.stdout, /\n {2}environmental_environmentalreading +1,260 rows +[\d.]+ kB\n/);
    assertMatch(
      first.stdout,
      /\nfarm: [\d,]+ rows, [\d.]+ MB in [\d.]+ s, [\d,]+ rows\/s\ndigest: sha256:\w{64}\n$/,
    );

    const made = filesIn(`${cwd}/farm`);
    const digest = /^digest: .*\n/m.exec(first.stdout)![0];
    assertEquals(await reddHere([...SHORT, "--out", "farm"], { cwd }), {
      code: 0,
      stdout: `farm is finished already; --force makes it again.\n${digest}`,
      stderr: "",
    });
    assertEquals(filesIn(`${cwd}/farm`), made, "nothing is touched");

    const again = ["generate", "--schedule", "farm/schedule.yaml", "--quiet", "--out", "again"];
    assertEquals(await reddHere(again, { cwd }), { code: 0, stdout: "", stderr: "" });
    assertEquals(digestsIn(`${cwd}/again`), digestsIn(`${cwd}/farm`));
  }));

Deno.test("a schedule with another seed gives another dataset, which keeps that seed", () =>
  inTempFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/plan.yaml`, scheduleText(oneBatch({ duration: 3 })));
    const plan = ["generate", "--quiet", "--workers", "1", "--schedule"];
    const fine = { code: 0, stdout: "", stderr: "" };
    assertEquals(await reddHere([...plan, "plan.yaml", "--out", "seven"], { cwd }), fine);
    const before = filesIn(cwd);
    const other = await reddHere([...plan, "plan.yaml", "--seed", "8", "--out", "seven"], { cwd });
    assertEquals([other.code, other.stdout], [2, ""]);
    assertMatch(
      other.stderr,
      /^error: Cannot write .* seven: it holds another dataset: its seed is 7, not 8\. Give/,
    );
    assertEquals(filesIn(cwd), before);
    assertEquals(
      await reddHere([...plan, "plan.yaml", "--seed", "8", "--out", "eight"], { cwd }),
      fine,
    );
    assertNotEquals(digestsIn(`${cwd}/eight`), digestsIn(`${cwd}/seven`));
    assertEquals(await reddHere([...plan, "eight/schedule.yaml", "--out", "same"], { cwd }), fine);
    assertEquals(digestsIn(`${cwd}/same`), digestsIn(`${cwd}/eight`));
  }));

Deno.test("a profile comes through standard input, a schedule goes to standard output", () =>
  inTempFolder(async (cwd) => {
    const plan = ["schedule", "--batches", "1", "--until", "2025-01-31", "--stagger", "20"];
    assertEquals((await reddHere([...plan, "--output", "plan.yaml"], { cwd })).code, 0);
    const shown = await reddHere([...plan, "--output", "-"], { cwd });
    assertEquals(shown.stdout, Deno.readTextFileSync(`${cwd}/plan.yaml`));
    assertMatch(shown.stderr, /^Batches +2: 1 Faroe Islands, 1 Scotland\n/);
    assertEquals((await reddHere([...plan, "--output", "-", "--quiet"], { cwd })).stderr, "");
    assertEquals(existsSync(`${cwd}/-`), false);

    const profile = Deno.readTextFileSync(
      new URL("../../fixtures/profiles/documented.yaml", import.meta.url),
    );
    for (const [mortality, name] of [["0.0015", "same"], ["0.0030", "other"]] as const) {
      const child = spawnRedd([...SHORT, "--profile", "-", "--out", name, "--quiet"], {
        cwd,
        stdin: "piped",
      });
      const writer = child.stdin.getWriter();
      const text = profile.replace("mortality_per_day: 0.0015", `mortality_per_day: ${mortality}`);
      await writer.write(new TextEncoder().encode(text));
      await writer.close();
      assertEquals(await outcomeOf(child), { code: 0, stdout: "", stderr: "" });
    }
    assertEquals((await reddHere([...SHORT, "--out", "named"], { cwd })).code, 0);
    assertEquals(digestsIn(`${cwd}/same`), digestsIn(`${cwd}/named`));
    assertNotEquals(digestsIn(`${cwd}/other`), digestsIn(`${cwd}/named`));
  }));

Deno.test("- is no folder, no file that is written, and not two things that are read", () =>
  inTempFolder(async (cwd) => {
    const path = "Give its path; one that is called - is ./-";
    for (
      const [line, because, remedy] of [
        [["generate", "--out", "-"], "--out is -, and no folder", path],
        [["generate", "--fixtures", "-"], "--fixtures is -, and no folder", path],
        [["verify", "out", "--junit", "-"], "--junit is -, and no file", path],
        [["load", "out", "--data-dir", "-"], "--data-dir is -, and no folder", path],
        [["archive", "-"], "DATASET is -, and no folder", path],
        [["merge", "out", "-"], "SHARD is -, and no folder", path],
        [
          ["schedule", "--output", "-", "--json"],
          "--json does not go with --output -",
          "Give one of the two",
        ],
        [
          ["generate", "--schedule", "-", "--profile", "-"],
          "--schedule and --profile would both come through standard input",
          "Give the path of a file for one of them",
        ],
      ] as const
    ) {
      const { code, stderr, stdout } = await reddHere(line, { cwd });
      const said = `Cannot run deno task ${line[0]}: ${because}. ${remedy}.`;
      assertEquals([code, stderr], [2, `error: ${said}\n`]);
      const json = (line as readonly string[]).includes("--json");
      assertEquals(stdout === "", !json);
    }
    assertEquals([...Deno.readDirSync(cwd)], []);
  }));

Deno.test("a schedule comes through standard input as it comes from a file", () =>
  inTempFolder(async (cwd) => {
    const from = async (text: string, ...line: string[]) => {
      const child = spawnRedd(["generate", "--schedule", "-", ...line], { cwd, stdin: "piped" });
      const writer = child.stdin.getWriter();
      await writer.write(new TextEncoder().encode(text));
      await writer.close();
      return await outcomeOf(child);
    };
    const text = scheduleText(oneBatch({ duration: 3 }));
    Deno.writeTextFileSync(`${cwd}/plan.yaml`, text);
    assertEquals(await from(text, "--quiet"), { code: 0, stdout: "", stderr: "" });
    const file = ["generate", "--schedule", "plan.yaml", "--quiet"];
    assertEquals(await redd(file, { cwd }), { code: 0, stdout: "", stderr: "" });
    assertEquals(digestsIn(`${cwd}/out/schedule`), digestsIn(`${cwd}/out/plan`));
    const broken = await from(text.replace(" eggs:", " egs:"), "--out", "broken");
    assertEquals([broken.code, broken.stdout], [2, ""]);
    assertMatch(
      broken.stderr,
      /^error: Cannot read the schedule from standard input: batches\[0\]\.eggs is missing/m,
    );
  }));
