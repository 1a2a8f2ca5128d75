/** The names of databases that Redd makes of another: its snapshot, its clones, and unfinished ones. */
import { createHash } from "node:crypto";
import { ReddError } from "../errors.ts";
import { quoted } from "../quoted.ts";

/** The longest name that PostgreSQL does not cut, in bytes. */
const LONGEST = 63;

/** Signs of a mark that tells names apart of which only the beginning is kept. */
const MARK_SIGNS = 6;

/** Databases that every server has: none of them is copied or replaced. */
const SERVERS_OWN = ["postgres", "template0", "template1"];

/** A name with a dot: no dataset's database is called so. */
const SNAPSHOT = ".snapshot";

const UNFINISHED = /^redd\.unfinished\.[0-9a-f]{16}$/;

const encoder = new TextEncoder();

/**
 * Makes sure that this can be the name of a database that is copied or replaced.
 *
 * @param deed What is done, as in `Cannot <deed> <name>`.
 * @throws {ReddError} input.
 */
export function requireDatabaseName(name: string, deed: string): void {
  const because = SERVERS_OWN.includes(name)
    ? "it is one of the server's own databases"
    : name === ""
    ? "the name is empty"
    : encoder.encode(name).length > LONGEST
    ? `the name has more than ${LONGEST} bytes`
    : /[\p{C}\p{Zl}\p{Zp}]/u.test(name)
    ? "the name has a control character"
    : isNameOfCopy(name)
    ? "the name is that of a snapshot, or of what an interrupted command has left"
    : undefined;
  if (because === undefined) return;
  throw new ReddError("input", "DATABASE_NAME", {
    cannot: `${deed} ${quoted(name)}`,
    because,
    remedy: "Give the name of a database that holds a dataset",
  });
}

/** Is this the name of a snapshot, or of what an interrupted command has left? */
export function isNameOfCopy(name: string): boolean {
  return isUnfinished(name) || name.endsWith(SNAPSHOT);
}

/** A name with an end, cut where the two would be too long together. */
function withEnd(name: string, end: string): string {
  if (encoder.encode(name + end).length <= LONGEST) return name + end;
  const mark = `_${createHash("sha256").update(name).digest("hex").slice(0, MARK_SIGNS)}`;
  let cut = "";
  for (const sign of name) {
    if (encoder.encode(cut + sign + mark + end).length > LONGEST) break;
    cut += sign;
  }
  return cut + mark + end;
}

/** The name of a database's snapshot. */
export function snapshotNameOf(database: string): string {
  return withEnd(database, SNAPSHOT);
}

/** The name of a database's clone of that number. */
export function cloneNameOf(database: string, number: number): string {
  return withEnd(database, `_clone_${number}`);
}

/** A name, which nobody can guess, for a database that is not whole, or is about to go. */
export function unfinishedName(): string {
  return `redd.unfinished.${crypto.getRandomValues(new Uint8Array(8)).toHex()}`;
}

/** Is this a name for a database that is not whole, or is about to go? */
export function isUnfinished(name: string): boolean {
  return UNFINISHED.test(name);
}
