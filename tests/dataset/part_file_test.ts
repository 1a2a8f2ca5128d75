/** A part is read only while it is the regular file that the manifest names. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { openPart, PartChanged } from "../../src/dataset/part_file.ts";
import { inTempFolder } from "../generate/files.ts";

const TEXT = "id,name\n1,salmon\n2,trout\n";
const part = {
  path: "data/fish/2024-01.csv",
  bytes: TEXT.length,
  sha256: createHash("sha256").update(TEXT).digest("hex"),
};

/** A folder with the part in it. */
function withPart(test: (folder: string, name: string) => void | Promise<void>): Promise<void> {
  return inTempFolder(async (folder) => {
    const name = `${folder}/${part.path}`;
    Deno.mkdirSync(`${folder}/data/fish`, { recursive: true });
    Deno.writeTextFileSync(name, TEXT);
    await test(folder, name);
  });
}

const refused = (folder: string) =>
  assertThrows(() => openPart(folder, part)[Symbol.dispose](), PartChanged).message;

Deno.test("a part is read in pieces and compared with its length and digest", () =>
  withPart(async (folder) => {
    using file = openPart(folder, part);
    const buffer = new Uint8Array(10);
    assertEquals(await file.read(buffer), 10);
    assertEquals(new TextDecoder().decode(buffer), TEXT.slice(0, 10));
    assertEquals(file.digest(), createHash("sha256").update(TEXT.slice(0, 10)).digest("hex"));
    // Not all of it was read.
    assertThrows(() => file.requireSigned(), PartChanged, "it has 10 bytes, expected 25");
    while (file.readSync(buffer) !== undefined);
    file.requireSigned();
  }));

Deno.test("a part that is no regular file is refused before it is opened", () =>
  withPart((folder, name) => {
    Deno.renameSync(name, `${folder}/aside`);
    const plants: [string, () => void][] = [
      ["it is a fifo, expected a regular file", () => {
        assert(new Deno.Command("mkfifo", { args: [name] }).outputSync().success);
      }],
      ["it is a link, expected a regular file", () => Deno.symlinkSync("/dev/zero", name)],
      ["it is a link, expected a regular file", () => Deno.symlinkSync(`${folder}/aside`, name)],
      ["it is a folder, expected a regular file", () => Deno.mkdirSync(name)],
      ["it is missing", () => {}],
    ];
    for (const [said, plant] of plants) {
      plant();
      assertEquals(refused(folder), said);
      if (said !== "it is missing") Deno.removeSync(name);
    }
  }));

Deno.test("a part is reached through no link", () =>
  withPart((folder) => {
    Deno.renameSync(`${folder}/data`, `${folder}/elsewhere`);
    Deno.symlinkSync("elsewhere", `${folder}/data`);
    assertMatch(refused(folder), /\/data is a link, expected a folder/);
    Deno.removeSync(`${folder}/data`);
    Deno.mkdirSync(`${folder}/data`);
    Deno.symlinkSync("../elsewhere/fish", `${folder}/data/fish`);
    assertMatch(refused(folder), /\/data\/fish is a link, expected a folder/);
  }));

Deno.test("paths that lead out of the folder are no parts", () =>
  withPart((folder) => {
    for (const path of ["../x", "/etc/passwd", "data/../../x", "data//x", "data/fish\0", ""]) {
      const message = assertThrows(() => openPart(folder, { ...part, path }), PartChanged).message;
      assertMatch(message, /no path inside a folder/, path);
    }
  }));

Deno.test("a part of another length is refused before it is read", () =>
  withPart((folder, name) => {
    Deno.writeTextFileSync(name, TEXT.slice(1));
    assertEquals(refused(folder), "it has 24 bytes, expected 25");
    Deno.writeTextFileSync(name, `${TEXT}\n`);
    assertEquals(refused(folder), "it has 26 bytes, expected 25");
  }));

Deno.test("a part that changes while it is read is refused at the end, one that grows at once", () =>
  withPart(async (folder, name) => {
    const buffer = new Uint8Array(8);
    {
      using file = openPart(folder, part);
      file.readSync(buffer);
      Deno.writeTextFileSync(name, TEXT.replace("trout", "perch"));
      while (file.readSync(buffer) !== undefined);
      assertMatch(
        assertThrows(() => file.requireSigned(), PartChanged).message,
        /^its sha256 is [0-9a-f]{64}, expected [0-9a-f]{64}$/,
      );
    }
    Deno.writeTextFileSync(name, TEXT);
    {
      using file = openPart(folder, part);
      file.readSync(buffer);
      Deno.truncateSync(name, 12);
      while (await file.read(buffer) !== undefined);
      assertThrows(() => file.requireSigned(), PartChanged, "it has 12 bytes, expected 25");
    }
    Deno.writeTextFileSync(name, TEXT);
    {
      using file = openPart(folder, part);
      file.readSync(buffer);
      // Whoever writes on and on would be read for ever.
      Deno.writeTextFileSync(name, TEXT, { append: true });
      const readOn = async () => {
        while (await file.read(buffer) !== undefined);
      };
      await assertRejects(readOn, PartChanged, "bytes, expected 25");
    }
  }));
