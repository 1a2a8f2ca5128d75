/** Whose fault a refused row is: the dataset's, or that of a rule which only the target has. */
import { ReddError } from "../errors.ts";
import { someOf } from "../names.ts";
import type { OwnRule } from "../aquamind/own_rules.ts";
import { copySpot } from "../postgres/failure.ts";
import type { Target } from "../postgres/target.ts";
import { redactUrl } from "../postgres/url.ts";
import type { LoadPlan } from "./plan/plan.ts";

/** What the server says of a failure besides its message, as the driver names it. */
interface Told {
  readonly code?: string;
  readonly table_name?: string;
  readonly column_name?: string;
  readonly constraint_name?: string;
  readonly where?: string;
  readonly ["data type_name"]?: string;
}

/** Codes of class 22 that only the bytes of a file call forth. */
const OF_BYTES = ["22P04", "22P05", "22021"];

/** The longest definition that a message shows, in characters. */
const LONGEST = 120;

function words({ table, relation, kind, name, definition }: OwnRule): string {
  const shown = definition.length <= LONGEST ? definition : `${definition.slice(0, LONGEST)}…`;
  const where = relation === table ? table : `${table} (in its partition ${relation})`;
  return kind === "partitioning"
    ? `${table} is partitioned by ${shown}`
    : `${where} has the ${kind} ${name}, ${shown}`;
}

/** Rules of the target's own that a failure comes from; none where it is not theirs. */
function rulesBehind(told: Told, rules: readonly OwnRule[]): readonly OwnRule[] {
  const { code = "", table_name, constraint_name, column_name, where = "" } = told;
  const ofTable = rules.filter(({ table, relation }) => [table, relation].includes(table_name!));
  if (code.startsWith("23")) {
    const type = told["data type_name"];
    // A domain's own conditions, or NULL where it wants a value: AquaMind has no domains.
    if (type !== undefined) {
      return rules.filter(({ kind, definition }) => kind === "column" && definition.includes(type));
    }
    if (constraint_name !== undefined) {
      return ofTable.filter(({ relation, name }) =>
        name === constraint_name && relation === table_name
      );
    }
    if (code === "23514") return ofTable.filter(({ kind }) => kind === "partitioning");
    return ofTable.filter(({ kind, name }) => kind === "column" && name === column_name);
  }
  // A value that cannot be read has a column in COPY's context; what is computed of a row has none.
  if (!code.startsWith("22") || OF_BYTES.includes(code)) return [];
  const [, copied] = /^COPY ([^,]+), /m.exec(where) ?? [];
  if (copied === undefined || copySpot(where)?.column !== undefined) return [];
  return rules.filter(({ table, relation, computes }) =>
    computes && [table, relation].includes(copied)
  );
}

/**
 * The refusal of a row by a rule that AquaMind's schema has not, named. Any other failure comes back
 * as it is.
 *
 * @param remedy How things stand in the target.
 */
export function namingOwnRules(
  failure: ReddError,
  { ownRules, mapping }: Pick<LoadPlan, "ownRules" | "mapping">,
  remedy = "Nothing has changed in the target",
): ReddError {
  if (failure.code !== "ROW_REFUSED") return failure;
  const rules = rulesBehind((failure.cause ?? {}) as Told, ownRules);
  if (rules.length === 0) return failure;
  return new ReddError("input", "TARGET_DIFFERS", {
    cannot: failure.cannot,
    because: `${failure.because}; ${someOf(rules.map(words))}, which AquaMind's ` +
      `${mapping.schema} schema has not`,
    remedy: `${takeAway(rules)}, or load into a database that AquaMind alone has migrated. ` +
      remedy,
    cause: failure.cause,
  });
}

function takeAway(rules: readonly OwnRule[]): string {
  const drops = rules.flatMap(({ drop }) => drop === "" ? [] : drop);
  if (drops.length === 0) return "Make the partitions that are missing, or one as DEFAULT";
  return `Take ${drops.length === 1 ? "it" : "them"} away while the load runs (${someOf(drops)})`;
}

/** Rules that can refuse a row whatever else is in order. */
const REFUSING: readonly OwnRule["kind"][] = [
  "check",
  "unique constraint",
  "unique index",
  "exclusion constraint",
];

/**
 * Makes sure that no rule of the target's own can stop a load in the rebuild way, which would have
 * dropped indexes and keys by then.
 *
 * @throws {ReddError} input, naming the rules.
 */
export function refuseOwnRules(
  target: Target,
  { ownRules, mapping, tableLoads, kept }: LoadPlan,
): void {
  const filled = tableLoads.filter(({ entry }) => entry.rows > 0).map(({ table }) => table.name)
    .filter((name) => !kept.includes(name));
  const rules = ownRules.filter(({ table, kind }) =>
    filled.includes(table) && REFUSING.includes(kind)
  );
  if (rules.length === 0) return;
  throw new ReddError("input", "TARGET_DIFFERS", {
    cannot: `rebuild tables in ${redactUrl(target.url)}`,
    because: `${someOf(rules.map(words))}, which AquaMind's ${mapping.schema} schema has not and ` +
      "which could refuse a row when indexes and keys are gone",
    remedy: `${takeAway(rules)}, or load with --method deferred, which takes everything back ` +
      "where a row is refused",
  });
}
