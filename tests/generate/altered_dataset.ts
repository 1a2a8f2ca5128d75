/** A small dataset whose files are altered, and what is said of it then. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { ReddError } from "../../src/errors.ts";
import { descriptorOf } from "../../src/dataset/descriptor.ts";
import { readDataset } from "../../src/dataset/read_dataset.ts";
import { tableNamed } from "../../src/tables/catalog.ts";
import { generateSmall } from "./small_dataset.ts";

type Json = ReturnType<typeof JSON.parse>;

/** The dataset of a test file; it is gone when its tests are done. */
export async function alteredDataset() {
  const folder = Deno.makeTempDirSync({ prefix: "redd_generate_" });
  Deno.test.afterAll(() => Deno.removeSync(folder, { recursive: true }));
  await generateSmall(folder);
  const path = `${folder}/datapackage.json`;
  const whole = Deno.readTextFileSync(path);

  /** What is said of the dataset with this descriptor, which is refused. */
  async function saidOf(text: string): Promise<string> {
    Deno.writeTextFileSync(path, text);
    try {
      const error = await assertRejects(() => readDataset(folder), ReddError);
      assertEquals(error.fault, "input", error.message);
      return error.message;
    } finally {
      Deno.writeTextFileSync(path, whole);
    }
  }

  async function saidAfter(change: (descriptor: Json) => void): Promise<string> {
    const descriptor = JSON.parse(whole);
    change(descriptor);
    return await saidOf(JSON.stringify(descriptor));
  }

  /** What is said after a file has another content that the manifest signs. */
  async function saidOfSigned(
    file: string,
    change: (text: string) => string | Uint8Array,
    also: (redd: Json) => void = () => {},
  ): Promise<string> {
    const name = `${folder}/${file}`;
    const before = Deno.readTextFileSync(name);
    const found = change(before);
    assert(found !== before, "the content has not changed");
    const bytes = typeof found === "string" ? new TextEncoder().encode(found) : found;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const descriptor = JSON.parse(whole);
    const { redd } = descriptor;
    const beside = redd.files.find((one: Json) => one.path === file);
    if (beside !== undefined) {
      Object.assign(beside, { bytes: bytes.length, sha256 });
      if (file === "schedule.yaml") redd.schedule.sha256 = sha256;
    } else {
      const entry = redd.tables[file.split(/[/.]/)[1]!];
      const part = entry.parts.find((part: Json) => part.path === file);
      for (const sum of [entry, redd]) sum.bytes += bytes.length - part.bytes;
      Object.assign(part, { bytes: bytes.length, sha256 });
    }
    also(redd);
    const tables = Object.keys(redd.tables).map((table) => tableNamed(table));
    descriptor.resources = descriptorOf(redd, tables).resources;
    Deno.writeFileSync(name, bytes);
    try {
      return await saidOf(JSON.stringify(descriptor));
    } finally {
      Deno.writeTextFileSync(name, before);
    }
  }

  return { folder, path, whole, saidOf, saidAfter, saidOfSigned };
}
