/** The geographies of batches are those of the layout, whatever they are called. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { ReddError } from "../../src/errors.ts";
import { parseIso } from "../../src/farm/days.ts";
import { buildInfrastructure } from "../../src/farm/ground/infrastructure.ts";
import { FIXTURES, readFixtures } from "../../src/fixtures/read.ts";
import { generate } from "../../src/generate/generate.ts";
import { checkSchedule, findingText } from "../../src/schedule/check.ts";
import { planFarm } from "../../src/schedule/plan.ts";
import { planSingle } from "../../src/schedule/single.ts";
import { statisticsOf } from "../../src/schedule/statistics.ts";
import { scheduleText } from "../../src/schedule/text.ts";
import { readSchedule } from "../../src/schedule/read.ts";
import { fixtures, oneBatch, places } from "../small_farm.ts";

const FOLDER = Deno.makeTempDirSync();
Deno.test.afterAll(() => Deno.removeSync(FOLDER, { recursive: true }));

function copyFolder(from: URL, to: string): void {
  Deno.mkdirSync(to);
  for (const { name, isDirectory } of Deno.readDirSync(from)) {
    if (isDirectory) copyFolder(new URL(`${name}/`, from), join(to, name));
    else Deno.copyFileSync(new URL(name, from), join(to, name));
  }
}

/** Replaces one text of a file by another. */
function edit(file: string, from: string | RegExp, to: string): void {
  const path = join(FOLDER, "fixtures", file);
  const before = Deno.readTextFileSync(path);
  const after = before.replace(from, to);
  assert(before !== after, file);
  Deno.writeTextFileSync(path, after);
}

/** Redd's own fixtures with a third geography, Iceland, and Scotland under another name. */
function withIceland() {
  copyFolder(FIXTURES, join(FOLDER, "fixtures"));
  edit("layout.yaml", "[Faroe Islands, Scotland]", "[Iceland, Faroe Islands, Scotland]");
  edit(
    "layout.yaml",
    "geographies:\n",
    `geographies:
  - name: Iceland
    description: Fjords of the east
    prefix: IS
    numbers: { planned: ICE, alone: IS }
    freshwater_stations: { count: 2, latitude: 65, longitude: -14 }
    sea_areas: { count: 3, latitude: 65, longitude: -13.5 }
`,
  );
  const models = "    - { geography: Faroe Islands, value: 2.45 }\n";
  edit("master/models.yaml", models, `${models}    - { geography: Iceland, value: 2.4 }\n`);
  const currency = "  - { geography: Scotland, currency: GBP }\n";
  edit("master/trade.yaml", currency, `${currency}  - { geography: Iceland, currency: EUR }\n`);
  const people = Deno.readTextFileSync(join(FOLDER, "fixtures/master/people.yaml"));
  const supplier = /^ {2}- name: .*\n {4}geography: Scotland\n(?: {4}.*\n)*/m.exec(people)![0];
  const own = supplier.replaceAll("Scotland", "Iceland").replace(
    /name: .*/,
    "name: Icelandic Eggs",
  );
  edit("master/people.yaml", supplier, supplier + own);
  const temperatures = Deno.readTextFileSync(join(FOLDER, "fixtures/temperatures.yaml"));
  const profiles = temperatures.slice(temperatures.indexOf("  - name:")).split(/(?=^ {2}- name:)/m)
    .filter((one) => one.includes("geography: Scotland"));
  const more = profiles.map((one) => one.replaceAll("Scotland", "Iceland").trimEnd()).join("\n");
  edit("temperatures.yaml", /\n*$/, `\n${more}\n`);
  for (
    const file of [
      "layout.yaml",
      "temperatures.yaml",
      ...["models", "trade", "people"].map((name) => `master/${name}.yaml`),
    ]
  ) {
    edit(file, /Scotland/g, "Alba");
  }
  const read = readFixtures(join(FOLDER, "fixtures"));
  return { fixtures: read, places: buildInfrastructure(read.layout, read.master) };
}

const iceland = withIceland();

Deno.test("a plan takes the geographies of the layout in the order of its plan", () => {
  const { fixtures: { profile }, places } = iceland;
  const request = { perGeography: 2, stagger: 50, saturation: 1, asOf: parseIso("2024-01-01")! };
  const schedule = planFarm({ ...request, seed: 7 }, profile, places);
  assertEquals(schedule.batches.map(({ batch_id, geography }) => `${batch_id} ${geography}`), [
    "ICE-2023-001 Iceland",
    "FAR-2023-001 Faroe Islands",
    "SCO-2023-001 Alba",
    "ICE-2023-002 Iceland",
    "FAR-2023-002 Faroe Islands",
    "SCO-2023-002 Alba",
  ]);
  assertEquals(checkSchedule(schedule, profile, places), undefined);
  const { perGeography, sea } = statisticsOf(schedule, profile, places);
  assertEquals(perGeography, { "Iceland": 2, "Faroe Islands": 2, "Alba": 2 });
  assertEquals(sea.rings, { "Iceland": 60, "Faroe Islands": 440, "Alba": 400 });
  const path = join(FOLDER, "plan.yaml");
  Deno.writeTextFileSync(path, scheduleText(schedule));
  assertEquals(readSchedule(path, profile, places), schedule);
});

Deno.test("a batch of a geography that only the layout names becomes a dataset", async () => {
  const { fixtures, places } = iceland;
  const batch = { startDay: parseIso("2024-01-15")!, eggs: 100_000, duration: 470, seed: 7 };
  const schedule = planSingle({ ...batch, geography: "Iceland" }, fixtures.profile, places);
  const [first] = schedule.batches;
  assertEquals([first!.batch_id, first!.station], ["IS-2024-001", "IS-FW-01"]);
  const folder = join(FOLDER, "dataset");
  await generate({ folder, schedule, fixtures, seed: 7, workers: 1 });
  const { tables } = await readDataset(folder);
  assertEquals(tables["infrastructure_geography"]!.rows, 3);
  assertEquals(tables["finance_intercompanytransaction"]!.rows, 1);
});

Deno.test("a batch that names no geography lives in the first of the plan", () => {
  const { fixtures: { profile }, places } = iceland;
  const batch = { startDay: parseIso("2024-01-15")!, eggs: 100_000, duration: 10, seed: 7 };
  assertEquals(planSingle(batch, profile, places).batches[0]!.geography, "Iceland");
});

Deno.test("geographies and prefixes that the layout does not name are refused", () => {
  const of = (change: { geography?: string; batch_id?: string }) => {
    const schedule = oneBatch();
    const batches = [{ ...schedule.batches[0]!, ...change }];
    return findingText(checkSchedule({ ...schedule, batches }, fixtures.profile, places)!);
  };
  assertEquals(
    of({ geography: "Norway" }),
    'batches[0].geography is "Norway", expected one of Faroe Islands, Scotland ' +
      "(SCO-2024-001, 2024-01-15 to 2024-08-02)",
  );
  assertEquals(
    of({ geography: "Faroe Island" }),
    'batches[0].geography is "Faroe Island" (did you mean Faroe Islands?), expected one of ' +
      "Faroe Islands, Scotland (SCO-2024-001, 2024-01-15 to 2024-08-02)",
  );
  assertEquals(
    of({ batch_id: "NOR-2024-001" }),
    "batches[0].batch_id is NOR-2024-001, expected one that begins with FAR, FI, SCO " +
      "(NOR-2024-001, 2024-01-15 to 2024-08-02)",
  );
  const error = assertThrows(
    () =>
      planSingle(
        { startDay: 0, eggs: 100_000, geography: "Norway", duration: 10, seed: 7 },
        fixtures.profile,
        places,
      ),
    ReddError,
  );
  assertEquals(error.code, "UNKNOWN_GEOGRAPHY");
});

Deno.test("a plan order without a geography and a prefix of two are refused", () => {
  const message = (from: string, to: string) => {
    edit("layout.yaml", from, to);
    try {
      return assertThrows(() => readFixtures(join(FOLDER, "fixtures")), ReddError).message;
    } finally {
      edit("layout.yaml", to, from);
    }
  };
  assertEquals(
    message("plan_order: [Iceland, Faroe Islands, Alba]", "plan_order: [Iceland, Alba]"),
    `Cannot read the fixture ${FOLDER}/fixtures/layout.yaml: plan_order names Alba, Iceland, ` +
      "expected Alba, Faroe Islands, Iceland. Correct it in the file.",
  );
  assertEquals(
    message("planned: ICE", "planned: FAR"),
    `Cannot read the fixture ${FOLDER}/fixtures/layout.yaml: geographies[2].numbers.planned is "FAR", as ` +
      "geographies[0].numbers.planned is, expected every one once. Correct it in the file.",
  );
});
