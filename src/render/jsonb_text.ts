/** JSON as PostgreSQL writes a value of the type jsonb, so that a database's text is the file's. */

/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** An object of JSON; what is undefined is left out. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/**
 * Text of a value as jsonb has it: a blank behind every comma and colon, and keys in the order of their
 * lengths, those of one length in that of their characters. Keys are ASCII.
 */
export function jsonbText(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(jsonbText).join(", ")}]`;
  const pairs = Object.entries(value).flatMap(([key, one]) =>
    one === undefined ? [] : [[key, one] as const]
  );
  pairs.sort(([one], [other]) => one.length - other.length || (one < other ? -1 : 1));
  return `{${pairs.map(([key, one]) => `${JSON.stringify(key)}: ${jsonbText(one)}`).join(", ")}}`;
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
