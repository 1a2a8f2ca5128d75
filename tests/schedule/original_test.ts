/** Files as the original system, its planners and people have written them (schedule.md#2). */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { parse, stringify } from "@std/yaml";
import { ReddError } from "../../src/errors.ts";
import { parseYaml } from "../../src/fixtures/yaml.ts";
import { isoOf, parseIso } from "../../src/farm/days.ts";
import { nameOf } from "../../src/generate/prepare.ts";
import { checkSchedule } from "../../src/schedule/check.ts";
import { extraAreasUsed } from "../../src/schedule/extra_areas.ts";
import {
  asOfOf,
  type Schedule,
  SCHEDULE_LIMITS,
  scheduleSchema,
} from "../../src/schedule/format.ts";
import { planFarm } from "../../src/schedule/plan.ts";
import { parseSchedule } from "../../src/schedule/read.ts";
import { scheduleText } from "../../src/schedule/text.ts";
import { harvestTarget } from "../../src/schedule/single.ts";
import { warningTexts } from "../../src/schedule/warnings.ts";
import { fc, runs } from "../random.ts";
import { fixtures, places } from "../small_farm.ts";

const fileNamed = (name: string) =>
  Deno.readTextFileSync(new URL(`original/${name}.yaml`, import.meta.url));

/** A text as a schedule, and what is said of it. */
function read(
  text: string,
  seed?: number,
): { schedule: Schedule; remarks: string[] } {
  const remarks: string[] = [];
  const schedule = parseSchedule("old.yaml", text, fixtures.profile, places, {
    onRemark: (remark) => remarks.push(remark),
    ...(seed === undefined ? {} : { seed }),
  });
  return { schedule, remarks };
}

/** Why a text is refused, with the remedy. */
function refused(text: string): string {
  const error = assertThrows(() => read(text), ReddError);
  assertEquals(error.exitCode, 2);
  const beginning = "Cannot read the schedule old.yaml: ";
  assert(error.message.startsWith(beginning), error.message);
  return error.message.slice(beginning.length);
}

const ladder = fileNamed("ladder");
const plain = read(ladder).schedule;

/** The ladder with a text in it replaced by another, wherever it stands. */
function edited(from: string | RegExp, to: string): string {
  const text = ladder.replaceAll(from, to);
  assert(text !== ladder, `${from} is there`);
  return text;
}

Deno.test("files from before the weight-aware planner get their targets as any batch", () => {
  const { schedule, remarks } = read(fileNamed("without-harvest-plan"), 7);
  const [old, young] = schedule.batches;
  for (const { batch_id, harvest_target_kg } of schedule.batches) {
    assertEquals(
      harvest_target_kg,
      harvestTarget(7, batch_id, fixtures.profile),
    );
  }
  assertEquals(
    [old!.duration, old!.effective_duration, old!.sea!.rings_count],
    [900, 900, 8],
  );
  assertEquals([young!.duration, young!.effective_duration, young!.sea], [
    93,
    180,
    null,
  ]);
  assertEquals(Object.keys(young!.freshwater), ["egg_alevin", "fry"]);
  assertEquals([asOfOf(schedule), schedule.metadata.generated_date], [
    "2025-11-21",
    "2025-11-19",
  ]);
  const target = harvestTarget(7, "FAR-2022-001", fixtures.profile);
  assertEquals(remarks, [
    "batches[0].effective_duration is missing, read as 900 (FAR-2022-001); and 1 more like this",
    `batches[0].harvest_target_kg is missing, drawn as ${target} (FAR-2022-001); ` +
    "and 1 more like this",
    'metadata.generated_date is "2025-11-19", and batches are simulated up to 2025-11-21, ' +
    "which is the as-of date",
  ]);
  assertMatch(
    warningTexts(schedule, fixtures.profile)[0]!,
    /^batches\[1\] is reserved up to day 180 of \d+, so that it cannot be extended \(SCO-2025-001,/,
  );
  const seeded = fileNamed("without-harvest-plan").replace(
    "stagger_days: 7",
    "seed: '7'",
  );
  assertEquals(
    read(seeded).schedule.batches,
    schedule.batches,
    "by the file's own seed",
  );
});

Deno.test("the 43rd area holds batches, and brings the documented totals with it (D-01)", () => {
  const { schedule, remarks } = read(fileNamed("area-43"));
  const { sea } = schedule.batches[1]!;
  assertEquals([sea!.area, sea!.rings.length], [
    "Faroe Islands Sea Area 1",
    10,
  ]);
  assertEquals([sea!.rings[0], sea!.rings[9]], ["Ring-01", "Ring-10"]);
  assertEquals(remarks, []);
  assertEquals(asOfOf(schedule), "2025-11-21");
  assertEquals(extraAreasUsed(schedule, fixtures.layout), [
    "Faroe Islands Sea Area 1",
  ]);
  assert(nameOf({ schedule, fixtures, seed: 1 }).identity.documentedTotals);
  assertEquals(extraAreasUsed(plain, fixtures.layout), []);
  assert(
    !nameOf({ schedule: plain, fixtures, seed: 1 }).identity.documentedTotals,
  );
  // A ring is one place, whatever it is called.
  const twice = fileNamed("area-43").replace(
    "start_date: '2022-03-26'",
    "start_date: '2020-12-01'",
  )
    .replaceAll("FI-FW-11", "FI-FW-02").replace("'2025-11-21'", "'2023-12-01'")
    .replace("area: FI-SEA-01", "area: Faroe Islands Sea Area 1")
    .replaceAll(/FI-SEA-01-(Ring-\d\d)/g, "$1");
  assertMatch(
    refused(twice),
    /^batches\[1\]\.sea\.rings is Ring-01, where FAR-2020-001 is from .*FAR-2022-023, 20/,
  );
});

Deno.test("days with fractions are rounded up, and that is said", () => {
  const { schedule, remarks } = read(fileNamed("fractional-days"));
  const [batch] = schedule.batches;
  assertEquals([
    batch!.effective_duration,
    batch!.sea!.end_day,
    batch!.duration,
  ], [490, 490, 445]);
  assertEquals(remarks, [
    "batches[0].sea.end_day is 489.42459304713515, rounded up to 490 (FAR-2024-001)",
    "batches[0].effective_duration is 489.42459304713515, rounded up to 490 (FAR-2024-001)",
  ]);
});

Deno.test("a ladder keeps its metadata and its purposes; its as-of date is where its batches end", () => {
  const { schedule, remarks } = read(ladder);
  assertEquals(schedule.metadata, {
    generated_date: "2026-02-18",
    total_batches: 2,
    batches_per_geography: 1,
    target_saturation: 1,
    stagger_days: 0,
    as_of: "2026-02-25",
    schedule_type: "UAT_OPTIMIZED",
    description: "A ladder over the life cycle",
    active_batches: 1,
    completed_batches: 1,
    lifecycle_targets: 1,
  });
  assertEquals(
    schedule.batches.map(({ duration, purpose }) => [duration, purpose]),
    [
      [900, "completed history"],
      [85, "five days before Fry"],
    ],
  );
  assertEquals(remarks.slice(1), [
    "metadata.target_saturation is missing, written as 1: nothing follows from it; and 1 more like this",
  ]);
  // What is stored is read as the same, and is stored the same.
  const recipe = { schedule, fixtures, seed: 7 };
  const { text, identity } = nameOf(recipe);
  const again = read(text);
  assertEquals(again.remarks, []);
  assertEquals(
    nameOf({ ...recipe, schedule: again.schedule }).identity,
    identity,
  );
});

Deno.test("what a file says otherwise is read as it is meant, and said", () => {
  const id = "(FAR-2023-001)";
  const forms: [string, string | RegExp, string, string][] = [
    [
      "a number as text",
      "eggs: 3100000",
      'eggs: "3100000"',
      'batches[0].eggs is "3100000", read as',
    ],
    [
      "a timestamp",
      "'2023-05-05'",
      "2023-05-05 00:00:00",
      `batches[0].start_date is "2023-05-05 00:00:00", read as 2023-05-05 ${id}`,
    ],
    [
      "a time zone",
      "'2023-05-05'",
      "2023-05-05T08:00:00+02:00",
      "batches[0].start_date is",
    ],
    [
      "slashes",
      "'2023-05-05'",
      "2023/5/5",
      'batches[0].start_date is "2023/5/5", read as',
    ],
    [
      "an instant of writing",
      "'2026-02-18'",
      "2026-02-18T09:30:12.5Z",
      "metadata.generated_date",
    ],
    [
      "an unknown key",
      "  purpose: completed history",
      "  purpose: completed history\n  colour: blue",
      `batches[0].colour is unknown and left out ${id}`,
    ],
    [
      "an unknown key of all",
      "metadata:",
      "planner: v6\nmetadata:",
      "planner is unknown and left",
    ],
    [
      "a wrong count",
      "total_batches: 2",
      "total_batches: 3",
      "metadata.total_batches is 3, expected 2",
    ],
    [
      "a wrong count by status",
      "completed_batches: 1",
      "completed_batches: 4",
      "metadata.completed_batches is 4, expected 1, as many batches are there",
    ],
    [
      "a stagger that is none",
      "lifecycle_targets",
      "stagger_days: often\n  lifecycle_targets",
      "",
    ],
    [
      "partitions that do not fit",
      "  lifecycle_targets",
      "  worker_partitions: { worker_1: { batch_indices: [0], batch_range: 1, count: 9 } }\n" +
      "  lifecycle_targets",
      "metadata.worker_partitions is without every batch once: left out",
    ],
    [
      "partitions that are none",
      "  lifecycle_targets",
      "  worker_partitions: 14\n  lifecycle_targets",
      "metadata.worker_partitions is without every batch once",
    ],
    [
      "a wrong number of rings",
      "rings_count: 10",
      "rings_count: 12",
      `batches[0].sea.rings_count is 12, expected 10, the number of its rings ${id}`,
    ],
    [
      "rings without their area",
      /FI-SEA-09-Ring/g,
      "Ring",
      `batches[0].sea.rings is "Ring-01", read as FI-SEA-09-Ring-01 ${id}; and 9 more like this`,
    ],
    [
      "tanks without their hall",
      /- FI-FW-05-B-/g,
      "- ",
      `batches[0].freshwater.fry.containers is "C01", read as FI-FW-05-B-C01 ${id}; and 9 more`,
    ],
    [
      "tanks with their hall",
      /- FI-FW-05-B-/g,
      "- FI-FW-05-Hall-B-",
      'batches[0].freshwater.fry.containers is "FI-FW-05-Hall-B-C01", read as FI-FW-05-B-C01',
    ],
    [
      "small letters",
      /FI-FW-05-C-C/g,
      "fi-fw-5-c-c",
      'containers is "fi-fw-5-c-c01", read as FI-FW',
    ],
    ["blanks", "FI-FW-05-Hall-B", "FI-FW-05 Hall B", "fry.hall is"],
    [
      "a hall by its letter",
      "hall: FI-FW-05-Hall-B",
      "hall: Hall B",
      'fry.hall is "Hall B", read as',
    ],
    [
      "containers as mappings",
      /- (FI-FW-05-B-C\d\d)/g,
      "- { id: 7, name: $1 }",
      'fry.containers is {"id":7,"name":"FI-FW-05-B-C01"}, read as its name',
    ],
    ["an older key", /post_smolt:/g, "Post-Smolt:", ""],
    ["a key of other letters", /egg_alevin:/g, "Egg & Alevin:", ""],
    ["no station", / {2}station: FI-FW-05\n/g, "", 'station is missing, read as "FI-FW-05"'],
    [
      "no hall",
      "      hall: FI-FW-05-Hall-B\n",
      "",
      'fry.hall is missing, read as "FI-FW-05-Hall-B"',
    ],
    [
      "a hall as a mapping",
      "hall: FI-FW-05-Hall-B",
      "hall: { name: FI-FW-05-Hall-B }",
      "read as its name",
    ],
    [
      "no first day",
      "      start_day: 90\n",
      "",
      "fry.start_day is missing, read as 90",
    ],
    ["no last day", "      end_day: 180\n", "", "fry.end_day is missing, read as 180"],
    [
      "fractions as text that are too short",
      "effective_duration: 900",
      'effective_duration: "489.4"',
      `batches[0].effective_duration is "489.4", shorter than a stay: read as 900 ${id}`,
    ],
    ["digits of a double", "effective_duration: 900", "effective_duration: 900.0000001", "none"],
    [
      "an older key twice, once empty",
      /( {4})post_smolt:/g,
      "$1post-smolt: null\n$1post_smolt:",
      "none",
    ],
    [
      "an empty stage of none",
      "  freshwater:\n",
      "  freshwater:\n    adult: null\n",
      "unknown, empty and",
    ],
    [
      "another one",
      "  freshwater:\n",
      "  freshwater:\n    Adult: { hall: null, containers: [] }\n",
      "left out",
    ],
    [
      "a note that is a list",
      "    rings_count: 10",
      "    note: [a]\n    rings_count: 10",
      'sea.note is ["a"], expected text: left out',
    ],
    [
      "a seed of words",
      "lifecycle_targets: 1",
      "seed: abc",
      'metadata.seed is "abc", expected a whole',
    ],
    ["a seed below", "lifecycle_targets: 1", "seed: -1", "metadata.seed is -1, expected a whole"],
    [
      "counts of each",
      "lifecycle_targets: 1",
      "batches_per_geography: { Faroe Islands: 2 }",
      "metadata.batches_per",
    ],
    ["no geography", / {2}geography: Faroe Islands\n/g, "", ""],
    [
      "another geography's letters",
      "Faroe Islands",
      "faroe islands",
      "batches[0].geography is",
    ],
    ["no area", / {4}area: FI-SEA-09\n/g, "", 'sea.area is missing, read as "FI-SEA-09"'],
    ["no number of rings", / {4}rings_count: 10\n/g, "", ""],
    [
      "a reservation beyond the stage",
      "end_day: 180",
      "end_day: 185",
      "fry.end_day is 185, after",
    ],
    [
      "no duration",
      / {2}duration: 900\n/g,
      "",
      "batches[0].duration is missing, read as 900",
    ],
    [
      "a duration of the fish alone",
      "  duration: 900",
      "  duration: 850",
      `batches[0].duration is 850, read as 900 ${id}`,
    ],
    ["a sea that is an empty mapping", "sea: null", "sea: {}", ""],
    [
      "a sea without rings",
      "sea: null",
      "sea: { area: null, rings: [], rings_count: 0 }",
      "",
    ],
    ["no key of the sea", "  sea: null\n", "", ""],
    [
      "stages that are not reached",
      "  sea: null",
      "    fry: null\n    parr: []\n  sea: null",
      "",
    ],
    [
      "an empty note",
      "    rings_count: 10",
      "    note: null\n    rings_count: 10",
      "",
    ],
    ["comments", /^batches:/gm, "# the plan of Friday\nbatches: # two", ""],
    ["null", "effective_duration: 900", "effective_duration: null", ""],
  ];
  for (const [name, from, to, said] of forms) {
    const { schedule, remarks } = read(edited(from, to));
    assertEquals(schedule.batches, plain.batches, name);
    assertEquals(asOfOf(schedule), "2026-02-25", name);
    assertEquals(schedule.metadata.worker_partitions, undefined, name);
    assertEquals(
      [schedule.metadata.total_batches, schedule.metadata.stagger_days],
      [2, 0],
      name,
    );
    const ofFile = /batches are simulated up to|nothing follows from it/;
    const own = remarks.filter((text) => !ofFile.test(text));
    assert(own.length <= 1, `${name}: ${own}`);
    if (said === "none") assertEquals(own, [], name);
    else if (said !== "" && said !== "too") {
      assert(own[0]!.includes(said), `${name}: ${own}`);
    }
  }
});

Deno.test("an effective duration is at least as long as every stay, and no longer than a life", () => {
  const durations = (days: number) => {
    const { schedule, remarks } = read(
      edited("effective_duration: 451", `effective_duration: ${days}`),
    );
    assertEquals(remarks.length, days === 90 ? 2 : 3, `${remarks}`);
    return schedule.batches[1]!.effective_duration;
  };
  assertEquals([89, 90, 2000].map(durations), [90, 90, 900]);
});

Deno.test("anchors of YAML stand for what they name", () => {
  const tanks = (letter: string) =>
    Array.from(
      { length: 10 },
      (_, i) => `      - FI-FW-05-${letter}-C${String(i + 1).padStart(2, "0")}\n`,
    ).join("");
  const text = edited(
    `containers:\n${tanks("A")}`,
    `containers: &tanks\n${tanks("A")}`,
  )
    .replace(`containers:\n${tanks("B")}`, "containers: *tanks\n");
  assertEquals(
    refused(text),
    "batches[0].freshwater.fry.containers is FI-FW-05-A-C01, which is not in FI-FW-05-Hall-B " +
      "(FAR-2023-001, 2023-08-03 to 2023-11-01). Correct it in the file.",
  );
  const purposes = ladder.replace("completed history", "&why first feeding")
    .replace("five days before Fry", "*why");
  assertEquals(read(purposes).schedule.batches.map(({ purpose }) => purpose), [
    "first feeding",
    "first feeding",
  ]);
});

Deno.test("what matters and can mean two things is refused with batch, key, value and remedy", () => {
  const id = "FAR-2023-001";
  const remedy = "Correct it in the file.";
  const cases: [from: string | RegExp, to: string, because: string][] = [
    [
      "eggs: 3100000",
      "eggs: many",
      `batches[0].eggs is "many", expected a whole number from 100000`,
    ],
    ["eggs: 3100000", "eggs: 31", `to 5000000 (${id})`],
    [
      / {2}eggs: 3100000\n/g,
      "",
      `batches[0].eggs is missing, expected a whole number`,
    ],
    [
      "'2023-05-05'",
      "05.05.2023",
      `batches[0].start_date is "05.05.2023", expected a date`,
    ],
    [
      "'2023-05-05'",
      "2023-13-05",
      `batches[0].start_date is "2023-13-05", expected a date`,
    ],
    ["'2023-05-05'", "null", "batches[0].start_date is null, expected a date"],
    [
      "harvest_target_kg: 6.4",
      "harvest_target_kg: 6400",
      `batches[0].harvest_target_kg is 6400, expected 4.5 to 6.5 (${id})`,
    ],
    [
      "batch_id: FAR-2023-001",
      "batch_id: null",
      "batches[0].batch_id is null, expected one to four",
    ],
    [
      "FAR-2023-001",
      "SCO-2025-007",
      "batches[1].batch_id is SCO-2025-007, as batches[0] has it",
    ],
    [
      "Faroe Islands",
      "Norway",
      `batches[0].geography is "Norway", expected one of Faroe Islands`,
    ],
    [
      "Faroe Islands",
      "Scotland",
      "containers is FI-FW-05-A-C01, which is not in Scotland (FAR-2023-001, 2023-05-05 to",
    ],
    [
      "station: FI-FW-05",
      "station: FI-FW-06",
      "batches[0].station is FI-FW-06, expected FI-FW-05",
    ],
    [
      "hall: FI-FW-05-Hall-B",
      "hall: FI-FW-05-Hall-C",
      "fry.containers is FI-FW-05-B-C01, which is",
    ],
    [
      "hall: FI-FW-05-Hall-B",
      "hall: FI-FW-99-Hall-B",
      "fry.hall is FI-FW-99-Hall-B (did you mean FI-FW-09-Hall-B?), which is no hall of this farm",
    ],
    [
      "- FI-FW-05-B-C01\n",
      "- FI-FW-05-B-C11\n",
      "is FI-FW-05-B-C11, which is no container",
    ],
    [
      "- FI-FW-05-B-C01\n",
      "- FI-FW-05-B-C02\n",
      "expected every container once",
    ],
    [
      / {6}- FI-FW-05-B-C10\n/g,
      "",
      "fry.containers is 9 containers, expected 10",
    ],
    [
      "- FI-FW-05-B-C01\n",
      "- 17\n",
      "batches[0].freshwater.fry.containers[0] is 17, expected text",
    ],
    ["start_day: 90", "start_day: 91", "fry.start_day is 91, expected 90"],
    [
      "end_day: 180",
      "end_day: 90",
      "fry.end_day is 90, expected 91 to 180, the end of the stage",
    ],
    [
      / {4}fry:\n[^]*? {4}parr:/g,
      "    parr:",
      "fry is missing, expected a hall from day 90",
    ],
    [
      "fry:",
      "fri:",
      "batches[0].freshwater.fri is unknown (did you mean fry?), expected one of egg_alevin, fry",
    ],
    [
      / {2}sea:\n {4}area[^]*?- batch_id: SCO/g,
      "  sea: null\n- batch_id: SCO",
      "sea is null, expected",
    ],
    [
      "duration: 85",
      "duration: 0",
      "batches[1].duration is 0, expected a whole number from 1 to 900",
    ],
    [
      "lifecycle_targets: 1",
      "as_of: soon",
      'metadata.as_of is "soon", expected a date',
    ],
    [
      "lifecycle_targets: 1",
      "as_of: '2026-02-20'",
      "batches[1].duration is 85, expected 80",
    ],
  ];
  for (const [from, to, because] of cases) {
    const text = edited(from, to);
    const message = refused(text);
    assert(message.includes(because), `${from} ${to}: ${message}`);
    assert(message.endsWith(`. ${remedy}`), message);
  }
});

Deno.test("reference packs, which name real stations and halls, are another layout", () => {
  const message = (of: string) =>
    `${of}, which is no place of this farm. Files that name real stations and halls, as the ` +
    "reference packs of 2026 do, are of another layout; the stations here are FI-FW-01 to FI-FW-12, " +
    "S-FW-01 to S-FW-10. Give a schedule of this layout, or plan one: deno task schedule.";
  const packs = [
    [
      edited("station: FI-FW-05", "station: S24 Strond"),
      'batches[0].station is "S24 Strond"',
    ],
    [
      edited("FI-FW-05-Hall-B", "Høll 2"),
      'batches[0].freshwater.fry.hall is "Høll 2"',
    ],
    [
      edited("area: FI-SEA-09", "area: A13 Borðoyarvík"),
      "batches[0].sea.area is",
    ],
    [
      "pack: reference\nhalls:\n- { station: Viðareiði, hall: Klekihøll, tanks: 12 }\n",
      'halls[0].station is "Viðareiði"',
    ],
    [
      stringify({
        metadata: {},
        batches: [{ stages: [{ hall_name: "Kleking" }] }],
      }),
      'batches[0].stages[0].hall_name is "Kleking"',
    ],
    ["stations:\n- name: S24 Strond\n  halls: [A, B]\n", 'stations has "S24 Strond"'],
    ["stations: { S24 Strond: { halls: [A] } }\n", 'stations has "S24 Strond"'],
    ["halls: [Rogn]\n", 'halls has "Rogn"'],
    [
      edited(/FI-FW-05-B-C(\d)/g, "S24 $1"),
      'batches[0].freshwater.fry.containers has "S24 01"',
    ],
    [
      stringify({ batches: [{ batch_id: "SF MAY 24", containers: [{ name: "Rogn A1" }] }] }),
      'batches[0].containers has "Rogn A1"',
    ],
  ] as const;
  for (const [text, of] of packs) {
    const told = refused(text);
    assert(told.startsWith(of), told);
    if (!of.startsWith("batches[0].sea")) {
      assertEquals(told, message(of));
    }
    assertEquals(
      assertThrows(() => read(text), ReddError).code,
      "OTHER_LAYOUT",
    );
  }
  // One name of many is a slip of the pen.
  assertMatch(
    refused(edited("FI-FW-05-B-C03", "S24 three")),
    /containers is S24 three, which is no container/,
  );
  assertMatch(refused(edited(/FI-FW-05-B-C/g, "X")), /containers is X01, which is no container/);
});

/** Four batches of a plan, one every fifty days, as the original writes them. */
function planned(): {
  metadata: Record<string, unknown>;
  batches: Record<string, unknown>[];
} {
  const asOf = parseIso("2025-11-21")!;
  const request = {
    perGeography: 2,
    stagger: 50,
    saturation: 0.85,
    asOf,
    seed: 7,
  };
  const { metadata, batches } = planFarm(request, fixtures.profile, places);
  const { seed: _, as_of: __, ...rest } = metadata;
  return structuredClone({ metadata: rest, batches }) as unknown as ReturnType<
    typeof planned
  >;
}

Deno.test("batches come by their starts, and those that have not begun are left out", () => {
  const { metadata, batches } = planned();
  const readBatches = (some: typeof batches, more: object = {}) =>
    read(stringify({ metadata: { ...metadata, ...more }, batches: some }));
  const straight = readBatches(batches);
  assertEquals(straight.remarks, []);

  const turned = readBatches(batches.toReversed());
  assertEquals(turned.schedule.batches, straight.schedule.batches);
  assertEquals(turned.remarks, [
    "batches are not in the order of their starts, in which they are read",
    "metadata.worker_partitions is without every batch once, as they are read: left out, since " +
    "Redd does not use it",
  ]);
  // What is wrong is named by its place in the file.
  const wrong = batches.toReversed().map((batch, i) => i === 3 ? { ...batch, eggs: 7 } : batch);
  assertMatch(
    refused(stringify({ metadata, batches: wrong })),
    /^batches\[3\]\.eggs is 7, expected .* \(FAR-2025-001\)/,
  );
  const ahead = [
    {
      ...batches[3],
      batch_id: "SCO-2025-009",
      start_date: "2025-11-21",
      duration: 900,
    },
    {
      ...batches[3],
      batch_id: "SCO-2026-001",
      start_date: "2026-03-01",
      duration: -100,
    },
  ];
  const shorter = readBatches([...batches, ...ahead], {
    total_batches: 6,
    worker_partitions: null,
  });
  assertEquals(shorter.schedule.batches, straight.schedule.batches);
  assertEquals(shorter.schedule.metadata.total_batches, 4);
  assertEquals(shorter.remarks, [
    "batches[4].start_date is 2025-11-21, not before the as-of date, 2025-11-21: the batch is left " +
    "out (SCO-2025-009); and 1 more like this",
  ]);
  assertMatch(
    refused(stringify({ metadata: { as_of: "2020-01-01" }, batches })),
    /^batches\[0\]\.start_date is 2025-05-05, expected a day before the as-of date \(FAR-2025-001/,
  );
});

Deno.test("the as-of date is the one that is named, or that on which living batches end", () => {
  const { metadata, batches } = planned();
  const asOf = (change: object, durations?: readonly unknown[]) => {
    const some = batches.map((batch, i) => ({
      ...batch,
      ...durations === undefined ? {} : { duration: durations[i] },
    }));
    const { schedule } = read(
      stringify({ metadata: { ...metadata, ...change }, batches: some }),
    );
    const { duration } = schedule.batches[3]!;
    return [asOfOf(schedule), duration];
  };
  const ages = batches.map(({ duration }) => Number(duration));
  assertEquals(asOf({}), ["2025-11-21", 50]);
  assertEquals(asOf({ generated_date: "2026-07-01" }), ["2025-11-21", 50]);
  assertEquals(asOf({ generated_date: null }), ["2025-11-21", 50]);
  assertEquals(asOf({ generated_date: "a Friday" }), ["2025-11-21", 50]);
  assertEquals(asOf({ generated_date: null, as_of: "2025-11-21 00:00:00" }), [
    "2025-11-21",
    50,
  ]);
  assertEquals(asOf({}, ages.map((age) => age + 30)), ["2025-12-21", 80]);
  assertEquals(
    asOf({}, [900, 900, 900, 900]),
    ["2025-11-21", 50],
    "lives that are planned whole",
  );
  assertEquals(asOf({}, [null, null, null, null]), ["2025-11-21", 50]);
  // A plan for later is lived as far as it goes.
  assertEquals(asOf({ generated_date: "2025-01-01" }, [900, 900, 900, 900]), ["2028-03-20", 900]);
  const { generated_date: _, ...undated } = metadata;
  const ageless = batches.map(({ duration: __, ...batch }) => batch);
  assertMatch(
    refused(stringify({ metadata: undated, batches: ageless })),
    /^metadata\.generated_date is missing, expected a date/,
  );
  // One that ends on another day than the rest says two things.
  const torn = batches.map((batch, i) => i === 2 ? { ...batch, duration: ages[2]! - 3 } : batch);
  assertMatch(
    refused(stringify({ metadata, batches: torn })),
    /^batches\[2\]\.duration is 97, expected 100 = .* \(FAR-2025-002, 2025-08-13 to 2025-11-18\)/,
  );
});

/** The paths of all that stands in a tree. */
function pathsIn(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [[...path], ...entries.flatMap(([key, child]) => pathsIn(child, [...path, key]))];
}

Deno.test("whatever stands in a file, it is a schedule in order or refused in words", () => {
  const trees = ["ladder", "area-43", "without-harvest-plan"].map((name) =>
    parse(fileNamed(name), { schema: "core" })
  );
  const oddities = [null, [], {}, "", "x", -1, 0, 0.5, 1e300, true, "2025-01-01", [[]], [{}], NaN];
  const change = fc.record({
    at: fc.nat(),
    what: fc.oneof(fc.constantFrom(...oddities), fc.jsonValue({ maxDepth: 2 })),
  });
  fc.assert(
    fc.property(fc.nat(2), fc.array(change, { minLength: 1, maxLength: 3 }), (which, changes) => {
      const file = { tree: structuredClone(trees[which]!) as unknown };
      for (const { at, what } of changes) {
        const paths = pathsIn(file);
        const path = paths[1 + at % (paths.length - 1)]!;
        const parent = path.slice(0, -1).reduce<unknown>(
          (value, key) => (value as Record<string | number, unknown>)[key],
          file,
        );
        (parent as Record<string | number, unknown>)[path.at(-1)!] = structuredClone(what);
      }
      const text = stringify(file.tree);
      try {
        const { schedule } = read(text);
        assertEquals(checkSchedule(schedule, fixtures.profile, places), undefined);
        assertEquals(read(scheduleText(schedule)).schedule, schedule);
      } catch (thrown) {
        assert(thrown instanceof ReddError, `${thrown}\n${text}`);
      }
    }),
    { numRuns: runs(50) },
  );
});

Deno.test("584 batches from 2008 on are a farm, as long as no place holds two at a time", () => {
  const asOf = parseIso("2025-11-21")!;
  const request = {
    perGeography: 292,
    stagger: 11,
    saturation: 0.85,
    asOf,
    seed: 7,
  };
  const plan = planFarm(request, fixtures.profile, places);
  const { seed: _, as_of: __, worker_partitions: ___, ...metadata } = plan.metadata;
  const { schedule, remarks } = read(
    stringify({ metadata, batches: plan.batches }),
  );
  assertEquals(remarks, []);
  assertEquals(schedule.batches.length, 584);
  assertEquals(schedule.batches[0]!.start_date, "2008-03-12");
  assertEquals(schedule.batches, plan.batches);
  const late = plan.batches.map((batch, i) =>
    i === 300 ? { ...plan.batches[298]!, batch_id: batch.batch_id } : batch
  ).toSorted((one, other) => one.start_date < other.start_date ? -1 : 1);
  assertMatch(
    refused(stringify({ metadata, batches: late })),
    /^batches\[\d+\]\.freshwater\.egg_alevin\.containers is FI-FW-.*, where FAR-2017-150 is from/,
  );
});

Deno.test("a whole number with a point is read and said, one with an exponent is refused", () => {
  const eggs = Number(/eggs: (\d+)/.exec(ladder)![1]);
  const { schedule, remarks } = read(edited(/eggs: (\d+)/g, "eggs: $1.0"));
  assertEquals(schedule.batches, plain.batches);
  assertEquals(
    remarks.filter((text) => text.includes("eggs")),
    [`batches[0].eggs is ${eggs}.0, read as ${eggs}; and 1 more like this`],
  );
  const plainDigits = "expected a number in plain decimal digits, such as 3500000";
  for (const number of ["1e6", "3.5e6", "3_500_000"]) {
    const said = refused(edited(/eggs: \d+/g, `eggs: ${number}`));
    assert(said.startsWith(`batches[0].eggs is ${number}, ${plainDigits}`), said);
  }
  assert(
    refused(edited(/eggs: \d+/g, "eggs: 9007199254740993"))
      .startsWith("batches[0].eggs is 9007199254740993, expected "),
  );
});

Deno.test("what a file counts wrongly is written as it is", () => {
  const wrong = ladder.replace("active_batches: 1", "active_batches: 9")
    .replace("completed_batches: 1", "completed_batches: '7'")
    .replace("total_batches: 2", "total_batches: 3");
  const { metadata } = read(wrong).schedule;
  assertEquals(
    [metadata.total_batches, metadata.active_batches, metadata.completed_batches],
    [2, 1, 1],
  );
  const { remarks } = read(wrong);
  assert(remarks.some((text) => text.startsWith("metadata.active_batches is 9, expected 1")));
  assertEquals(read(scheduleText(read(wrong).schedule)).remarks, []);
  const each = edited(
    "lifecycle_targets: 1",
    "batches_per_geography: { Scotland: 1, Faroe Islands: 1 }",
  );
  assertEquals(read(each).schedule.metadata.batches_per_geography, 1);
  assertEquals(read(each).remarks.filter((text) => text.includes("per_geography")), []);
});

Deno.test("a refusal names what it rests on, and what was read otherwise is said with it", () => {
  const remarks: string[] = [];
  const error = assertThrows(
    () =>
      parseSchedule("old.yaml", edited("eggs: 3100000", "eggs: 31"), fixtures.profile, places, {
        onRemark: (remark) => remarks.push(remark),
      }),
    ReddError,
  );
  assertMatch(error.message, /batches\[0\]\.eggs is 31, expected/);
  assert(remarks.some((text) => text.includes("which is the as-of date")), `${remarks}`);
  // Two batches in the same rings, the first of which is reserved for less than its life.
  const rings = (target: string) => {
    const file = parse(fileNamed("without-harvest-plan")) as {
      batches: Record<string, unknown>[];
    };
    const [one] = file.batches;
    const sea = { ...one!.sea as Record<string, unknown>, end_day: 600 };
    const shared = { ...one!, ...target === "" ? {} : { harvest_target_kg: Number(target) } };
    const first = { ...shared, sea };
    const second = {
      ...shared,
      batch_id: "FAR-2022-002",
      start_date: isoOf(parseIso(one!.start_date as string)! + 160),
      duration: 740,
      freshwater: JSON.parse(
        JSON.stringify(one!.freshwater).replaceAll(/FI-FW-\d\d/g, "FI-FW-11"),
      ),
      station: "FI-FW-11",
      sea: one!.sea,
    };
    return refused(stringify({ ...file, batches: [first, second] }));
  };
  assertMatch(
    rings("5.5"),
    /where FAR-2022-001 is from \S+ to \S+, beyond \S+, to which it is reserved, by its harvest target, 5\.5 kg/,
  );
  const drawn = harvestTarget(1, "FAR-2022-001", fixtures.profile);
  assert(rings("").includes(`by the harvest target that was drawn from the seed, ${drawn} kg`));
});

Deno.test("a file without a batch says so, and a target is rounded before it is judged", () => {
  const none = ladder.slice(0, ladder.indexOf("batches:\n"));
  assertEquals(
    refused(`${none}batches: []\n`),
    "batches is [], expected at least one batch. Give a schedule that has one.",
  );
  const target = (kg: string) => edited("harvest_target_kg: 6.4", `harvest_target_kg: ${kg}`);
  assertEquals(read(target("6.5000000000001")).schedule.batches[0]!.harvest_target_kg, 6.5);
  assertMatch(refused(target("6.500001")), /is 6\.500001, expected 4\.5 to 6\.5/);
  const noted = edited("    rings_count: 10", `    note: ${"x".repeat(401)}\n    rings_count: 10`);
  const { schedule, remarks } = read(noted);
  assertEquals(schedule.batches[0]!.sea!.note, `${"x".repeat(399)}…`);
  assert(remarks.some((text) => text.includes("sea.note is longer than 400 characters, and cut")));
  const ten = edited("    rings_count: 10", "    note: 10\n    rings_count: 10");
  assertEquals(read(ten).schedule.batches[0]!.sea!.note, "10");
});

Deno.test("numbers, tags and a version that nothing is read from make no file unreadable", () => {
  const odd = edited(
    "lifecycle_targets: 1",
    "git: 0012\n  mask: 0x1f\n  pair: !!python/tuple [a, 1_000]\n  kinds: !!set { a: null }\n" +
      "  raw: !!binary aGk=\n  lifecycle_targets: 1",
  ).replace("  eggs: 3100000", "  extra: 0o17\n  eggs: 3100000");
  const { schedule, remarks } = read(`# as Python writes it\n%YAML 1.1\n---\n${odd}`);
  assertEquals(remarks[0], "the tag !!python/tuple is passed over; and 2 more like this");
  assertEquals(schedule.batches, plain.batches);
  const { git, mask, pair, kinds, raw } = schedule.metadata as unknown as Record<string, unknown>;
  assertEquals([git, mask, pair, kinds, raw], [
    "0012",
    "0x1f",
    ["a", "1_000"],
    { a: null },
    "aGk=",
  ]);
  // It is stored so that a dataset is read strictly.
  const stored = parseYaml(scheduleText(schedule), scheduleSchema, SCHEDULE_LIMITS);
  assertEquals(stored.ok && stored.data, schedule);
  for (
    const [from, to, path] of [
      ["eggs: 3100000", "eggs: 0x2f4d60", "batches[0].eggs is 0x2f4d60"],
      ["start_day: 90", "start_day: 0132", "batches[0].freshwater.fry.start_day is 0132"],
      ["lifecycle_targets: 1", "seed: 0x1f", "metadata.seed is 0x1f"],
    ] as const
  ) {
    assert(refused(edited(from, to)).startsWith(`${path}, expected a number in plain decimal`));
  }
  assertMatch(
    refused(edited("eggs: 3100000", "eggs: !!binary aGk=")),
    /eggs is "aGk=", expected a whole/,
  );
  assertMatch(
    refused(edited(
      "lifecycle_targets: 1",
      `tags: [${Array.from({ length: 21 }, (_, i) => `!!t${i} a`).join(", ")}]`,
    )),
    /unknown/,
  );
});
