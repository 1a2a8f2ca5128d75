/**
 * The history tables of django-simple-history: every one repeats the columns of its live table and
 * adds who changed the row, when and how.
 */
import { columnIndex, inNameOrder, isVarchar, likeIndex, naturalCheck } from "./build.ts";
import type { Column, Table, TableKind } from "./description.ts";
import { djangoName } from "./names.ts";

/** What a table file says of a history table. */
export interface HistoryHead {
  /** Where it is not the live table's: saves of an entity are events, and some are not kept. */
  readonly kind?: TableKind;
  /** Where it is not `<app>_historical<model>`. */
  readonly name?: string;
  /**
   * The catalog's order of the columns, separated by blanks, where it is not: the live table's own
   * columns, the four of the history, then the references by name.
   */
  readonly order?: string;
  /** File columns, which a history keeps as plain text. */
  readonly files?: readonly string[];
  /** The column that orders its rows, where saves are entered later than what they tell of. */
  readonly day?: string;
  /** Where datasets have it later than the live table: the version of Redd that fills it first. */
  readonly since?: string;
}

function plain(name: string, type: string, nullable: boolean, meaning: string): Column {
  return { name, type, nullable, identity: false, meaning };
}

const HISTORY: readonly Column[] = [
  {
    ...plain("history_id", "integer", false, "Number of the history row, ascending in time"),
    identity: true,
  },
  plain("history_date", "timestamp with time zone", false, "Instant of the save, UTC"),
  plain(
    "history_change_reason",
    "character varying(100)",
    true,
    "Why it was changed; NULL in every row",
  ),
  plain("history_type", "character varying(1)", false, "+ created, ~ changed, - deleted"),
];

function historyUser(name: string): Column {
  const constraint = djangoName(name, ["history_user_id"], "_fk_auth_user_id");
  return {
    ...plain(
      "history_user_id",
      "integer",
      true,
      "User who made the change; NULL of what a set-up made",
    ),
    references: { table: "auth_user", column: "id", constraint },
  };
}

function nameOf(live: Table): string {
  const [app = "", ...model] = live.name.split("_");
  return `${app}_historical${model.join("_")}`;
}

/** By the name of Django's field, which lacks the ending `_id`. */
function byField(a: Column, b: Column): number {
  const [one, other] = [a.name.replace(/_id$/, ""), b.name.replace(/_id$/, "")];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The live table's column as the history keeps it: references become plain nullable numbers. */
function kept(column: Column, files: readonly string[]): Column {
  const type = files.includes(column.name) ? "text" : column.type;
  const nullable = column.nullable || column.references !== undefined;
  const { name, meaning, decimals, keys } = column;
  return {
    ...plain(name, type, nullable, meaning),
    ...(decimals === undefined ? {} : { decimals }),
    ...(keys === undefined ? {} : { keys }),
  };
}

/**
 * The description of the history of a live table.
 *
 * @throws {RangeError} when `order` names a column that the table does not have.
 */
export function history(live: Table, head: HistoryHead = {}): Table {
  // An entity changes, and every change is a row of a day.
  const usual = live.kind === "entity" ? "joined" : live.kind;
  const { kind = usual, files = [], day = "history_date", since = live.since } = head;
  const name = head.name ?? nameOf(live);
  const own = live.columns.filter((column) => column.references === undefined);
  const links = live.columns.filter((column) => column.references !== undefined);
  const columns = [
    ...own.map((column) => kept(column, files)),
    ...HISTORY,
    ...[...links.map((column) => kept(column, files)), historyUser(name)].sort(byField),
  ];
  const ordered = head.order === undefined ? columns : head.order.split(" ").map((wanted) => {
    const found = columns.find((column) => column.name === wanted);
    if (found === undefined) throw new RangeError(`${name} has no column ${wanted}`);
    return found;
  });
  const single = live.unique.filter((one) => one.columns.length === 1)
    .flatMap((one) => one.columns);
  const looked = new Set([
    ...live.primaryKey.columns,
    ...single,
    ...links.map((column) => column.name),
    ...own.map((column) => column.name).filter((column) =>
      live.indexes.some((index) => index.name === djangoName(live.name, [column]))
    ),
    "history_date",
    "history_user_id",
  ]);
  const texts = own.filter((column) => single.includes(column.name) && isVarchar(column));
  return {
    name,
    group: "history",
    kind,
    historyOf: live.name,
    wiped: live.wiped,
    filledByDjango: false,
    seeded: false,
    meaning: `A row of ${live.name} as it stood after a save`,
    columns: ordered,
    primaryKey: { name: `${name}_pkey`, columns: ["history_id"] },
    unique: [],
    checks: inNameOrder(
      own.filter((column) =>
        live.checks.some(({ name }) => name === naturalCheck(live.name, column.name).name)
      ).map((column) => naturalCheck(name, column.name)),
    ),
    indexes: inNameOrder([
      ...[...looked].map((column) => columnIndex(name, column)),
      ...texts.map((column) => likeIndex(name, column.name)),
    ]),
    ...(kind === "windowed" || kind === "joined" ? { day } : {}),
    ...(since === undefined ? {} : { since }),
  };
}
