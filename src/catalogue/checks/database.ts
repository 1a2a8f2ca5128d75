/** Checks of the database itself: rows, constraints, sequences, views (acceptance D-01, D-02). */
import type { ReddManifest } from "../../dataset/manifest.ts";
import { tableNamed } from "../../tables/catalog.ts";
import type { VerifyCheck } from "../check.ts";

/** Tables whose rows differ in number from the manifest's; a target may have more master data. */
function rowCounts({ tables }: ReddManifest): string {
  const counts = Object.entries(tables).filter(([name]) => !tableNamed(name).filledByDjango)
    .map(([name, { rows, kind }]) =>
      `SELECT '${tableNamed(name).name}' AS table_name, '${kind}' AS kind, count(*) AS rows_found,
        ${rows} AS expected FROM ${tableNamed(name).name}`
    );
  return `SELECT table_name, rows_found, expected
      FROM (${counts.join("\n        UNION ALL ")}) counts
      WHERE rows_found < expected OR (rows_found > expected AND kind <> 'static')`;
}

/** The schema of the tables: the one that the verification has found, or the session's own. */
const SCHEMA = "coalesce(nullif(current_setting('redd.schema', true), ''), current_schema())";

/** Sequences that would give out an id that is taken. */
function staleSequences(tables: readonly string[]): string {
  const marks = tables.map((name) => tableNamed(name)).flatMap(({ name, columns }) => {
    const id = columns.find((column) => column.identity)?.name;
    return id === undefined ? [] : [
      `SELECT '${name}' AS table_name, max(${id}) AS highest,
        pg_sequence_last_value(
          pg_get_serial_sequence(format('%I.%I', ${SCHEMA}, '${name}'), '${id}')::regclass
        ) AS last_value
        FROM ${name}`,
    ];
  });
  return `SELECT * FROM (${marks.join("\n        UNION ALL ")}) marks
      WHERE highest > coalesce(last_value, 0)`;
}

/** The check that runs on files as well. */
export const rowsCheck: VerifyCheck = {
  id: "ROWS",
  title: "every table has as many rows as the dataset's description says",
  source: "design.md#d11",
  tables: [],
  basis: "counts",
  sql: rowCounts,
  expects: "no rows",
};

/** Checks of PostgreSQL's catalog and of the views, which files do not have. */
export const databaseChecks: readonly VerifyCheck[] = [
  {
    id: "D-01",
    asks: "catalog",
    title: "every constraint is validated and every index valid",
    source: "loading",
    wholeFarm: true,
    tables: [],
    sql: `
      SELECT c.relname AS table_name, k.conname AS name FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = k.connamespace
      WHERE NOT k.convalidated AND n.nspname = ${SCHEMA}
      UNION ALL
      SELECT c.relname, i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT x.indisvalid AND n.nspname = ${SCHEMA}`,
    expects: "no rows",
  },
  {
    id: "D-02",
    asks: "catalog",
    title: "every sequence stands at or above the highest id",
    source: "loading",
    wholeFarm: true,
    tables: [],
    sql: staleSequences,
    expects: "no rows",
  },
  {
    id: "LAW-VIEW-HARVEST",
    asks: "views",
    title: "the view of harvest facts shows every fact once, with its company and site by name",
    source: "domain.md#15, rulings.md#24",
    wholeFarm: true,
    tables: [
      "finance_factharvest",
      "harvest_productgrade",
      "finance_dimcompany",
      "finance_dimsite",
    ],
    sql: `
      SELECT coalesce(f.fact_id, v.fact_id) AS fact_id, v.company, v.site_name, v.n
      FROM finance_factharvest f
      FULL JOIN (SELECT *, count(*) OVER (PARTITION BY fact_id) AS n FROM vw_fact_harvest) v
        ON v.fact_id = f.fact_id
      LEFT JOIN harvest_productgrade g ON g.id = f.product_grade_id
      LEFT JOIN finance_dimcompany c ON c.company_id = f.dim_company_id
      LEFT JOIN finance_dimsite s ON s.site_id = f.dim_site_id
      WHERE f.fact_id IS NULL OR v.n IS DISTINCT FROM 1
        OR coalesce(v.company, '') = '' OR coalesce(v.site_name, '') = ''
        OR (v.event_date, v.quantity_kg, v.unit_count, v.batch_id, v.product_grade_code, v.company,
            v.site_name)
          IS DISTINCT FROM (f.event_date, f.quantity_kg, f.unit_count, f.dim_batch_id, g.code,
            c.display_name, s.site_name)`,
    expects: "no rows",
  },
  {
    id: "LAW-VIEW-TRANSACTIONS",
    asks: "views",
    title: "the view of transactions shows every transaction once, with both companies by name",
    source: "domain.md#15, rulings.md#24",
    wholeFarm: true,
    tables: [
      "finance_intercompanytransaction",
      "finance_intercompanypolicy",
      "finance_dimcompany",
      "harvest_productgrade",
    ],
    sql: `
      SELECT coalesce(x.tx_id, v.tx_id) AS tx_id, v.from_company, v.to_company, v.n
      FROM finance_intercompanytransaction x
      FULL JOIN (
        SELECT *, count(*) OVER (PARTITION BY tx_id) AS n FROM vw_intercompany_transactions
      ) v ON v.tx_id = x.tx_id
      LEFT JOIN finance_intercompanypolicy p ON p.policy_id = x.policy_id
      LEFT JOIN finance_dimcompany seller ON seller.company_id = p.from_company_id
      LEFT JOIN finance_dimcompany buyer ON buyer.company_id = p.to_company_id
      LEFT JOIN harvest_productgrade g ON g.id = p.product_grade_id
      WHERE x.tx_id IS NULL OR v.n IS DISTINCT FROM 1
        OR coalesce(v.from_company, '') = '' OR coalesce(v.to_company, '') = ''
        OR (v.posting_date, v.state, v.amount, v.currency, v.from_company, v.to_company,
            v.product_grade_code)
          IS DISTINCT FROM (x.posting_date, x.state, x.amount, x.currency, seller.display_name,
            buyer.display_name, g.code)`,
    expects: "no rows",
  },
];
