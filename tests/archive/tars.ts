/** Archives as somebody else may make them, entry by entry. */
import { join } from "node:path";
import { paddingOf, sizeIn, tarHeader } from "../../src/archive/tar.ts";

/** An entry of a tar; its header follows from name and content unless there is one. */
export interface TarEntry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly header?: Uint8Array;
}

/** The entries of a tar that Redd has made. */
export function entriesIn(tar: Uint8Array): TarEntry[] {
  const entries: TarEntry[] = [];
  for (let at = 0; tar[at] !== 0;) {
    const header = tar.subarray(at, at + 512);
    const name = new TextDecoder().decode(header.subarray(0, header.indexOf(0)));
    const size = sizeIn(header)!;
    entries.push({ name, content: tar.slice(at + 512, at + 512 + size) });
    at += 512 + size + paddingOf(size);
  }
  return entries;
}

/** A tar of entries, and what stands behind them. */
export function tarOf(entries: readonly TarEntry[], end = new Uint8Array(1024)): Uint8Array {
  const pieces = entries.flatMap(({ name, content, header }) => [
    header ?? tarHeader(name, content.length),
    content,
    new Uint8Array(paddingOf(content.length)),
  ]);
  return joinedBytes([...pieces, end]);
}

/** Bytes one behind the other. */
export function joinedBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** The header of a file with some bytes changed, and its checksum put right. */
export function headerWith(name: string, size: number, at: number, text: string): Uint8Array {
  const header = tarHeader(name, size);
  header.set(new TextEncoder().encode(text), at);
  header.fill(32, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return header;
}

/** Names of everything in a folder and below. */
export function namesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => [
    name,
    ...isDirectory ? namesBelow(join(folder, name)).map((inner) => `${name}/${inner}`) : [],
  ]).sort();
}
