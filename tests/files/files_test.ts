import { assertEquals, assertThrows } from "@std/assert";
import { createNew, makeFolder, writeAll, writeNew, writeWhole } from "../../src/files/create.ts";
import { openInside, pathInside, readInside } from "../../src/files/inside.ts";
import { NotRegular, openRegular, readRegular, TooLarge } from "../../src/files/regular.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function inFolder(work: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    work(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function fifo(path: string): void {
  new Deno.Command("mkfifo", { args: [path] }).outputSync();
}

Deno.test("openRegular() opens a file, and no link, folder, fifo or device", () => {
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "fish");
    Deno.symlinkSync("file", `${folder}/link`);
    fifo(`${folder}/fifo`);
    openRegular(`${folder}/file`).close();
    const kinds: [string, string][] = [
      [`${folder}/link`, "a link"],
      [folder, "a folder"],
      [`${folder}/fifo`, "a fifo"],
      ["/dev/null", "a device"],
    ];
    for (const [path, kind] of kinds) {
      assertEquals(assertThrows(() => openRegular(path), NotRegular).kind, kind);
    }
    openRegular(`${folder}/link`, { follow: true }).close();
    assertThrows(() => openRegular("/dev/null", { follow: true }), NotRegular);
    assertThrows(() => openRegular(`${folder}/none`), Deno.errors.NotFound);
  });
});

Deno.test("readRegular() reads a file up to its cap", () => {
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "salmon");
    assertEquals(text(readRegular(`${folder}/file`, 6)), "salmon");
    const thrown = assertThrows(() => readRegular(`${folder}/file`, 5), TooLarge);
    assertEquals([thrown.size, thrown.cap], [6, 5]);
  });
});

Deno.test("pathInside() goes through real folders alone", () => {
  inFolder((folder) => {
    Deno.mkdirSync(`${folder}/in/data`, { recursive: true });
    Deno.writeTextFileSync(`${folder}/out.csv`, "secret");
    Deno.writeTextFileSync(`${folder}/in/data/a.csv`, "id");
    Deno.symlinkSync("..", `${folder}/in/up`);
    Deno.symlinkSync("../../out.csv", `${folder}/in/data/b.csv`);
    const root = `${folder}/in`;
    assertEquals(text(readInside(root, "data/a.csv", 10)), "id");
    for (const path of ["up/out.csv", "data/a.csv/x", "../out.csv", "data//a.csv", "./a", ""]) {
      assertThrows(() => pathInside(root, path), NotRegular);
    }
    assertThrows(() => openInside(root, "data/b.csv"), NotRegular);
  });
});

Deno.test("createNew() and writeWhole() write beside a link's target, never into it", () => {
  inFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/target`, "mine");
    for (const name of ["a", "b", "b.partial"]) Deno.symlinkSync("target", `${folder}/${name}`);
    {
      using file = createNew(`${folder}/a`, 0o600);
      writeAll(file, new TextEncoder().encode("new"));
    }
    writeWhole(`${folder}/b`, "whole");
    assertEquals(Deno.readTextFileSync(`${folder}/target`), "mine");
    assertEquals(Deno.readTextFileSync(`${folder}/a`), "new");
    assertEquals(Deno.readTextFileSync(`${folder}/b`), "whole");
    assertEquals(Deno.lstatSync(`${folder}/a`).mode! & 0o777, 0o600);
    assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name).sort(), [
      "a",
      "b",
      "target",
    ]);
  });
});

Deno.test("makeFolder() makes a folder once, and takes no link for one", () => {
  inFolder((folder) => {
    makeFolder(`${folder}/one`);
    makeFolder(`${folder}/one`);
    Deno.symlinkSync("one", `${folder}/two`);
    assertThrows(() => makeFolder(`${folder}/two`), NotRegular);
  });
});

Deno.test("a folder with something in it, in the place of a file, is named as a folder", () => {
  const folder = Deno.makeTempDirSync();
  Deno.mkdirSync(`${folder}/FI-2023-001.log/mine`, { recursive: true });
  const error = assertThrows(() => writeNew(`${folder}/FI-2023-001.log`, "log"), NotRegular);
  assertEquals(error.kind, "a folder");
  Deno.removeSync(folder, { recursive: true });
});
