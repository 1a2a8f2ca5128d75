/** A manifest that says what is not so is refused, with the path of what it says. */
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { readDataset } from "../../src/generate/read_dataset.ts";
import { expectedTables } from "../../src/generate/manifest_laws.ts";
import { isNewer, VERSION } from "../../src/version.ts";
import { generateSmall } from "./small_dataset.ts";
import { fc, runs } from "../random.ts";

const folder = Deno.makeTempDirSync({ prefix: "redd_generate_" });
Deno.test.afterAll(() => Deno.removeSync(folder, { recursive: true }));
await generateSmall(folder);
const PATH = `${folder}/datapackage.json`;
const whole = Deno.readTextFileSync(PATH);

type Json = ReturnType<typeof JSON.parse>;

/** What is said of the dataset with this descriptor. */
async function saidOf(text: string): Promise<string> {
  Deno.writeTextFileSync(PATH, text);
  try {
    const error = await assertRejects(() => readDataset(folder), ReddError);
    assertEquals(error.fault, "input");
    return error.message;
  } finally {
    Deno.writeTextFileSync(PATH, whole);
  }
}

async function saidAfter(change: (descriptor: Json) => void): Promise<string> {
  const descriptor = JSON.parse(whole);
  change(descriptor);
  return await saidOf(JSON.stringify(descriptor));
}

Deno.test("readDataset() reads what was generated, with a byte order mark too", async () => {
  const { tables, files, version } = await readDataset(folder);
  assertEquals(version, VERSION);
  assertEquals(Object.keys(tables), expectedTables().map(({ name }) => name));
  assertEquals(files?.map(({ path }) => path), ["schedule.yaml", "batches/SCO-2024-001.log"]);
  Deno.writeTextFileSync(PATH, `\uFEFF${whole}`);
  await readDataset(folder);
  Deno.writeTextFileSync(PATH, whole);
});

Deno.test("readDataset() refuses a manifest that is not true, and names what is wrong", async () => {
  const deaths = "batch_mortalityevent";
  const lies: [RegExp, (descriptor: Json) => void][] = [
    [/redd\.tables\.batch_batch\.lastId is 9, expected 1/, ({ redd }) => {
      redd.tables.batch_batch.lastId = 9;
    }],
    [/redd\.tables\.health_licetype\.lastId is 99, expected 15/, ({ redd }) => {
      redd.tables.health_licetype.lastId = 99;
    }],
    [/redd\.tables has .* in place \d+, expected batch_mortalityevent/, ({ redd }) => {
      delete redd.tables[deaths];
    }],
    [/redd\.tables\.batch_mortalityevent\.kind is joined, expected windowed/, ({ redd }) => {
      redd.tables[deaths].kind = "joined";
    }],
    [
      /parts\[1\]\.path is data\/batch_mortalityevent\/2024-03\.csv, expected .*2024-02/,
      ({ redd }) => {
        redd.tables[deaths].parts.splice(1, 1);
      },
    ],
    [/\.rows is \d+, expected \d+, the sum of its parts/, ({ redd }) => {
      redd.tables[deaths].rows++;
    }],
    [/redd\.rows is \d+, expected \d+/, ({ redd }) => redd.rows--],
    [/redd\.bytes is \d+, expected \d+/, ({ redd }) => redd.bytes++],
    [/redd\.users\.vet_01 is 7, expected \d/, ({ redd }) => redd.users.vet_01 = 7],
    [/redd\.contentTypes\.batch\.batch is missing/, ({ redd }) => {
      redd.contentTypes["batch.salmon"] = redd.contentTypes["batch.batch"];
      delete redd.contentTypes["batch.batch"];
    }],
    [/redd\.version is 99\.0\.0, expected/, ({ redd }) => redd.version = "99.0.0"],
    [/redd\.format/, ({ redd }) => redd.format = 3],
    [/redd\.firstDay is 2024-09-01, expected a day before/, ({ redd }) => {
      redd.firstDay = "2024-09-01";
    }],
    [/redd\.files\[0\]\.sha256/, ({ redd }) => redd.schedule.sha256 = "0".repeat(64)],
    [/batches\/SCO-2024-001\.log is damaged/, ({ redd }) => redd.files[1].sha256 = "0".repeat(64)],
    [
      /redd\.files\[1\]\.path is \.\.\/x, expected a log/,
      ({ redd }) => redd.files[1].path = "../x",
    ],
    [/redd\.state\.batches/, ({ redd }) => redd.state.batches.active = 3],
    [/redd\.state\.places\.containers is 7/, ({ redd }) => redd.state.places.containers = 7],
    [/resources\[0\]\.schema\.fields\[0\]\.type is "string", expected "integer"/, (descriptor) => {
      descriptor.resources[0].schema.fields[0].type = "string";
    }],
    [/resources/, (descriptor) => descriptor.resources.pop()],
    [/redd\.tables\.batch_batch\.parts\.0\.path/, ({ redd }) => {
      redd.tables.batch_batch.parts[0].path = "../../.bashrc";
    }],
    [/redd: .*unknown/i, ({ redd }) => redd.unknown = 1],
  ];
  for (const [said, change] of lies) assertMatch(await saidAfter(change), said);
});

Deno.test("readDataset() refuses a schedule that was edited since", async () => {
  const path = `${folder}/schedule.yaml`;
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(path, text.replace("100000", "100001"));
  const error = await assertRejects(() => readDataset(folder), ReddError);
  Deno.writeTextFileSync(path, text);
  assertMatch(error.message, /schedule\.yaml is damaged/);
});

Deno.test("readDataset() reads regular files alone, and no endless ones", async () => {
  for (const path of ["datapackage.json", "schedule.yaml", "data/auth_user.csv"]) {
    const name = `${folder}/${path}`;
    Deno.renameSync(name, `${folder}/aside`);
    const plants = [
      () => new Deno.Command("mkfifo", { args: [name] }).outputSync(),
      () => Deno.symlinkSync("/dev/zero", name),
      () => Deno.symlinkSync(`${folder}/aside`, name),
      () => Deno.mkdirSync(name),
    ];
    for (const plant of plants) {
      plant();
      const error = await assertRejects(() => readDataset(folder), ReddError, path);
      assertMatch(error.message, /is a (fifo|link|folder), expected a regular file/);
      Deno.removeSync(name, { recursive: true });
    }
    Deno.renameSync(`${folder}/aside`, name);
  }
  await readDataset(folder);
});

/** Every place in a JSON value that holds no list and no mapping. */
function leavesOf(value: Json, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [at];
  return Object.keys(value).flatMap((key) => leavesOf(value[key], [...at, key]));
}

Deno.test("no number, digest, path or word under redd can be another", async () => {
  const descriptor = JSON.parse(whole);
  // Where a value of the same kind would be as true: names that Redd gives no meaning to, the seed
  // and flags, digests of files that are compared when their rows are read, and what rows and bytes
  // of a file and of all add up to.
  const free =
    /^(seed|profile\.|firstId$|documentedTotals|initialFeed|laterScenarios|version|firstDay|asOf)|\.parts\.\d+\.|state\.batches|state\.places\.(occupied|everUsed)/;
  const leaves = leavesOf(descriptor.redd).filter((path) => !free.test(path.join(".")));
  assert(leaves.length > 300, `${leaves.length} places`);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...leaves), async (path) => {
      const said = await saidAfter(({ redd }) => {
        const parent = path.slice(0, -1).reduce((at: Json, key) => at[key], redd);
        const key = path.at(-1)!;
        const value = parent[key];
        parent[key] = typeof value === "number" ? value + 1 : `${value}x`;
      });
      assertMatch(said, /redd|schedule|resources|csv/);
    }),
    { numRuns: runs(60) },
  );
});

Deno.test("isNewer() knows later versions, and takes what is no version for one", () => {
  const [major, minor, patch] = VERSION.split(".").map(Number);
  for (const version of [VERSION, "0.1.0", "0.0.1"]) assertEquals(isNewer(version), false, version);
  for (
    const version of [
      `${major! + 1}.0.0`,
      `${major}.${minor! + 1}.0`,
      `${major}.${minor}.${patch! + 1}`,
      "",
      "x",
      "1",
    ]
  ) assertEquals(isNewer(version), true, version);
});
