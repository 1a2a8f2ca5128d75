/** Checks of what harvests and sea transfers post, and of the money (acceptance C-30). */
import type { VerifyCheck } from "../check.ts";
import { layoutOf } from "../layout.ts";
import { sqlBy } from "../rates.ts";
import { literal } from "../../sql_literal.ts";
import { wide } from "./fragments.ts";

/** Transactions with the companies and the grade or stage of their policy. */
const TRADES = `
  trades AS (
    SELECT x.tx_id, x.object_id, x.posting_date, x.amount, x.currency, t.app_label, t.model,
      p.pricing_basis, p.product_grade_id, p.lifecycle_stage_id, p.price_per_kg,
      p.from_company_id, seller.subsidiary AS seller, buyer.subsidiary AS buyer,
      buyer.geography_id, buyer.currency AS buyer_currency
    FROM finance_intercompanytransaction x
    JOIN django_content_type t ON t.id = x.content_type_id
    JOIN finance_intercompanypolicy p ON p.policy_id = x.policy_id
    JOIN finance_dimcompany seller ON seller.company_id = p.from_company_id
    JOIN finance_dimcompany buyer ON buyer.company_id = p.to_company_id
  )`;

const TRADES_TABLES = [
  "finance_intercompanytransaction",
  "django_content_type",
  "finance_intercompanypolicy",
  "finance_dimcompany",
] as const;

/** All checks of this file. */
export const financeChecks: readonly VerifyCheck[] = [
  {
    id: "C-30",
    title:
      "sea transfers and harvests are posted between the companies of one geography, harvests " +
      "once per grade",
    source: "Guide v6.0",
    tables: [
      "batch_batchtransferworkflow",
      "finance_intercompanytransaction",
      "finance_intercompanypolicy",
      "finance_dimcompany",
      "harvest_harvestevent",
      "django_content_type",
    ],
    ...sqlBy(["harvest"], ({ harvest }) => `
      WITH posted AS (
        SELECT x.object_id AS id, count(*) AS n FROM finance_intercompanytransaction x
        JOIN django_content_type t ON t.id = x.content_type_id
        WHERE t.app_label = 'harvest' AND t.model = 'harvestevent' GROUP BY x.object_id
      )
      SELECT 'transfer' AS what, w.id, x.amount, ${
      wide("w.total_biomass_kg", 2)
    } * p.price_per_kg AS expected
      FROM batch_batchtransferworkflow w
      LEFT JOIN finance_intercompanytransaction x ON x.tx_id = w.finance_transaction_id
      LEFT JOIN finance_intercompanypolicy p ON p.policy_id = x.policy_id
      WHERE w.is_intercompany <> (w.finance_transaction_id IS NOT NULL) OR (w.is_intercompany
        AND (x.object_id IS DISTINCT FROM w.id
          OR x.amount IS DISTINCT FROM round(${wide("w.total_biomass_kg", 2)} * p.price_per_kg, 2)))
      UNION ALL
      SELECT 'harvest', e.id, coalesce(t.n, 0), ${harvest.grades} FROM harvest_harvestevent e
      LEFT JOIN posted t ON t.id = e.id WHERE coalesce(t.n, 0) <> ${harvest.grades}
      UNION ALL
      SELECT 'policy', p.policy_id, x.geography_id, y.geography_id
      FROM finance_intercompanypolicy p
      JOIN finance_dimcompany x ON x.company_id = p.from_company_id
      JOIN finance_dimcompany y ON y.company_id = p.to_company_id
      WHERE x.geography_id <> y.geography_id`),
    expects: "no rows",
  },
  {
    id: "C-30-FACTS",
    title: "every harvest lot has its fact, on the site of its sea area",
    source: "Guide v6.0 (B-08)",
    defects: ["B-08"],
    wholeFarm: true,
    tables: [
      "harvest_harvestlot",
      "harvest_harvestevent",
      "finance_factharvest",
      "finance_dimsite",
      "batch_batchcontainerassignment",
      "infrastructure_container",
    ],
    sql: `
      SELECT l.id AS lot, f.fact_id, s.site_name FROM harvest_harvestlot l
      JOIN harvest_harvestevent e ON e.id = l.event_id
      JOIN batch_batchcontainerassignment a ON a.id = e.assignment_id
      JOIN infrastructure_container c ON c.id = a.container_id
      LEFT JOIN finance_factharvest f ON f.lot_id = l.id
      LEFT JOIN finance_dimsite s ON s.site_id = f.dim_site_id
      WHERE f.fact_id IS NULL OR s.source_model <> 'area' OR s.source_pk <> c.area_id
        OR f.quantity_kg <> l.live_weight_kg OR f.unit_count <> l.unit_count
        OR f.product_grade_id <> l.product_grade_id OR f.event_id <> l.event_id
        OR f.dim_batch_id <> e.batch_id OR f.dim_company_id <> s.company_id`,
    expects: "no rows",
  },
  {
    id: "LAW-MONEY-TRANSFER",
    title: "a sea transfer costs its biomass at the price of its stage, to the cent",
    source: "domain.md#12",
    tables: [
      ...TRADES_TABLES,
      "batch_batchtransferworkflow",
      "batch_batchcontainerassignment",
      "infrastructure_container",
      "infrastructure_area",
    ],
    basis: "layout",
    sql: (manifest) => {
      const { trade } = layoutOf(manifest);
      return `
      WITH ${TRADES}, seas AS (
        SELECT a.batch_id, min(s.geography_id) AS geography_id
        FROM batch_batchcontainerassignment a
        JOIN infrastructure_container c ON c.id = a.container_id
        JOIN infrastructure_area s ON s.id = c.area_id GROUP BY a.batch_id
      )
      SELECT w.workflow_number, w.total_biomass_kg, t.price_per_kg, t.amount, t.currency
      FROM batch_batchtransferworkflow w JOIN seas s ON s.batch_id = w.batch_id
      LEFT JOIN trades t ON t.tx_id = w.finance_transaction_id
      WHERE w.is_intercompany AND (t.tx_id IS NULL
        OR t.amount IS DISTINCT FROM round(${wide("w.total_biomass_kg", 2)} * t.price_per_kg, 2)
        OR t.currency IS DISTINCT FROM t.buyer_currency
        OR t.posting_date <> w.actual_completion_date OR t.pricing_basis <> 'lifecycle'
        OR t.lifecycle_stage_id IS DISTINCT FROM w.source_lifecycle_stage_id
        OR t.seller <> ${literal(trade.freshwater)}
        OR t.buyer <> ${literal(trade.farming)} OR t.geography_id <> s.geography_id)`;
    },
    expects: "no rows",
  },
  {
    id: "LAW-MONEY-HARVEST",
    title:
      "every lot is posted by its grade, from the company that bred it to the one that takes it",
    source: "domain.md#15, rulings.md#17",
    defects: ["B-07"],
    wholeFarm: true,
    tables: [
      ...TRADES_TABLES,
      "harvest_harvestlot",
      "harvest_harvestevent",
      "finance_factharvest",
    ],
    sql: `
      WITH ${TRADES}
      SELECT l.id AS lot, t.tx_id, t.seller, t.buyer, t.posting_date, t.amount
      FROM harvest_harvestlot l JOIN harvest_harvestevent e ON e.id = l.event_id
      LEFT JOIN finance_factharvest f ON f.lot_id = l.id
      LEFT JOIN trades t ON t.app_label = 'harvest' AND t.model = 'harvestevent'
        AND t.object_id = e.id AND t.product_grade_id = l.product_grade_id
      WHERE t.tx_id IS NULL OR t.posting_date <> CAST(e.event_date AS date)
        OR t.pricing_basis <> 'grade' OR t.amount IS NOT NULL OR t.currency IS NOT NULL
        OR t.from_company_id IS DISTINCT FROM f.dim_company_id
        OR t.buyer IS DISTINCT FROM e.dest_subsidiary
        OR t.geography_id IS DISTINCT FROM e.dest_geography_id
        OR f.event_date IS DISTINCT FROM e.event_date`,
    expects: "no rows",
  },
  {
    id: "LAW-CONTENT-TYPE",
    title: "every transaction is of a sea transfer or a harvest that there is",
    source: "rulings.md#23",
    wholeFarm: true,
    tables: [
      "finance_intercompanytransaction",
      "django_content_type",
      "batch_batchtransferworkflow",
      "harvest_harvestevent",
    ],
    sql: `
      SELECT x.tx_id, t.app_label, t.model, x.object_id, w.id AS workflow, e.id AS harvest
      FROM finance_intercompanytransaction x
      LEFT JOIN django_content_type t ON t.id = x.content_type_id
      LEFT JOIN batch_batchtransferworkflow w ON w.finance_transaction_id = x.tx_id
      LEFT JOIN harvest_harvestevent e ON e.id = x.object_id
      WHERE NOT coalesce(CASE WHEN w.id IS NOT NULL
        THEN t.app_label = 'batch' AND t.model = 'batchtransferworkflow' AND x.object_id = w.id
        ELSE t.app_label = 'harvest' AND t.model = 'harvestevent' AND e.id IS NOT NULL END, false)`,
    expects: "no rows",
  },
];
