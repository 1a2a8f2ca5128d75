/** The digest of a file as it lies there now. */
import { createHash, type Hash } from "node:crypto";
import { openInside, readInside } from "../files/inside.ts";
import { NotRegular } from "../files/regular.ts";

const CHUNK = 1 << 20;
const buffer = new Uint8Array(CHUNK);

/** What a file should be: its length and sha256. */
export interface ExpectedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Reads a regular file inside a folder through, no further than a byte beyond its expected length.
 *
 * @param onBytes Is given every piece; the bytes are good until it returns.
 * @returns what is wrong with it, in words; undefined where it is as expected.
 */
export function damageOf(
  folder: string,
  { path, bytes, sha256 }: ExpectedFile,
  onBytes: (piece: Uint8Array) => void = () => {},
): string | undefined {
  try {
    using file = openInside(folder, path);
    const { size } = file.statSync();
    if (size !== bytes) return `${path} is damaged: it has ${size} bytes, expected ${bytes}`;
    const hash: Hash = createHash("sha256");
    let read = 0;
    for (let n = file.readSync(buffer); n !== null; n = file.readSync(buffer)) {
      const piece = buffer.subarray(0, n);
      read += n;
      if (read > bytes) break;
      hash.update(piece);
      onBytes(piece);
    }
    const found = hash.digest("hex");
    if (read === bytes && found === sha256) return undefined;
    return `${path} is damaged: it has the sha256 ${found}, expected ${sha256}`;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return `${path} is missing`;
    if (thrown instanceof NotRegular) return thrown.message;
    throw thrown;
  }
}

/**
 * The digest of a small file inside a folder; undefined where it cannot be read.
 *
 * @param cap The most bytes that a file of this kind may have.
 */
export function digestIn(folder: string, path: string, cap: number): string | undefined {
  try {
    return createHash("sha256").update(readInside(folder, path, cap)).digest("hex");
  } catch {
    return undefined;
  }
}
