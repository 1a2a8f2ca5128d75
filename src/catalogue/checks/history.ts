/** Checks of the history tables (acceptance C-23, C-24). */
import { allTables, tableNamed } from "../../tables/catalog.ts";
import type { Column, Table } from "../../tables/description.ts";
import type { VerifyCheck } from "../check.ts";
import { type CheckRates, sqlBy } from "../rates.ts";

/** When a row was made and last changed. */
const STAMPS = ["created_at", "updated_at"];

/** A filled history table and the table whose rows it follows. */
interface Pair {
  readonly past: Table;
  readonly live: Table;
}

/** The history tables that datasets fill. */
const PAIRS: readonly Pair[] = allTables.flatMap((past) =>
  past.historyOf === undefined || past.kind === "empty"
    ? []
    : [{ past, live: tableNamed(past.historyOf) }]
);

/**
 * What is not in the last save: columns that are changed without one (domain.md#9), secrets that are
 * set in the target, and the times of rows that a fresh database has already.
 */
function isUnrecorded({ seeded }: Table, { name, unsaved, secret }: Column): boolean {
  return unsaved === true || secret === true || (seeded && STAMPS.includes(name));
}

/** Rows of one pair that contradict each other, in the columns `history`, `id` and `created`. */
function contradictions({ past, live }: Pair): string {
  const key = live.primaryKey.columns[0]!;
  const kept = live.columns.filter((column) => !isUnrecorded(live, column))
    .map((column) => `"${column.name}"`);
  // The history of a seeded row is absent, or begins with a change (rulings.md#22).
  const beginning = live.seeded
    ? "s.created > 1"
    : "s.id IS NULL OR s.created <> 1 OR s.created_id <> s.first_id";
  const of = (alias: string) => kept.map((name) => `${alias}.${name}`).join(", ");
  return `
      SELECT '${past.name}' AS history, coalesce(o.${key}, s.id) AS id, s.created
      FROM ${live.name} o
      FULL JOIN (
        SELECT ${key} AS id, min(history_id) AS first_id, max(history_id) AS last_id,
          count(*) FILTER (WHERE history_type = '+') AS created,
          min(history_id) FILTER (WHERE history_type = '+') AS created_id,
          count(*) FILTER (WHERE history_type NOT IN ('+', '~')) AS deleted
        FROM ${past.name} GROUP BY ${key}
      ) s ON s.id = o.${key}
      LEFT JOIN ${past.name} l ON l.history_id = s.last_id
      WHERE o.${key} IS NULL OR ${beginning} OR s.deleted > 0
        OR (s.id IS NOT NULL AND (${of("l")}) IS DISTINCT FROM (${of("o")}))`;
}

const dynamic = PAIRS.filter(({ past }) => past.kind !== "static");
const constant = PAIRS.filter(({ past }) => past.kind === "static");

/** `C-24` of a history table that days fill. */
function historyCheck(pair: Pair): VerifyCheck {
  return {
    id: `C-24 ${pair.past.name}`,
    title: `rows of ${pair.live.name} begin once, and the last save is their state`,
    source: "integrity rule",
    wholeFarm: true,
    tables: [pair.live.name, pair.past.name],
    sql: contradictions(pair),
    expects: "no rows",
  };
}

/** What a row's history must count; a null on the right is a history without rows. */
function counts(name: string, live: string, expected: string, joins = ""): string {
  const past = PAIRS.find((pair) => pair.live.name === live)!.past.name;
  return `
      SELECT '${name}' AS what, o.id, h.n AS rows_found, ${expected} AS rows_expected
      FROM ${live} o
      LEFT JOIN (SELECT id, count(*) AS n FROM ${past} GROUP BY id) h ON h.id = o.id ${joins}
      WHERE coalesce(h.n, 0) <> ${expected}`;
}

const grouped = (table: string, key: string) =>
  `(SELECT ${key} AS id, count(*) AS n FROM ${table} GROUP BY ${key})`;

/** A batch is saved when a transition of its is over. */
const COMPLETED_WORKFLOWS =
  "(SELECT batch_id FROM batch_batchtransferworkflow WHERE status = 'COMPLETED') completed";

/** An assignment is saved on every day on which fish come to it. */
const DAYS_OF_ARRIVAL = `(
          SELECT DISTINCT dest_assignment_id, actual_execution_date FROM batch_transferaction
        ) arrivals`;

/** An assignment is saved once for all deaths of a day. */
const DAYS_OF_DEATHS = `(
          SELECT DISTINCT assignment_id, event_date FROM batch_mortalityevent
        ) days_of_deaths`;

/** The orders of the stages in which fish do not grow, so that no evening saves their weight. */
function stillStages({ stages }: CheckRates<"growth">["growth"]): string {
  return [0, ...stages.flatMap(({ step }, i) => step > 0 ? [] : [i + 1])].join(", ");
}

/** All checks of this file. */
export const historyChecks: readonly VerifyCheck[] = [
  {
    id: "C-23",
    title: "histories have a row for every save",
    source: "Guide v1.0, domain.md#18",
    tables: [
      "batch_batch",
      "batch_historicalbatch",
      "batch_batchcontainerassignment",
      "batch_historicalbatchcontainerassignment",
      "batch_mortalityevent",
      "batch_lifecyclestage",
      "batch_creationworkflow",
      "batch_historicalbatchcreationworkflow",
      "batch_batchtransferworkflow",
      "batch_historicalbatchtransferworkflow",
      "batch_transferaction",
      "batch_growthsample",
      "batch_historicalgrowthsample",
    ],
    ...sqlBy(["growth"], ({ growth }) =>
      [
        counts(
          "batch",
          "batch_batch",
          `2 + CASE WHEN o.pinned_scenario_id IS NULL THEN 0 ELSE 1 END
          + CASE WHEN o.actual_end_date IS NULL THEN 0 ELSE 1 END + coalesce(w.n, 0)`,
          `LEFT JOIN ${grouped(COMPLETED_WORKFLOWS, "batch_id")} w ON w.id = o.id`,
        ),
        counts(
          "assignment",
          "batch_batchcontainerassignment",
          `1 + coalesce(m.n, 0) + CASE WHEN o.departure_date IS NULL THEN 0 ELSE 1 END
          + greatest(coalesce(r.n, 0) - 1, 0) + CASE WHEN s."order" IN (${
            stillStages(growth)
          }) THEN 0 ELSE
            least(coalesce(o.departure_date, :as_of + 1), b.start_date + 900) - o.assignment_date
          END`,
          `JOIN batch_batch b ON b.id = o.batch_id
        JOIN batch_lifecyclestage s ON s.id = o.lifecycle_stage_id
        LEFT JOIN ${grouped(DAYS_OF_DEATHS, "assignment_id")} m ON m.id = o.id
        LEFT JOIN ${grouped(DAYS_OF_ARRIVAL, "dest_assignment_id")} r ON r.id = o.id`,
        ),
        counts("creation workflow", "batch_creationworkflow", "2"),
        counts(
          "transfer workflow",
          "batch_batchtransferworkflow",
          `1 + coalesce(t.n, 0) + CASE WHEN o.status = 'COMPLETED' THEN 1 ELSE 0 END
          + CASE WHEN o.is_intercompany THEN 1 ELSE 0 END
          + CASE WHEN o.finance_transaction_id IS NULL THEN 0 ELSE 1 END`,
          `LEFT JOIN ${grouped("batch_transferaction", "workflow_id")} t ON t.id = o.id`,
        ),
        counts("growth sample", "batch_growthsample", "2"),
      ].join("\n      UNION ALL")),
    expects: "no rows",
  },
  ...dynamic.map(historyCheck),
  {
    id: "C-24",
    title: "places and master data begin once, and the last save is their state",
    source: "integrity rule",
    wholeFarm: true,
    tables: constant.flatMap(({ past, live }) => [live.name, past.name]),
    sql: constant.map(contradictions).join("\n      UNION ALL"),
    expects: "no rows",
  },
];

/** The table that a history table follows; undefined where it is no history that is filled. */
export function liveTableOf(past: string): Table | undefined {
  return PAIRS.find((pair) => pair.past.name === past)?.live;
}

/** The history of a table; undefined where it has none that is filled. */
export function filledHistoryOf(live: string): Table | undefined {
  return PAIRS.find((pair) => pair.live.name === live)?.past;
}
