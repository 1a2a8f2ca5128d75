/**
 * The rows of every static table (rulings.md#25): the same in every dataset of the same fixtures, but
 * for the instant at which they are made.
 */
import type { Infrastructure } from "../../farm/ground/places.ts";
import type { Fixtures } from "../../fixtures/fixtures.ts";
import { tableNamed } from "../../tables/catalog.ts";
import { biologyRows } from "./biology_rows.ts";
import { healthRows } from "./health_rows.ts";
import { historyRows } from "./history.ts";
import { infrastructureRows } from "./infrastructure_rows.ts";
import { modelRows } from "./model_rows.ts";
import { peopleRows } from "./people_rows.ts";
import { inColumnOrder, type PlainValue } from "../plain_row.ts";
import { inDecimals, MADE_AT, madeAt, madeBefore, type TableRows } from "./rows.ts";
import { tradeRows } from "./trade_rows.ts";

/** A static table: its rows in id order, the values in the order of its columns. */
export interface StaticTable {
  readonly table: string;
  readonly rows: Iterable<readonly PlainValue[]>;
}

function djangoRows({ contentTypes, permissions }: Fixtures): TableRows[] {
  return [
    { table: "django_content_type", rows: contentTypes.map((type) => ({ ...type })) },
    { table: "auth_permission", rows: permissions.map((permission) => ({ ...permission })) },
  ];
}

/**
 * The rows of all static tables by column name, parents before children.
 *
 * @param instant When they are made: {@linkcode madeBefore} the first day of a farm.
 */
export function staticRows(
  fixtures: Fixtures,
  infrastructure: Infrastructure,
  instant = MADE_AT,
): TableRows[] {
  const places = infrastructureRows(fixtures.layout, infrastructure);
  return [
    ...djangoRows(fixtures),
    ...peopleRows(fixtures.master),
    ...places,
    ...places.map(historyRows),
    ...biologyRows(fixtures.master),
    ...healthRows(fixtures.master),
    ...modelRows(fixtures),
    ...tradeRows(fixtures, infrastructure),
  ].map((table) => inDecimals(madeAt(table, instant)));
}

/**
 * The 53 static tables and Django's `django_content_type` and `auth_permission`, ready to be
 * written: numeric values are text in the scale of the column, instants and dates ISO text.
 *
 * @param firstDay The day number on which the farm begins, which decides when they are made.
 * @throws {RangeError} when rows and table descriptions do not match.
 */
export function staticTables(
  fixtures: Fixtures,
  infrastructure: Infrastructure,
  firstDay: number,
): StaticTable[] {
  return staticRows(fixtures, infrastructure, madeBefore(firstDay)).map(({ table, rows }) => {
    const description = tableNamed(table);
    return { table, rows: rows.map((row) => inColumnOrder(description, row)) };
  });
}
