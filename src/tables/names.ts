/**
 * How Django and PostgreSQL name constraints and indexes. Where a name in AquaMind's catalog
 * follows one of these rules it is computed, otherwise it stands in the table's description.
 */
import { createHash } from "node:crypto";

/** PostgreSQL keeps this many bytes of an identifier; all names here are ASCII. */
const LONGEST = 63;

/**
 * The name a table had when the constraint of a column was made: AquaMind once renamed one table,
 * and what was made before, on it or referring to it, kept the old name.
 */
export function firstName(table: string, column?: string): string {
  const later = column === "biological_constraints_id";
  return table === "scenario" && !later ? "scenario_scenario" : table;
}

/** The first eight hexadecimal digits of the MD5 of the parts, written one after the other. */
function digest(parts: readonly string[]): string {
  return createHash("md5").update(parts.join("")).digest("hex").slice(0, 8);
}

/**
 * Django's name of an index or constraint: table, columns, digest and suffix, with the parts cut
 * to equal lengths where the whole is too long.
 */
export function djangoName(table: string, columns: readonly string[], suffix = ""): string {
  const joined = columns.join("_");
  const tail = digest([table, ...columns]) + suffix;
  const whole = `${table}_${joined}_${tail}`;
  if (whole.length <= LONGEST) return whole;
  const kept = tail.slice(0, LONGEST / 3);
  const room = Math.floor((LONGEST - kept.length) / 2) - 1;
  return `${table.slice(0, room)}_${joined.slice(0, room)}_${kept}`;
}

/**
 * PostgreSQL's own name of a constraint on one column (`<table>_<column>_<label>`), where the
 * longer of table and column loses its end until the whole fits.
 */
export function postgresName(table: string, column: string, label: string): string {
  const room = LONGEST - label.length - 2;
  let [kept, rest] = [table.length, column.length];
  while (kept + rest > room) {
    if (kept > rest) kept -= 1;
    else rest -= 1;
  }
  return `${table.slice(0, kept)}_${column.slice(0, rest)}_${label}`;
}
