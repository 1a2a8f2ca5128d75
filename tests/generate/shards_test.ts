// @ts-types="../../types/std_assert.d.ts"
import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { ReddError } from "../../src/errors.ts";
import { beginDataset, openFolder } from "../../src/generate/folder.ts";
import { generate, type GenerateProgress, generateShard } from "../../src/generate/generate.ts";
import { foreseeMerge, mergeShards, shardFolders } from "../../src/generate/merge.ts";
import { datasetIdentity } from "../../src/generate/prepare.ts";
import { lean } from "../small_farm.ts";
import { digestsIn, inTempFolder } from "./files.ts";
import { longer, small } from "./small_dataset.ts";

const recipe = { schedule: longer, fixtures: lean, seed: 7, workers: 1 };

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
    const told: GenerateProgress[] = [];
    const onProgress = (progress: GenerateProgress) => void told.push(progress);
    const { there } = foreseeMerge(out, shardFolders([out]), recipe, { onProgress });
    assertEquals(told.splice(0).map(({ planned }) => planned), there.map((_, i) => i + 1));
    await mergeShards(out, shardFolders([out]), recipe, { onProgress });
    assertEquals([...new Set(told.map(({ phase }) => phase))], ["compare", "plan", "finish"]);
    const ofPlan = told.filter(({ phase }) => phase === "plan");
    assertEquals(ofPlan.map(({ planned }) => planned), there.map((_, i) => i + 1));
    assert(told.every(({ totalWindows }) => totalWindows === there.length));
    assertEquals(digestsIn(out), digestsIn(`${folder}/one`));
  }));

Deno.test("a shard that begins late removes nothing of those that began since it looked", () =>
  inTempFolder(async (folder) => {
    const out = `${folder}/shared`;
    const identity = datasetIdentity(recipe);
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

const DAMAGED = "data/batch_mortalityevent/2024-03.csv";

function damage(folder: string): void {
  const text = Deno.readTextFileSync(`${folder}/${DAMAGED}`);
  Deno.writeTextFileSync(`${folder}/${DAMAGED}`, text.replace(/UNKNOWN/, "UNKN0WN"));
}

const refusalOf = async (into: string, folders: readonly string[]) => {
  const error = await assertRejects(
    () => mergeShards(into, shardFolders(folders, into), recipe),
    ReddError,
  );
  assertEquals([error.code, error.fault], ["CANNOT_MERGE", "input"]);
  return error.message;
};

Deno.test("mergeShards() names the part that was damaged on its way, that lost bytes, or was lost", () =>
  inTempFolder(async (folder) => {
    const out = `${folder}/shard`;
    await generateShard({ ...recipe, folder: out }, { number: 1, of: 1 });
    const refused = (because: string) =>
      `Cannot merge ${out}: ${DAMAGED} is ${because}. Copy the shard's folder again.`;
    const { size } = Deno.statSync(`${out}/${DAMAGED}`);
    damage(out);
    const message = await refusalOf(`${folder}/merged`, [out]);
    assertStringIncludes(message, `${DAMAGED} is damaged: it has the sha256`);
    Deno.truncateSync(`${out}/${DAMAGED}`, size - 1);
    assertEquals(
      await refusalOf(`${folder}/merged`, [out]),
      refused(`damaged: it has ${size - 1} bytes, expected ${size}`),
    );
    Deno.removeSync(`${out}/${DAMAGED}`);
    assertEquals(await refusalOf(`${folder}/merged`, [out]), refused("missing"));
  }));

Deno.test("mergeShards() refuses what is damaged in place, and the same command heals it", () =>
  inTempFolder(async (folder) => {
    await generate({ ...recipe, folder: `${folder}/one` });
    const out = `${folder}/shared`;
    const shard = { number: 1, of: 1 };
    await generateShard({ ...recipe, folder: out }, shard);
    damage(out);
    const message = await refusalOf(out, [out]);
    assertStringIncludes(message, `Cannot merge ${out}: ${DAMAGED} is damaged: it has the sha256`);
    assertStringIncludes(message, "Run its shard again, or generate without --shard.");
    await generateShard({ ...recipe, folder: out }, shard);
    await mergeShards(out, shardFolders([out], out), recipe);
    assertEquals(digestsIn(out), digestsIn(`${folder}/one`));
  }));

Deno.test("mergeShards() takes from a shard what is damaged where it merges to", () =>
  inTempFolder(async (folder) => {
    await generate({ ...recipe, folder: `${folder}/one` });
    const [into, shard] = [`${folder}/into`, `${folder}/shard`];
    for (const out of [into, shard]) {
      await generateShard({ ...recipe, folder: out }, { number: 1, of: 1 });
    }
    damage(into);
    await mergeShards(into, shardFolders([shard], into), recipe);
    assertEquals(digestsIn(into), digestsIn(`${folder}/one`));
  }));

Deno.test("mergeShards() finds what was damaged since an interrupted merge copied it", () =>
  inTempFolder(async (folder) => {
    const [into, shard] = [`${folder}/into`, `${folder}/shard`];
    await generateShard({ ...recipe, folder: into }, { number: 1, of: 1 });
    await generateShard({ ...recipe, folder: shard }, { number: 1, of: 8 });
    damage(into);
    assertStringIncludes(await refusalOf(into, [shard]), `${DAMAGED} is damaged`);
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
    const missing = `${folder}/shrad-1`;
    const refused = `Cannot merge ${missing}: there is no such folder.`;
    assertThrows(() => shardFolders([missing]), ReddError, refused);
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
