/** `redd archive` and `redd extract` as a user types them, and archives where folders are given. */
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { readManifest } from "../../src/dataset/manifest.ts";
import { digestOfDataset } from "../../src/dataset/manifest_digest.ts";
import { diffDataset } from "../../src/diff/diff.ts";
import { ReddError } from "../../src/errors.ts";
import { load } from "../../src/load/rebuild/method.ts";
import { loadStatus } from "../../src/load/rebuild/status.ts";
import { framed } from "../../src/archive/frame.ts";
import { entriesIn, tarOf } from "../archive/tars.ts";
import { copyTree, digestsIn } from "../generate/files.ts";
import { ask, startTestServer } from "../load/databases.ts";
import { lineOf, type Outcome, outcomeOf, redd, spawnRedd } from "./command_line.ts";
import { reddHere } from "./line_here.ts";
import { namesIn, refuses, SHORT } from "./short_dataset.ts";

const cwd = await Deno.makeTempDir();
Deno.test.afterAll(() => Deno.remove(cwd, { recursive: true }));
await reddHere([...SHORT, "--out", "short"], { cwd });
const digest = digestOfDataset(await readManifest(join(cwd, "short")));
const packed = await redd(["archive", "short", "--workers", "2"], { cwd });

const at = (name: string) => join(cwd, name);
const remove = (...names: string[]) =>
  names.forEach((name) => Deno.removeSync(at(name), { recursive: true }));

/** Runs a line with a file on its standard input. */
async function piped(
  line: readonly string[],
  file: string,
  env: Record<string, string> = {},
): Promise<Outcome> {
  const child = spawnRedd(line, { cwd, stdin: "piped", env });
  const sending = Deno.open(at(file)).then((open) => open.readable.pipeTo(child.stdin))
    // A line that is refused does not read to the end.
    .catch(() => {});
  const outcome = await outcomeOf(child);
  await sending;
  return outcome;
}

Deno.test("archive and extract say what they made, in workers that may do no more than they need", async () => {
  assertEquals([packed.code, packed.stderr], [0, ""]);
  assertMatch(
    packed.stdout,
    /^short\.redd\.tar: [\d.]+ MB of [\d.]+ MB, [\d,]+ rows, in [\d.]+ s; its sha256 is in short\.redd\.tar\.sha256\ndigest: sha256:\w{64}\n$/,
  );
  assert(packed.stdout.includes(digest));
  const line = ["extract", "short.redd.tar", "--out", "copy", "--workers", "2"];
  const { code, stdout, stderr } = await redd([...line, "--expect", digest], { cwd });
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /^copy: [\d,]+ rows, [\d.]+ MB, in [\d.]+ s\ndigest: sha256:\w{64}\n$/);
  assertEquals(digestsIn(at("copy")), digestsIn(at("short")));
  assertEquals(namesIn(cwd).filter((name) => /partial/.test(name)), []);
  remove("copy");
});

Deno.test("both say it as JSON, with the digest that generate has said", async () => {
  const said = JSON.parse((await reddHere([...SHORT, "--out", "short", "--json"], { cwd })).stdout);
  assertEquals(said.digest, digest);
  const line = ["archive", "short", "--output", "again.redd.tar", "--json"];
  const { sha256, rows, ...rest } = JSON.parse((await reddHere(line, { cwd })).stdout);
  const { size } = Deno.statSync(at("again.redd.tar"));
  assertEquals([rest.file, rest.bytes, rest.digest], ["again.redd.tar", size, digest]);
  assert(Deno.readTextFileSync(at("short.redd.tar.sha256")).startsWith(sha256));
  const out = JSON.parse((await reddHere(["extract", "again.redd.tar", "--json"], { cwd })).stdout);
  assertEquals(out, { folder: "again", rows, bytes: rest.datasetBytes, digest });
  remove("again", "again.redd.tar", "again.redd.tar.sha256");
});

const tools = await Promise.all(
  ["tar", "zstd", "sha256sum"].map((tool) =>
    new Deno.Command(tool, { args: ["--version"] }).output().then(() => true, () => false)
  ),
);

Deno.test({
  name: "tar and zstd open an archive, and what they give is the dataset",
  ignore: tools.includes(false),
  fn: plainTools,
});

async function plainTools(): Promise<void> {
  const sh = async (script: string) => {
    const { code, stderr } = await new Deno.Command("sh", { args: ["-ec", script], cwd }).output();
    assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
  };
  await sh("sha256sum --quiet -c short.redd.tar.sha256");
  await sh("mkdir plain && tar -xf short.redd.tar -C plain && zstd -q -d -r --rm plain/data");
  assertEquals(digestsIn(at("plain")), digestsIn(at("short")));
  // Packed again by tar it is another archive, which Redd refuses with a word.
  await sh("tar -cf plain.redd.tar -C plain datapackage.json schedule.yaml data");
  const { code, stderr } = await reddHere(["extract", "plain.redd.tar", "--out", "never"], { cwd });
  assertEquals(code, 2);
  assertMatch(
    stderr,
    /^error: Cannot read the archive plain\.redd\.tar: the header of datapackage\.json has another owner, mode, time or checksum than Redd writes\. .* an archive of another program's is unpacked with tar and zstd, and its folder read\.\n$/,
  );
  remove("plain", "plain.redd.tar");
}

Deno.test("verify checks an archive, a file or a pipe, as it checks a folder, and leaves nothing", async () => {
  const temporary = at("temporary");
  Deno.mkdirSync(temporary);
  const env = { TMPDIR: temporary };
  const only = ["--only", "FILE-FORM,FILE-DIGEST,C-17,LAW-FEED*"];
  const folder = await reddHere(["verify", "short", ...only], { cwd });
  const archive = await redd(["verify", "short.redd.tar", ...only], { cwd, env });
  assertEquals([archive.code, archive.stdout], [0, folder.stdout]);
  assertMatch(
    archive.stderr,
    /^The archive is unpacked into \S+\/temporary\/redd-\d+ for as long as that takes: [\d.]+ MB\.\n$/,
  );
  const pipe = await piped(["verify", "-", ...only, "--expect", digest], "short.redd.tar", env);
  assertEquals([pipe.code, pipe.stdout], [0, folder.stdout]);
  assertEquals(namesIn(temporary).map((name) => name.replace(/\d+$/, "N")), ["redd-N"]);
  remove("temporary");
});

Deno.test("a line that cannot be carried out is refused, and nothing is written", async () => {
  const other = `sha256:${"0".repeat(64)}`;
  const cases: readonly (readonly [readonly string[], string])[] = [
    [
      ["extract", "short.redd.tar", "--out", "x", "--expect", other],
      `Cannot use the dataset short.redd.tar: its digest is ${digest}, expected ${other}. ` +
      "It is another dataset than the one that was named: fetch that, or name this one.",
    ],
    [
      ["verify", "short", "--expect", "sha256:12"],
      "Cannot run deno task verify: --expect is sha256:12. Give a digest as generate " +
      "prints it: sha256: and 64 hexadecimal digits, in small letters.",
    ],
    [
      ["diff", "short.redd.tar", "--embedded", "--expect", other],
      `Cannot use the dataset short.redd.tar: its digest is ${digest}, expected ${other}. ` +
      "It is another dataset than the one that was named: fetch that, or name this one.",
    ],
    [
      ["extract", "-"],
      "Cannot run deno task extract: --out is missing. Name the folder for what comes through -.",
    ],
    [
      ["archive", "-"],
      "Cannot run deno task archive: DATASET is -, and no folder. Give its path; one that is " +
      "called - is ./-.",
    ],
    [
      ["archive", "short", "--level", "20"],
      "Cannot run deno task archive: --level is 20. Give a whole number from 1 to 19.",
    ],
    [
      ["archive", "short"],
      "Cannot write the archive short.redd.tar: it is there already. Give another file with " +
      "--output, or --force to replace an archive.",
    ],
    [
      ["extract", "short.redd.tar"],
      "Cannot extract short.redd.tar into short: short is there already. Give another folder with " +
      "--out, or move that away.",
    ],
    [
      ["archive", "nowhere"],
      "Cannot read the dataset nowhere: there is no such folder. Give a folder that deno task " +
      "generate has finished.",
    ],
  ];
  for (const [line, message] of cases) await refuses(cwd, line, 2, message);
});

Deno.test("what is given in the place of an archive is told for what it is", async () => {
  Deno.mkdirSync(at("folder"));
  Deno.writeTextFileSync(at("page.redd.tar"), "<html><title>404 Not Found</title></html>\n");
  Deno.copyFileSync(at("short.redd.tar.sha256"), at("sum"));
  Deno.writeFileSync(at("short.tar.gz"), new Uint8Array([0x1f, 0x8b, 8, 0]));
  Deno.writeFileSync(at("nothing"), new Uint8Array());
  const cases = [
    [["load", "page.redd.tar"], "Cannot read the archive page.redd.tar: it is a web page, as"],
    [["verify", "sum"], "Cannot read the archive sum: it is the sha256 of an archive. Give the"],
    [["extract", "sum"], "Cannot read the archive sum: it is the sha256 of an archive."],
    [["extract", "short.tar.gz"], "Cannot read the archive short.tar.gz: it is packed with gzip."],
    [["diff", "nothing"], "Cannot read the archive nothing: it is empty: not one byte is in it."],
    [["extract", "short"], "Cannot extract short: it is a folder, expected an archive. A dataset"],
    [["archive", "short", "--output", "folder"], "Cannot write the archive folder: a folder is"],
    [
      ["extract", "short.redd.tar", "--output", "x"],
      "it has no flag --output. Did you mean --out?",
    ],
  ] as const;
  for (const [line, message] of cases) {
    const { code, stderr } = await reddHere(line, { cwd });
    assertEquals(code, 2, `${line}`);
    assert(stderr.replaceAll(/\s+/g, " ").includes(message), stderr);
  }
  const pipe = await piped(["load", "-"], "nothing", { TMPDIR: cwd });
  assertMatch(pipe.stderr, /standard input: it is empty: not one byte is in it\. Look whether/);
  remove("folder", "page.redd.tar", "sum", "short.tar.gz", "nothing");
});

Deno.test("a file with other bytes has one verdict, in a folder and in an archive of it", async () => {
  const path = "data/batch_batch.csv";
  const [whole] = [Deno.readFileSync(at("short.redd.tar"))];
  const changed = Deno.readFileSync(join(at("short"), path));
  changed[changed.length - 3]! ^= 1;
  Deno.writeFileSync(
    at("changed.redd.tar"),
    tarOf(
      entriesIn(whole).map((entry) =>
        entry.name === `${path}.zst` ? { name: entry.name, content: framed(changed, 1) } : entry
      ),
    ),
  );
  copyTree(at("short"), at("changed"));
  Deno.writeFileSync(join(at("changed"), path), changed);
  const only = ["--only", "FILE-DIGEST"];
  const folder = await reddHere(["verify", "changed", ...only], { cwd });
  const archive = await redd(["verify", "changed.redd.tar", ...only], {
    cwd,
    env: { TMPDIR: cwd },
  });
  assertEquals([folder.code, archive.code], [1, 1], archive.stderr);
  const verdict = ({ stdout }: Outcome) => stdout.replaceAll(/changed(\.redd\.tar#|\/)/g, "");
  assertEquals(verdict(archive), verdict(folder));
  assertMatch(archive.stdout, /^failed +FILE-DIGEST/);
  remove("changed", "changed.redd.tar");
});

Deno.test("a dataset that was begun and not finished is told to be that", async () => {
  Deno.mkdirSync(join(at("begun"), "work"), { recursive: true });
  Deno.writeTextFileSync(join(at("begun"), "work/identity.json"), "{}");
  for (const name of ["archive", "verify", "load"]) {
    const { code, stderr } = await reddHere([name, "begun"], { cwd });
    assertEquals(code, 2);
    assertMatch(
      stderr.replaceAll(/\s+/g, " "),
      /begun: it was begun and is not finished\. Give the command that began it once more/,
    );
  }
  remove("begun");
});

Deno.test("a pipe that is silent is said to be waited for, and Ctrl-C leaves nothing", async () => {
  const temporary = at("silent");
  Deno.mkdirSync(temporary);
  const env = { TMPDIR: temporary };
  const child = spawnRedd(["verify", "-"], { cwd, stdin: "piped", env });
  const said = await lineOf(child.stderr, (line) => line.startsWith("Waiting"));
  assertEquals(said, "Waiting for an archive on standard input.");
  child.kill("SIGINT");
  assertEquals((await child.status).code, 130);
  await child.stdin.close().catch(() => {});
  await child.stdout.cancel();
  assertEquals(namesIn(temporary).filter((name) => name.includes("run-")), []);
  remove("silent");
});

Deno.test("a pipe that ends too early, or is none of Redd's, is refused before a database is asked", async () => {
  const short = at("half.redd.tar");
  const whole = Deno.readFileSync(at("short.redd.tar"));
  Deno.writeFileSync(short, whole.subarray(0, -3000));
  const url = "postgres://nobody@127.0.0.1:1/nowhere";
  const line = ["load", "-", "--database-url", url];
  const { code, stderr } = await piped(line, "half.redd.tar", { TMPDIR: cwd });
  assertEquals(code, 2);
  assertMatch(
    stderr,
    /\nerror: Cannot read the archive standard input: it breaks off (?:in|before) data\//,
  );
  remove("half.redd.tar");
});

Deno.test("load and diff take an archive and a pipe, whose load is the same one", async () => {
  const test = await startTestServer();
  try {
    const url = await test.freshDatabase();
    const on = ["--database-url", url];
    const env = { TMPDIR: test.folder };
    const first = await piped(["load", "-", ...on, "--expect", digest], "short.redd.tar", env);
    assertEquals(first.code, 0, first.stderr);
    assert(first.stdout.includes(`digest: ${digest}\n`), first.stdout);
    assertMatch(first.stderr, /\nThe archive of standard input is kept until this line ends\. An /);
    const again = await reddHere(["load", "short.redd.tar", ...on, "--json"], { cwd });
    const said = JSON.parse(again.stdout);
    assertEquals([said.alreadyThere, said.digest], [true, digest]);
    const diff = await reddHere(["diff", "short.redd.tar", ...on], { cwd });
    assertEquals(diff.code, 0, diff.stdout);
    await ask(url, "update batch_batch set notes = 'other'");
    const other = await reddHere(["diff", "short.redd.tar", ...on], { cwd });
    assertEquals(other.code, 1);
    assertMatch(other.stdout, /^batch_batch: 1 changed of 1 row; data\/batch_batch\.csv, line 2/);
    assertEquals(namesIn(test.folder).filter((name) => name.includes("run-")), []);

    // An interrupted load goes on from an archive: the parts that are there are not read again.
    const half = { url: await test.freshDatabase(), method: "rebuild", large: 100 } as const;
    const stop = new AbortController();
    const stopped = await assertRejects(() =>
      load(at("short.redd.tar"), {
        ...half,
        signal: stop.signal,
        onProgress: ({ phase }) => phase === "indexes" && stop.abort(),
      }), ReddError);
    assertEquals(stopped.fault, "interrupted");
    const { loads: [begun] } = await loadStatus(half.url);
    assertEquals([begun!.finished, begun!.parts.done > 0], [false, true]);
    const resumed = await load(at("short.redd.tar"), half);
    assertEquals(resumed.method, "rebuild");
    const { loads: [done] } = await loadStatus(half.url);
    assertEquals([done!.finished, done!.name, done!.dataset], [true, "short", begun!.dataset]);
    assertEquals((await diffDataset(at("short.redd.tar"), half.url)).equal, true);
  } finally {
    await test.end();
  }
});
