/** What must hold of the rows of every table, whatever it is about: asked of the files' engine. */
import type { TableData } from "../dataset/table_data.ts";
import type { Column, Table } from "../tables/description.ts";
import { quoted } from "../quoted.ts";
import { literal } from "../sql_literal.ts";

/** A query for rows that break a law; each has its `place`, from 0 over all files of its table. */
export interface TableLaw {
  /** The table that is asked. */
  readonly table: string;
  /** The tables that are asked besides. */
  readonly others: readonly string[];
  /** One SELECT with the column `place`, and perhaps `other`, for what is said of the row. */
  readonly sql: string;
  /** What is wrong with such a row: `id is 7, which another row has too`. */
  say(values: ReadonlyMap<string, string>, other: unknown): string;
}

/** DuckDB's own number of a row, which the rows of a table have in the order of its files. */
const PLACE = "rowid AS place";

const named = (name: string) => `"${name}"`;

/** Some values of a row as the file has them: `batch_id is 7, date is 2024-05-03`. */
function shownOf(columns: readonly string[], values: ReadonlyMap<string, string>): string {
  return columns.map((name) => `${name} is ${shownValue(values.get(name))}`).join(", ");
}

/** A value as the file has it; what is no plain word is quoted and cut. */
function shownValue(value = ""): string {
  if (value === "") return "empty";
  return /^[\w .:+-]{1,60}$/.test(value) ? value : quoted(value);
}

/** The longest text that a column holds; undefined of one without a bound. */
function longestOf({ type }: Column): number | undefined {
  const length = /^character varying\((\d+)\)$/.exec(type)?.[1];
  return length === undefined ? undefined : Number(length);
}

/** Values that DuckDB has taken and a database would not: none where one must be, and long texts. */
export function typeLaw({ name, columns }: Table): TableLaw {
  const conditions = columns.flatMap((column) => {
    const longest = longestOf(column);
    return [
      ...column.nullable ? [] : [`${named(column.name)} IS NULL`],
      ...longest === undefined ? [] : [`length(${named(column.name)}) > ${longest}`],
    ];
  });
  return {
    table: name,
    others: [],
    sql: `SELECT ${PLACE} FROM ${name} WHERE ${conditions.join(" OR ") || "false"}`,
    say: () => "a value is missing or too long",
  };
}

/** What is unique: columns, or an expression of an index, and a condition where it is not of all rows. */
interface Unique {
  readonly columns: readonly string[];
  readonly where?: string;
}

/** A unique index is described as `USING btree (a, b) WHERE c`. */
function ofIndex(definition: string): Unique[] {
  const [, columns, where] = /^USING btree \(([\w, ]+)\)(?: WHERE (.+))?$/.exec(definition) ?? [];
  if (columns === undefined) return [];
  return [{ columns: columns.split(", "), ...where === undefined ? {} : { where } }];
}

/** Keys of which no two rows may have the same; a key with a NULL is none. */
export function keyLaws({ table, entry }: TableData): readonly TableLaw[] {
  const { name, primaryKey, unique, indexes } = table;
  const counted = entry.kind !== "static" && identityOf(table) !== undefined;
  const keys: Unique[] = [
    // Ids that ascend one by one are unique.
    ...counted ? [] : [primaryKey],
    ...unique,
    ...indexes.filter((index) => index.unique).flatMap(({ definition }) => ofIndex(definition)),
  ];
  return keys.map(({ columns, where }) => {
    const list = columns.map(named).join(", ");
    const whole = columns.map((column) => `${named(column)} IS NOT NULL`).join(" AND ");
    return {
      table: name,
      others: [],
      sql: `SELECT max(rowid) AS place FROM ${name} WHERE ${whole}${
        where === undefined ? "" : ` AND (${where})`
      } GROUP BY ${list} HAVING count(*) > 1`,
      say: (values) => `${shownOf(columns, values)}, which another row has too`,
    };
  });
}

/**
 * Foreign keys, each with a row that has it.
 *
 * @param there The tables that the dataset has; of another one there is no row.
 */
export function referenceLaws(
  { name, columns }: Table,
  there: ReadonlySet<string>,
): readonly TableLaw[] {
  return columns.flatMap(({ name: column, references: to }) => {
    if (to === undefined) return [];
    const isThere = there.has(to.table);
    const missing = `NOT EXISTS (
        SELECT 1 FROM ${to.table} o WHERE o.${named(to.column)} = t.${named(column)}
      )`;
    return [{
      table: name,
      others: isThere ? [to.table] : [],
      sql: `SELECT t.rowid AS place FROM ${name} t
      WHERE t.${named(column)} IS NOT NULL AND ${isThere ? missing : "true"}`,
      say: (values: ReadonlyMap<string, string>) =>
        `${shownOf([column], values)}, and no row of ${to.table} has that ${to.column}`,
    }];
  });
}

function identityOf({ columns }: Table): string | undefined {
  return columns.find(({ identity }) => identity)?.name;
}

/**
 * The order of rows in the files: ids of the farm's days ascend one by one up to the last, those of
 * master data ascend.
 */
export function orderLaws({ table, entry }: TableData): readonly TableLaw[] {
  const { name } = table;
  const id = identityOf(table);
  if (id === undefined) return [];
  const before = entry.lastId - entry.rows + 1;
  const sql = entry.kind === "static"
    ? `SELECT place FROM (
        SELECT ${PLACE}, ${named(id)} AS id, lag(${named(id)}) OVER (ORDER BY rowid) AS before
        FROM ${name}
      ) r WHERE id <= before`
    : `SELECT ${PLACE} FROM ${name} WHERE ${named(id)} <> ${before} + rowid`;
  return [{
    table: name,
    others: [],
    sql,
    say: (values) =>
      `${shownOf([id], values)}, ${
        entry.kind === "static"
          ? "expected more than in the row before"
          : "expected one more than in the row before"
      }`,
  }];
}

/** The month of a file: `2024-05` of `data/table/2024-05.csv`. */
function monthOf(path: string): string | undefined {
  return /\/(\d{4}-\d{2})\.csv$/.exec(path)?.[1];
}

/**
 * Rows of a month in the file of that month: as days ascend, the first and the last row tell. The
 * first file has those from before the first month too (rulings.md#8).
 */
export function monthLaws({ table, entry }: TableData): readonly TableLaw[] {
  const { name, day } = table;
  if (entry.kind !== "windowed" || day === undefined) return [];
  let place = 0;
  const ends = entry.parts.flatMap(({ path, rows }) => {
    const [first, last] = [place, place + rows - 1];
    place += rows;
    const month = monthOf(path);
    if (month === undefined || rows === 0) return [];
    return [...new Set([first, last])].map((at) => `(${at}, ${literal(month)})`);
  });
  if (ends.length === 0) return [];
  return [{
    table: name,
    others: [],
    sql: `WITH ends (place, month) AS (VALUES ${ends.join(", ")})
      SELECT e.place, e.month AS other FROM ends e JOIN ${name} t ON t.rowid = e.place
      WHERE strftime(t.${named(day)}, '%Y-%m') > e.month
        OR (strftime(t.${named(day)}, '%Y-%m') < e.month AND e.place >= ${entry.parts[0]!.rows})`,
    say: (values, other) => `${shownOf([day], values)}, expected a day of ${other}`,
  }];
}
