/** Rows of `finance_intercompanytransaction` and its history (domain.md#12 and domain.md#15). */
import { isoOf } from "../farm/days.ts";
import type { Instant } from "../farm/state.ts";
import type { Counting, Rendering } from "./feature.ts";
import { historyColumns, isoInstant, type PlainRow, writeRow } from "./plain_row.ts";

/** What one company owes another for. */
export interface Debt {
  readonly policyId: number;
  readonly contentTypeId: number;
  /** Id of the row of that content type. */
  readonly objectId: number;
  /** As decimal text; NULL where only the policy's markup is known. */
  readonly amount: string | null;
  readonly currency: string | null;
}

/** The tables of those who trade. */
export const TRANSACTION_TABLES = {
  transaction: "finance_intercompanytransaction",
  transactionHistory: "finance_historicalintercompanytransaction",
} as const;

type Key = keyof typeof TRANSACTION_TABLES;

/** Counts transactions that rendering numbers. */
export function countTransactions({ numbers }: Counting<Key>, transactions: number): void {
  numbers.transaction += transactions;
  numbers.transactionHistory += transactions;
}

/** A function that writes a transaction, with the next id unless it has one, and its history. */
export function transactionRows(
  { parts, tables, world, numbers }: Rendering<Key>,
): (trade: Debt, at: Instant, id?: number) => void {
  const { transaction: live, transactionHistory: past } = parts;
  const liveTable = tables.transaction;
  const pastTable = tables.transactionHistory;
  return (trade, instant, id = numbers.transaction++) => {
    const { policyId, contentTypeId, objectId, amount, currency } = trade;
    const at = isoInstant(instant);
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
    const history = historyColumns(
      numbers.transactionHistory++,
      "+",
      at,
      world.ids.makers.management,
    );
    writeRow(past, pastTable, { ...row, ...history });
  };
}
