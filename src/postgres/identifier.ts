/** Names of tables, columns and constraints on their way into SQL. */

/**
 * A name as a quoted identifier; quotes in it are doubled.
 *
 * @throws {RangeError} when the name is empty or contains a NUL, which PostgreSQL cannot hold.
 */
export function quoteIdent(name: string): string {
  if (name === "") throw new RangeError("an identifier is empty");
  if (name.includes("\0")) throw new RangeError("an identifier contains a NUL");
  return `"${name.replaceAll('"', '""')}"`;
}

/** Several names as a quoted list: `"a", "b"`. */
export function quoteIdents(names: readonly string[]): string {
  return names.map(quoteIdent).join(", ");
}

/** A name in a schema: `"public"."batch_batch"`. */
export function qualified(schema: string, name: string): string {
  return `${quoteIdent(schema)}.${quoteIdent(name)}`;
}

/** Words that PostgreSQL takes for a name in quotes alone, of those that roles and databases have. */
const RESERVED =
  /^(all|analyze|any|case|check|column|default|desc|end|grant|group|order|table|user)$/;

/** A name as a person would type it: quoted only where it has to be. */
export function plainIdent(name: string): string {
  const plain = /^[a-z_][a-z\d_$]*$/.test(name) && !RESERVED.test(name);
  return plain || name.includes("\0") || name === "" ? name : quoteIdent(name);
}
