/**
 * The rows of a table as the dataset writes them, made by the server: COPY sends the very bytes of a
 * part's body (design.md#d7, rulings.md#10 and rulings.md#19). PostgreSQL quotes what `quoted` of src/render/bytes.ts
 * quotes and writes empty text as `""`; what else would look otherwise is said here.
 *
 * The session has to run in UTC with ISO dates, as every transaction of Redd's does.
 */
import { type Column, scaleOf, type Table } from "../tables/description.ts";
import { qualified } from "../postgres/identifier.ts";
import { identityColumn } from "../dataset/ids.ts";
import type { Target } from "../postgres/target.ts";
import { type Conversion, datasetColumns } from "./conversion.ts";
import type { IdMap } from "./id_map.ts";

/** A value as the dataset writes it. Nothing is lost: what the dataset could not say looks odd. */
function written(column: Column, value: string): string {
  const { type, decimals, keys, secret } = column;
  // What the dataset has is no secret; anything else stays where it is.
  if (secret) return `case when ${value} like '!%' then ${value} end`;
  // The server writes a number with the scale of its type.
  if (decimals !== undefined && decimals !== scaleOf(column)) {
    return withDecimals(value, type, decimals);
  }
  if (keys !== undefined) return jsonOf(value, keys);
  if (type === "boolean") return `(${value})::text`;
  if (type === "timestamp with time zone") {
    return `replace(replace((${value})::text, ' ', 'T'), '+00', 'Z')`;
  }
  return value;
}

/** A number with so many decimals, or with all of its own where it has more. */
function withDecimals(value: string, type: string, decimals: number): string {
  const short = `round((${value})::numeric, ${decimals})`;
  return `case when (${short})::${type} = ${value} then ${short}::text else (${value})::text end`;
}

/** A JSON object with these keys in this order; what it has besides follows behind. */
function jsonOf(value: string, keys: readonly string[]): string {
  const pairs = keys.map((key, at) =>
    `'${at === 0 ? "{" : ","}"${key}":' || (${value}->'${key}')::text`
  );
  const rest = `nullif((${value} - '{${keys.join(",")}}'::text[])::text, '{}')`;
  const all = [...pairs, `'}'`, rest].join(", ");
  return `case when ${value} is not null then concat(${all}) end`;
}

/** How rows of a table are read. */
export interface TableReading {
  readonly table: Table;
  /** The id of a row `t` in the dataset, as SQL. */
  readonly id: string;
  /** The columns of a row `t` as the dataset writes them, as SQL. */
  readonly columns: string;
  /** The table, quoted and with its schema. */
  readonly relation: string;
}

/** How the rows of a target's table are read as the dataset's. */
export function tableReading(target: Target, table: Table, conversion: Conversion): TableReading {
  const idMap = withStrangers(conversion.idMap);
  const columns = datasetColumns(table, { ...conversion, idMap });
  const identity = identityColumn(table)!;
  return {
    table,
    id: columns.find(({ name }) => name === identity)!.value,
    columns: columns.map(({ value }, at) => written(table.columns[at]!, value)).join(", "),
    relation: qualified(target.schema, table.name),
  };
}

/**
 * A target's row that has an id of the dataset but is none of its rows gets the id with a minus, so
 * that nothing which points to it is taken for pointing to the dataset's.
 */
function withStrangers(idMap: IdMap): IdMap {
  return new Map([...idMap].map(([table, { ids, lacking }]) => {
    const own = new Set(ids.values());
    const taken = [...ids.keys(), ...lacking.keys()].filter((id) => !own.has(id));
    return [table, { ids: new Map([...ids, ...taken.map((id) => [-id, id] as const)]), lacking }];
  }));
}

/** Which rows are read. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** What is read of them: the columns, or the id and the columns. */
export type Shape = "row" | "id and row";

/**
 * COPY of the rows in the order of their ids, which is the order of the dataset's files.
 *
 * @param range The dataset's ids; all rows if absent.
 */
export function copyRows(
  { id, columns, relation }: TableReading,
  shape: Shape,
  range?: Range,
): string {
  const wanted = shape === "row" ? columns : `${id}, ${columns}`;
  const where = range === undefined ? "" : ` WHERE ${id} BETWEEN ${range.first} AND ${range.last}`;
  return `COPY (SELECT ${wanted} FROM ${relation} t${where} ORDER BY ${id}) ` +
    "TO STDOUT WITH (FORMAT csv, ENCODING 'UTF8')";
}
