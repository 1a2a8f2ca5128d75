/** What a check says of itself, for whoever has seen it fail: what it states, reads and rests on. */
import { allTables } from "../tables/catalog.ts";
import { BASES, type CheckFacts, type ExpectedRow, type VerifyCheck } from "../catalogue/check.ts";
import { ABILITIES } from "../catalogue/engine.ts";

/** What a check reads of a table. */
export interface ReadTable {
  readonly table: string;
  /**
   * The columns that its query names, in the table's order. Absent where the query is made of what a
   * dataset's manifest says, or reads the whole table.
   */
  readonly columns?: readonly string[];
}

/** A check as it is told to people and programs. */
export interface Explanation {
  readonly id: string;
  /** What holds where the check passes. */
  readonly title: string;
  /** Where that is written down. */
  readonly source: string;
  /** How its answer is judged, in a sentence. */
  readonly judged: string;
  /** What must be there for it to be asked at all, completing "it needs …". */
  readonly needs: readonly string[];
  readonly reads: readonly ReadTable[];
  /** The query, with `:as_of` and `:first_day` for days; absent where a manifest makes it. */
  readonly query?: string;
  /** Defects of the original that it finds. */
  readonly defects: readonly string[];
  /** Pages on which more is told, from the folder of Redd. */
  readonly readOn: readonly string[];
}

/** Explains a check. One without a query is of files. */
export function explanationOf(check: CheckFacts | VerifyCheck): Explanation {
  const { id, title, source, asks, defects = [], tables } = check;
  const ofRows = "sql" in check ? check : undefined;
  const query = ofRows && plainQuery(ofRows);
  return {
    id,
    title,
    source,
    judged: ofRows === undefined ? OF_FILES : judgedBy(ofRows),
    needs: [
      ...ofRows?.basis === undefined ? [] : [BASES[ofRows.basis]],
      ...(ofRows?.needs ?? []).map(({ what }) => what),
      ...asks === undefined ? [] : [ABILITIES[asks]],
    ],
    reads: tables.map((table) => {
      const columns = query === undefined ? [] : columnsIn(query, table);
      return { table, ...columns.length === 0 ? {} : { columns } };
    }),
    ...query === undefined ? {} : { query: dedented(query) },
    defects,
    readOn: [
      `docs/checks.md#${id.toLowerCase()}`,
      ...defects.map((one) => `docs/defects.md#${one.toLowerCase()}`),
      ...Array.from(source.matchAll(/[\w/]+\.md(?:#[\w.-]*\w)?/g), ([page]) => `docs/${page}`),
    ],
  };
}

const OF_FILES = "Every offender is told with file and line.";

/** How the answer to a query is judged. */
function judgedBy({ expects }: VerifyCheck): string {
  if (expects === "information") return "Its rows are shown, and nobody judges them.";
  if (expects === "no rows") return "Every row of its query is an offender; there must be none.";
  return typeof expects === "function"
    ? "The one row of its query must have the values that follow from the dataset's manifest."
    : `The one row of its query must have ${expectedText(expects)}.`;
}

function expectedText(row: ExpectedRow): string {
  return Object.entries(row).map(([column, wanted]) => {
    if (typeof wanted !== "object") return `${column} ${wanted}`;
    const { least, most } = wanted;
    if (most === undefined) return `${column} of at least ${least}`;
    return least === undefined
      ? `${column} of at most ${most}`
      : `${column} from ${least} to ${most}`;
  }).join(", ");
}

/** The query of a check that needs no manifest for it. */
function plainQuery(check: VerifyCheck): string | undefined {
  if (typeof check.sql === "string") return check.sql;
  return check.basis === undefined ? check.sql(allTables.map(({ name }) => name)) : undefined;
}

/** The columns of a table that a query names: behind the table's own letters, or behind none. */
function columnsIn(query: string, table: string): readonly string[] {
  const described = allTables.find(({ name }) => name === table);
  if (described === undefined) return [];
  const bare = query.replace(/'[^']*'/g, "''");
  const own = new Set([
    table,
    ...Array.from(
      bare.matchAll(new RegExp(`\\b(?:FROM|JOIN)\\s+${table}\\s+(?:AS\\s+)?([a-z]\\w*)\\b`, "g")),
      ([, letters]) => letters!,
    ),
  ]);
  const named = new Set<string>();
  // What it calls its own results is no column of a table.
  const read = bare.replaceAll('"', "").replace(/\bAS\s+\w+/g, "");
  for (const [, of, column] of read.matchAll(/(?<![.:\w])(?:(\w+)\.)?([a-z_]\w*)\b(?!\s*[.(])/g)) {
    if (of === undefined || own.has(of)) named.add(column!);
  }
  return described.columns.map(({ name }) => name).filter((name) => named.has(name));
}

/** A text without the indentation that all of its lines have. */
function dedented(text: string): string {
  const lines = text.replace(/^\s*\n/, "").trimEnd().split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(Math.min(indent, line.search(/\S|$/)))).join("\n");
}
