/**
 * How an archive's parts are packed: `deno task bench:frame DATASET`. The first level as Redd narrows it
 * beside the library's own, by turns over the same parts: bytes that come of it, and seconds of the
 * processor, of which the least of all rounds is told.
 */
import process from "node:process";
import { constants, zstdCompressSync, type ZstdOptions } from "node:zlib";
import { framed, mostFramed } from "../src/archive/frame.ts";
import { readManifest } from "../src/dataset/manifest.ts";
import { VERSION } from "../src/version.ts";
import { line, print, speed } from "./measure.ts";

/** So many bytes of a dataset are packed. */
const ENOUGH = 250_000_000;
const ROUNDS = 5;

const [dataset] = Deno.args;
if (dataset === undefined) throw new Error("DATASET is wanted");
const { tables } = await readManifest(dataset);

/** Parts of all tables in turn, up to {@linkcode ENOUGH}. */
function someParts(): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const waiting = Object.values(tables).map((table) => [...table.parts]);
  while (waiting.some((some) => some.length > 0)) {
    for (const some of waiting) {
      const part = some.shift();
      if (part === undefined) continue;
      parts.push(Deno.readFileSync(`${dataset}/${part.path}`));
      bytes += part.bytes;
      if (bytes > ENOUGH) return parts;
    }
  }
  return parts;
}

function ofLibrary(bytes: Uint8Array, level: number): Uint8Array {
  const options: ZstdOptions & { readonly pledgedSrcSize: number } = {
    chunkSize: mostFramed(bytes.length),
    params: {
      [constants.ZSTD_c_compressionLevel]: level,
      [constants.ZSTD_c_checksumFlag]: 1,
      [constants.ZSTD_c_contentSizeFlag]: 1,
    },
    pledgedSrcSize: bytes.length,
  };
  return zstdCompressSync(bytes, options);
}

const parts = someParts();
const bytes = parts.reduce((sum, part) => sum + part.length, 0);
const ways = [
  ["level 1 as narrowed", (part: Uint8Array) => framed(part, 1)],
  ["level 1 of the library", (part: Uint8Array) => ofLibrary(part, 1)],
  ["level 3 of the library", (part: Uint8Array) => ofLibrary(part, 3)],
] as const;
const took = ways.map(() => ({ cpu: Infinity, size: 0 }));
for (let round = 0; round < ROUNDS; round++) {
  for (const [i, [, pack]] of ways.entries()) {
    const before = process.cpuUsage();
    took[i]!.size = parts.reduce((sum, part) => sum + pack(part).length, 0);
    const { user, system } = process.cpuUsage(before);
    took[i]!.cpu = Math.min(took[i]!.cpu, (user + system) / 1e6);
  }
}
print(`Redd ${VERSION}, Deno ${Deno.version.deno}; ${parts.length} parts, ${bytes} bytes of CSV\n`);
for (const [i, [what]] of ways.entries()) {
  const { cpu, size } = took[i]!;
  print(line(what, `${speed(bytes, cpu)} per core  ${(size / 1e6).toFixed(2).padStart(7)} MB`));
}
