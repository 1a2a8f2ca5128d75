/** What a worker does for an archive: packs a file of a dataset, or unpacks one. */
import { createHash } from "node:crypto";
import { createNew, writeAll } from "../files/create.ts";
import { openInside } from "../files/inside.ts";
import { codeOfRefusal } from "../files/write_failure.ts";
import { messageOf } from "../errors.ts";
import { faultOf, PartChanged, type SignedPart } from "../dataset/part_file.ts";
import { contentOf, type OpenArchive } from "./archive_dataset.ts";
import { framed } from "./frame.ts";
import type { PlacedEntry } from "./walk.ts";

/** Packs a part of a dataset's folder. */
export interface PackJob {
  readonly kind: "pack";
  readonly folder: string;
  readonly part: SignedPart;
  readonly level: number;
}

/** Unpacks an entry of an archive into a folder. */
export interface UnpackJob {
  readonly kind: "unpack";
  readonly archive: Pick<OpenArchive, "path" | "mark">;
  readonly entry: Pick<PlacedEntry, "at" | "size" | "packed" | "holds" | "file">;
  readonly folder: string;
  /** Whether its digest is compared; otherwise that is left to whoever reads the file. */
  readonly compared: boolean;
}

/** Something for a worker to do. */
export type ArchiveJob = PackJob | UnpackJob;

/** What a worker answers: the frame of what was packed, nothing of what was unpacked, or why not. */
export type ArchiveAnswer =
  | { readonly kind: "done"; readonly frame?: Uint8Array }
  | ArchiveFailure;

/** A job could not be done. */
export interface ArchiveFailure {
  readonly kind: "failed";
  readonly message: string;
  /** Whether the file, or the entry, is another than the manifest names. */
  readonly changed: boolean;
  /** Of the operating system, such as ENOSPC. */
  readonly osCode?: string;
}

/** What a part is read into; the next one is read into the same. */
let buffer = new Uint8Array();

/** Does a job; what goes wrong is the answer. */
export function doneJob(job: ArchiveJob): ArchiveAnswer {
  try {
    if (job.kind === "pack") return { kind: "done", frame: packed(job) };
    unpacked(job);
    return { kind: "done" };
  } catch (thrown) {
    if (thrown instanceof PartChanged) {
      const file = job.kind === "pack" ? job.part : job.entry.file;
      return { kind: "failed", message: faultOf(file, thrown), changed: true };
    }
    const osCode = codeOfRefusal(thrown);
    const message = messageOf(thrown, "write");
    return { kind: "failed", message, changed: false, ...osCode === undefined ? {} : { osCode } };
  }
}

function packed({ folder, part, level }: PackJob): Uint8Array {
  const bytes = readPart(folder, part);
  requireSigned(bytes, part);
  return framed(bytes, level);
}

/** All bytes of a part, good until the next one is read. */
function readPart(folder: string, { path, bytes }: SignedPart): Uint8Array {
  let file: Deno.FsFile;
  try {
    file = openInside(folder, path);
  } catch (cause) {
    throw new PartChanged(messageOf(cause, "read"), { cause });
  }
  using open = file;
  if (buffer.length <= bytes) buffer = new Uint8Array(bytes + 1);
  let length = 0;
  // One byte more than there should be tells a file that has grown.
  while (length <= bytes) {
    const read = open.readSync(buffer.subarray(length, bytes + 1));
    if (read === null) break;
    length += read;
  }
  if (length !== bytes) {
    const found = length > bytes ? "more" : `${length}`;
    throw new PartChanged(`it has ${found} bytes, expected ${bytes}`);
  }
  return buffer.subarray(0, bytes);
}

function unpacked({ archive, entry, folder, compared }: UnpackJob): void {
  const bytes = contentOf(archive, entry);
  if (compared) requireSigned(bytes, entry.file);
  // Its folders are made before; the path is one that Redd gives, and no step of it is a link.
  using file = createNew(`${folder}/${entry.file.path}`);
  writeAll(file, bytes);
}

/** @throws {PartChanged} for bytes that the manifest has not signed. */
function requireSigned(bytes: Uint8Array, { bytes: length, sha256 }: SignedPart): void {
  if (bytes.length !== length) {
    throw new PartChanged(`it has ${bytes.length} bytes, expected ${length}`);
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) throw new PartChanged(`its sha256 is ${found}, expected ${sha256}`);
}
