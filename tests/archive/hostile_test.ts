/** Archives that somebody else has made: refused by name, with nothing written and nothing left. */
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { extractArchive } from "../../src/archive/extract.ts";
import { leastArchive } from "../../src/archive/entries.ts";
import { framed } from "../../src/archive/frame.ts";
import { openDataset } from "../../src/archive/open_dataset.ts";
import { spoolArchive } from "../../src/archive/spool.ts";
import { headerFault, tarHeader } from "../../src/archive/tar.ts";
import { folderDataset } from "../../src/dataset/dataset.ts";
import { usersOf } from "../../src/dataset/users.ts";
import { ReddError } from "../../src/errors.ts";
import { fc, runs } from "../random.ts";
import { archived, farm, manifest, place, removePlace } from "./farm_archive.ts";
import { entriesIn, headerWith, joinedBytes, namesBelow, type TarEntry, tarOf } from "./tars.ts";

Deno.test.afterAll(removePlace);

const whole = Deno.readFileSync(archived.output);
const entries = entriesIn(whole);
Deno.removeSync(farm, { recursive: true });
Deno.removeSync(archived.output);
Deno.removeSync(`${archived.output}.sha256`);
const hostile = join(place, "hostile.redd.tar");
const out = join(place, "out");
const encoder = new TextEncoder();

/** A part of some size, and the place of its entry. */
const part = manifest.tables.batch_mortalityevent!.parts[0]!;
const place1 = entries.findIndex(({ name }) => name === `${part.path}.zst`);
const entry = entries[place1]!;
const csv = () => unpackedPart;
const unpackedPart = await (async () => {
  Deno.writeFileSync(hostile, whole);
  const dataset = await openDataset(hostile, { believed: true });
  const bytes = new Uint8Array(part.bytes);
  using file = dataset.open(part);
  for (let at = 0; at < bytes.length;) at += file.readSync(bytes.subarray(at))!;
  Deno.removeSync(hostile);
  return bytes;
})();

/** All entries, one of them otherwise. */
const withEntry = (change: (entry: TarEntry) => TarEntry, at = place1) =>
  tarOf(entries.map((one, i) => i === at ? change(one) : one));

/** All entries, with others in the place of one. */
const withOthers = (...others: TarEntry[]) =>
  tarOf(entries.flatMap((one, i) => i === place1 ? others : [one]));

/** The archive under a manifest with another text. */
function withManifest(change: (text: string) => string): Uint8Array {
  const text = change(new TextDecoder().decode(entries[0]!.content));
  return withEntry((one) => ({ ...one, content: encoder.encode(text) }), 0);
}

/** The archive under a manifest with other facts, with the digests and sums that stand in no other way. */
// deno-lint-ignore no-explicit-any
function withFacts(change: (redd: any) => void): Uint8Array {
  return withManifest((text) => {
    const descriptor = JSON.parse(text);
    change(descriptor.redd);
    return JSON.stringify(descriptor, undefined, 2);
  });
}

const empty = new Uint8Array();
/** An entry of another kind, of the name of a part or another one. */
const ofKind = (kind: string, name = entry.name): TarEntry => ({
  name,
  content: empty,
  header: headerWith(name, 0, 156, kind),
});
const linkTo = (target: string): TarEntry => {
  const header = headerWith(entry.name, 0, 156, "2");
  header.set(encoder.encode(target), 157);
  const plain = header.slice();
  plain.fill(32, 148, 156);
  const sum = plain.reduce((total, byte) => total + byte, 0);
  header.set(encoder.encode(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return { name: entry.name, content: empty, header };
};
const pax = (text: string): TarEntry => {
  const content = encoder.encode(text);
  const name = "PaxHeader/x";
  return { name, content, header: headerWith(name, content.length, 156, "x") };
};
const stranger = (name: string): TarEntry => ({ name, content: encoder.encode("id\n") });
const named = entry.name;

/** What is wrong with an archive, its bytes, and the reason that must be given. */
/** A file with these first bytes and zeros behind them. */
function beginning(...bytes: readonly number[]): Uint8Array {
  const file = new Uint8Array(1000);
  file.set(bytes);
  return file;
}

const STRUCTURE: readonly (readonly [string, () => Uint8Array, RegExp])[] = [
  ["nothing", () => empty, /^it is empty/],
  ["half a header", () => whole.slice(0, 300), /^it breaks off before datapackage\.json/],
  ["text", () => encoder.encode("id,name\n".repeat(1000)), /^it is a text$/],
  ["a web page", () => encoder.encode("<!DOCTYPE html>\n<title>404</title>"), /^it is a web page/],
  [
    "its sum",
    () => encoder.encode(`${"a".repeat(64)}  farm.redd.tar\n`),
    /^it is the sha256 of an/,
  ],
  ["gzip", () => beginning(0x1f, 0x8b, 8, 0), /^it is packed with gzip$/],
  [
    "zstd around it",
    () => beginning(0x28, 0xb5, 0x2f, 0xfd),
    /^it is packed with zstd as a whole$/,
  ],
  ["zip", () => beginning(0x50, 0x4b, 3, 4), /^it is a zip file$/],
  ["Parquet", () => encoder.encode(`PAR1${"\0".repeat(600)}`), /^it is a file of Parquet/],
  [
    "DuckDB",
    () => encoder.encode(`12345678DUCK${"\0".repeat(600)}`),
    /^it is a database of DuckDB/,
  ],
  ["something else", () => beginning(1, 2, 3, 4), /^there is no header of a tar where/],
  ["zeros", () => new Uint8Array(10_240), /^datapackage\.json is missing, the archive ends/],
  ["a break in a file", () => whole.slice(0, 5000), /^it breaks off in datapackage\.json, at byte/],
  ["a break in a header", () => withoutEnd(1024 + 300), /^it breaks off/],
  ["no end", () => withoutEnd(1024), /^it breaks off before its end$/],
  ["half an end", () => withoutEnd(512), /^it breaks off before its end$/],
  ["an entry too few", () => withOthers(), /stands in the place of data\//],
  ["a byte behind the end", () => joinedBytes([whole, new Uint8Array(1)]), /^bytes follow behind/],
  ["the blocks of another tar", () => tarOf(entries, new Uint8Array(10_240)), /^bytes follow/],
  ["an archive behind the end", () => joinedBytes([whole, whole]), /^bytes follow behind its end$/],
  ["another file", () => tarOf([...entries, stranger("evil.sh")]), /^it has more entries than its/],
  [
    "a file between",
    () => withOthers(stranger("data/evil.csv"), entry),
    /^"data\/evil\.csv" stands/,
  ],
  ["an absolute path", () => withOthers(stranger("/etc/passwd")), /^"\/etc\/passwd" stands in the/],
  [
    "a path out of it",
    () => withOthers(stranger("../../x")),
    /^"\.\.\/\.\.\/x" stands in the place/,
  ],
  ["a path with a dot", () => withOthers({ ...entry, name: `./${named}` }), /stands in the place/],
  ["a link", () => withOthers(linkTo("/etc/passwd")), /is a symbolic link, expected the regular/],
  ["a hard link", () => withOthers(ofKind("1")), /is a hard link, expected the regular file/],
  ["a character device", () => withOthers(ofKind("3")), /is a device, expected the regular file/],
  ["a block device", () => withOthers(ofKind("4")), /is a device, expected the regular file/],
  ["a folder", () => withOthers(ofKind("5", "data/"), entry), /^"data\/" is a folder, expected/],
  ["a fifo", () => withOthers(ofKind("6")), /is a fifo, expected the regular file/],
  ["a contiguous file", () => withOthers(ofKind("7")), /is a contiguous file, expected/],
  ["a sparse file", () => withOthers(ofKind("S")), /is a sparse file \(GNU\), expected/],
  ["a long name", () => withOthers(ofKind("L", "././@LongLink"), entry), /is a long name \(GNU\)/],
  ["a long link", () => withOthers(ofKind("K", "././@LongLink"), entry), /is a long name \(GNU\)/],
  [
    "an extended path",
    () => withOthers(pax("22 path=../../evil.csv\n"), entry),
    /is an extended header \(PAX\), expected the regular file/,
  ],
  ["a global header", () => withOthers(ofKind("g"), entry), /is an extended header \(PAX\)/],
  ["an unknown kind", () => withOthers(ofKind("Z")), /is an entry of the unknown kind "Z"/],
  [
    "a prefix",
    () =>
      withEntry((one) => ({ ...one, header: headerWith(named, one.content.length, 345, "..") })),
    /stands in the place of data\//,
  ],
  ["an entry twice", () => withOthers(entry, entry), /stands in the place of/],
  [
    "capitals",
    () => withOthers({ ...entry, name: named.toUpperCase() }),
    /^"DATA\/\S+" stands in the place of data\//,
  ],
  [
    "another form of Unicode",
    () => withOthers({ ...entry, name: named.replace("e", "e\u0301") }),
    /stands in the place of data\//,
  ],
  [
    "another order",
    () => tarOf([entries[0]!, ...entries.slice(1).reverse()]),
    /stands in the place/,
  ],
  [
    "the manifest last",
    () => tarOf([...entries.slice(1), entries[0]!]),
    /^"schedule\.yaml" stands/,
  ],
  [
    "a name with a control character",
    () => withOthers(stranger("data/\u001b[2Jx")),
    /^"data\/\\u001b\[2Jx" stands in the place of/,
  ],
  [
    "another owner",
    () =>
      withEntry((one) => ({
        ...one,
        header: headerWith(named, one.content.length, 108, "0001750"),
      })),
    /^the header of \S+ has another owner, mode, time or checksum than Redd writes$/,
  ],
  [
    "a wrong checksum",
    () =>
      withEntry((one) => ({ ...one, header: changed(tarHeader(named, one.content.length), 148) })),
    /^the header of \S+ has another owner, mode, time or checksum/,
  ],
  [
    "a size in base 256",
    () => withEntry((one) => ({ ...one, header: base256(one) })),
    /^the size of \S+ is "/,
  ],
  [
    "a size that is negative",
    () =>
      withEntry((one) => ({
        ...one,
        header: headerWith(named, one.content.length, 124, "-0000000001"),
      })),
    /^the size of \S+ is "-0000000001"$/,
  ],
  [
    "a size beyond what the manifest allows",
    () => withEntry((one) => ({ ...one, header: headerWith(named, 0, 124, "77777777777") })),
    /^\S+ has 8589934591 bytes, expected 1 to \d+$/,
  ],
  [
    "a file beside the tables of another size",
    () => withEntry((one) => ({ ...one, content: encoder.encode("x") }), 1),
    /^schedule\.yaml has 1 bytes, expected \d+$/,
  ],
  [
    "bytes where zeros should be",
    () => changed(whole, whole.length - 1024 - 1),
    /^behind \S+ there are other bytes than zeros$/,
  ],
  [
    "a manifest that is larger than any",
    () =>
      tarOf([{
        name: "datapackage.json",
        content: empty,
        header: tarHeader("datapackage.json", 24_000_001),
      }]),
    /^datapackage\.json has 24000001 bytes, expected 2 to 24000000$/,
  ],
  [
    "a frame of another length",
    () => withEntry((one) => ({ ...one, content: framed(csv().slice(1), 1) })),
    /its? has \d+ bytes, expected \d+$|it has \d+ bytes, expected \d+$/,
  ],
  ["no frame", () => withEntry((one) => ({ ...one, content: csv() })), /its zstd frame is damaged/],
];

function withoutEnd(bytes: number): Uint8Array {
  return whole.slice(0, -bytes);
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at]! ^= 1;
  return copy;
}

function base256({ content }: TarEntry): Uint8Array {
  const header = headerWith(named, content.length, 124, "\0\0\0\0\0\0\0\0\0\0\0\0");
  header[124] = 0x80;
  return header;
}

async function refusalOf(bytes: Uint8Array): Promise<ReddError> {
  Deno.writeFileSync(hostile, bytes);
  const before = namesBelow(place);
  try {
    const error = await assertRejects(
      () => extractArchive(hostile, { out, workers: 0 }),
      ReddError,
    );
    assertEquals([error.fault, error.remedy !== undefined], ["input", true]);
    return error;
  } finally {
    assertEquals(namesBelow(place), before, "nothing is left");
    Deno.removeSync(hostile);
  }
}

for (const [what, bytes, because] of STRUCTURE) {
  Deno.test(`an archive with ${what} is refused before anything is written`, async () => {
    const error = await refusalOf(bytes());
    assertEquals(error.code, "ARCHIVE_INVALID");
    assertMatch(error.because, because);
    // A load, a comparison and a verification open it in the same way, and so does a pipe.
    Deno.writeFileSync(hostile, bytes());
    const opening = await assertRejects(() => openDataset(hostile), ReddError);
    Deno.removeSync(hostile);
    assertEquals(opening.message, error.message);
    assertEquals((await piped(bytes())).because, error.because);
  });
}

/** The refusal of what comes through a pipe, a piece at a time. */
async function piped(bytes: Uint8Array): Promise<ReddError> {
  let at = 0;
  const path = join(place, "spool");
  const pipe = (buffer: Uint8Array) => {
    const piece = bytes.subarray(at, at + Math.min(buffer.length, 77_777));
    buffer.set(piece);
    at += piece.length;
    return Promise.resolve(piece.length === 0 ? null : piece.length);
  };
  const goal = { cannot: "keep it", noun: "file", flag: "TMPDIR", again: "", fewer: "" } as const;
  try {
    return await assertRejects(() => spoolArchive(pipe, path, { name: "pipe", goal }), ReddError);
  } finally {
    Deno.removeSync(path);
  }
}

Deno.test("what comes through a pipe is kept as it is", async () => {
  let at = 0;
  const path = join(place, "spool");
  const goal = { cannot: "keep it", noun: "file", flag: "TMPDIR", again: "", fewer: "" } as const;
  const pipe = (buffer: Uint8Array) => {
    const piece = whole.subarray(at, at + Math.min(buffer.length, 1 + at % 9973));
    buffer.set(piece);
    at += piece.length;
    return Promise.resolve(piece.length === 0 ? null : piece.length);
  };
  await spoolArchive(pipe, path, { name: "pipe", goal });
  assertEquals(Deno.readFileSync(path), whole);
  Deno.removeSync(path);
});

Deno.test("a pipe for which there is no room is refused when no more than its manifest has come", async () => {
  const path = join(place, "spool");
  const goal = { cannot: "keep it", noun: "folder", flag: "TMPDIR", again: "", fewer: "" } as const;
  const least = leastArchive(manifest);
  const spool = async (unpacks: boolean, free: number) => {
    let at = 0;
    const pipe = (buffer: Uint8Array) => {
      const piece = whole.subarray(at, at + buffer.length);
      buffer.set(piece);
      at += piece.length;
      return Promise.resolve(piece.length === 0 ? null : piece.length);
    };
    const options = { name: "pipe", goal, unpacks, freeAt: () => free };
    try {
      return await spoolArchive(pipe, path, options).then(() => "kept", (error: ReddError) => {
        assertEquals([error.fault, error.code], ["environment", "DISK_FULL"]);
        assertMatch(error.remedy!, /TMPDIR/);
        assert(at <= 512 + entries[0]!.content.length + 512, "more was read than the manifest");
        return error.because;
      });
    } finally {
      Deno.removeSync(path);
    }
  };
  assertEquals(await spool(false, least), "kept");
  assertEquals(
    await spool(false, least - 1),
    `the archive has at least ${least} bytes, and ${least - 1} are free`,
  );
  const both = least + manifest.bytes;
  assertEquals(await spool(true, both), "kept");
  assertEquals(
    await spool(true, both - 1),
    `the archive has at least ${least} bytes, the dataset that is unpacked beside it ` +
      `${manifest.bytes}, and ${both - 1} are free`,
  );
});

Deno.test("no archive is smaller than is said of it before it has come", () => {
  const packed = entries.filter(({ name }) => name.endsWith(".zst"));
  const least = packed.reduce((sum, { content, name }) => {
    const { bytes } = Object.values(manifest.tables).flatMap(({ parts }) => parts)
      .find(({ path }) => `${path}.zst` === name)!;
    const raw = zstdDecompressSync(content);
    assertEquals(raw.length, bytes);
    return sum + framed(raw, 19).length;
  }, whole.length - packed.reduce((sum, { content }) => sum + content.length, 0));
  assert(leastArchive(manifest) > 0 && leastArchive(manifest) < least);
});

/** What only shows when a part is unpacked. */
const CONTENTS: readonly (readonly [string, () => Uint8Array, RegExp])[] = [
  [
    "a bit turned in a frame",
    () => withEntry((one) => ({ ...one, content: changed(one.content, one.content.length - 20) })),
    /is damaged: its zstd frame is damaged/,
  ],
  [
    "a frame that breaks off",
    () => withEntry((one) => ({ ...one, content: one.content.slice(0, -10) })),
    /is damaged: its zstd frame is damaged: it breaks off/,
  ],
  [
    "a second frame",
    () => withEntry((one) => ({ ...one, content: joinedBytes([one.content, framed(empty, 1)]) })),
    /is damaged: its zstd frame is damaged: 13 bytes follow behind its end/,
  ],
  [
    "a skippable frame behind",
    () =>
      withEntry((one) => ({
        ...one,
        content: joinedBytes([one.content, new Uint8Array([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0])]),
      })),
    /is damaged: its zstd frame is damaged: 8 bytes follow behind its end/,
  ],
  [
    "other rows of the same length",
    () => withEntry((one) => ({ ...one, content: framed(changed(csv(), csv().length - 4), 1) })),
    /is damaged: its sha256 is \w{64}, expected /,
  ],
  [
    "a bomb under the name of a part",
    () =>
      withEntry((one) => {
        const content = framed(new Uint8Array(100_000_000), 1);
        new DataView(content.buffer).setUint32(6, part.bytes, true);
        return { ...one, content: content.slice() };
      }),
    /zstd frame is damaged|it has \d+ bytes, expected/,
  ],
  [
    "an altered reader",
    () => withEntry((one) => ({ ...one, content: changed(one.content, 100) }), readerPlace),
    /^load_pandas\.py is damaged: its sha256 is/,
  ],
];
const readerPlace = entries.findIndex(({ name }) => name === "load_pandas.py");

for (const [what, bytes, because] of CONTENTS) {
  Deno.test(`an archive with ${what} is refused when it is unpacked, and nothing is left`, async () => {
    const error = await refusalOf(bytes());
    assert(["ARCHIVE_DAMAGED", "ARCHIVE_INVALID"].includes(error.code), error.message);
    assertMatch(error.because, because);
  });
}

/** What is wrong with the manifest of an archive. */
const MANIFESTS: readonly (readonly [string, () => Uint8Array, RegExp])[] = [
  ["is none", () => withManifest(() => "{}"), /^datapackage\.json: redd is missing/],
  [
    "is no JSON",
    () => withManifest((text) => text.slice(0, -20)),
    /^datapackage\.json is not JSON/,
  ],
  [
    "names a table twice",
    () => withManifest((text) => text.replace('"batch_batch": {', '"auth_user": {')),
    /the key auth_user is there twice/,
  ],
  [
    "names a part twice",
    () =>
      withFacts(({ tables }) => {
        const { parts } = tables.batch_mortalityevent;
        parts[1] = parts[0];
      }),
    /redd\.tables\.batch_mortalityevent\.parts\[1\]\.path is/,
  ],
  [
    "names a part outside",
    () => withFacts(({ tables }) => tables.batch_batch.parts[0].path = "../batch_batch.csv"),
    /redd\.tables\.batch_batch\.parts\[0\]\.path is "\.\.\/batch_batch\.csv"/,
  ],
  [
    "names a file outside",
    () => withFacts(({ files }) => files[1].path = "../../.bashrc"),
    /redd\.files\[1\]\.path is "\.\.\/\.\.\/\.bashrc"/,
  ],
  [
    "names its own manifest as a file",
    () => withFacts(({ files }) => files[1].path = "datapackage.json"),
    /redd\.files\[1\]\.path is "datapackage\.json"/,
  ],
  [
    "has a table less",
    () => withFacts(({ tables }) => delete tables.batch_batch),
    /redd\.tables has/,
  ],
];

for (const [what, bytes, because] of MANIFESTS) {
  Deno.test(`an archive whose manifest ${what} is refused`, async () => {
    const error = await refusalOf(bytes());
    assertEquals(error.code, "MANIFEST_INVALID");
    assertMatch(error.because, because);
    assertMatch(error.remedy!, /^Fetch the archive again, .*sha256/);
  });
}

Deno.test("a part that is larger than an archive may hold is refused by the manifest", async () => {
  const bytes = withFacts((redd) => {
    const entry = redd.tables.batch_mortalityevent;
    const more = 600_000_000 - entry.parts[0].bytes;
    entry.parts[0].bytes += more;
    entry.bytes += more;
    redd.bytes += more;
  });
  const { code, because } = await refusalOf(bytes);
  assertEquals(code, "NOT_FOR_ARCHIVES");
  assertMatch(because, /has 600000000 bytes, and 512000000 are the most$/);
});

Deno.test("a dataset that is whole and breaks a law of datasets is not extracted", async () => {
  // Another log under its own digest: the schedule has no such batch.
  const log = entries.findIndex(({ name }) => name.endsWith(".log"));
  const other = "batches/ZZZ-2024-999.log";
  const bytes = tarOf(
    entriesIn(withFacts(({ files }) => files[1].path = other)).map((one, i) =>
      i === log ? { ...one, name: other } : one
    ),
  );
  const { code, because } = await refusalOf(bytes);
  assertEquals(code, "MANIFEST_INVALID");
  assertMatch(because, /redd\.files\[1\]\.path is batches\/ZZZ-2024-999\.log, expected batches\//);
});

Deno.test("names that differ behind their first 60 characters are told apart, and shown whole", () => {
  const long = (end: string) => `data/${"x".repeat(80)}${end}`;
  const fault = headerFault(tarHeader(long("_two"), 1), long("_one"));
  assertEquals(fault, `"${long("_two")}" stands in the place of ${long("_one")}`);
  assertEquals(headerFault(tarHeader(long("_one"), 1), long("_one")), undefined);
});

Deno.test("what is no regular file is no archive", async () => {
  const fifo = join(place, "fifo.redd.tar");
  await new Deno.Command("mkfifo", { args: [fifo] }).output();
  const error = await assertRejects(() => openDataset(fifo), ReddError);
  assertEquals(error.because, "it is a fifo, expected a regular file");
  Deno.removeSync(fifo);
  const missing = await assertRejects(() => openDataset(fifo), ReddError);
  assertEquals([missing.code, missing.because], ["NO_ARCHIVE", "there is no such file"]);
  assertMatch(missing.remedy!, /^Give the path of a file/);
  Deno.writeFileSync(hostile, whole);
  const close = await assertRejects(() => openDataset(join(place, "hostle.redd.tar")), ReddError);
  assertEquals(close.because, "there is no such file (did you mean hostile.redd.tar?)");
  Deno.removeSync(hostile);
});

Deno.test("an archive that is exchanged or cut while it is read is noticed", async () => {
  Deno.writeFileSync(hostile, whole);
  const dataset = await openDataset(hostile, { believed: true });
  Deno.writeFileSync(hostile, whole.slice(0, 100_000));
  using file = dataset.open(part);
  try {
    file.readSync(new Uint8Array(100));
    assert(false);
  } catch (thrown) {
    assertEquals((thrown as Error).message, "the archive was changed after it was opened");
  }
  Deno.removeSync(hostile);
});

Deno.test("users that are not the manifest's are told with what helps: an archive is fetched again", async () => {
  const at = entries.findIndex(({ name }) => name === "data/auth_user.csv.zst");
  const { bytes } = manifest.tables.auth_user!.parts[0]!;
  const other = framed(new Uint8Array(bytes).fill(120), 1);
  Deno.writeFileSync(hostile, withEntry((one) => ({ ...one, content: other }), at));
  const dataset = await openDataset(hostile, { believed: true });
  const { code, remedy } = await assertRejects(() => usersOf(dataset), ReddError);
  assertEquals([code, remedy], [
    "MANIFEST_INVALID",
    "Fetch the archive again, and compare it with its sha256 (sha256sum -c)",
  ]);
  const { open } = dataset;
  const { remedy: ofFolder } = await assertRejects(
    () => usersOf({ ...folderDataset(out, manifest), open }),
    ReddError,
  );
  assertEquals(ofFolder, "Give a folder that deno task generate has finished");
  Deno.removeSync(hostile);
});

Deno.test("whatever bytes of an archive are changed, nothing but a refusal or the dataset comes of it", async () => {
  const outside = namesBelow(place);
  const change = fc.record({
    at: fc.oneof(
      fc.integer({ min: 0, max: whole.length - 1 }),
      // Headers are where a tar is told what to do.
      fc.tuple(fc.constantFrom(...headerPlaces), fc.integer({ min: 0, max: 511 }))
        .map(([header, byte]) => header + byte),
    ),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 24 }),
    cut: fc.option(fc.integer({ min: 0, max: whole.length }), { freq: 10 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      let bytes = whole.slice();
      for (const { at, bytes: others, cut } of changes) {
        bytes.set(
          others.subarray(0, bytes.length - at < 0 ? 0 : bytes.length - at),
          Math.min(at, bytes.length),
        );
        if (cut !== null) bytes = bytes.slice(0, cut);
      }
      Deno.writeFileSync(hostile, bytes);
      try {
        const { manifest: found } = await extractArchive(hostile, { out, workers: 0 });
        assertEquals(found, manifest);
        Deno.removeSync(out, { recursive: true });
      } catch (thrown) {
        // Anything else that is thrown would be a defect, code 70.
        if (!(thrown instanceof ReddError)) throw thrown;
        assertEquals(thrown.fault, "input");
      }
      Deno.removeSync(hostile);
      assertEquals(namesBelow(place), outside);
    }),
    { numRuns: runs(40) },
  );
});

/** Where the headers begin. */
const headerPlaces = entries.map((_, i) => tarOf(entries.slice(0, i), empty).length);

Deno.test("the digest of a file is of its bytes", () => {
  assertEquals(createHash("sha256").update(csv()).digest("hex"), part.sha256);
});
