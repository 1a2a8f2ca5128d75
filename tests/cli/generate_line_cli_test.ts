/** The line of `redd generate` as a user types it: what it may say, and what it is answered. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { overview } from "../../cli/help.ts";
import { COMMANDS } from "../../cli/main.ts";
import { VERSION } from "../../src/version.ts";
import { filesIn, inTempFolder } from "../generate/files.ts";
import { refused } from "./command_line.ts";
import { reddHere } from "./line_here.ts";
import { namesIn, refuses, SHORT } from "./short_dataset.ts";

const eggs = "Give a whole number from 100000 to 5000000";
const help = "See deno task generate --help";
const RANGE = "Give a date from 1910-01-01 to 2189-12-31";

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
  ...["1909-12-31", "2204-06-08", "9999-12-31"].map((date) =>
    [["--start-date", date], `--start-date is ${date}`, RANGE] as const
  ),
  [
    ["--extend", "--until", "9999-12-31", "--out", "x"],
    "--until is 9999-12-31",
    `${RANGE}, today or yesterday`,
  ],
  [
    ["--until", "1910-01-02"],
    "--until 1910-01-02 with the preset's duration of 200 days starts 199 days before 1910-01-01",
    "Give dates from 1910-01-01 to 2189-12-31, or another duration",
  ],
  [
    ["--start-date", "2189-12-31", "--duration", "5"],
    "--start-date 2189-12-31 with --duration of 5 days ends after 2189-12-31",
    "Give dates from 1910-01-01 to 2189-12-31, or another duration",
  ],
  ...["-0", "0x10", "0b11", "1e3", "5 ", "+5", "05"].map((seed) =>
    [
      [`--seed=${seed}`],
      `--seed is ${seed}`,
      "Give a whole number from 0 to 9007199254740991",
    ] as const
  ),
  [
    ["--shard", "01/2"],
    "--shard is 01/2",
    "Give I/N with I from 1 to N and N up to 10000, such as 2/5",
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
  ...["--force", "--documented-totals", "--later-scenarios"].map((flag) =>
    [["--extend", flag], `${flag} does not go with --extend`, "Leave it out"] as const
  ),
  [["--extend", "--seed", "7"], "--seed does not go with --extend", "Leave it out"],
  [["--abandon"], "--out is missing", "Give --abandon --out DATASET"],
  [
    ["--abandon", "--out", "farm", "--extend"],
    "--extend does not go with --abandon",
    "Leave it out",
  ],
  [
    ["--out", "file:///tmp/x"],
    "--out is a URL of file: and no path",
    "Give the path itself: /tmp/x",
  ],
  [
    ["--profile=https://host/p.yaml?token=Zq9x"],
    "--profile is a URL of https: and no path",
    "Give the path of a file or folder on this machine",
  ],
  [
    ["--schedule", "file://host/x.yaml"],
    "--schedule is a URL of file: and no path",
    "Give the path of a file or folder on this machine",
  ],
  [["--fish", "5"], "it has no flag --fish", help],
  [["--eggs"], "--eggs has no value", help],
  [["--out", "--force"], "--out has no value", help],
  [["--seed", "1", "--seed", "2"], "--seed is given twice", help],
  [["out/single"], "out/single is one word too many", help],
] as const;

Deno.test("what cannot be generated is refused in one message, and nothing is written", () =>
  inTempFolder(async (cwd) => {
    const outcomes = BAD_LINES.map(([line]) => reddHere(["generate", ...line], { cwd }));
    assertEquals(
      await Promise.all(outcomes),
      BAD_LINES.map(([, because, remedy]) =>
        refused(2, `Cannot run deno task generate: ${because}. ${remedy}.`)
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
      "Cannot run deno task hatch: there is no such command. See deno task help.",
    )
  ));

Deno.test("an unknown profile is refused", () =>
  inTempFolder(async (cwd) => {
    const { code, stdout, stderr } = await reddHere(["generate", "--profile", "../x"], { cwd });
    assertEquals([code, stdout, namesIn(cwd)], [2, "", []]);
    assertMatch(stderr, /^error: Cannot .*\.\.\/x.*\.\n$/);
  }));

Deno.test("ids that would leave their columns are refused, for a dry run and a shard too", () =>
  inTempFolder(async (cwd) => {
    for (const more of [[], ["--dry-run"], ["--shard", "1/2"]]) {
      const { code, stdout, stderr } = await reddHere(
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

Deno.test("without a command the list of commands is said, and exit code 2 tells a program", () =>
  inTempFolder(async (cwd) => {
    const text = `${overview(COMMANDS)}\n`;
    assertEquals(await reddHere([], { cwd }), { code: 2, stdout: "", stderr: text });
    assertEquals(await reddHere(["--help"], { cwd }), { code: 0, stdout: text, stderr: "" });
  }));

Deno.test("--version and the help of a command go to stdout", () =>
  inTempFolder(async (cwd) => {
    assertEquals(await reddHere(["--version"], { cwd }), {
      code: 0,
      stdout: `${VERSION}\n`,
      stderr: "",
    });
    const { code, stdout, stderr } = await reddHere(["generate", "--help", "--eggs", "1"], { cwd });
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /^generate: .*\n\nUsage: deno task generate \[FLAGS\]\n/);
    assertEquals(namesIn(cwd), []);
  }));

Deno.test("--json gives one object on stdout and nothing else", () =>
  inTempFolder(async (cwd) => {
    for (const found of ["empty", "finished"]) {
      const { code, stdout, stderr } = await reddHere([...SHORT, "--json"], { cwd });
      assertEquals([code, stderr], [0, ""]);
      const { rows, bytes, digest, ...rest } = JSON.parse(stdout);
      assertMatch(digest, /^sha256:[0-9a-f]{64}$/);
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
    assertEquals(await reddHere([...SHORT, "--quiet"], { cwd }), {
      code: 0,
      stdout: "",
      stderr: "",
    });
    const wrong = ["generate", "--duration", "0"];
    const quiet = await reddHere([...wrong, "--quiet"], { cwd });
    const message =
      "Cannot run deno task generate: --duration is 0. Give a whole number from 1 to 900.";
    assertEquals(quiet, refused(2, message));
    const { stderr } = await reddHere([...wrong, "--verbose"], { cwd });
    assert(stderr.startsWith(quiet.stderr) && stderr.includes("\n    at "), stderr);
  }));
