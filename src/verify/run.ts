/** Runs the checks of the catalogue on an engine, one after the other. */
import { bind, type CheckFacts, sqlOf, type VerifyCheck } from "../catalogue/check.ts";
import { allChecks } from "../catalogue/catalogue.ts";
import { chosenChecks } from "../catalogue/choice.ts";
import { type Engine, QueryRefused } from "../catalogue/engine.ts";
import type { Known } from "../catalogue/known.ts";
import { type CheckResult, judge, rowsNeeded, whySkipped } from "./judge.ts";
import { type VerifyReport, verifyReport } from "./report.ts";

/** What a verification is given besides what is verified. */
export interface VerifyOptions {
  /**
   * Only these checks: ids such as `C-17`, or patterns such as `LAW-FEED*`; all of them where it is
   * absent.
   */
  readonly only?: readonly string[];
  /** Called with every check as it begins, with its place from 0 and the number of all checks. */
  readonly onBegin?: (check: CheckFacts, place: number, all: number) => void;
  /** Called with every check of rows as it has been answered, and the seconds that it took. */
  readonly onAnswer?: (check: CheckFacts, seconds: number) => void;
  /** Called with every check as it ends, in the order of the catalogue. */
  readonly onCheck?: (result: CheckResult) => void;
  /** What else is asked of the rows, when the checks have ended. */
  readonly besides?: AskedBesides;
  /** Ends the verification, wherever it is. */
  readonly signal?: AbortSignal;
}

/** Questions that judge nothing, asked of the engine that the checks were asked of. */
export interface AskedBesides {
  /** The tables that they read. */
  readonly tables: ReadonlySet<string>;
  /** Asks them; what it throws ends the verification, and `going` does where that was interrupted. */
  readonly ask: (engine: Engine, known: Known, going: () => void) => Promise<void>;
}

/**
 * Runs the checks that are wanted, as many side by side as the engine answers at once; those that do
 * not apply are skipped and say why. They are told in the order of the catalogue.
 *
 * @param throwIfAborted Ends the run before the next check.
 * @throws {ReddError} input, for a check that there is not, and as {@linkcode Engine.ask}.
 */
export async function runChecks(
  engine: Engine,
  known: Known,
  { only, onBegin, onAnswer, onCheck }: VerifyOptions,
  throwIfAborted: () => void,
): Promise<VerifyReport> {
  const checks = chosenChecks(allChecks, only);
  const results: CheckResult[] = [];
  let [next, told] = [0, 0];
  let failure: { readonly error: unknown } | undefined;
  const lane = async () => {
    try {
      while (next < checks.length && failure === undefined) {
        throwIfAborted();
        const place = next++;
        const check = checks[place]!;
        onBegin?.(check, place, checks.length);
        results[place] = await runCheck(engine, check, known, onAnswer);
        for (; results[told] !== undefined; told++) onCheck?.(results[told]!);
      }
    } catch (error) {
      failure ??= { error };
    }
  };
  await Promise.all(Array.from({ length: engine.atOnce ?? 1 }, lane));
  if (failure !== undefined) throw failure.error;
  return verifyReport(results);
}

/** That a check reads a table which the engine could not read; undefined where it does not. */
function whyUnasked({ tables }: VerifyCheck, { unread }: Engine): string | undefined {
  if (unread === undefined || unread.size === 0) return undefined;
  if (tables.length === 0) return "some files cannot be read";
  const table = tables.find((one) => unread.has(one));
  return table === undefined ? undefined : `the files of ${table} cannot be read`;
}

/**
 * Runs one check; a query that the engine refuses is a check that is broken.
 *
 * @throws {ReddError} as {@linkcode Engine.ask}.
 */
export async function runCheck(
  engine: Engine,
  check: VerifyCheck,
  known: Known,
  onAnswer?: VerifyOptions["onAnswer"],
): Promise<CheckResult> {
  const reason = whySkipped(check, known, engine.abilities) ?? whyUnasked(check, engine);
  if (reason !== undefined) return { check, status: "skipped", details: [reason] };
  const { text: sql, args } = bind(sqlOf(check, known), known);
  const { tables, wholeFarm } = check;
  const began = performance.now();
  try {
    const question = { sql, args, limit: rowsNeeded(check), tables, own: !wholeFarm };
    return judge(check, await engine.ask(question), known);
  } catch (refused) {
    if (!(refused instanceof QueryRefused)) throw refused;
    return { check, status: "broken", details: [refused.message] };
  } finally {
    onAnswer?.(check, (performance.now() - began) / 1000);
  }
}
