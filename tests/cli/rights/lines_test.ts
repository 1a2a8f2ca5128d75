/** What a line may do follows from the line, the environment and the user's own settings alone. */
// @ts-types="../../../types/std_assert.d.ts"
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { COMMANDS } from "../../../cli/commands/all.ts";
import { parseLine } from "../../../cli/parse.ts";
import { netOf } from "../../../cli/rights/database.ts";
import { permissionsOf, type Rights } from "../../../cli/rights/rights.ts";
import { ReddError } from "../../../src/errors.ts";
import { PROJECT } from "../../project.ts";
import { flagsOf } from "../command_line.ts";
import { fc } from "../../random.ts";

const CWD = Deno.cwd();
const FIXTURES = join(PROJECT, "fixtures");

/** What surrounds a line: variables, and files that others cannot read. */
interface Around {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

async function rightsOf(line: readonly string[], { env, files }: Around = {}): Promise<Rights> {
  const [name, ...words] = line;
  const command = COMMANDS.find((one) => one.name === name)!;
  return await command.rights(parseLine(command, words), {
    env: (variable) => ({ USER: "anna", HOME: "/home/anna", ...env })[variable],
    file: (path) => {
      const text = files?.[path];
      return Promise.resolve(text === undefined ? undefined : { text, mode: 0o600 });
    },
  });
}

/** Paths below the working directory, and absolute ones as they are. */
const at = (...paths: string[]) =>
  paths.map((path) => path.startsWith("/") ? path : join(CWD, path));

/** A dataset's folder, and the file beside it that is locked where folders cannot be. */
const dataset = (
  ...paths: string[]
) => [...at(...paths), ...at(...paths).map((at) => `${at}.lock`)];

const NOTHING = { net: [], run: [], sys: [], ffi: [] };

Deno.test("generate writes the dataset's folder and reads that and the fixtures", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["generate", "out/single"],
    ["generate --preset lifecycle", "out/lifecycle"],
    ["generate --preset single --eggs 200000", "out/single"],
    ["generate --eggs 200000", "out/fi-2025-001"],
    ["generate --geography=Scotland --start-date 2022-03-01", "out/sco-2022-001"],
    ["generate --until 2024-01-01 --duration 1", "out/fi-2023-001"],
    ["generate --batch-number FAR-2025-017", "out/far-2025-017"],
    ["generate --out a,b", "a,b"],
    ["generate --out a/../../b", "../b"],
    ["generate --out /a/./b/", "/a/b"],
    ["generate --out *", "*"],
    ["generate --extend --until 2026-01-01 --out farm", "farm"],
  ];
  for (const [line, folder] of cases) {
    const rights = await rightsOf(line.split(" "));
    const [path] = at(folder);
    assertEquals(rights, {
      ...NOTHING,
      env: [],
      read: [...dataset(path!), FIXTURES],
      write: dataset(path!),
      render: [path!],
      room: path!,
    }, line);
  }
});

Deno.test("generate reads the schedule too, and the numbers of shards where they are asked for", async () => {
  const rights = await rightsOf([
    "generate",
    "--schedule",
    "plans/farm, north.yaml",
    "--shards",
    "3",
  ]);
  assertEquals(rights.read, [
    ...dataset("out/farm, north"),
    FIXTURES,
    ...at("plans/farm, north.yaml"),
  ]);
  assertEquals(rights.env, ["JOB_COMPLETION_INDEX", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN"]);
});

Deno.test("a dry run writes nothing", async () => {
  for (const line of [["generate", "--dry-run"], ["schedule", "--dry-run"]]) {
    const { write, render } = await rightsOf(line);
    assertEquals([write, render], [[], []], line.join(" "));
  }
});

Deno.test("report reads the dataset and writes its page alone, beside it or where it is named", async () => {
  const marks = (...folders: string[]) =>
    folders.flatMap((folder) => at(`${folder}/datapackage.json`, `${folder}/work/identity.json`));
  for (
    const [line, page, around] of [
      ["report out/farm", "out/farm.html", ["out", ".", ".."]],
      ["report out/farm/ --force", "out/farm.html", ["out", ".", ".."]],
      ["report out/farm --output pages/p.html", "pages/p.html", ["pages", ".", ".."]],
    ] as const
  ) {
    const { ffi, ...rights } = await rightsOf(line.split(" "));
    assertEquals(rights, {
      ...{ net: [], run: [], sys: [], env: [], render: [] },
      read: [...new Set([...at("out/farm", around[0], page), ...marks(...around)])],
      write: at(page, `${page}.partial`),
    }, line);
    assertEquals(ffi.map((path) => path.endsWith("/duckdb.node")), [true]);
  }
});

Deno.test("merge reads the shards and writes the dataset; schedule writes its file alone", async () => {
  const merge = await rightsOf(["merge", "farm", "one", "../two"]);
  assertEquals([merge.read, merge.write, merge.render], [
    [...dataset("farm"), FIXTURES, ...dataset("one", "../two")],
    dataset("farm"),
    [],
  ]);
  const theirs = await rightsOf(["schedule", "--dry-run", "--from", "theirs.yaml"]);
  assert(theirs.read.includes(`${Deno.cwd()}/theirs.yaml`), `${theirs.read}`);
  assertEquals(theirs.write, []);
  const plan = await rightsOf(["schedule", "--output", "plans/farm.yaml"]);
  assertEquals([plan.read, plan.write], [
    [
      FIXTURES,
      ...at("plans"),
      // Whether it would lie in the folder of a dataset.
      ...["plans", ".", ".."].flatMap((folder) =>
        at(`${folder}/datapackage.json`, `${folder}/work/identity.json`)
      ),
    ],
    at("plans/farm.yaml", "plans/farm.yaml.partial"),
  ]);
});

Deno.test("a link in the user's own path is followed, and the path counts as it is written too", async () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  Deno.mkdirSync(`${folder}/disk`);
  Deno.symlinkSync(`${folder}/disk`, `${folder}/out`);
  const { write } = await rightsOf(["generate", "--out", `${folder}/out/new/farm`]);
  assertEquals(write, dataset(`${folder}/out/new/farm`, `${folder}/disk/new/farm`));
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("with a database that is named, the host is reached, the dataset read, and nothing else", async () => {
  const hosts: readonly (readonly [string, string])[] = [
    ["postgres://anna@db.farm.fo/farm", "db.farm.fo:5432"],
    ["postgres://anna@DB:6543/farm", "DB:6543"],
    ["postgres://anna@192.0.2.7:6543/farm", "192.0.2.7:6543"],
    ["postgres://anna@[2001:db8::1]:1/farm", "[2001:db8::1]:1"],
    ["host=::1 port=77", "[::1]:77"],
    ["postgres:///farm?host=db&port=9", "db:9"],
    ["postgres://anna@one/farm?host=two", "two:5432"],
    ["postgres:///farm", "localhost:5432"],
  ];
  for (const [url, net] of hosts) {
    for (const name of ["load", "verify", "diff"]) {
      const rights = await rightsOf([name, "farm", "--database-url", url]);
      assertEquals(rights, {
        read: [...at("farm"), "/home/anna/.pgpass"],
        write: [],
        net: [net],
        run: [],
        env: ["DATABASE_URL", "PG*", "HOME", "USER", "LOGNAME"],
        sys: [],
        ffi: [],
        render: [],
      }, `${name} ${url}`);
    }
  }
  const wipe = await rightsOf(["wipe", "--database-url", "postgres://a:b@db/farm"]);
  assertEquals([wipe.read, wipe.write, wipe.run], [[], [], []]);
});

Deno.test("to check files is to read them through one library, whatever the environment names", async () => {
  const url = "postgres://anna:x@other/farm";
  const rights = await rightsOf(["verify", "farm"], { env: { DATABASE_URL: url } });
  const { ffi: [library, ...more], ...rest } = rights;
  assert(/\/duckdb\.node$/.test(library!) && more.length === 0, rights.ffi.join(" "));
  assertEquals(rest, {
    read: at("farm"),
    write: [],
    net: [],
    run: [],
    env: [],
    sys: [],
    render: [],
  });
  const both = await rightsOf(["verify", "farm", "--both", "--junit", "a/out.xml"], {
    env: { DATABASE_URL: url },
  });
  assertEquals([both.net, both.ffi, both.write], [["other:5432"], [library], [
    ...at("a/out.xml"),
    ...at("a/out.xml.partial"),
  ]]);
  for (const line of [["verify", "--list"], ["verify", "--explain", "C-17"]]) {
    assertEquals(await rightsOf(line), { ...rest, read: [], ffi: [] });
  }
});

Deno.test("an export reads the dataset and writes its target, through the one library", async () => {
  const { ffi, read, write, ...rest } = await rightsOf(["export", "data/farm", "--output", "x/y"]);
  assert(ffi.length === 1 && /\/duckdb\.node$/.test(ffi[0]!), ffi.join(" "));
  assertEquals(write, at("x/y", "x/y.partial"));
  assertEquals(read.slice(0, 4), at("data/farm", "x/y", "x/y.partial", "x"));
  assert(read.slice(4).every((path) => /\/(datapackage|identity)\.json$/.test(path)), `${read}`);
  assertEquals(rest, { net: [], run: [], env: [], sys: [], render: [] });
  const beside = await rightsOf(["export", "data/farm/", "--format", "duckdb"]);
  assertEquals(beside.write, at("data/farm.duckdb", "data/farm.duckdb.partial"));
});

Deno.test("a Unix socket is the one path that is written to", async () => {
  const socket = "/run/my, own/.s.PGSQL.77";
  const rights = await rightsOf([
    "wipe",
    "--database-url",
    "host='/run/my, own' port=77 password=x",
  ]);
  assertEquals([rights.read, rights.write, rights.net], [[socket], [socket], [`unix:${socket}`]]);
});

Deno.test("certificates, the service file and the password file are read", async () => {
  const env = { PGSERVICEFILE: "/etc/farm/services", PGPASSFILE: "secret" };
  const files = { "/etc/farm/services": "[farm]\nhost=db\nport=7\nsslrootcert=root.crt\n" };
  const url = "postgres:///?service=farm&sslcert=a.crt&sslkey=../a.key&sslmode=verify-full";
  const rights = await rightsOf(["wipe", "--database-url", url], { env, files });
  assertEquals(rights.net, ["db:7"]);
  assertEquals(rights.read, at("/etc/farm/services", "secret", "root.crt", "a.crt", "../a.key"));
  const system = `${url}&sslrootcert=system`;
  const { read } = await rightsOf(["wipe", "--database-url", system], { env, files });
  assertEquals(read, at("/etc/farm/services", "secret", "a.crt", "../a.key"));
});

Deno.test("the environment names the host as the line would", async () => {
  const { net } = await rightsOf(["diff", "farm"], { env: { PGHOST: "db", PGPORT: "7" } });
  assertEquals(net, ["db:7"]);
  const url = "postgres://anna:x@other/farm";
  assertEquals((await rightsOf(["diff", "farm"], { env: { DATABASE_URL: url } })).net, [
    "other:5432",
  ]);
});

Deno.test("db alone is the embedded server; what it does with databases is where they are named", async () => {
  const env = { DATABASE_URL: "postgres://anna:x@other/farm" };
  assertEquals((await rightsOf(["db"], { env })).net, ["127.0.0.1"]);
  const named = await rightsOf(["db", "reset"], { env });
  assertEquals([named.net, named.write, named.run], [["other:5432"], [], []]);
  assertEquals((await rightsOf(["db", "list", "--embedded"], { env })).net, ["127.0.0.1"]);
});

Deno.test("what is no name of one host is refused", async () => {
  for (const host of ["*", "*.farm.fo", "a,b", "a b", "fe80::1%eth0", "a/b", "é", "a:b", "[::1]"]) {
    const error = await assertRejects(
      () => rightsOf(["load", "farm", "--database-url", `host='${host}'`]),
      ReddError,
    );
    assertEquals(error.fault, "input", host);
  }
});

Deno.test("a host's right is to that host: Deno takes it, and it names no other", () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(..."ab.:*,%/[]-_\n\0@é1 ") }),
    fc.domain(),
    fc.ipV4(),
    fc.ipV6(),
  );
  fc.assert(fc.property(hostile, fc.integer({ min: 1, max: 65535 }), (host, port) => {
    let net: string;
    try {
      net = netOf(host, port);
    } catch (thrown) {
      return thrown instanceof ReddError;
    }
    assert(net === `${host}:${port}` || net === `[${host}]:${port}`, net);
    assert(!/[*,\s/%]/.test(net), net);
    // Deno refuses what it cannot read.
    return Deno.permissions.querySync({ name: "net", host: net }).state !== "denied";
  }));
});

Deno.test("the embedded server runs its own programs, writes its folders and listens on 127.0.0.1", async () => {
  const lines = [
    ["load", "x/farm"],
    ["db"],
    ["db", "reset", "farm"],
    ["start"],
    ["verify", "x/farm", "--port", "7"],
    ["verify", "--embedded"],
  ];
  for (const line of lines) {
    const rights = await rightsOf(line);
    const said = line.join(" ");
    assertEquals(rights.net, ["127.0.0.1"], said);
    assertEquals(rights.sys, ["uid"], said);
    assert(rights.run.length > 0, said);
    for (const program of rights.run) {
      assert(/^\/.*\/(initdb|pg_ctl|ls)$/.test(program), `${said}: ${program}`);
      assert(!program.startsWith(CWD) && !program.includes("/x/"), `${said}: ${program}`);
    }
    const [beside] = at(line[1] === "x/farm" ? "x/postgres" : "out/postgres");
    assert(rights.write.includes(beside!), said);
    assert(!rights.write.includes("/") && !rights.write.includes(CWD), said);
    assertEquals(rights.write.filter((path) => path.startsWith(`${CWD}/`)), [
      ...line[0] === "start"
        ? [...dataset("out/start"), ...at("out/start.html", "out/start.html.partial")]
        : [],
      beside!,
    ], said);
  }
  const { write } = await rightsOf(["db", "--data-dir", "/srv/farm, north"]);
  assertStringIncludes(write.join("\n"), "/srv/farm, north");
});

Deno.test("a worker is given lists, never everything, and neither foreign functions nor imports", async () => {
  const permissions = permissionsOf(await rightsOf(["generate", "--out", "a,b"]));
  assertEquals(permissions, {
    read: [...dataset("a,b"), FIXTURES],
    write: dataset("a,b"),
    net: false,
    run: false,
    env: false,
    sys: false,
    ffi: false,
    import: false,
  });
});

/** What a task grants of a kind: everything, or the names behind its flag. */
function grantedBy(task: string, kind: string): (wanted: string) => boolean {
  const flag = flagsOf(task).find((one) => one.split("=")[0] === `--allow-${kind}`);
  if (flag === undefined) return () => false;
  const [, list] = flag.split("=");
  if (list === undefined) return () => true;
  const names = list.split(",");
  const fits = (wanted: string, name: string) =>
    name.endsWith("*") ? wanted.startsWith(name.slice(0, -1)) : wanted.split(":")[0] === name;
  return (wanted) => names.some((name) => fits(wanted, name));
}

Deno.test("the task of a command grants whatever its lines with a folder, an archive or a pipe need", async () => {
  const url = ["--database-url", "postgres://anna@db.example/farm"];
  const named: Readonly<Record<string, readonly (readonly string[])[]>> = {
    load: [[], url],
    diff: [[], url],
    verify: [[], ["--both"], ["--embedded"], ["--junit", "checks.xml"], url],
    extract: [["--out", "copy"]],
    export: [["--output", "made"], ["--output", "made", "--format", "duckdb"]],
    report: [["--output", "made.html"]],
    archive: [[]],
    merge: [["shard"]],
    wipe: [[], url],
  };
  const takers = COMMANDS.filter(({ operands: [first], actions }) =>
    actions === undefined && /DATASET|ARCHIVE/.test(first ?? "")
  );
  assertEquals(takers.map(({ name }) => name).sort(), Object.keys(named).sort());
  const kinds = ["read", "write", "net", "run", "env", "sys", "ffi"] as const;
  for (const { name, piped } of takers) {
    for (const dataset of ["farm", "farm.redd.tar", ...piped ? ["-"] : []]) {
      for (const flags of named[name]!) {
        const rights = await rightsOf([name, dataset, ...flags]);
        // The launcher looks for room with the task's own rights.
        const needs = { ...rights, sys: [...rights.sys, ...rights.room ? ["statfs"] : []] };
        const missing = kinds.flatMap((kind) =>
          needs[kind].filter((one) => !grantedBy(name, kind)(one)).map((one) => `${kind} ${one}`)
        );
        assertEquals(missing, [], [name, dataset, ...flags].join(" "));
      }
    }
  }
});
