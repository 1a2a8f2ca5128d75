/** Rows of `finance_intercompanytransaction` and its history (sections 12 and 15). */
import { isoOf } from "../farm/days.ts";
import type { Numbers } from "../farm/numbers.ts";
import type { Instant } from "../farm/state.ts";
import { tableNamed } from "../tables/catalog.ts";
import type { Part } from "./part.ts";
import { historyColumns, isoInstant, type PlainRow, writeRow } from "./plain_row.ts";

/** What one company owes another for. */
export interface Trade {
  readonly policyId: number;
  readonly contentTypeId: number;
  /** Id of the row of that content type. */
  readonly objectId: number;
  /** As decimal text; NULL where only the policy's markup is known. */
  readonly amount: string | null;
  readonly currency: string | null;
}

/** A function that writes a transaction and returns its id. */
export function transactionRows(
  live: Part,
  past: Part,
  numbers: Numbers,
): (trade: Trade, at: Instant) => number {
  const liveTable = tableNamed("finance_intercompanytransaction");
  const pastTable = tableNamed("finance_historicalintercompanytransaction");
  return ({ policyId, contentTypeId, objectId, amount, currency }, instant) => {
    const at = isoInstant(instant);
    const id = numbers.transaction++;
    const row: PlainRow = {
      tx_id: id,
      posting_date: isoOf(instant.day),
      amount,
      currency,
      state: "pending",
      created_at: at,
      updated_at: at,
      event_id: null,
      policy_id: policyId,
      content_type_id: contentTypeId,
      object_id: objectId,
      approved_by_id: null,
      approval_date: null,
    };
    writeRow(live, liveTable, row);
    writeRow(past, pastTable, { ...row, ...historyColumns(numbers.transactionHistory++, "+", at) });
    return id;
  };
}
