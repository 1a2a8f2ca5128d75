/**
 * How Redd knows the databases that it has made of others: by their comment, which only their owner
 * can write, and which every session can read without entering them. Somebody's comment may have
 * the form of a mark: whoever acts on one looks at the owner besides.
 */
import { z } from "../packages/zod.ts";

/** What a database is that Redd has made of another. */
export interface CopyMark {
  /** A snapshot, from which others are made, or a clone, which is lent to somebody. */
  readonly kind: "snapshot" | "clone";
  /** The name of the database that it was made of. */
  readonly of: string;
  /**
   * Of a snapshot: the number of the database that it was made of, or that a reset has put in that
   * one's place. Only that one is ever replaced.
   */
  readonly oid?: string | undefined;
  /** When it was made, in UTC: `2026-11-27T06:46:13Z`. */
  readonly made: string;
}

const BEGIN = "redd ";

/** The most characters of a comment that are read. */
const LONGEST = 500;

const schema = z.strictObject({
  kind: z.enum(["snapshot", "clone"]),
  of: z.string().min(1).max(63),
  oid: z.string().regex(/^[1-9]\d{0,9}$/).optional(),
  made: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
});

/** A mark as a comment says it. */
export function commentOf(mark: CopyMark): string {
  return BEGIN + JSON.stringify(mark);
}

/** The mark that a comment is; undefined for any other comment. */
export function copyMarkOf(comment: string | null): CopyMark | undefined {
  if (comment === null || !comment.startsWith(BEGIN) || comment.length > LONGEST) return undefined;
  try {
    const { data } = schema.safeParse(JSON.parse(comment.slice(BEGIN.length)));
    return data;
  } catch {
    return undefined;
  }
}
