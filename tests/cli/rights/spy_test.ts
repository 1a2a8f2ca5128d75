/**
 * What a worker may do in the place of a command, with the flags of the command's task: attempts are
 * made, and what Deno lets pass is compared with what the line asks for.
 */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { COMMANDS } from "../../../cli/commands/all.ts";
import { duckdbFile } from "../../../src/packages/duckdb.ts";
import { PROJECT } from "../../project.ts";
import { flagsOf } from "../command_line.ts";
import type { Attempt } from "./attempts.ts";

const SPY = join(PROJECT, "tests/cli/rights/spy.ts");

/** A folder with the beginnings of datasets, and things that are none of a command's business. */
function inFolder(work: (folder: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "redd_spy_" }));
    for (const name of ["farms/one", "farms/two", "farms/postgres", "plans", "other"]) {
      Deno.mkdirSync(`${folder}/${name}`, { recursive: true });
      Deno.writeTextFileSync(`${folder}/${name}/file`, "");
    }
    try {
      await work(folder);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  };
}

/** The rights of a task; the lock file of a command is none of the tests'. */
function rightsOf(task: string): string[] {
  return flagsOf(task).slice(1).filter((flag) => !flag.startsWith("--lock="));
}

/** Makes attempts with the rights of a line; returns those that pass. */
async function passing(
  attempts: readonly Attempt[],
  line: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<readonly Attempt[]> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", ...rightsOf(line[0]!), SPY, JSON.stringify(attempts), ...line],
    cwd,
    env: { DATABASE_URL: "", PGHOST: "", PGSERVICE: "", PGDATABASE: "", NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assertEquals([code, text(stderr)], [0, ""]);
  const passed: boolean[] = JSON.parse(text(stdout));
  return attempts.filter((_, i) => passed[i]);
}

/** Files that would lie in the project if they could be made. */
const IN_PROJECT = [join(PROJECT, "fixtures/redd-spy"), join(PROJECT, "cli/redd-spy")];
Deno.test.afterAll(async () => {
  for (const path of IN_PROJECT) await Deno.remove(path).catch(() => {});
});

/** What no command has any business with. */
const NEVER: readonly Attempt[] = [
  { read: "other/file" },
  { list: "." },
  { list: "farms" },
  { write: "file" },
  { write: "other/file" },
  { write: "farms/file" },
  ...IN_PROJECT.map((write) => ({ write })),
  { link: "farms/one/link" },
  { link: "farms/postgres/link" },
  { run: "/bin/sh" },
  { run: "sh" },
  { run: Deno.execPath() },
  { connect: ["127.0.0.2", 1] },
  { connect: ["localhost", 2] },
  { connect: ["192.0.2.1", 80] },
  { connect: "other/.s.PGSQL.5432" },
  { env: "PATH" },
  { sys: "hostname" },
  { ffi: "libc.so.6" },
  { load: "https://example.com/module.js" },
  { load: "http://127.0.0.1:1/module.js" },
  { worker: "other" },
  ...(["read", "write", "net", "run", "env", "sys", "ffi"] as const)
    .map((ask) => ({ ask })),
];

/** What a command of files has no business with, besides. */
const NO_SYSTEM: readonly Attempt[] = [
  { connect: ["127.0.0.1", 1] },
  { listen: 0 },
  { run: "/bin/ls" },
  { env: "HOME" },
  { env: "PGPASSWORD" },
  { sys: "uid" },
  { read: "/etc/passwd" },
];

Deno.test(
  "generate, with the flags of its task, reads and writes its dataset",
  inFolder(async (cwd) => {
    const allowed: readonly Attempt[] = [
      { read: "farms/one/file" },
      { write: "farms/one/file" },
      { write: "farms/one/new" },
      { read: "plans/file" },
      { read: join(PROJECT, "fixtures/layout.yaml") },
      { worker: "farms/one" },
    ];
    const refused: readonly Attempt[] = [
      { read: "farms/two/file" },
      { write: "farms/two/file" },
      { write: "farms/one/../two/file" },
      { write: "plans/file" },
      { read: join(PROJECT, "cli/main.ts") },
    ];
    const line = ["generate", "--out", "farms/one", "--schedule", "plans/file"];
    assertEquals(
      await passing([...allowed, ...refused, ...NO_SYSTEM, ...NEVER], line, cwd),
      allowed,
    );
  }),
);

Deno.test(
  "merge, with the flags of its task, reads shards and writes its dataset",
  inFolder(async (cwd) => {
    const allowed: readonly Attempt[] = [
      { read: "farms/one/file" },
      { write: "farms/one/file" },
      { read: "farms/two/file" },
    ];
    const refused: readonly Attempt[] = [{ write: "farms/two/file" }, { read: "plans/file" }];
    assertEquals(
      await passing(
        [...allowed, ...refused, ...NO_SYSTEM, ...NEVER],
        ["merge", "farms/one", "farms/two"],
        cwd,
      ),
      allowed,
    );
  }),
);

Deno.test(
  "schedule, with the flags of its task, writes its file",
  inFolder(async (cwd) => {
    const allowed: readonly Attempt[] = [
      { write: "plans/farm.yaml" },
      { write: "plans/farm.yaml.partial" },
    ];
    const refused: readonly Attempt[] = [
      { write: "plans/file" },
      { read: "farms/one/file" },
      { write: "farms/one/file" },
    ];
    assertEquals(
      await passing(
        [...allowed, ...refused, ...NO_SYSTEM, ...NEVER],
        ["schedule", "--output", "plans/farm.yaml"],
        cwd,
      ),
      allowed,
    );
  }),
);

for (const name of ["load", "verify", "diff"]) {
  Deno.test(
    `${name} with a URL, with the flags of its task, reaches its host and writes nothing`,
    inFolder(async (cwd) => {
      using server = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      using other = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      const allowed: readonly Attempt[] = [
        { read: "farms/one/file" },
        { connect: ["127.0.0.1", server.addr.port] },
        { env: "PGPASSWORD" },
        { env: "HOME" },
        { read: "plans/file" },
      ];
      const refused: readonly Attempt[] = [
        { connect: ["127.0.0.1", other.addr.port] },
        { listen: 0 },
        { write: "farms/one/file" },
        { write: "plans/file" },
        { read: "farms/two/file" },
        { write: "farms/postgres/file" },
        { run: "/bin/ls" },
        { sys: "uid" },
        { read: "/etc/passwd" },
        { worker: "farms/one" },
      ];
      const url = `postgres://anna@127.0.0.1:${server.addr.port}/farm?sslrootcert=plans/file`;
      assertEquals(
        await passing(
          [...allowed, ...refused, ...NEVER],
          [name, "farms/one", "--database-url", url],
          cwd,
        ),
        allowed,
      );
    }),
  );
}

Deno.test(
  "verify of files, with the flags of its task, reads them through DuckDB's library and does no more",
  inFolder(async (cwd) => {
    const allowed: readonly Attempt[] = [{ read: "farms/one/file" }, { ffi: await duckdbFile() }];
    const refused: readonly Attempt[] = [
      { read: "farms/two/file" },
      { write: "farms/one/file" },
      { read: "plans/file" },
      { worker: "farms/one" },
    ];
    assertEquals(
      await passing(
        [...allowed, ...refused, ...NO_SYSTEM, ...NEVER],
        ["verify", "farms/one"],
        cwd,
      ),
      allowed,
    );
  }),
);

Deno.test(
  "wipe of a Unix socket, with the flags of its task, reaches that socket",
  inFolder(async (cwd) => {
    const path = `${cwd}/plans/.s.PGSQL.5432`;
    using _server = Deno.listen({ transport: "unix", path });
    using _other = Deno.listen({ transport: "unix", path: `${cwd}/other/.s.PGSQL.5432` });
    const allowed: readonly Attempt[] = [{ connect: path }];
    const refused: readonly Attempt[] = [
      { connect: `${cwd}/other/.s.PGSQL.5432` },
      { connect: ["127.0.0.1", 1] },
      { read: "farms/one/file" },
      { write: "plans/file" },
    ];
    assertEquals(
      await passing(
        [...allowed, ...refused, ...NEVER],
        ["wipe"],
        cwd,
        { PGHOST: `${cwd}/plans`, USER: "anna" },
      ),
      allowed,
    );
  }),
);

Deno.test(
  "load into the embedded server, with the flags of its task, writes beside the dataset and runs no stranger",
  inFolder(async (cwd) => {
    const allowed: readonly Attempt[] = [
      { read: "farms/one/file" },
      { write: "farms/postgres/file" },
      { connect: ["127.0.0.1", 1] },
      { run: "/bin/ls" },
      { sys: "uid" },
      { env: "XDG_STATE_HOME" },
    ];
    const refused: readonly Attempt[] = [
      { write: "farms/one/file" },
      { write: "farms/two/file" },
      { run: "farms/postgres/file" },
      { run: "farms/postgres/bin/initdb" },
      { run: "initdb" },
      { env: "SLURM_ARRAY_TASK_ID" },
    ];
    // Whose every parent folder is looks up who may write there: it reads the disk.
    const never = NEVER.filter((attempt) => !("read" in attempt || "list" in attempt));
    assertEquals(
      await passing([...allowed, ...refused, ...never], ["load", "farms/one"], cwd),
      allowed,
    );
  }),
);

Deno.test("no task asks its user for a right, and none may do everything", () => {
  for (const { name } of COMMANDS) {
    const flags = flagsOf(name);
    assert(flags.includes("--no-prompt"), name);
    // Where DuckDB's library lies is known when it runs, and its worker has that file alone.
    const own = ["start", "verify", "report", "export"].includes(name) ? ["--allow-ffi"] : [];
    const whole = flags.filter((flag) => /^(-A|--allow-(all|ffi|import|sys|env))$/.test(flag));
    assertEquals(whole, own, name);
  }
});
