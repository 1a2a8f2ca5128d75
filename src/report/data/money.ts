/** What companies of the farm sell each other. */
import type { ReportSource } from "./section.ts";

/** Sales of one company to another under one kind of price. */
export interface MoneyBetween {
  readonly seller: string;
  readonly buyer: string;
  /** What is sold: the stage of smolts, or the grades of a harvest. */
  readonly goods: string;
  /** `standard`, `cost_plus`; with the markup in percent where there is one. */
  readonly method: string;
  readonly currency: string;
  readonly sales: number;
  /** Sales that have an amount, and their sum. */
  readonly priced: number;
  readonly amount: number;
}

/** Amounts that were posted in a month. */
export interface MoneyMonth {
  /** Its first day. */
  readonly month: string;
  readonly currency: string;
  readonly sales: number;
  readonly amount: number;
}

/** The columns that {@linkcode moneyFigures} reads. */
export const MONEY_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  finance_intercompanytransaction: ["tx_id", "posting_date", "amount", "currency", "policy_id"],
  finance_intercompanypolicy: [
    "policy_id",
    "method",
    "markup_percent",
    "from_company_id",
    "to_company_id",
    "pricing_basis",
    "lifecycle_stage_id",
  ],
  finance_dimcompany: ["company_id", "display_name", "currency"],
  batch_lifecyclestage: ["id", "name"],
};

const BETWEEN = `
  SELECT s.display_name AS seller, b.display_name AS buyer,
    coalesce(g.name, 'harvested fish, by grade') AS goods,
    p.method || coalesce(' +' || CAST(CAST(p.markup_percent AS double) AS varchar) || ' %', '')
      AS method,
    coalesce(nullif(t.currency, ''), b.currency) AS currency, count(*) AS sales,
    count(t.amount) AS priced, coalesce(sum(t.amount), 0) AS amount
  FROM finance_intercompanytransaction t
  JOIN finance_intercompanypolicy p ON p.policy_id = t.policy_id
  JOIN finance_dimcompany s ON s.company_id = p.from_company_id
  JOIN finance_dimcompany b ON b.company_id = p.to_company_id
  LEFT JOIN batch_lifecyclestage g ON g.id = p.lifecycle_stage_id
  GROUP BY 1, 2, 3, 4, 5, s.company_id, b.company_id ORDER BY s.company_id, b.company_id, 3, 4, 5`;

const MONTHS = `
  SELECT CAST(date_trunc('month', posting_date) AS date) AS month, currency, count(*) AS sales,
    sum(amount) AS amount
  FROM finance_intercompanytransaction WHERE amount IS NOT NULL AND currency IS NOT NULL
  GROUP BY 1, 2 ORDER BY 2, 1`;

/** All sales. */
export async function moneyFigures(rows: ReportSource["rows"]) {
  return {
    money: await rows<MoneyBetween>(BETWEEN),
    months: await rows<MoneyMonth>(MONTHS),
  };
}
