/** Checks of the database itself: rows, constraints, sequences (acceptance D-01, D-02). */
import type { ReddManifest } from "../generate/manifest.ts";
import { tableNamed } from "../tables/catalog.ts";
import type { Check } from "./check.ts";

/** Django fills these when it migrates; a loader leaves such a target's own rows alone. */
const DJANGO_OWN = ["django_content_type", "auth_permission"];

/** Tables whose rows differ in number from the manifest's. */
function rowCounts({ tables }: ReddManifest): string {
  const counts = Object.entries(tables).filter(([name]) => !DJANGO_OWN.includes(name))
    .map(([name, { rows }]) =>
      `SELECT '${tableNamed(name).name}' AS table_name, count(*) AS rows_found, ${rows} AS expected
        FROM ${tableNamed(name).name}`
    );
  return `SELECT * FROM (${counts.join("\n        UNION ALL ")}) counts
      WHERE rows_found <> expected`;
}

/** Sequences that would give out an id that is taken. */
function staleSequences({ tables }: ReddManifest): string {
  const marks = Object.keys(tables).map((name) => tableNamed(name)).flatMap(({ name, columns }) => {
    const id = columns.find((column) => column.identity)?.name;
    return id === undefined ? [] : [
      `SELECT '${name}' AS table_name, max(${id}) AS highest,
        pg_sequence_last_value(pg_get_serial_sequence('${name}', '${id}')::regclass) AS last_value
        FROM ${name}`,
    ];
  });
  return `SELECT * FROM (${marks.join("\n        UNION ALL ")}) marks
      WHERE highest > coalesce(last_value, 0)`;
}

/** The check that runs on files as well. */
export const rowsCheck: Check = {
  id: "ROWS",
  title: "every table has as many rows as the dataset's description says",
  source: "design D11",
  tables: [],
  sql: rowCounts,
  expects: "no rows",
};

/** Checks of PostgreSQL's catalog. */
export const databaseChecks: readonly Check[] = [
  {
    id: "D-01",
    title: "every constraint is validated and every index valid",
    source: "loading",
    tables: [],
    sql: `
      SELECT c.relname AS table_name, k.conname AS name FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid
      WHERE NOT k.convalidated AND k.connamespace = current_schema()::regnamespace
      UNION ALL
      SELECT c.relname, i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_class c ON c.oid = x.indrelid
      WHERE NOT x.indisvalid AND c.relnamespace = current_schema()::regnamespace`,
    expects: "no rows",
  },
  {
    id: "D-02",
    title: "every sequence stands at or above the highest id",
    source: "loading",
    tables: [],
    sql: staleSequences,
    expects: "no rows",
  },
];
