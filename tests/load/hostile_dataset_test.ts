/** A dataset with something else in the place of a file is neither loaded nor compared. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { load } from "../../src/load/rebuild/method.ts";
import { diffDataset } from "../../src/diff/diff.ts";
import { generateSmall } from "../generate/small_dataset.ts";

const folder = Deno.makeTempDirSync({ prefix: "redd_load_" });
Deno.test.afterAll(() => Deno.removeSync(folder, { recursive: true }));
await generateSmall(folder);

/** Nobody listens here, and nobody has to be asked. */
const URL = "postgresql://redd@127.0.0.1:1/redd";

/** One file of every kind that a dataset has. */
const FILES = [
  "datapackage.json",
  "schedule.yaml",
  "batches/SCO-2024-001.log",
  "load_duckdb.sql",
  "pandas_dtypes.json",
  "data/infrastructure_hall.csv",
  "data/batch_batch.csv",
  "data/inventory_feedcontainerstock.csv",
  "data/scenario_scenarioprojection.csv",
  "data/batch_mortalityevent/2024-03.csv",
];

const aside = `${folder}.aside`;

const PLANTS: Readonly<Record<string, (name: string) => void>> = {
  fifo: (name) => void new Deno.Command("mkfifo", { args: [name] }).outputSync(),
  "link to the same file": (name) => Deno.symlinkSync(aside, name),
  "link to a device": (name) => Deno.symlinkSync("/dev/zero", name),
  "link to nothing": (name) => Deno.symlinkSync(`${folder}/nothing`, name),
  folder: (name) => Deno.mkdirSync(name),
  "shorter file": (name) => Deno.writeFileSync(name, Deno.readFileSync(aside).slice(0, -2)),
  "longer file": (name) => {
    Deno.copyFileSync(aside, name);
    Deno.writeTextFileSync(name, "\n{}", { append: true });
  },
};

/** What is said of the folder by everything that reads it, before a database is asked. */
async function saidOf(path: string): Promise<void> {
  for (
    const work of [
      () => load(folder, { url: URL }),
      () => load(folder, { url: URL, method: "rebuild" }),
      () => diffDataset(folder, URL),
      () => diffDataset(folder, URL, { tables: ["infrastructure_geography"] }),
    ]
  ) {
    const error = await assertRejects(work, ReddError);
    assertEquals(error.fault, "input", error.message);
    assert(error.message.includes(path), error.message);
  }
}

for (const path of FILES) {
  Deno.test(`${path} is read only where it is a regular file of its length`, async () => {
    const name = `${folder}/${path}`;
    Deno.renameSync(name, aside);
    try {
      for (const plant of Object.values(PLANTS)) {
        plant(name);
        await saidOf(path);
        Deno.removeSync(name, { recursive: true });
      }
      await saidOf(path);
    } finally {
      Deno.renameSync(aside, name);
    }
  });
}

Deno.test("folders of a dataset that are links are not followed", async () => {
  for (const path of ["data", "batches", "data/batch_mortalityevent"]) {
    const name = `${folder}/${path}`;
    Deno.renameSync(name, aside);
    try {
      Deno.symlinkSync(aside, name);
      await saidOf(path);
      Deno.removeSync(name);
    } finally {
      Deno.renameSync(aside, name);
    }
  }
});

Deno.test("a dataset that is true gets as far as the database", async () => {
  for (const work of [() => load(folder, { url: URL }), () => diffDataset(folder, URL)]) {
    const error = await assertRejects(work, ReddError);
    assertEquals(error.fault, "environment", error.message);
  }
});

Deno.test("a device in the place of a file is refused", async () => {
  const path = "data/infrastructure_hall.csv";
  const name = `${folder}/${path}`;
  Deno.renameSync(name, aside);
  try {
    // Only root may make one; what is said of it without is tried with a link to one, above.
    const { success } = new Deno.Command("mknod", { args: [name, "c", "1", "5"], stderr: "null" })
      .outputSync();
    const error = await assertRejects(() => load(folder, { url: URL }), ReddError);
    assertMatch(error.message, success ? /is a device/ : /is missing/);
    if (success) Deno.removeSync(name);
  } finally {
    Deno.renameSync(aside, name);
  }
});
