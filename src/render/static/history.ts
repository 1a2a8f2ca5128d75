/**
 * The history that django-simple-history keeps of static rows (domain.md#18): a '+' for
 * every row, and a '~' where the row was saved once more. Nobody was logged in.
 */
import { historyTableOf } from "../../tables/catalog.ts";
import { MADE_AT, type StaticRow, type TableRows } from "./rows.ts";

/** A row as it was after a save. */
export interface Save {
  readonly type: "+" | "~";
  readonly row: StaticRow;
}

/** The history of a table from its saves, in their order. */
export function historyOfSaves(table: string, saves: readonly Save[]): TableRows {
  return {
    table: historyTableOf(table)!.name,
    rows: saves.map(({ type, row }, i) => ({
      ...row,
      history_id: i + 1,
      history_date: MADE_AT,
      history_type: type,
      history_change_reason: null,
      history_user_id: null,
    })),
  };
}

/** The history of a table whose rows were saved once. */
export function historyRows({ table, rows }: TableRows): TableRows {
  return historyOfSaves(table, rows.map((row) => ({ type: "+", row })));
}
