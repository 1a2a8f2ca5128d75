/** What `redd db list` prints. */
import type { DatabaseList, ListedCopy, ListedDatabase } from "../src/snapshot/list.ts";
import { sized } from "./numbers.ts";

/** A list in lines: every database, below it its snapshot and its clones. */
export function listLines({ databases, leftovers }: DatabaseList): readonly string[] {
  const lines = databases.flatMap(linesOf);
  return [
    ...(lines.length === 0 ? ["There is no database."] : lines),
    ...leftovers.map((name) =>
      `${name}: left by an interrupted command, removed by the next snapshot, reset, clone or drop`
    ),
  ];
}

function linesOf({ name, bytes, there, snapshot, anew, clones }: ListedDatabase): string[] {
  return [
    there ? `${name}${sizeText(bytes)}` : `${name}: is not there any more`,
    ...(snapshot === undefined ? [] : [
      `  snapshot of ${snapshot.made}${sizeText(snapshot.bytes)}${
        anew ? "; the database was made anew since" : ""
      }`,
    ]),
    ...clones.map((clone: ListedCopy) =>
      `  clone ${clone.name} of ${clone.made}${sizeText(clone.bytes)}`
    ),
  ];
}

function sizeText(bytes: number | undefined): string {
  return bytes === undefined ? "" : `, ${sized(bytes)}`;
}
