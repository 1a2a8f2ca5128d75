/** `redd generate` as a user types it: exit codes, messages, and what is written. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { join } from "node:path";
import { appendedLines } from "../../cli/extension.ts";
import { overview } from "../../cli/help.ts";
import { COMMANDS } from "../../cli/main.ts";
import { parseIso } from "../../src/farm/days.ts";
import { extend } from "../../src/generate/extend.ts";
import { appendBatches } from "../../src/schedule/append.ts";
import { planFarm } from "../../src/schedule/plan.ts";
import { readSchedule } from "../../src/schedule/read.ts";
import { scheduleText } from "../../src/schedule/text.ts";
import { accountNamed } from "../../src/server/account.ts";
import { VERSION } from "../../src/version.ts";
import { digestsIn, filesIn, inTempFolder } from "../generate/files.ts";
import { fixtures, oneBatch, places } from "../small_farm.ts";
import { outcomeOf, redd, refused, type Setting, spawnRedd } from "./command_line.ts";

/** Names of everything in a folder and below, folders included. */
function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => [
    name,
    ...(isDirectory ? namesIn(join(folder, name)).map((inner) => `${name}/${inner}`) : []),
  ]).sort();
}

/** Runs a line that is refused, and sees that it has left the folder as it was. */
async function refuses(cwd: string, line: readonly string[], code: number, message: string) {
  const before = [namesIn(cwd), filesIn(cwd)];
  assertEquals(await redd(line, { cwd }), refused(code, message));
  assertEquals([namesIn(cwd), filesIn(cwd)], before, "nothing is written");
}

const eggs = "Give a whole number from 100000 to 5000000";
const help = "See redd generate --help";

const BAD_LINES = [
  [["--geography", "Norway"], "--geography is Norway", "Give one of Faroe Islands, Scotland"],
  [["--eggs", "-5"], "--eggs is -5", eggs],
  [["--eggs", "99,999"], "--eggs is 99,999", eggs],
  [["--eggs", "99999"], "--eggs is 99999", eggs],
  [["--eggs", "5000001"], "--eggs is 5000001", eggs],
  [["--eggs", "many"], "--eggs is many", eggs],
  [
    ["--start-date", "2025-02-30"],
    "--start-date is 2025-02-30",
    "Give a date of the calendar such as 2025-01-31",
  ],
  [["--duration", "0"], "--duration is 0", "Give a whole number from 1 to 900"],
  [["--duration", "901"], "--duration is 901", "Give a whole number from 1 to 900"],
  [
    ["--preset", "double"],
    "--preset is double",
    "Give one of single, lifecycle, small, medium, production, saturation",
  ],
  [
    ["--batch-number", "NO-2025-001"],
    "--batch-number is NO-2025-001",
    "Give FAR, FI or SCO, a year and three digits: FI-2025-001",
  ],
  [["--workers", "0"], "--workers is 0", "Give a whole number from 1 to 256"],
  [
    ["--first-id", "2147483648"],
    "--first-id is 2147483648",
    "Give a whole number from 1 to 2147483647",
  ],
  [["--seed", "-1"], "--seed is -1", "Give a whole number from 0 to 9007199254740991"],
  [
    ["--schedule", "farm.yaml", "--eggs", "100000"],
    "--eggs does not go with --schedule",
    "Give one of the two",
  ],
  [
    ["--append-batches"],
    "--append-batches does not go without --extend",
    "Give --extend --until DATE --append-batches --out DATASET",
  ],
  [["--extend", "--out", "farm"], "--until is missing", "Give --extend --until DATE --out DATASET"],
  ...["--dry-run", "--force", "--documented-totals", "--later-scenarios"].map((flag) =>
    [["--extend", flag], `${flag} does not go with --extend`, "Leave it out"] as const
  ),
  [["--extend", "--seed", "7"], "--seed does not go with --extend", "Leave it out"],
  [["--fish", "5"], "it has no flag --fish", help],
  [["--eggs"], "--eggs has no value", help],
  [["--out", "--force"], "--out has no value", help],
  [["--seed", "1", "--seed", "2"], "--seed is given twice", help],
  [["out/single"], "out/single is one word too many", help],
] as const;

Deno.test("what cannot be generated is refused in one message, and nothing is written", () =>
  inTempFolder(async (cwd) => {
    const outcomes = BAD_LINES.map(([line]) => redd(["generate", ...line], { cwd }));
    assertEquals(
      await Promise.all(outcomes),
      BAD_LINES.map(([, because, remedy]) =>
        refused(2, `Cannot run redd generate: ${because}. ${remedy}.`)
      ),
    );
    assertEquals(namesIn(cwd), []);
  }));

Deno.test("an unknown command is refused", () =>
  inTempFolder((folder) =>
    refuses(
      folder,
      ["hatch"],
      2,
      "Cannot run redd hatch: there is no such command. See redd --help.",
    )
  ));

Deno.test("an unknown profile is refused", () =>
  inTempFolder(async (cwd) => {
    const { code, stdout, stderr } = await redd(["generate", "--profile", "../x"], { cwd });
    assertEquals([code, stdout, namesIn(cwd)], [2, "", []]);
    assertMatch(stderr, /^error: Cannot .*\.\.\/x.*\.\n$/);
  }));

Deno.test("without a command the list of commands is said, and exit code 2 tells a program", () =>
  inTempFolder(async (cwd) => {
    const text = `${overview(COMMANDS)}\n`;
    assertEquals(await redd([], { cwd }), { code: 2, stdout: "", stderr: text });
    assertEquals(await redd(["--help"], { cwd }), { code: 0, stdout: text, stderr: "" });
  }));

Deno.test("--version and the help of a command go to stdout", () =>
  inTempFolder(async (cwd) => {
    assertEquals(await redd(["--version"], { cwd }), {
      code: 0,
      stdout: `${VERSION}\n`,
      stderr: "",
    });
    const { code, stdout, stderr } = await redd(["generate", "--help", "--eggs", "1"], { cwd });
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /^redd generate: .*\n\nUsage: redd generate \[FLAGS\]\n/);
    assertEquals(namesIn(cwd), []);
  }));

/** A short dataset: three days of 100,000 eggs. */
const SHORT = ["generate", "--duration", "3", "--eggs", "100000", "--seed", "5", "--workers", "1"];

Deno.test("a folder that cannot be, a file in the way and a stranger's folder are refused", () =>
  inTempFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/file`, "mine");
    Deno.mkdirSync(`${cwd}/photos`);
    Deno.writeTextFileSync(`${cwd}/photos/cat.jpg`, "miaow");
    await refuses(
      cwd,
      [...SHORT, "--out", "/dev/null/x"],
      3,
      "Cannot write the dataset /dev/null/x: Deno does not let programs write there. " +
        "Give a folder that can be written to with --out.",
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

Deno.test("ids that would leave their columns are refused, for a dry run and a shard too", () =>
  inTempFolder(async (cwd) => {
    for (const more of [[], ["--dry-run"], ["--shard", "1/2"]]) {
      const { code, stdout, stderr } = await redd(
        [...SHORT, "--first-id", "2147483647", ...more],
        { cwd },
      );
      assertEquals([code, stdout, namesIn(cwd)], [2, "", []]);
      assertMatch(
        stderr,
        /^error: Cannot generate the dataset: .* Give a first id from 1 to \d+\.\n$/,
      );
    }
  }));

/**
 * Who may not write where it is forbidden: the user who runs the tests, or, where that is root, the
 * account `nobody` with a copy of Deno's cache that it can read.
 */
async function ordinaryUser(): Promise<Omit<Setting, "cwd"> & { end(): void } | undefined> {
  if (Deno.uid() !== 0) return { end: () => {} };
  const nobody = accountNamed(Deno.readTextFileSync("/etc/passwd"), "nobody")?.ids;
  if (nobody === undefined) return undefined;
  const cache = Deno.makeTempDirSync({ prefix: "redd_cache_" });
  const end = () => Deno.removeSync(cache, { recursive: true });
  Deno.chmodSync(cache, 0o755);
  const setting = { uid: nobody.uid, env: { DENO_DIR: cache, HOME: cache } };
  if (copyCache(cache) && (await redd(["--version"], { ...setting, cwd: cache })).code === 0) {
    return { ...setting, end };
  }
  end();
  return undefined;
}

/** Links the packages of Deno's cache into a folder; tells whether it could be done. */
function copyCache(folder: string): boolean {
  const info = new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).outputSync();
  const { npmCache } = JSON.parse(new TextDecoder().decode(info.stdout)) as { npmCache: string };
  return new Deno.Command("cp", { args: ["-rl", npmCache, `${folder}/npm`], stderr: "null" })
    .outputSync().success;
}

const user = await ordinaryUser();

Deno.test({
  name: "a folder that is read-only is refused" +
    (user === undefined ? " (ignored: nobody cannot run Deno here)" : ""),
  ignore: user === undefined,
  fn: () =>
    inTempFolder(async (folder) => {
      Deno.chmodSync(folder, 0o755);
      const cwd = `${folder}/archive`;
      Deno.mkdirSync(cwd);
      Deno.chmodSync(cwd, 0o555);
      const { end, ...setting } = user!;
      const outcome = await redd([...SHORT, "--out", "farm"], { cwd, ...setting });
      end();
      assertEquals([outcome.code, outcome.stdout, namesIn(cwd)], [3, "", []]);
      assertMatch(
        outcome.stderr,
        /^error: Cannot write the dataset farm: Permission denied .*Give a folder that .* --out\.\n$/,
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
        "unknown.yaml",
        text.replace(" eggs:", " fish: 7\n    eggs:"),
        "batches[0].fish is unknown",
      ],
      ["value.yaml", text.replace("eggs: 100000", "eggs: -5"), "batches[0].eggs is -5"],
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
      const { code, stdout, stderr } = await redd(["generate", "--schedule", file], { cwd });
      assertEquals([code, stdout], [2, ""], file);
      const beginning = `error: Cannot read the schedule ${file}: ${because}`;
      assertEquals(stderr.slice(0, beginning.length), beginning);
      const remedy = content === undefined
        ? "Give the path of a schedule that can be read"
        : "Correct it in the file";
      assert(stderr.endsWith(`. ${remedy}.\n`), stderr);
      assertEquals(stderr.split("\n").length, 2, "one line");
    }
    assertEquals(filesIn(cwd), before);
  }));

Deno.test("a dataset is made, found finished, and made again from its own schedule", () =>
  inTempFolder(async (cwd) => {
    const first = await redd([...SHORT, "--out", "farm"], { cwd });
    assertEquals([first.code, first.stdout], [0, ""]);
    assertMatch(first.stderr, /\n {2}environmental_environmentalreading +1,260 rows +[\d.]+ kB\n/);
    assertMatch(first.stderr, /\nfarm: [\d,]+ rows, [\d.]+ MB in [\d.]+ s, [\d,]+ rows\/s\n$/);

    const made = filesIn(`${cwd}/farm`);
    assertEquals(await redd([...SHORT, "--out", "farm"], { cwd }), {
      code: 0,
      stdout: "",
      stderr: "farm is finished already; --force makes it again.\n",
    });
    assertEquals(filesIn(`${cwd}/farm`), made, "nothing is touched");

    const again = ["generate", "--schedule", "farm/schedule.yaml", "--quiet", "--out", "again"];
    assertEquals(await redd(again, { cwd }), { code: 0, stdout: "", stderr: "" });
    assertEquals(digestsIn(`${cwd}/again`), digestsIn(`${cwd}/farm`));
  }));

Deno.test("shards say how to merge them, and that a finished dataset needs none", () =>
  inTempFolder(async (cwd) => {
    const shard = [...SHORT, "--shard", "1/1"];
    const said = (stderr: string) => ({ code: 0, stdout: "", stderr });
    assertEquals(
      await redd([...shard, "--out", "shard"], { cwd }),
      said(
        "shard: shard 1 of 1 is done, 1 of 1 windows are there. When all are: deno task merge " +
          "DATASET SHARD...\n",
      ),
    );
    const merge = ["merge", "farm", "shard"];
    const merged = await redd(merge, { cwd });
    assertEquals([merged.code, merged.stdout], [0, ""]);
    assertMatch(merged.stderr, /^farm: [\d,]+ rows, [\d.]+ MB from 1 shard\n$/);
    const before = filesIn(cwd);
    assertEquals(
      await redd([...shard, "--out", "farm"], { cwd }),
      said("farm is finished already, and nothing is left for a shard to do.\n"),
    );
    const { stdout } = await redd([...shard, "--out", "farm", "--json"], { cwd });
    assertEquals(JSON.parse(stdout), {
      folder: "farm",
      found: "finished",
      shard: { number: 1, of: 1 },
      windows: 0,
      totalWindows: 0,
    });
    await refuses(
      cwd,
      ["merge", "other", "farm", "shard"],
      2,
      "Cannot merge farm: it holds a finished dataset and no shard of one. Give the folders of " +
        "shards that are not merged yet.",
    );
    assertEquals(filesIn(cwd), before);
  }));

Deno.test("a schedule with another seed gives another dataset, which keeps that seed", () =>
  inTempFolder(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/plan.yaml`, scheduleText(oneBatch({ duration: 3 })));
    const plan = ["generate", "--quiet", "--workers", "1", "--schedule"];
    const fine = { code: 0, stdout: "", stderr: "" };
    assertEquals(await redd([...plan, "plan.yaml", "--out", "seven"], { cwd }), fine);
    await refuses(
      cwd,
      [...plan, "plan.yaml", "--seed", "8", "--out", "seven"],
      2,
      "Cannot write a dataset into seven: it holds a dataset of another schedule, seed, profile " +
        "or version. Give another folder with --out, or --force to replace what is there.",
    );
    assertEquals(
      await redd([...plan, "plan.yaml", "--seed", "8", "--out", "eight"], { cwd }),
      fine,
    );
    assertNotEquals(digestsIn(`${cwd}/eight`), digestsIn(`${cwd}/seven`));
    assertEquals(await redd([...plan, "eight/schedule.yaml", "--out", "same"], { cwd }), fine);
    assertEquals(digestsIn(`${cwd}/same`), digestsIn(`${cwd}/eight`));
  }));

Deno.test("a second dataset is put elsewhere, and keeps that it has no initial feed", () =>
  inTempFolder(async (cwd) => {
    const line = [...SHORT, "--geography", "Scotland", "--area", "S-SEA-02", "--no-initial-feed"];
    const made = await redd([...line, "--out", "second", "--json"], { cwd });
    assertEquals(made.code, 0, made.stderr);
    const purchases = Deno.readTextFileSync(`${cwd}/second/data/inventory_feedpurchase.csv`);
    assertEquals(purchases.split("\n").length, 2, "the header alone");
    assertMatch(Deno.readTextFileSync(`${cwd}/second/schedule.yaml`), / area: S-SEA-02\n/);
    const schedule = ["generate", "--schedule", "second/schedule.yaml"];
    await refuses(
      cwd,
      [...schedule, "--out", "second"],
      2,
      "Cannot write a dataset into second: it holds a dataset of another schedule, seed, profile " +
        "or version. Give another folder with --out, or --force to replace what is there.",
    );
    for (const number of [1, 2]) {
      const shard = ["--no-initial-feed", "--shard", `${number}/2`, "--out", `shard-${number}`];
      assertEquals((await redd([...schedule, ...shard], { cwd })).code, 0);
    }
    assertEquals((await redd(["merge", "merged", "shard-1", "shard-2"], { cwd })).code, 0);
    assertEquals(digestsIn(`${cwd}/merged`), digestsIn(`${cwd}/second`));
    await refuses(
      cwd,
      ["generate", "--geography", "Scotland", "--area", "FI-SEA-02"],
      2,
      "Cannot plan the batch: FI-SEA-02 is no area of Scotland that holds batches. Take one of " +
        Array.from({ length: 20 }, (_, i) => `S-SEA-${String(i + 1).padStart(2, "0")}`).join(", ") +
        ".",
    );
  }));

Deno.test("an extension appends batches when it is told to, and says what follows", () =>
  inTempFolder(async (cwd) => {
    const request = { perGeography: 1, stagger: 20, saturation: 1, seed: 7 };
    const asOf = parseIso("2024-06-10")!;
    const plan = planFarm({ ...request, asOf }, fixtures.profile, places);
    Deno.writeTextFileSync(`${cwd}/plan.yaml`, scheduleText(plan));
    const line = ["generate", "--quiet", "--workers", "1", "--schedule"];
    assertEquals((await redd([...line, "plan.yaml", "--out", "farm"], { cwd })).code, 0);

    const extended = async (until: string, ...more: string[]) => {
      const extend = ["generate", "--extend", "--until", until, "--out", "farm", ...more];
      const { code, stdout, stderr } = await redd(extend, { cwd });
      assertEquals([code, stdout], [0, ""]);
      return stderr.split("\n").filter((line) => /append/.test(line));
    };
    assertEquals(await extended("2024-06-20", "--append-batches"), [
      "No batch is appended: the next one would start on 2024-05-11 and needs --until 2024-06-30 " +
      "or later.",
    ]);
    assertEquals(await extended("2024-07-02"), []);
    const { stderr } = await redd(
      ["generate", "--extend", "--until", "2024-07-22", "--append-batches", "--out", "farm"],
      { cwd },
    );
    assertEquals(stderr.split("\n").slice(0, 2), [
      "2 batches are appended: FAR-2024-002 to SCO-2024-002.",
      "FAR-2024-002 starts on 2024-05-11, before the old as-of date 2024-07-02: the windows from " +
      "2024-05 on are written again. A database that holds the old dataset cannot be topped up; " +
      "load it anew with deno task load farm --replace.",
    ]);
    const again = [...line, "farm/schedule.yaml", "--out", "once"];
    assertEquals((await redd(again, { cwd })).code, 0);
    assertEquals(digestsIn(`${cwd}/farm`), digestsIn(`${cwd}/once`));
  }));

Deno.test("an extension that was killed is finished to its own date before another", () =>
  inTempFolder(async (cwd) => {
    const extended = (until: string, out: string) =>
      redd(["generate", "--extend", "--until", until, "--out", out, "--quiet"], { cwd });
    for (const out of ["whole", "killed"]) {
      assertEquals((await redd([...SHORT, "--out", out], { cwd })).code, 0);
    }
    assertEquals((await extended("2025-01-20", "whole")).code, 0);
    // As it is just before the longer schedule takes the place of the old one.
    const killed = `${cwd}/killed`;
    const old = Deno.readTextFileSync(`${killed}/schedule.yaml`);
    const schedule = readSchedule(`${killed}/schedule.yaml`, fixtures.profile, places);
    await extend(killed, schedule, "2025-01-20", fixtures);
    Deno.renameSync(`${killed}/schedule.yaml`, `${killed}/work/schedule.yaml`);
    Deno.writeTextFileSync(`${killed}/schedule.yaml`, old);
    assertEquals(
      await extended("2025-01-25", "killed"),
      refused(
        2,
        "Cannot extend the dataset killed: it has been begun up to 2025-01-20 and is not " +
          "finished. Finish it first: deno task generate --extend --until 2025-01-20 --out killed.",
      ),
    );
    assertEquals((await extended("2025-01-20", "killed")).code, 0);
    assertEquals(digestsIn(killed), digestsIn(`${cwd}/whole`));
  }));

Deno.test("what is appended after the old as-of date needs no more words", () => {
  const request = { perGeography: 1, stagger: 60, saturation: 1, seed: 7 };
  const asOf = parseIso("2024-06-10")!;
  const plan = planFarm({ ...request, asOf }, fixtures.profile, places);
  const longer = appendBatches(plan, "2024-08-30", 7, fixtures.profile, places);
  assertEquals(appendedLines(plan, longer, "farm"), ["1 batch is appended: FAR-2024-002."]);
});

Deno.test("--json gives one object on stdout and nothing else", () =>
  inTempFolder(async (cwd) => {
    for (const found of ["empty", "finished"]) {
      const { code, stdout, stderr } = await redd([...SHORT, "--json"], { cwd });
      assertEquals([code, stderr], [0, ""]);
      const { rows, bytes, ...rest } = JSON.parse(stdout);
      assertEquals(rest, {
        folder: "out/fi-2025-001",
        found,
        seed: 5,
        firstDay: "2025-01-01",
        asOf: "2025-01-04",
        batches: { active: 1, "Egg&Alevin": 1 },
        places: { occupied: 10, everUsed: 10, containers: 1940 },
      });
      const written = [...filesIn(`${cwd}/out/fi-2025-001/data`).values()];
      assertEquals(bytes, written.reduce((sum, file) => sum + file.bytes, 0));
      assert(rows > 1260);
    }
  }));

Deno.test("--quiet is silent but for errors, --verbose adds where they come from", () =>
  inTempFolder(async (cwd) => {
    assertEquals(await redd([...SHORT, "--quiet"], { cwd }), { code: 0, stdout: "", stderr: "" });
    const wrong = ["generate", "--duration", "0"];
    const quiet = await redd([...wrong, "--quiet"], { cwd });
    const message = "Cannot run redd generate: --duration is 0. Give a whole number from 1 to 900.";
    assertEquals(quiet, refused(2, message));
    const { stderr } = await redd([...wrong, "--verbose"], { cwd });
    assert(stderr.startsWith(quiet.stderr) && stderr.includes("\n    at "), stderr);
  }));

/** How many windows of a dataset are recorded as complete. */
function recorded(folder: string): number {
  try {
    const names = [...Deno.readDirSync(`${folder}/work`)].map(({ name }) => name);
    return names.filter((name) => /^\d{4}-\d{2}\.json$/.test(name)).length;
  } catch {
    return 0;
  }
}

Deno.test("Ctrl-C and SIGTERM end a generation with exit code 130, and the same line goes on", () =>
  inTempFolder(async (cwd) => {
    const line = ["generate", "--preset", "lifecycle", "--eggs", "100000", "--workers", "1"];
    const stopped = [...line, "--out", "stopped"];
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const before = recorded(`${cwd}/stopped`);
      const child = spawnRedd(stopped, { cwd });
      while (recorded(`${cwd}/stopped`) === before) {
        await new Promise((wait) => setTimeout(wait, 2));
      }
      child.kill(signal);
      assertEquals(
        await outcomeOf(child),
        refused(
          130,
          `Cannot finish the dataset ${Deno.realPathSync(cwd)}/stopped: it was interrupted. ` +
            "Run the same command again to go on.",
        ),
      );
      assert(!namesIn(`${cwd}/stopped`).includes("datapackage.json"), "it does not look done");
    }
    const { code, stderr } = await redd([...stopped, "--verbose"], { cwd });
    assertEquals(code, 0);
    assertMatch(stderr, /^stopped had been begun; this run went on with it\.\n/);
    assertEquals((await redd([...line, "--out", "whole"], { cwd })).code, 0);
    assertEquals(digestsIn(`${cwd}/stopped`), digestsIn(`${cwd}/whole`));
  }));
