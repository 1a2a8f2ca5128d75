/** Disks that are full, over quota or read-only. */
// @ts-types="../../types/std_assert.d.ts"
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { ReddError } from "../../src/errors.ts";
import { diskError, onDisk } from "../../src/server/disk.ts";
import { temporaryFolder } from "./temporary.ts";

const writing = { cannot: "dig a pond", room: "a hectare", elsewhere: "dig it elsewhere" };

for (
  const [what, fault, code] of [
    ["a write to a full disk", Object.assign(new Error("x"), { code: "ENOSPC" }), "DISK_FULL"],
    ["a write over the quota", Object.assign(new Error("x"), { code: "EDQUOT" }), "DISK_FULL"],
    ["a server's disk", Object.assign(new Error("x"), { code: "53100" }), "DISK_FULL"],
    ["a program", "initdb: error: could not write: No space left on device\n", "DISK_FULL"],
    ["a program over the quota", 'FATAL: "base/1": Disk quota exceeded', "DISK_FULL"],
    ["a disk for reading", Object.assign(new Error("x"), { code: "EROFS" }), "DISK_READ_ONLY"],
    ["something else", Object.assign(new Error("x"), { code: "EACCES" }), undefined],
    ["nothing", undefined, undefined],
  ] as const
) {
  Deno.test(`${what} is told as ${code ?? "no matter of the disk"}`, () => {
    assertEquals(diskError(fault, writing)?.code, code);
  });
}

Deno.test("the error of a real full disk names the room that it takes and another place", async () => {
  const error = await assertRejects(
    () => onDisk(writing, () => Deno.writeTextFile("/dev/full", "salmon")),
    ReddError,
  );
  assertEquals(
    error.message,
    "Cannot dig a pond: the disk is full. It takes a hectare: make room and run the same command " +
      "again, or dig it elsewhere.",
  );
});

/** Only root can have a disk of its own for a test, and not in every container. */
const DISKS = Deno.uid() === 0 &&
  await new Deno.Command("unshare", {
    args: ["-m", "mount", "-t", "tmpfs", "none", "/mnt"],
    stderr: "null",
  }).output().then(({ success }) => success, () => false);

/** Deno's own cache, which is to stay where it is. */
async function denoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}

/** Runs `disk_server.ts` with a small disk at `mount`. */
async function onSmallDisk(
  { mount, size, folder, fill, cache }: {
    mount: string;
    size: string;
    folder: string;
    fill?: boolean;
    cache?: string;
  },
): Promise<{ code: string; fault?: string; message: string }> {
  const program = new URL("./disk_server.ts", import.meta.url).pathname;
  const script = 'mount -t tmpfs -o "size=$1,mode=755" none "$2" && shift 2 && exec "$@"';
  const line = [Deno.execPath(), "run", "--allow-all", "--quiet", program, folder];
  const { stdout } = await new Deno.Command("unshare", {
    args: ["-m", "sh", "-c", script, "sh", size, mount, ...line, ...(fill ? ["fill"] : [])],
    env: {
      XDG_STATE_HOME: join(base, "state"),
      ...(cache === undefined ? {} : { XDG_CACHE_HOME: cache, DENO_DIR: await denoDir() }),
    },
    stderr: "inherit",
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

const base = await temporaryFolder();
Deno.test.afterAll(() => Deno.remove(base, { recursive: true }));
const disk = join(base, "disk");
await Deno.mkdir(disk);
const folder = join(disk, "postgres");

Deno.test({
  name: "a disk that is too small for a server's files is the environment's fault",
  ignore: !DISKS,
  fn: async () => {
    const { code, fault, message } = await onSmallDisk({ mount: disk, size: "20m", folder });
    assertEquals([code, fault], ["DISK_FULL", "environment"]);
    assertStringIncludes(message, "about 100 MB");
    assertStringIncludes(message, "--data-dir");
  },
});

Deno.test({
  name: "a disk that is too small for the binaries is the environment's fault",
  ignore: !DISKS,
  fn: async () => {
    const { code, fault, message } = await onSmallDisk({
      mount: disk,
      size: "20m",
      folder: join(base, "postgres"),
      cache: disk,
    });
    assertEquals([code, fault], ["DISK_FULL", "environment"]);
    assertStringIncludes(message, `Cannot copy the binaries of PostgreSQL to ${disk}/redd`);
    assertStringIncludes(message, "about 70 MB there");
    assertStringIncludes(message, "XDG_CACHE_HOME");
  },
});

Deno.test({
  name: "a disk that is full when a database is made is the environment's fault",
  ignore: !DISKS,
  fn: async () => {
    const made = await onSmallDisk({ mount: disk, size: "200m", folder });
    assertEquals(made.code, "made");
    const { code, fault, message } = await onSmallDisk({
      mount: disk,
      size: "200m",
      folder,
      fill: true,
    });
    assertEquals([code, fault], ["DISK_FULL", "environment"]);
    assertStringIncludes(message, "Cannot create the database farm");
  },
});
