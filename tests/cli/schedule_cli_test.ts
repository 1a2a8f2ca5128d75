/** `redd schedule` as a user types it, and the schedules that `redd generate` plans by itself. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { filesIn, inTempFolder } from "../generate/files.ts";
import { refused } from "./command_line.ts";
import { reddHere } from "./line_here.ts";

/** Everything in a folder, by name. */
function entriesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map((entry) => entry.name).sort();
}

const PRODUCTION = ["schedule", "--years", "4", "--stagger", "13", "--until", "2025-11-21"];

const PRODUCTION_LINES = [
  "Batches               144: 72 Faroe Islands, 72 Scotland",
  "Limit                 72 per geography by time, which binds; all of them find places",
  "Starts                2020-08-30 to 2025-10-02, every 13 days",
  "As of 2025-11-21      87 completed, 57 active (Egg&Alevin 4, Fry 7, Parr 6, Smolt 7, " +
  "Post-Smolt 7, Adult 26)",
  "Stays at sea          144 in 10 rings, 0 in 20, 10.0 on average, 1,440 ring-periods",
  "Most rings at once    160 of 440 Faroe Islands, 160 of 400 Scotland",
  "Containers ever used  820 of 1,940 (42 %)",
  "Occupied 2025-11-20   570 of 1,940 (29 %)",
  "File                  361.6 kB",
];

Deno.test("a plan is written with its figures, and never over another unless that is wanted", () =>
  inTempFolder(async (cwd) => {
    assertEquals(await reddHere(PRODUCTION, { cwd }), {
      code: 0,
      stdout: PRODUCTION_LINES.join("\n") + "\n",
      stderr: "Wrote farm.yaml: deno task generate --schedule farm.yaml\n",
    });
    const written = filesIn(cwd);
    assertEquals(entriesIn(cwd), ["farm.yaml"]);

    const other = [...PRODUCTION, "--seed", "2", "--quiet"];
    const exists = "Cannot write the schedule farm.yaml: it is there already. " +
      "Give another file with --output, or --force to replace it.";
    assertEquals(await reddHere(other, { cwd }), refused(2, exists));
    assertEquals(filesIn(cwd), written);

    const forced = await reddHere([...other, "--force"], { cwd });
    assertEquals([forced.code, forced.stderr], [0, ""]);
    assertEquals(entriesIn(cwd), ["farm.yaml"]);
    assertMatch(
      Deno.readTextFileSync(`${cwd}/farm.yaml`),
      /\n {2}seed: 2\n {2}as_of: '2025-11-21'/,
    );
  }));

Deno.test("a dry run prints the figures and writes nothing", () =>
  inTempFolder(async (cwd) => {
    assertEquals(await reddHere([...PRODUCTION, "--dry-run"], { cwd }), {
      code: 0,
      stdout: PRODUCTION_LINES.join("\n") + "\n",
      stderr: "Nothing is written (--dry-run).\n",
    });
    assertEquals(entriesIn(cwd), []);
  }));

Deno.test("the figures come as JSON too", () =>
  inTempFolder(async (cwd) => {
    const line = [...PRODUCTION, "--json", "--output", "plan.yaml"];
    const { code, stdout, stderr } = await reddHere(line, { cwd });
    assertEquals([code, stderr], [0, ""]);
    const { file, count, statistics, worker_partitions } = JSON.parse(stdout);
    assertEquals([file, entriesIn(cwd)], ["plan.yaml", ["plan.yaml"]]);
    assertEquals(count, { perGeography: 72, byTime: 72, byPlaces: 72, binds: "time" });
    assertEquals(statistics.everAllocated, { count: 820, of: 1940 });
    assertEquals(statistics.bytes, Deno.statSync(`${cwd}/plan.yaml`).size);
    assertEquals(Object.keys(worker_partitions).length, 14);
  }));

Deno.test("without arguments it is today, and the rings allow 34 per geography (rulings.md#20)", () =>
  inTempFolder(async (cwd) => {
    const today = () => new Date().toISOString().slice(0, 10);
    const days = [today()];
    const { code, stdout } = await reddHere(["schedule", "--dry-run"], { cwd });
    days.push(today());
    assertEquals(code, 0);
    const lines = stdout.split("\n");
    assertEquals(lines[0], "Batches               68: 34 Faroe Islands, 34 Scotland");
    assertEquals(
      lines[1],
      "Limit                 186 per geography by time, 34 by rings, which bind",
    );
    assert(days.some((day) => lines[3]!.startsWith(`As of ${day} `)), lines[3]);
  }));

const BAD_LINES = [
  [["--batches", "0"], "--batches is 0", "Give a whole number from 1 to 999"],
  [["--batches", "1000"], "--batches is 1000", "Give a whole number from 1 to 999"],
  [["--years", "0"], "--years is 0", "Give a number from 0.1 to 25"],
  [["--years", "four"], "--years is four", "Give a number from 0.1 to 25"],
  [["--years", "1e1"], "--years is 1e1", "Give a number from 0.1 to 25"],
  [["--saturation", "85"], "--saturation is 85", "Give a number from 0.01 to 1"],
  [["--saturation", "-0.5"], "--saturation is -0.5", "Give a number from 0.01 to 1"],
  [["--stagger", "0"], "--stagger is 0", "Give a whole number from 1 to 1000"],
  [["--stagger", "2.5"], "--stagger is 2.5", "Give a whole number from 1 to 1000"],
  [
    ["--until", "soon"],
    "--until is soon",
    "Give a date of the calendar such as 2025-01-31, today or yesterday",
  ],
  [
    ["--years", "4", "--batches", "10"],
    "--years does not go with --batches",
    "Give one of the two",
  ],
  [["--eggs", "5"], "it has no flag --eggs", "See deno task schedule --help"],
  [["farm.yaml"], "farm.yaml is one word too many", "See deno task schedule --help"],
] as const;

Deno.test("what cannot be planned is refused in one message, and nothing is written", () =>
  inTempFolder(async (cwd) => {
    const outcomes = BAD_LINES.map(([line]) => reddHere(["schedule", ...line], { cwd }));
    assertEquals(
      await Promise.all(outcomes),
      BAD_LINES.map(([, because, remedy]) =>
        refused(2, `Cannot run deno task schedule: ${because}. ${remedy}.`)
      ),
    );
    const impossible = ["--batches", "125", "--until", "2025-11-21"];
    assertEquals(
      await reddHere(["schedule", ...impossible], { cwd }),
      refused(
        2,
        "Cannot plan 125 batches per geography with a stagger of 5 days: SCO-2023-035 finds no " +
          "rings on 2024-07-09, since 350 of the 400 rings in Scotland would be taken, more than a " +
          "saturation of 0.85 allows. What fits is a stagger of 6 days, or 34 batches per geography.",
      ),
    );
    assertEquals(entriesIn(cwd), []);
  }));

/** What `generate --dry-run` says of a line. */
async function estimated(cwd: string, line: readonly string[]) {
  const outcome = await reddHere(["generate", ...line, "--dry-run", "--json"], { cwd });
  assertEquals(outcome.code, 0, outcome.stderr);
  const { folder, rows, bytes, windows } = JSON.parse(outcome.stdout);
  return { folder, size: { rows, bytes, windows }, stderr: outcome.stderr };
}

Deno.test("a preset is the plan of its arguments", () =>
  inTempFolder(async (cwd) => {
    const arguments_ = ["--batches", "10", "--stagger", "50", "--until", "2025-11-21"];
    await reddHere(["schedule", ...arguments_, "--seed", "7"], { cwd });
    const preset = await estimated(cwd, ["--preset", "small", "--seed", "7"]);
    const planned = await estimated(cwd, ["--schedule", "farm.yaml"]);
    assertEquals([preset.folder, planned.folder], ["out/small", "out/farm"]);
    assertEquals(preset.size, planned.size);
    assert(preset.size.rows > 5_000_000, `${preset.size.rows}`);
    assertEquals(planned.stderr, "", "a plan of Redd can be extended");
    const later = await estimated(cwd, ["--preset", "small", "--until", "2025-12-21"]);
    assertEquals(later.size.windows, preset.size.windows);
    assertEquals(entriesIn(cwd), ["farm.yaml"]);
  }));

Deno.test("what a schedule is warned of is said once for each kind, and stands in the JSON", () =>
  inTempFolder(async (cwd) => {
    const original = new URL("../schedule/original.yaml", import.meta.url);
    Deno.copyFileSync(original, `${cwd}/original.yaml`);
    const { stderr } = await estimated(cwd, ["--schedule", "original.yaml"]);
    const cannot = "batches[0] is reserved up to day 681 of 790, so that it cannot be extended " +
      "(FAR-2024-001, 2024-01-10 to 2025-11-21); and 1 more like this";
    const fraction = "batches[1].effective_duration is 496.53846153846155, rounded up to 497 " +
      "(SCO-2025-001)";
    assertEquals(stderr, `warning: ${fraction}\nwarning: ${cannot}\n`);
    const line = [
      "generate",
      "--schedule",
      "original.yaml",
      "--dry-run",
      "--json",
    ];
    assertEquals(JSON.parse((await reddHere(line, { cwd })).stdout).warnings, [
      fraction,
      cannot,
    ]);
  }));

Deno.test("a schedule that is there is read, judged and written as it is understood", () =>
  inTempFolder(async (cwd) => {
    for (const name of ["ladder", "area-43"]) {
      const file = new URL(`../schedule/original/${name}.yaml`, import.meta.url);
      Deno.copyFileSync(file, `${cwd}/${name}.yaml`);
    }
    const line = ["schedule", "--from", "ladder.yaml", "--output", "farm.yaml"];
    const { code, stdout, stderr } = await reddHere(line, { cwd });
    assertEquals(code, 0, stderr);
    assertMatch(
      stdout,
      /^Batches +2: 1 Faroe Islands, 1 Scotland\nStarts +2023-05-05 to 2025-12-02\n/,
    );
    assertMatch(stdout, /\nAs of 2026-02-25 +1 completed, 1 active \(Egg&Alevin 1, /);
    assertEquals(stderr.split("\n").map((line) => line.slice(0, 60)), [
      'warning: metadata.generated_date is "2026-02-18", and batche',
      "warning: metadata.target_saturation is missing, written as 1",
      "warning: batches[1] is reserved up to day 90 of 799, so that",
      "Wrote farm.yaml: deno task generate --schedule farm.yaml",
      "",
    ]);
    const again = ["schedule", "--from", "farm.yaml", "--dry-run", "--json"];
    const { statistics, warnings } = JSON.parse((await reddHere(again, { cwd })).stdout);
    assertEquals([statistics.asOf, statistics.occupied.count], ["2026-02-25", 10]);
    assertEquals(warnings.length, 1, "what was odd is put right");

    const totals = await reddHere(["schedule", "--from", "area-43.yaml", "--dry-run"], { cwd });
    assertMatch(totals.stdout, /\nContainers ever used +120 of 1,960 /);
    assertMatch(
      totals.stderr,
      /^warning: batches live in Faroe Islands Sea Area 1, which comes with /,
    );
    const both = await reddHere(["schedule", "--from", "farm.yaml", "--years", "4"], { cwd });
    assertEquals([both.code, both.stdout], [2, ""]);
    assertMatch(both.stderr, /--years does not go with --from/);
    assertEquals(entriesIn(cwd), ["area-43.yaml", "farm.yaml", "ladder.yaml"]);
  }));

Deno.test("a single batch can be in any station, and end on any date", () =>
  inTempFolder(async (cwd) => {
    const batch = ["--eggs", "100000", "--workers", "1", "--quiet", "--out", "farm"];
    const line = ["--station", "S-FW-07", "--geography", "Scotland", "--until", "2024-03-01"];
    const made = await reddHere(["generate", ...line, "--duration", "3", ...batch], { cwd });
    assertEquals(made, { code: 0, stdout: "", stderr: "" });
    const schedule = Deno.readTextFileSync(`${cwd}/farm/schedule.yaml`);
    assertMatch(schedule, / start_date: '2024-02-27'\n/);
    assertMatch(schedule, / station: S-FW-07\n/);
    assertMatch(schedule, / hall: S-FW-07-Hall-A\n/);

    const again = ["--station", "S-FW-07", "--geography", "Scotland", "--start-date", "2024-02-27"];
    const found = await reddHere(["generate", ...again, "--until", "2024-03-01", ...batch], {
      cwd,
    });
    assertEquals([found.code, found.stderr], [0, ""], "the same dataset, which is finished");
  }));

Deno.test("what does not go together in a line of generate is refused", () =>
  inTempFolder(async (cwd) => {
    const run = "Cannot run deno task generate: ";
    const lines = [
      [
        ["--preset", "production", "--eggs", "100000"],
        `${run}--eggs does not go with --preset production. Give one of the two.`,
      ],
      [
        ["--schedule", "farm.yaml", "--until", "2025-11-21"],
        `${run}--until does not go with --schedule. Give one of the two.`,
      ],
      [
        ["--start-date", "2025-01-01", "--duration", "9", "--until", "2025-01-10"],
        `${run}--until does not go with --start-date and --duration. Give two of the three.`,
      ],
      [
        ["--start-date", "2025-01-01", "--until", "2025-01-01"],
        `${run}--until is 0 days after --start-date. Give a date 1 to 900 days after it.`,
      ],
      [
        ["--geography", "Scotland", "--station", "FI-FW-01"],
        "Cannot plan the batch: FI-FW-01 is no station of Scotland that holds batches. It belongs to Faroe Islands: take that geography, or one of " +
        "S-FW-01, S-FW-02, S-FW-03, S-FW-04, S-FW-05, S-FW-06, S-FW-07, S-FW-08, S-FW-09, S-FW-10.",
      ],
    ] as const;
    const outcomes = lines.map(([line]) => reddHere(["generate", ...line], { cwd }));
    assertEquals(await Promise.all(outcomes), lines.map(([, message]) => refused(2, message)));
    assertEquals(entriesIn(cwd), []);
  }));
