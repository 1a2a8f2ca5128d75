// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { beginDataset, openFolder } from "../../src/generate/folder.ts";
import { generate, generateShard } from "../../src/generate/generate.ts";
import { mergeShards, shardFolders } from "../../src/generate/merge.ts";
import { identityOf } from "../../src/generate/prepare.ts";
import { fixtures } from "../small_farm.ts";
import { digestsIn, inTempFolder } from "./files.ts";
import { longer, small } from "./small_dataset.ts";

const recipe = { schedule: longer, fixtures, seed: 7, workers: 1 };

Deno.test("five shards merged are the dataset that one machine writes", () =>
  inTempFolder(async (folder) => {
    await generate({ ...recipe, folder: `${folder}/one` });
    const shards = [];
    for (let number = 1; number <= 5; number++) {
      const out = `${folder}/shard-${number}`;
      shards.push(out);
      const { windows, totalWindows } = await generateShard(
        { ...recipe, folder: out },
        { number, of: 5 },
      );
      assertEquals(windows, Math.ceil((totalWindows - number + 1) / 5));
    }
    await mergeShards(`${folder}/merged`, shardFolders(shards), recipe);
    assertEquals(digestsIn(`${folder}/merged`), digestsIn(`${folder}/one`));
  }));

Deno.test("shards that write into one folder at the same time are merged in place", () =>
  inTempFolder(async (folder) => {
    await generate({ ...recipe, folder: `${folder}/one` });
    const out = `${folder}/shared`;
    await Promise.all(
      [1, 2, 3].map((number) => generateShard({ ...recipe, folder: out }, { number, of: 3 })),
    );
    await mergeShards(out, shardFolders([out]), recipe);
    assertEquals(digestsIn(out), digestsIn(`${folder}/one`));
  }));

Deno.test("a shard that begins late removes nothing of those that began since it looked", () =>
  inTempFolder(async (folder) => {
    const out = `${folder}/shared`;
    const identity = identityOf(recipe);
    assertEquals(openFolder(out, identity, false), "empty");
    await generateShard({ ...recipe, folder: out }, { number: 1, of: 3 });
    const before = digestsIn(out);
    beginDataset(out, identity, false);
    assertEquals(digestsIn(out), before);
  }));

Deno.test("generate() on the collected folder of some shards writes what is missing", () =>
  inTempFolder(async (folder) => {
    await generate({ ...recipe, folder: `${folder}/one` });
    const out = `${folder}/two`;
    await generateShard({ ...recipe, folder: out }, { number: 2, of: 3 });
    const { found } = await generate({ ...recipe, folder: out });
    assertEquals(found, "begun");
    assertEquals(digestsIn(out), digestsIn(`${folder}/one`));
  }));

Deno.test("mergeShards() names the windows that are missing and leaves the shards alone", () =>
  inTempFolder(async (folder) => {
    const out = `${folder}/shard`;
    await generateShard({ ...recipe, folder: out }, { number: 1, of: 8 });
    const before = digestsIn(out);
    const error = await assertRejects(
      () => mergeShards(`${folder}/merged`, shardFolders([out]), recipe),
      ReddError,
    );
    assertEquals([error.code, error.fault], ["WINDOWS_MISSING", "input"]);
    assertEquals(
      error.message.replace(/dataset \S+:/, "dataset …:"),
      "Cannot finish the dataset …: 14 of its 17 windows are missing: 2024-02, 2024-03, 2024-04, " +
        "2024-05, 2024-06, 2024-07 and 8 more. Bring the folders of all shards together, or " +
        "generate the dataset without --shard.",
    );
    assertEquals(digestsIn(out), before);
  }));

Deno.test("mergeShards() refuses a part that was damaged on its way", () =>
  inTempFolder(async (folder) => {
    const out = `${folder}/shard`;
    await generateShard({ ...recipe, folder: out }, { number: 1, of: 1 });
    const path = `${out}/data/batch_mortalityevent/2024-03.csv`;
    const text = Deno.readTextFileSync(path);
    Deno.writeTextFileSync(path, text.replace(/UNKNOWN/, "UNKN0WN"));
    for (const into of [`${folder}/merged`, out]) {
      const error = await assertRejects(
        () => mergeShards(into, shardFolders([out], into), recipe),
        ReddError,
        "data/batch_mortalityevent/2024-03.csv is damaged: it has the sha256",
      );
      assertEquals(error.code, "CANNOT_MERGE");
    }
  }));

Deno.test("mergeShards() names the part that lost bytes on its way, or was lost", () =>
  inTempFolder(async (folder) => {
    const out = `${folder}/shard`;
    await generateShard({ ...recipe, folder: out }, { number: 1, of: 1 });
    const path = "data/batch_mortalityevent/2024-03.csv";
    const { size } = Deno.statSync(`${out}/${path}`);
    const refusals = async () =>
      new Set(
        await Promise.all([`${folder}/merged`, out].map(async (into) =>
          (await assertRejects(
            () => mergeShards(into, shardFolders([out], into), recipe),
            ReddError,
          )).message
        )),
      );
    Deno.truncateSync(`${out}/${path}`, size - 1);
    assertEquals(
      await refusals(),
      new Set([
        `Cannot merge ${out}: ${path} is damaged: it has ${
          size - 1
        } bytes, expected ${size}. Copy ` +
        "the shard's folder again.",
      ]),
    );
    Deno.removeSync(`${out}/${path}`);
    assertEquals(
      await refusals(),
      new Set([`Cannot merge ${out}: ${path} is missing. Copy the shard's folder again.`]),
    );
  }));

Deno.test("shardFolders() refuses a finished dataset, but for the one that is merged into", () =>
  inTempFolder(async (folder) => {
    const out = `${folder}/shared`;
    await generate({ ...recipe, schedule: small, folder: out });
    const before = digestsIn(out);
    const { code, fault, message } = assertThrows(
      () => shardFolders([out], `${folder}/merged`),
      ReddError,
    );
    assertEquals([code, fault], ["CANNOT_MERGE", "input"]);
    assertEquals(
      message,
      `Cannot merge ${out}: it holds a finished dataset and no shard of one. Give the folders of ` +
        "shards that are not merged yet.",
    );
    const same = { ...recipe, schedule: small };
    const { found } = await mergeShards(out, shardFolders([out], out), same);
    assertEquals(found, "finished");
    assertEquals(digestsIn(out), before);
  }));

Deno.test("shardFolders() refuses a folder that is no shard and shards of different datasets", () =>
  inTempFolder(async (folder) => {
    assertThrows(() => shardFolders([folder]), ReddError, "it holds no shard of a dataset");
    await generateShard({ ...recipe, folder: `${folder}/a` }, { number: 1, of: 8 });
    const other = { ...recipe, schedule: small, folder: `${folder}/b` };
    await generateShard(other, { number: 1, of: 8 });
    assertThrows(
      () => shardFolders([`${folder}/a`, `${folder}/b`]),
      ReddError,
      "it is of another dataset than",
    );
  }));

Deno.test("two runs do not write one folder at the same time", () =>
  inTempFolder(async (folder) => {
    const first = generate({ ...recipe, folder });
    const error = await assertRejects(() => generate({ ...recipe, folder }), ReddError);
    assertEquals(error.code, "DATASET_IN_USE");
    await first;
  }));
