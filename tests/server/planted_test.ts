/** What somebody else has put beside a dataset is neither run nor believed. */
// @ts-types="../../types/std_assert.d.ts"
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { accountFor } from "../../src/server/account.ts";
import { markData } from "../../src/server/mark.ts";
import { startServer } from "../../src/server/server.ts";
import { ask } from "../load/databases.ts";
import { refusal } from "./refusal.ts";
import { temporaryFolder } from "./temporary.ts";

const ROOT = Deno.uid() === 0;

const base = await temporaryFolder();
Deno.env.set("XDG_STATE_HOME", join(base, "state"));
Deno.test.afterAll(() => Deno.remove(base, { recursive: true }));

/** A server's folder that has been used and is at rest, and the name of its files. */
const used = join(base, "used/postgres");
const { data, name } = await (async () => {
  await using server = await startServer({ defaultDir: used });
  return { data: server.data, name: server.data.slice(used.length + 1) };
})();

let places = 0;

/** A place as a stranger's archive leaves it: all of it belongs to the caller. */
function unpacked(): { folder: string; marker: string } {
  const place = join(base, `unpacked-${++places}`);
  Deno.mkdirSync(join(place, "postgres"), { recursive: true });
  // The server's account can write there; the trap is sprung whoever runs into it.
  Deno.mkdirSync(join(place, "sprung"));
  Deno.chmodSync(join(place, "sprung"), 0o777);
  return { folder: join(place, "postgres"), marker: join(place, "sprung/marker") };
}

const exists = (path: string) => Deno.lstat(path).then(() => true, () => false);

/** Copies a server's files, with their owner. */
async function copy(from: string, to: string): Promise<void> {
  const { success } = await new Deno.Command("cp", { args: ["-a", from, to] }).output();
  assert(success);
}

/** Has the server run a program when it starts. */
async function setTrap(files: string, marker: string): Promise<void> {
  const { uid, gid } = await Deno.lstat(files);
  const trap = `restore_command = 'touch ${marker}; false'\n`;
  for (const [name, text] of [["postgresql.auto.conf", trap], ["recovery.signal", ""]] as const) {
    const path = join(files, name);
    await Deno.writeTextFile(path, text, { mode: 0o600 });
    if (ROOT) await Deno.chown(path, uid, gid);
  }
}

Deno.test("programs beside a dataset are not run", async () => {
  const { folder, marker } = unpacked();
  for (const release of ["18.4.0-beta.17", "linux-x64-18.4.0-beta.17"]) {
    for (const copy of [`server-${release}`, `postgresql-${release}`]) {
      await Deno.mkdir(join(folder, copy, "bin"), { recursive: true });
      for (const program of ["initdb", "pg_ctl", "postgres"]) {
        const path = join(folder, copy, "bin", program);
        await Deno.writeTextFile(path, `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
      }
    }
  }
  await using server = await startServer({ defaultDir: folder });
  assertEquals(await ask(server.url("postgres"), "select 1"), [[1]]);
  await server.stop();
  assertEquals(await exists(marker), false);
});

for (const called of ["data", name, `data-${"0".repeat(32)}`]) {
  Deno.test(`a server's files that were not made here are refused: ${called.slice(0, 8)}`, async () => {
    const { folder, marker } = unpacked();
    await copy(data, join(folder, called));
    await setTrap(join(folder, called), marker);
    await Deno.writeTextFile(join(folder, "password"), "0".repeat(48));
    const error = await refusal(() => startServer({ defaultDir: folder }));
    assertEquals(error.code, "DATA_FOLDER_STRANGE");
    assertStringIncludes(error.message, `there is a ${called} in it`);
    assertStringIncludes(error.message, `Remove ${folder} and load the dataset again`);
    assertEquals(await exists(marker), false);
  });
}

Deno.test("the trap of these tests is sprung where its files are believed", async () => {
  const { folder, marker } = unpacked();
  const called = `data-${"1".repeat(32)}`;
  await copy(data, join(folder, called));
  await setTrap(join(folder, called), marker);
  await markData(called, join(folder, called), "0".repeat(48), accountFor());
  await startServer({ defaultDir: folder }).then((server) => server.stop(), () => {});
  assertEquals(await exists(marker), true);
});

Deno.test("an archive that is unpacked over a server's folder does not reach its files", async () => {
  const { folder, marker } = unpacked();
  const place = await (async () => {
    await using server = await startServer({ defaultDir: folder });
    await server.createDatabase("farm");
    return server.data;
  })();
  await copy(data, join(folder, "data"));
  await setTrap(join(folder, "data"), marker);
  await Deno.writeTextFile(join(folder, "password"), "0".repeat(48));
  await using server = await startServer({ defaultDir: folder });
  assertEquals([server.data, await server.databases()], [place, ["farm"]]);
  assertEquals(await exists(marker), false);
});

Deno.test("a server that was moved with its folder is still known", async () => {
  const { folder } = unpacked();
  await using first = await startServer({ defaultDir: folder });
  await first.createDatabase("farm");
  await first.stop();
  await Deno.rename(folder, `${folder}-moved`);
  await using server = await startServer({ defaultDir: `${folder}-moved` });
  assertEquals(await server.databases(), ["farm"]);
});

Deno.test("a link in the place of the lock is not followed", async () => {
  for (
    const [link, lock] of [
      [Deno.symlink, "redd.lock"],
      [Deno.link, "redd.lock"],
      [Deno.symlink, "users.lock"],
      [Deno.link, "users.lock"],
    ] as const
  ) {
    const { folder, marker } = unpacked();
    await Deno.writeTextFile(marker, "precious");
    await link(marker, join(folder, lock));
    const error = await refusal(() => startServer({ defaultDir: folder }));
    assertEquals(error.code, "LOCK_STRANGE");
    assertEquals(await Deno.readTextFile(marker), "precious");
  }
});

Deno.test("links by other names of the server's files are neither followed nor in the way", async () => {
  const { folder, marker } = unpacked();
  await Deno.writeTextFile(marker, "precious");
  for (const name of ["password", "server.log", "initdb-1"]) {
    await Deno.symlink(marker, join(folder, name));
  }
  await Deno.symlink(marker, join(folder, `data-${"2".repeat(32)}.partial`));
  await using server = await startServer({ defaultDir: folder });
  await server.stop();
  assertEquals(await Deno.readTextFile(marker), "precious");
});

Deno.test("a link as files is refused, wherever it leads", async () => {
  for (const called of ["data", name]) {
    const { folder } = unpacked();
    await Deno.symlink(data, join(folder, called));
    const error = await refusal(() => startServer({ defaultDir: folder }));
    assertEquals(error.code, "DATA_FOLDER_STRANGE");
  }
});

Deno.test("a link beside a dataset is no server's folder, unless the user names it", async () => {
  const { folder } = unpacked();
  await Deno.remove(folder);
  await Deno.symlink(used, folder);
  const error = await refusal(() => startServer({ defaultDir: folder }));
  assertEquals(error.code, "DATA_FOLDER_LINK");
  assertStringIncludes(error.message, `--data-dir ${folder}`);
  await using server = await startServer({ dataDir: folder, defaultDir: folder });
  assertEquals([server.folder, server.data], [used, data]);
});

Deno.test("a folder's name is no command for a shell", async () => {
  const { folder, marker } = unpacked();
  const place = join(folder, '$(touch $HOME)`touch marker`"; touch marker; "', "postgres");
  await Deno.mkdir(place, { recursive: true });
  await using server = await startServer({ defaultDir: place });
  assertEquals(await ask(server.url("postgres"), "select 1"), [[1]]);
  await server.stop();
  assertEquals(await exists(marker), false);
  assertEquals([...Deno.readDirSync(folder)].length, 1);
});

Deno.test("a name with control characters is refused", async () => {
  const { folder } = unpacked();
  const error = await refusal(() => startServer({ defaultDir: `${folder}/a\nb` }));
  assertEquals(error.code, "DATA_FOLDER_NAME");
});

Deno.test("files that were opened to others are refused with owner and mode", async () => {
  const { folder } = unpacked();
  await using server = await startServer({ defaultDir: folder });
  await server.stop();
  await Deno.chmod(server.data, 0o770);
  const error = await refusal(() => startServer({ defaultDir: folder }));
  assertEquals(error.code, "DATA_FOLDER_OPEN");
  assertMatch(error.message, /has mode 0770, expected \S+ and 0700/);
});

Deno.test({
  name: "files of another account are refused",
  // Only root can give files away.
  ignore: !ROOT,
  fn: async () => {
    const { folder } = unpacked();
    await using server = await startServer({ defaultDir: folder });
    await server.stop();
    await Deno.chown(server.data, 0, 0);
    const error = await refusal(() => startServer({ defaultDir: folder }));
    assertEquals(error.code, "DATA_FOLDER_OPEN");
    assertStringIncludes(error.message, "it belongs to root");
  },
});

Deno.test("the folder of a server is in nobody else's reach, nor are its parents", async () => {
  const { folder } = unpacked();
  const place = join(folder, "..");
  for (const [open, mode] of [[place, 0o777], [place, 0o757], [folder, 0o1777]] as const) {
    await Deno.chmod(open, mode);
    const error = await refusal(() => startServer({ defaultDir: folder }));
    assertEquals(error.code, "FOLDER_NOT_YOURS");
    const spelled = mode.toString(8).padStart(4, "0");
    assertStringIncludes(error.message, `belongs to you and has mode ${spelled}`);
    assertMatch(error.message, /If nobody else needs to: chmod g?o-w \//);
    await Deno.chmod(open, 0o755);
  }
});
