/** Files of the original system are read here, and Redd's have its fields (schedule.md#2). */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";
import { ReddError } from "../../src/errors.ts";
import { buildWorld } from "../../src/generate/build_world.ts";
import { findingText } from "../../src/schedule/check.ts";
import { asOfOf } from "../../src/schedule/format.ts";
import { planFarm } from "../../src/schedule/plan.ts";
import { FARM_PRESETS } from "../../src/schedule/presets.ts";
import { readSchedule } from "../../src/schedule/read.ts";
import { scheduleWarnings } from "../../src/schedule/warnings.ts";
import { writeSchedule } from "../../src/schedule/write.ts";
import { inTempFolder } from "../generate/files.ts";
import { fixtures, live, places } from "../small_farm.ts";

const ORIGINAL = fileURLToPath(new URL("original.yaml", import.meta.url));

const read = (path: string) => readSchedule(path, fixtures.profile, places);

Deno.test("a schedule of the original system is read and lived", () => {
  const schedule = read(ORIGINAL);
  const [old, young] = schedule.batches;
  assertEquals(asOfOf(schedule), "2025-11-21");
  assertEquals(old!.freshwater.post_smolt?.hall, "FI-FW-01-Hall-E", "post-smolt is post_smolt");
  assertEquals(young!.freshwater.post_smolt?.hall, "S-FW-01-Hall-E");
  assertEquals(old!.harvest_target_kg, 5.271828);
  assertEquals(young!.effective_duration, 497);
  const ranges = Object.values(schedule.metadata.worker_partitions!).map((
    one,
  ) => one.batch_range);
  assertEquals(ranges, ["1", "2"], "a number is read as text");
  const world = buildWorld({ schedule, fixtures, infrastructure: places, seed: 7 });
  assertEquals(live(world).batches.map((batch) => batch.stage), [6, 1]);
});

Deno.test("a schedule of the original system is warned that it cannot be extended (rulings.md#27)", () => {
  assertEquals(scheduleWarnings(read(ORIGINAL), fixtures.profile).map(findingText), [
    "batches[0] is reserved up to day 681 of 790, so that it cannot be extended " +
    "(FAR-2024-001, 2024-01-10 to 2025-11-21)",
    "batches[1] is reserved up to day 497 of 835, so that it cannot be extended " +
    "(SCO-2025-001, 2025-09-01 to 2025-11-21)",
  ]);
});

Deno.test("what was read is written, read again and found the same", () =>
  inTempFolder((folder) => {
    const path = `${folder}/again.yaml`;
    const schedules = [
      read(ORIGINAL),
      planFarm({ ...FARM_PRESETS.small, seed: 7 }, fixtures.profile, places),
    ];
    for (const schedule of schedules) {
      writeSchedule(path, schedule, true);
      assertEquals(read(path), schedule);
    }
    return Promise.resolve();
  }));

Deno.test("a plan has the original's fields in their order, and seed and as_of", () => {
  const { metadata, batches } = planFarm(
    { ...FARM_PRESETS.small, seed: 7 },
    fixtures.profile,
    places,
  );
  assertEquals(Object.keys(metadata), [
    "generated_date",
    "total_batches",
    "batches_per_geography",
    "target_saturation",
    "stagger_days",
    "worker_partitions",
    "seed",
    "as_of",
  ]);
  const [batch] = batches;
  assertEquals(Object.keys(batch!), [
    "batch_id",
    "start_date",
    "eggs",
    "duration",
    "effective_duration",
    "harvest_target_kg",
    "geography",
    "station",
    "freshwater",
    "sea",
  ]);
  const { freshwater, sea } = batch!;
  assertEquals(Object.keys(freshwater), ["egg_alevin", "fry", "parr", "smolt", "post_smolt"]);
  assertEquals(Object.keys(freshwater.fry!), ["hall", "containers", "start_day", "end_day"]);
  assertEquals(Object.keys(sea!), [
    "area",
    "rings",
    "rings_count",
    "start_day",
    "end_day",
    "note",
  ]);
});

Deno.test("a file edited by hand is checked like a plan", () =>
  inTempFolder((folder) => {
    const path = `${folder}/edited.yaml`;
    const text = Deno.readTextFileSync(ORIGINAL);
    const edits = [
      [
        "area: FI-SEA-01",
        "area: FI-SEA-02",
        "batches[0].sea.rings is FI-SEA-01-Ring-01, which",
      ],
      [
        "station: S-FW-01",
        "station: S-FW-02",
        "batches[1].station is S-FW-02, expected S-FW-01",
      ],
      [
        "duration: 681",
        "duration: 680",
        "batches[0].duration is 680, expected 681",
      ],
      [
        "      post_smolt:",
        "      post-smolt: 1\n      post_smolt:",
        "batches[1].freshwater.post-smolt is unknown, expected post_smolt alone " +
        "(SCO-2025-001)",
      ],
      [
        "target_kg: 6.4",
        "target_kg: 6.6",
        "batches[1].harvest_target_kg is 6.6999999, expected 4",
      ],
    ] as const;
    for (const [from, to, because] of edits) {
      Deno.writeTextFileSync(path, text.replace(from, to));
      const message = `Cannot read the schedule ${path}: ${because}`;
      const error = assertThrows(() => read(path), ReddError, message);
      assertEquals(error.code, "SCHEDULE_INVALID", from);
    }
    return Promise.resolve();
  }));

Deno.test("a schedule is not written over a file, nor into nowhere, unless it is wanted", () =>
  inTempFolder((folder) => {
    const schedule = read(ORIGINAL);
    const path = `${folder}/farm.yaml`;
    Deno.writeTextFileSync(path, "mine");
    const error = assertThrows(() => writeSchedule(path, schedule, false), ReddError);
    assertEquals([error.code, error.exitCode], ["SCHEDULE_EXISTS", 2]);
    assertEquals(Deno.readTextFileSync(path), "mine");
    writeSchedule(path, schedule, true);
    assertEquals(read(path), schedule);

    for (const nowhere of [`${folder}/none/farm.yaml`, folder]) {
      const error = assertThrows(() => writeSchedule(nowhere, schedule, true), ReddError);
      assertEquals([error.code, error.exitCode], ["CANNOT_WRITE", 3]);
    }
    assertEquals([...Deno.readDirSync(folder)].map((entry) => entry.name), ["farm.yaml"]);
    return Promise.resolve();
  }));

Deno.test("only a regular file of UTF-8 text and of some size is read as a schedule", () =>
  inTempFolder(async (folder) => {
    const text = Deno.readTextFileSync(ORIGINAL);
    const path = `${folder}/farm.yaml`;
    const refused = (path: string, follow = true) => {
      const work = () => readSchedule(path, fixtures.profile, places, { follow });
      const error = assertThrows(work, ReddError);
      assertEquals([error.code, error.exitCode], ["SCHEDULE_INVALID", 2]);
      return error.message.replace(/^.*?: /, "");
    };
    const remedy = "Give the path of a schedule that can be read.";

    Deno.writeTextFileSync(path, `\uFEFF${text.replaceAll("\n", "\r\n")}`);
    assertEquals(read(path), read(ORIGINAL), "a byte order mark and CRLF");
    Deno.symlinkSync(path, `${folder}/link`);
    assertEquals(read(`${folder}/link`), read(ORIGINAL), "a link that a user named");
    assertEquals(
      refused(`${folder}/link`, false),
      `it is a link, expected a regular file. ${remedy}`,
    );

    await new Deno.Command("mkfifo", { args: [`${folder}/fifo`] }).output();
    for (
      const [at, kind] of [[`${folder}/fifo`, "fifo"], ["/dev/zero", "device"], [folder, "folder"]]
    ) {
      assertEquals(refused(at!), `it is a ${kind}, expected a regular file. ${remedy}`);
    }
    Deno.truncateSync(path, 10_000_001);
    assertEquals(refused(path), `it has 10000001 bytes, expected at most 10000000. ${remedy}`);
    Deno.writeFileSync(path, new Uint8Array([...new TextEncoder().encode("a: 1\nb: "), 0xff, 10]));
    assertEquals(refused(path), `line 2 is no UTF-8 text. ${remedy}`);
    Deno.writeTextFileSync(path, text.replace("area: FI-SEA-01", 'area: "FI\\0"'));
    assertEquals(
      refused(path),
      'batches[0].sea.area is "FI\\u0000", expected text without control characters. ' +
        "Correct it in the file.",
    );
  }));

Deno.test("millions of wrong items are counted, not described", () =>
  inTempFolder((folder) => {
    const path = `${folder}/farm.yaml`;
    for (
      const [text, because] of [
        [`batches:\n${"- x\n".repeat(2_400_000)}`, "it has more than 300000 lines"],
        [`batches: [${"x,".repeat(4_900_000)}]`, "it has more than 500000 values"],
        [`batches: [${"x,".repeat(2_501)}]\nmetadata: 1`, "at most 2500 entries, not 2501"],
      ] as const
    ) {
      Deno.writeTextFileSync(path, text);
      const error = assertThrows(() => read(path), ReddError, because);
      assertEquals(error.message.length < 5000, true, `${error.message.length} characters`);
    }
    return Promise.resolve();
  }));
