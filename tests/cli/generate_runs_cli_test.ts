/** A dataset in more than one run of `redd generate`: shards, extensions, interruptions. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch } from "@std/assert";
import { appendedLines } from "../../cli/extension.ts";
import { parseIso } from "../../src/farm/days.ts";
import { readManifest } from "../../src/dataset/manifest.ts";
import { extend } from "../../src/generate/extend.ts";
import { asOfOf } from "../../src/schedule/format.ts";
import { appendBatches } from "../../src/schedule/append.ts";
import { planFarm } from "../../src/schedule/plan.ts";
import { readSchedule } from "../../src/schedule/read.ts";
import { scheduleText } from "../../src/schedule/text.ts";
import { digestsIn, filesIn, inTempFolder } from "../generate/files.ts";
import { fixtures, places } from "../small_farm.ts";
import { outcomeOf, redd, refused, spawnRedd } from "./command_line.ts";
import { reddHere } from "./line_here.ts";
import { namesIn, refuses, SHORT } from "./short_dataset.ts";

Deno.test("shards say how to merge them, and that a finished dataset needs none", () =>
  inTempFolder(async (cwd) => {
    const shard = [...SHORT, "--shard", "1/1"];
    const said = (stdout: string) => ({ code: 0, stdout, stderr: "" });
    assertEquals(
      await redd([...shard, "--out", "shard"], { cwd }),
      said(
        "shard: shard 1 of 1 is done, 1 of 1 window is there. When all are: deno task merge " +
          "DATASET SHARD...\n",
      ),
    );
    const merge = ["merge", "farm", "shard"];
    const merged = await redd(merge, { cwd });
    assertEquals([merged.code, merged.stderr], [0, ""]);
    assertMatch(
      merged.stdout,
      /^farm: [\d,]+ rows, [\d.]+ MB from 1 shard\ndigest: sha256:\w{64}\n$/,
    );
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

Deno.test("a dry run refuses what a run refuses, and says what is there", () =>
  inTempFolder(async (cwd) => {
    Deno.mkdirSync(`${cwd}/foreign`);
    Deno.writeTextFileSync(`${cwd}/foreign/notes.txt`, "mine");
    const two = "generate --duration 40 --eggs 100000 --workers 1".split(" ");
    const half = ["--seed", "7", "--shard", "1/2", "--out", "half"];
    assertEquals((await reddHere([...two, ...half], { cwd })).code, 0);
    const dry = (...more: string[]) => reddHere([...two, "--dry-run", ...more], { cwd });
    const file = "foreign/notes.txt";
    Deno.symlinkSync(`${cwd}/nowhere`, `${cwd}/link`);
    for (const out of ["half", "foreign", file, `${file}/x`, ".", "link", "/proc/x"]) {
      const told = await dry("--out", out);
      assertEquals(told, await reddHere([...two, "--out", out], { cwd }), out);
      assert(told.code === 2 || told.code === 3, told.stderr);
      assertEquals(told.stdout, "");
    }
    Deno.removeSync(`${cwd}/link`);
    const before = filesIn(cwd);
    assertMatch(
      (await dry("--out", "half", "--seed", "7")).stdout,
      /^half is begun: 1 of 2 windows is there; a run goes on to [\d,]+ rows, about /,
    );
    const foreseen = async (...more: string[]) => {
      const { folder, found, windows, windowsThere, rows } = JSON.parse(
        (await dry("--json", ...more)).stdout,
      );
      return { folder, found, windows, windowsThere, rows };
    };
    const { rows, ...begun } = await foreseen("--out", "half", "--seed", "7");
    assertEquals(begun, { folder: "half", found: "begun", windows: 2, windowsThere: 1 });
    const anew = await foreseen("--out", "half", "--force");
    assertEquals([anew.found, anew.windowsThere], ["empty", 0]);
    assertEquals(filesIn(cwd), before);

    const whole = [...two, "--seed", "7", "--out", "half", "--json"];
    assertEquals(JSON.parse((await reddHere(whole, { cwd })).stdout).rows, rows);
    assertEquals(
      await dry("--out", "half", "--seed", "7"),
      {
        code: 0,
        stdout: `half is finished already: it has ${
          rows.toLocaleString("en")
        } rows up to 2025-02-10 in 2 windows.\n`,
        stderr: "",
      },
    );
    const merge = ["merge", "foreign", "half", "--dry-run"];
    const refusal = "half: it holds a finished dataset and no shard of one";
    assertMatch((await reddHere(merge, { cwd })).stderr, new RegExp(refusal));
    assertEquals(
      (await reddHere([...two, "--shard", "1/1", "--out", "shard"], { cwd })).code,
      0,
    );
    await refuses(
      cwd,
      ["merge", "foreign", "shard", "--dry-run"],
      2,
      "Cannot write a dataset into foreign: it holds notes.txt and is no dataset. Give a new or " +
        "empty folder with --out.",
    );
  }));

Deno.test("a second dataset is put elsewhere, and keeps that it has no initial feed", () =>
  inTempFolder(async (cwd) => {
    const line = [...SHORT, "--geography", "Scotland", "--area", "S-SEA-02", "--no-initial-feed"];
    const made = await reddHere([...line, "--out", "second", "--json"], { cwd });
    assertEquals(made.code, 0, made.stderr);
    const purchases = Deno.readTextFileSync(`${cwd}/second/data/inventory_feedpurchase.csv`);
    assertEquals(purchases.split("\n").length, 2, "the header alone");
    assertMatch(Deno.readTextFileSync(`${cwd}/second/schedule.yaml`), / area: S-SEA-02\n/);
    const schedule = ["generate", "--schedule", "second/schedule.yaml"];
    await refuses(
      cwd,
      [...schedule, "--out", "second"],
      2,
      "Cannot write a dataset into second: it holds another dataset: its initialFeed is false, " +
        "not true. Give another folder with --out, or --force to replace what is there.",
    );
    for (const number of [1, 2]) {
      const shard = ["--no-initial-feed", "--shard", `${number}/2`, "--out", `shard-${number}`];
      assertEquals((await reddHere([...schedule, ...shard], { cwd })).code, 0);
    }
    assertEquals((await reddHere(["merge", "merged", "shard-1", "shard-2"], { cwd })).code, 0);
    assertEquals(digestsIn(`${cwd}/merged`), digestsIn(`${cwd}/second`));
    await refuses(
      cwd,
      ["generate", "--geography", "Scotland", "--area", "FI-SEA-02"],
      2,
      "Cannot plan the batch: FI-SEA-02 is no area of Scotland that holds batches. It belongs to Faroe Islands: take that geography, or one of " +
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
    assertEquals((await reddHere([...line, "plan.yaml", "--out", "farm"], { cwd })).code, 0);

    const extended = async (until: string, ...more: string[]) => {
      const extend = ["generate", "--extend", "--until", until, "--out", "farm", ...more];
      const { code, stdout, stderr } = await reddHere(extend, { cwd });
      assertEquals(code, 0);
      assertMatch(stdout, /\nfarm: [\d,]+ rows, /);
      return stderr.split("\n").filter((line) => /append/.test(line));
    };
    assertEquals(await extended("2024-06-20", "--append-batches"), [
      "No batch is appended: the next one would start on 2024-05-11 and needs --until 2024-06-30 " +
      "or later.",
    ]);
    assertEquals(await extended("2024-07-02"), []);
    const appending = [
      ...["generate", "--extend", "--until", "2024-07-22"],
      ...["--append-batches", "--out", "farm"],
    ];
    const { stderr } = await reddHere(appending, { cwd });
    assertEquals(stderr.split("\n").slice(0, 2), [
      "2 batches are appended: FAR-2024-002 to SCO-2024-002.",
      "FAR-2024-002 starts on 2024-05-11, before the old as-of date 2024-07-02: the windows from " +
      "2024-05 on are written again. A database that holds the old dataset cannot be topped up; " +
      "load it anew with deno task load farm --replace.",
    ]);
    const { stdout, ...ended } = await reddHere(appending, { cwd });
    assertEquals(ended, { code: 0, stderr: "" });
    assertMatch(
      stdout,
      /^farm goes up to 2024-07-22 already; there is nothing to do\.\ndigest: sha256:\w{64}\n$/,
    );
    const again = [...line, "farm/schedule.yaml", "--out", "once"];
    assertEquals((await reddHere(again, { cwd })).code, 0);
    assertEquals(digestsIn(`${cwd}/farm`), digestsIn(`${cwd}/once`));
  }));

Deno.test("an extension that was killed is finished to its own date before another", () =>
  inTempFolder(async (cwd) => {
    const extended = (until: string, out: string) =>
      reddHere(["generate", "--extend", "--until", until, "--out", out, "--quiet"], { cwd });
    for (const out of ["whole", "killed"]) {
      assertEquals((await reddHere([...SHORT, "--out", out], { cwd })).code, 0);
    }
    assertEquals((await extended("2025-01-20", "whole")).code, 0);
    const killed = `${cwd}/killed`;
    const before = digestsIn(killed);
    const rows = (await readManifest(`${cwd}/whole`)).rows - (await readManifest(killed)).rows;
    const foreseen = await redd(
      ["generate", "--extend", "--until", "2025-01-20", "--out", "killed", "--dry-run", "--json"],
      { cwd },
    );
    assertEquals(foreseen.code, 0, foreseen.stderr);
    assertEquals(JSON.parse(foreseen.stdout).rows, rows);
    assertEquals(digestsIn(killed), before);
    const schedule = readSchedule(`${killed}/schedule.yaml`, fixtures.profile, places);
    await extend(killed, schedule, "2025-01-20", fixtures);
    const abandon = () => redd(["generate", "--abandon", "--out", "killed"], { cwd });
    const asOf = asOfOf(schedule);
    assertEquals(await abandon(), {
      code: 0,
      stdout: `The extension of killed is given up: it goes up to ${asOf}, as before.\n`,
      stderr: "",
    });
    assertEquals(digestsIn(killed), before);
    assertEquals(
      (await abandon()).stdout,
      `killed goes up to ${asOf}, and no extension of it has begun; there is nothing to do.\n`,
    );
    await extend(killed, schedule, "2025-01-20", fixtures);
    assertEquals(
      await extended("2025-01-25", "killed"),
      refused(
        2,
        "Cannot extend the dataset killed: it has been begun up to 2025-01-20 and is not " +
          "finished. Finish it first: deno task generate --extend --until 2025-01-20 --out killed; " +
          "or give it up: deno task generate --abandon --out killed.",
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
  assertEquals(appendedLines(plan, { schedule: longer, fixtures }, "farm"), [
    "1 batch is appended: FAR-2024-002.",
  ]);
});

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
    // The lifecycle touches 30 months.
    const there = (windows: number) =>
      windows === 0
        ? ""
        : `stopped: ${windows} of 30 windows ${windows === 1 ? "was" : "were"} there.\n`;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const before = recorded(`${cwd}/stopped`);
      const child = spawnRedd(stopped, { cwd });
      while (recorded(`${cwd}/stopped`) === before) {
        await new Promise((wait) => setTimeout(wait, 2));
      }
      child.kill(signal);
      const end = refused(
        130,
        `Cannot finish the dataset ${Deno.realPathSync(cwd)}/stopped: it was interrupted. ` +
          "Run the same command again to go on.",
      );
      assertEquals(await outcomeOf(child), { ...end, stderr: there(before) + end.stderr });
      assert(!namesIn(`${cwd}/stopped`).includes("datapackage.json"), "it does not look done");
    }
    const before = there(recorded(`${cwd}/stopped`));
    const { code, stderr } = await redd([...stopped, "--verbose"], { cwd });
    assertEquals(code, 0);
    assert(
      stderr.startsWith(`${before}stopped had been begun; this run went on with it.\n`),
      stderr,
    );
    assertEquals((await redd([...line, "--out", "whole"], { cwd })).code, 0);
    assertEquals(digestsIn(`${cwd}/stopped`), digestsIn(`${cwd}/whole`));
  }));
