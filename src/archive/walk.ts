/** An archive from its first byte to its last: what lies where, and that nothing else is in it. */
import { requireOrderly } from "../dataset/dataset_laws.ts";
import { type Descriptor, parseDescriptor } from "../dataset/manifest.ts";
import type { ReddManifest } from "../dataset/manifest_type.ts";
import { requireDigest } from "../dataset/manifest_digest.ts";
import { PartChanged } from "../dataset/part_file.ts";
import { ReddError } from "../errors.ts";
import { expectedEntries, type ExpectedEntry, MANIFEST_ENTRY } from "./entries.ts";
import { FRAME_START, frameStart } from "./frame.ts";
import type { TarInput } from "./input.ts";
import { otherKind } from "./other_kind.ts";
import { BLOCK, END, headerFault, paddingOf, sizeIn } from "./tar.ts";

/** An entry, and where it is. */
export interface PlacedEntry extends ExpectedEntry {
  /** Where its content begins, in bytes. */
  readonly at: number;
  /** How many bytes that has in the archive. */
  readonly size: number;
  /** How many bytes the file says it has. */
  readonly holds: number;
}

/** What an archive holds. */
export interface ArchiveIndex {
  readonly descriptor: Descriptor;
  /** The bytes of `datapackage.json`. */
  readonly manifest: Uint8Array;
  /** All other entries by the path of their file, in their order. */
  readonly entries: ReadonlyMap<string, PlacedEntry>;
}

/** What a walk is given. */
export interface WalkOptions {
  /** What messages call the archive. */
  readonly name: string;
  /** The digest of the dataset that is wanted. */
  readonly expect?: string | undefined;
  /** Called with the manifest, which says how much will come; what it throws ends the walk. */
  readonly onManifest?: ((manifest: ReddManifest) => void) | undefined;
}

/** An archive that is not as Redd makes it. */
export function notAnArchive(
  name: string,
  because: string,
  cause?: unknown,
  remedy = "Fetch it again (sha256sum tells whether it is whole), or have Redd make it " +
    "again; an archive of another program's is unpacked with tar and zstd, and its folder read",
): ReddError {
  return new ReddError("input", "ARCHIVE_INVALID", {
    cannot: `read the archive ${name}`,
    because,
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** What is said of a folder that is no dataset, which an archive is no help against. */
const OF_FOLDERS: readonly string[] = ["MANIFEST_INVALID", "NOT_A_DATASET"];

/** What its user can do where the dataset of an archive is not as its manifest says. */
export const FETCH_AGAIN = "Fetch the archive again, and compare it with its sha256 (sha256sum -c)";

/**
 * Reads of an archive, and says of a manifest that is wrong what its user can do: generating is not his.
 *
 * @throws what `read` throws, of a manifest with a remedy for archives.
 */
export async function readingArchive<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    if (!(thrown instanceof ReddError) || !OF_FOLDERS.includes(thrown.code)) throw thrown;
    const { fault, code, cannot, because, cause } = thrown;
    throw new ReddError(fault, code, { cannot, because, remedy: FETCH_AGAIN, cause });
  }
}

/**
 * Reads the headers of an archive and the manifest in it, which is held against the descriptions of the
 * tables and itself before anything more is read. Contents are left to whoever opens them.
 *
 * @throws {ReddError} input, for anything but an archive as Redd makes it.
 */
export async function walkArchive(
  input: TarInput,
  { name, expect, onManifest }: WalkOptions,
): Promise<ArchiveIndex> {
  let at = 0;
  const block = async () => {
    const header = await input.read(BLOCK);
    at += header.length;
    return header;
  };
  /** Reads a header, and says how large its entry is. */
  const entered = async (expected: Pick<ExpectedEntry, "name" | "least" | "most">) => {
    const header = await block();
    if (expected === MANIFEST_ENTRY) refuseOtherKind(name, header);
    if (header.length < BLOCK) {
      throw notAnArchive(name, `it breaks off before ${expected.name}, at byte ${at}`);
    }
    const fault = headerFault(header, expected.name);
    if (fault !== undefined) throw notAnArchive(name, fault);
    const size = sizeIn(header)!;
    const { least, most } = expected;
    if (size >= least && size <= most) return size;
    const bounds = least === most ? `${most}` : `${least} to ${most}`;
    throw notAnArchive(name, `${expected.name} has ${size} bytes, expected ${bounds}`);
  };
  /** Passes over the rest of an entry and the zeros behind it. */
  const left = async ({ name: entry }: { readonly name: string }, rest: number, size: number) => {
    at += await input.skip(rest);
    const padding = await input.read(paddingOf(size));
    at += padding.length;
    if (at % BLOCK !== 0) throw notAnArchive(name, `it breaks off in ${entry}, at byte ${at}`);
    if (padding.some((byte) => byte !== 0)) {
      throw notAnArchive(name, `behind ${entry} there are other bytes than zeros`);
    }
  };

  const manifestSize = await entered(MANIFEST_ENTRY);
  const manifest = await input.read(manifestSize);
  at += manifest.length;
  await left(MANIFEST_ENTRY, 0, manifestSize);
  const descriptor = await readingArchive(async () => {
    const parsed = parseDescriptor(name, manifest);
    await requireOrderly(name, parsed);
    return parsed;
  });
  requireDigest(name, descriptor.redd, expect);
  onManifest?.(descriptor.redd);
  const entries = new Map<string, PlacedEntry>();
  for (const expected of expectedEntries(descriptor.redd, `read the archive ${name}`)) {
    const size = await entered(expected);
    const place = at;
    const start = expected.packed
      ? await input.read(Math.min(size, FRAME_START))
      : new Uint8Array();
    at += start.length;
    const holds = expected.packed ? holdsIn(start, expected, name) : size;
    await left(expected, size - start.length, size);
    entries.set(expected.file.path, { ...expected, at: place, size, holds });
  }
  const end = await input.read(END.length);
  if (end.length < END.length) throw notAnArchive(name, "it breaks off before its end");
  if (end.some((byte) => byte !== 0)) {
    throw notAnArchive(name, "it has more entries than its manifest names");
  }
  if ((await input.read(1)).length > 0) throw notAnArchive(name, "bytes follow behind its end");
  return { descriptor, manifest, entries };
}

/** @throws {ReddError} input, where the first bytes are those of another kind of file. */
export function refuseOtherKind(name: string, start: Uint8Array): void {
  const kind = otherKind(start);
  if (kind !== undefined) throw notAnArchive(name, kind.because, undefined, kind.remedy);
}

/** How much a frame says it holds, which must be what the manifest says. */
function holdsIn(start: Uint8Array, { name: entry, file }: ExpectedEntry, name: string): number {
  try {
    const { holds } = frameStart(start);
    if (holds === file.bytes) return holds;
    throw new PartChanged(`it has ${holds} bytes, expected ${file.bytes}`);
  } catch (cause) {
    if (!(cause instanceof PartChanged)) throw cause;
    throw notAnArchive(name, `${entry}: ${cause.message}`, cause);
  }
}
