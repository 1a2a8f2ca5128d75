/** The copy of the binaries: what the package holds, and nothing else. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { ReddError } from "../../src/errors.ts";
import { accountFor } from "../../src/server/account.ts";
import { cachedBinaries } from "../../src/server/cache.ts";
import { tryLockFile } from "../../src/server/lock.ts";
import { temporaryFolder } from "./temporary.ts";

const base = await temporaryFolder();
Deno.test.afterAll(() => Deno.remove(base, { recursive: true }));
Deno.env.set("XDG_CACHE_HOME", join(base, "cache"));

/** A package of a hundred small programs, with a link among them. */
const native = join(base, "native");
for (const folder of ["", "bin", "lib", "share"]) Deno.mkdirSync(join(native, folder));
for (let n = 0; n < 100; n++) {
  Deno.writeTextFileSync(join(native, `bin/tool-${n}`), `tool ${n}`, { mode: 0o755 });
}
Deno.writeTextFileSync(join(native, "lib/libpq.so.5.18"), "library", { mode: 0o644 });
Deno.writeTextFileSync(
  join(native, "pg-symlinks.json"),
  JSON.stringify([{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }]),
);

const quiet = { notice: () => {} };
const make = (waits: Parameters<typeof cachedBinaries>[2] = quiet) =>
  cachedBinaries({ native, release: "test-1" }, accountFor(), waits);

/** Everything below a folder: rights and bytes of files, targets of links. */
function contents(folder: string, below = ""): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name } of Deno.readDirSync(join(folder, below))) {
    const path = join(below, name);
    const info = Deno.lstatSync(join(folder, path));
    const mode = (info.mode! & 0o777).toString(8);
    if (info.isSymlink) found[path] = `-> ${Deno.readLinkSync(join(folder, path))}`;
    else if (info.isFile) found[path] = `${mode} ${Deno.readTextFileSync(join(folder, path))}`;
    else Object.assign(found, { [path]: mode }, contents(folder, path));
  }
  return found;
}

const copy = await make();
const whole = contents(copy);

Deno.test("a copy holds the package's files and the links of its list", () => {
  assertEquals(copy, join(base, "cache/redd/postgresql-test-1"));
  assertEquals(whole, { ...contents(native), "lib/libpq.so.5": "644 library" });
  const [link, file] = ["5", "5.18"].map((end) =>
    Deno.lstatSync(join(copy, `lib/libpq.so.${end}`))
  );
  assertEquals(link!.ino, file!.ino);
  assertEquals(whole["bin/tool-7"], "755 tool 7");
});

Deno.test("a copy that is whole is used as it is", async () => {
  const before = Deno.lstatSync(copy).ino;
  await make();
  assertEquals(Deno.lstatSync(copy).ino, before);
});

const DAMAGE: Readonly<Record<string, () => void>> = {
  "another byte": () => Deno.writeTextFileSync(join(copy, "bin/tool-50"), "took 50"),
  "a file that is longer": () => Deno.writeTextFileSync(join(copy, "bin/tool-50"), "tool 50\n"),
  "a file that is missing": () => Deno.removeSync(join(copy, "bin/tool-99")),
  "a file too many": () => Deno.writeTextFileSync(join(copy, "lib/libevil.so"), "evil"),
  "a folder too many": () => Deno.mkdirSync(join(copy, "lib/postgresql")),
  "a link to something else": () => {
    Deno.removeSync(join(copy, "lib/libpq.so.5"));
    Deno.symlinkSync("/tmp/libpq.so", join(copy, "lib/libpq.so.5"));
  },
  "another file in the place of a link": () => {
    Deno.removeSync(join(copy, "lib/libpq.so.5"));
    Deno.writeTextFileSync(join(copy, "lib/libpq.so.5"), "another", { mode: 0o644 });
  },
  "a link in the place of a file": () => {
    Deno.removeSync(join(copy, "bin/tool-3"));
    Deno.symlinkSync(join(native, "bin/tool-3"), join(copy, "bin/tool-3"));
  },
  "a program that everybody may write": () => Deno.chmodSync(join(copy, "bin/tool-3"), 0o777),
  "a program that changes its user": () => Deno.chmodSync(join(copy, "bin/tool-3"), 0o4755),
  "a folder that everybody may write": () => Deno.chmodSync(join(copy, "bin"), 0o777),
  "an empty folder": () => {
    Deno.removeSync(copy, { recursive: true });
    Deno.mkdirSync(copy);
  },
  "a link in its own place": () => {
    Deno.renameSync(copy, join(base, "elsewhere"));
    Deno.symlinkSync(join(base, "elsewhere"), copy);
  },
};

for (const [what, damage] of Object.entries(DAMAGE)) {
  Deno.test(`a copy with ${what} is made anew`, async () => {
    damage();
    await make();
    assertEquals(contents(copy), whole);
    assertEquals(Deno.lstatSync(copy).isDirectory, true);
  });
}

Deno.test("what killed runs have left is gone after the next copy", async () => {
  for (const rest of [".partial", ".old"]) {
    Deno.mkdirSync(join(copy + rest, "bin"), { recursive: true });
    Deno.writeTextFileSync(join(copy + rest, "bin/tool-1"), "half");
  }
  Deno.removeSync(copy, { recursive: true });
  await make();
  assertEquals(contents(copy), whole);
  const names = [...Deno.readDirSync(join(base, "cache/redd"))].map(({ name }) => name).sort();
  assertEquals(names, ["copy.lock", "postgresql-test-1"]);
});

Deno.test("runs that copy at the same time do not hurt each other", async () => {
  Deno.removeSync(copy, { recursive: true });
  assertEquals(await Promise.all([make(), make(), make()]), [copy, copy, copy]);
  assertEquals(contents(copy), whole);
});

Deno.test("Ctrl-C ends a copy, and the next run makes it whole", async () => {
  Deno.removeSync(copy, { recursive: true });
  const interrupt = new AbortController();
  const error = await assertRejects(() => {
    const making = make({ ...quiet, signal: interrupt.signal });
    setTimeout(() => interrupt.abort());
    return making;
  }, ReddError);
  assertEquals(error.fault, "interrupted");
  assertEquals([...Deno.readDirSync(join(base, "cache/redd"))].some((e) => e.name === copy), false);
  await make();
  assertEquals(contents(copy), whole);
});

Deno.test("Ctrl-C ends the wait for another run's copy", async () => {
  Deno.removeSync(copy, { recursive: true });
  const lock = tryLockFile(join(base, "cache/redd/copy.lock"));
  const interrupt = new AbortController();
  const making = make({ ...quiet, signal: interrupt.signal });
  setTimeout(() => interrupt.abort(), 20);
  const error = await assertRejects(() => making, ReddError);
  assertEquals(error.fault, "interrupted");
  if ("release" in lock) lock.release();
});

Deno.test("a cache that others may write is refused", async () => {
  const open = join(base, "open");
  Deno.mkdirSync(open);
  Deno.chmodSync(open, 0o777);
  Deno.env.set("XDG_CACHE_HOME", open);
  const temporary = Deno.env.get("TMPDIR");
  Deno.env.set("TMPDIR", open);
  try {
    // Root has a place of its own besides.
    if (Deno.uid() === 0) {
      assertEquals(await make(), "/var/cache/redd/postgresql-test-1");
      Deno.removeSync("/var/cache/redd/postgresql-test-1", { recursive: true });
      return;
    }
    const error = await assertRejects(make, ReddError);
    assertEquals(error.code, "FOLDER_NOT_YOURS");
    assertStringIncludes(error.message, open);
  } finally {
    if (temporary === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", temporary);
    Deno.env.set("XDG_CACHE_HOME", join(base, "cache"));
  }
});
