// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { parse } from "@std/csv";
import { ReddError } from "../../src/errors.ts";
import { estimate } from "../../src/generate/estimate.ts";
import { extend } from "../../src/generate/extend.ts";
import { generate, generateShard } from "../../src/generate/generate.ts";
import { mergeShards, shardFolders } from "../../src/generate/merge.ts";
import { prepare } from "../../src/generate/prepare.ts";
import { extendedSchedule } from "../../src/schedule/append.ts";
import { lean } from "../small_farm.ts";
import { digestsIn, inTempFolder } from "./files.ts";
import { generateSmall, small } from "./small_dataset.ts";

const recipe = { schedule: small, fixtures: lean, seed: 7, workers: 1 };
const without = { ...recipe, initialFeed: false };

Deno.test("without initial feed lots come with the first meal, and all that lives is the same", () =>
  inTempFolder(async (folder) => {
    await generateSmall(`${folder}/with`);
    const { manifest } = await generate({ ...without, folder: `${folder}/without` });
    assertEquals(manifest.initialFeed, false);
    const rows = (out: string, table: string) =>
      parse(Deno.readTextFileSync(`${folder}/${out}/data/${table}.csv`), { skipFirstRow: true });
    const purchases = rows("without", "inventory_feedpurchase");
    assert(purchases.length > 0);
    assertEquals(purchases.length, manifest.tables["inventory_feedpurchase"]!.rows);
    const [first] = purchases;
    assertEquals([first!.id, first!.batch_number], ["1", "AUTO-20240411-0001"]);
    assertEquals(rows("without", "inventory_feedcontainerstock").length, purchases.length);
    const [one, other] = [digestsIn(`${folder}/with`), digestsIn(`${folder}/without`)];
    // The readers name the files that there are.
    const fed = /feed|^datapackage|^batches|^load_duckdb|^pandas/;
    const unfed = (digests: Readonly<Record<string, string>>) =>
      Object.keys(digests).filter((path) => !fed.test(path));
    assertEquals(unfed(other), unfed(one));
    const differ = Object.keys(one).filter((path) => one[path] !== other[path]);
    assertEquals(differ.filter((path) => !fed.test(path)), []);
    assert(differ.includes("data/inventory_feedpurchase.csv"));
  }));

Deno.test("a dataset with initial feed and one without do not go on with each other", () =>
  inTempFolder(async (folder) => {
    for (const initialFeed of [true, false]) {
      const out = `${folder}/${initialFeed}`;
      await generate({ ...recipe, initialFeed, folder: `${out}/finished` });
      await generateShard({ ...recipe, initialFeed, folder: `${out}/begun` }, { number: 1, of: 9 });
      for (const found of ["finished", "begun"]) {
        const error = await assertRejects(
          () => generate({ ...recipe, initialFeed: !initialFeed, folder: `${out}/${found}` }),
          ReddError,
        );
        assertEquals([error.fault, error.code], ["input", "ANOTHER_DATASET"]);
      }
    }
    const both = [`${folder}/true/begun`, `${folder}/false/begun`];
    assertEquals(assertThrows(() => shardFolders(both), ReddError).code, "CANNOT_MERGE");
  }));

Deno.test("shards and extensions of a dataset without initial feed give the bytes of one run", () =>
  inTempFolder(async (folder) => {
    await generate({ ...without, folder: `${folder}/once` });
    const shards = [1, 2].map((number) => `${folder}/shard-${number}`);
    for (const [i, out] of shards.entries()) {
      await generateShard({ ...without, folder: out }, { number: i + 1, of: 2 });
    }
    await mergeShards(`${folder}/merged`, shardFolders(shards), without);
    assertEquals(digestsIn(`${folder}/merged`), digestsIn(`${folder}/once`));

    // The first meal is on 2024-04-14: between the two.
    const schedule = extendedSchedule(small, "2024-04-01");
    const out = `${folder}/extended`;
    await generate({ ...without, schedule, folder: out });
    const longer = await extend(out, schedule, "2024-05-24", lean);
    assertEquals(longer.initialFeed, false);
    await generate({ ...longer, workers: 1, folder: out });
    assertEquals(digestsIn(out), digestsIn(`${folder}/once`));
  }));

Deno.test("the estimate knows that there is no initial feed", () =>
  inTempFolder(async (folder) => {
    const { manifest } = await generate({ ...without, folder });
    assertEquals(estimate(prepare(without), 1).rows, manifest.rows);
  }));
