/**
 * The benchmark of archives: `deno task bench:archive LARGE SMALL SMALLEST [--dir DIR] [--rounds N]`,
 * folders of datasets. Packs and unpacks LARGE beside `tar | zstd -1 -T2` in turn, loads SMALL from
 * its archive and from its folder in turn, and compares the archive of SMALLEST with what zstd gives
 * at most. All in one run; only the ratios travel.
 *
 * What is written lies in a temporary folder inside DIR, which says what disk is measured. Where the
 * machine has other work the seconds of processors tell more than those of the clock.
 */
import { basename, join } from "node:path";
import process from "node:process";
import { parseArgs } from "@std/cli/parse-args";
import { extractArchive } from "../src/archive/extract.ts";
import { archiveDataset } from "../src/archive/pack.ts";
import { readManifest } from "../src/dataset/manifest.ts";
import { load } from "../src/load/rebuild/method.ts";
import { startServer } from "../src/server/server.ts";
import { VERSION } from "../src/version.ts";
import { freshDatabases } from "./load_database.ts";
import { line, median, print, speed } from "./measure.ts";

/** What something took, in seconds. */
interface Took {
  readonly wall: number;
  /** Of all processors, the system's part included. */
  readonly cpu: number;
}

const { _: given, dir, rounds = "3" } = parseArgs(Deno.args, { string: ["dir", "rounds", "_"] });
if (given.length !== 3) throw new Error("LARGE, SMALL and SMALLEST are wanted");
const [big, little, least] = given.map((path: unknown) => Deno.realPathSync(String(path))) as [
  string,
  string,
  string,
];

/** How often what is compared is done, in turn. */
const ROUNDS = Number(rounds);
const folder = await Deno.makeTempDir({
  prefix: "redd-bench-",
  ...dir === undefined ? {} : { dir },
});

// The embedded server may run as another user.
await Deno.chmod(folder, 0o755);

async function measured(work: () => Promise<unknown>): Promise<Took> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 };
}

/** Runs a line of a shell, and takes the processors' time of all its children. */
async function shell(script: string, ...args: string[]): Promise<Took> {
  const began = performance.now();
  const { success, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-c", `set -eo pipefail; ${script}; times`, "bench", ...args],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const wall = (performance.now() - began) / 1000;
  const times = new TextDecoder().decode(stdout).trim().split("\n").at(-1)!;
  const cpu = [...times.matchAll(/(\d+)m([\d.]+)s/g)]
    .reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0);
  return { wall, cpu };
}

function tookLine(what: string, bytes: number, { wall, cpu }: Took, size?: number): string {
  const figures = [
    `${wall.toFixed(1).padStart(6)} s ${speed(bytes, wall)}`,
    `${cpu.toFixed(1).padStart(6)} CPU s ${speed(bytes, cpu)} per core`,
    ...size === undefined ? [] : [`${(size / 1e6).toFixed(1).padStart(7)} MB`],
  ];
  return line(what, figures.join("  "));
}

/** The medians of several runs. */
function middle(all: readonly Took[]): Took {
  return { wall: median(all.map(({ wall }) => wall)), cpu: median(all.map(({ cpu }) => cpu)) };
}

function ratioLine(what: string, one: Took, other: Took): string {
  const ratio = (key: keyof Took) => (one[key] / other[key]).toFixed(2).padStart(6);
  return line(what, `${ratio("wall")} by the clock, ${ratio("cpu")} in CPU seconds`);
}

const sizeOf = (path: string) => Deno.statSync(path).size;

async function packing(): Promise<void> {
  const { bytes, tables } = await readManifest(big);
  const files = Object.values(tables).reduce((sum, { parts }) => sum + parts.length, 0);
  print(`\n${basename(big)}: ${bytes} bytes of CSV in ${files} files`);
  const output = join(folder, "large.redd.tar");
  const peer = join(folder, "large.tar.zst");
  // All of it is in memory as far as it will be.
  await shell('cat "$1"/data/*.csv "$1"/data/*/*.csv > /dev/null', big);
  const [one, two, tar]: [Took[], Took[], Took[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    const pack = (workers: number) =>
      measured(() => archiveDataset(big, { output, workers, force: true }));
    two.push(await pack(2));
    print(tookLine("archive, 2 workers, hashed and synced", bytes, two.at(-1)!, sizeOf(output)));
    tar.push(await shell('tar -cf - -C "$1" . | zstd -q -f -1 -T2 -o "$2"; sync "$2"', big, peer));
    print(tookLine("tar | zstd -1 -T2, and sync", bytes, tar.at(-1)!, sizeOf(peer)));
    if (round > 0) continue;
    one.push(await pack(1));
    print(tookLine("archive, 1 worker, hashed and synced", bytes, one.at(-1)!, sizeOf(output)));
  }
  print(ratioLine("archive to tar | zstd, medians", middle(two), middle(tar)));
  const [unpacked, plain] = [join(folder, "unpacked"), join(folder, "plain")];
  const extracting = await measured(() => extractArchive(output, { out: unpacked, workers: 2 }));
  print(tookLine("extract, 2 workers, checked and synced", bytes, extracting));
  Deno.removeSync(unpacked, { recursive: true });
  const untar =
    'mkdir "$2"; zstd -q -d -c "$1" | tar -xf - -C "$2"; sync "$2"/data/*.csv "$2"/data/*/*.csv';
  const untarring = await shell(untar, peer, plain);
  print(tookLine("zstd -d | tar -x, and sync", bytes, untarring));
  print(ratioLine("extract to zstd -d | tar -x", extracting, untarring));
  for (const path of [plain, output, peer]) Deno.removeSync(path, { recursive: true });
}

async function loading(): Promise<void> {
  const { rows, bytes } = await readManifest(little);
  const output = join(folder, "small.redd.tar");
  await archiveDataset(little, { output });
  print(
    `\n${basename(little)}: ${rows} rows, ${bytes} bytes of CSV, ${sizeOf(output)} as an archive`,
  );
  await using server = await startServer({ dataDir: join(folder, "postgres"), defaultDir: folder });
  const fresh = await freshDatabases(server);
  const [ofFolder, ofArchive]: [Took[], Took[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [path, all] of [[little, ofFolder], [output, ofArchive]] as const) {
      const database = await fresh();
      const took = await measured(() => load(path, { url: database.url, method: "rebuild" }));
      await database.judge(rows);
      await database.drop();
      all.push(took);
      const what = `load from the ${path === little ? "folder" : "archive"}, loader's CPU`;
      print(tookLine(what, bytes, took));
    }
  }
  print(
    ratioLine("from the archive to from the folder, medians", middle(ofArchive), middle(ofFolder)),
  );
}

async function sizes(): Promise<void> {
  const output = join(folder, "least.redd.tar");
  const long = join(folder, "long.tar.zst");
  await archiveDataset(least, { output });
  const took = await shell('tar -cf - -C "$1" . | zstd -q -19 --long -T2 -o "$2"', least, long);
  const [own, best] = [sizeOf(output), sizeOf(long)];
  print(`\nSizes, of ${basename(least)} alone: zstd -19 takes a hundred times as long`);
  print(line("archive, level 1", `${own} bytes`));
  print(line("tar | zstd -19 --long", `${best} bytes in ${took.cpu.toFixed(0)} CPU s`));
  print(line("archive to zstd -19 --long", (own / best).toFixed(2)));
}

try {
  const zstd = new TextDecoder().decode(
    (await new Deno.Command("zstd", { args: ["--version"] }).output()).stdout,
  ).trim();
  const loads = Deno.loadavg().map((load) => load.toFixed(1)).join(", ");
  print(`Redd ${VERSION}, Deno ${Deno.version.deno}, ${navigator.hardwareConcurrency} cores`);
  print(`${zstd}; load of the machine before: ${loads}`);
  await packing();
  await loading();
  await sizes();
} finally {
  await Deno.remove(folder, { recursive: true });
}
