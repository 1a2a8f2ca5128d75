/**
 * The one error class of Redd: every failure a user can meet names the thing, the value and the
 * remedy, carries a stable code, and knows the exit code of the command line.
 */

/**
 * Whose fault a failure is, in the terms of the command line's exit codes:
 *
 * - `check`: a check did not hold (1);
 * - `input`: what the user gave cannot be used (2);
 * - `environment`: the machine, the disk or the server refuses (3);
 * - `defect`: Redd itself is wrong, as sysexits numbers it (70);
 * - `interrupted`: a signal came (130).
 */
export type Fault = "check" | "input" | "environment" | "defect" | "interrupted";

/** Exit codes: 0 is done. */
export const EXIT_CODES: Readonly<Record<Fault, number>> = {
  check: 1,
  input: 2,
  environment: 3,
  defect: 70,
  interrupted: 130,
};

/** The parts of a message: `Cannot <cannot>: <because>. <remedy>`. */
export interface Complaint {
  /** Verb and thing: `read the schedule farm.yaml`. */
  readonly cannot: string;
  /** The value and what was expected: `batches[3].eggs is -5, expected 100000 to 5000000`. */
  readonly because: string;
  /** What the user can do now, a sentence without its full stop. */
  readonly remedy?: string;
  /** The error that was met, shown with `--verbose` only. */
  readonly cause?: unknown;
}

/** A failure whose message is meant for the user. */
export class ReddError extends Error {
  /** `ReddError`, so that it is told from others across realms. */
  override readonly name = "ReddError";
  /** Stable, upper-case, for programs: `UNKNOWN_GEOGRAPHY`. */
  readonly code: string;
  /** Whose fault it is, which decides the exit code. */
  readonly fault: Fault;
  /** Verb and thing, as in {@link Complaint}. */
  readonly cannot: string;
  /** The value and what was expected. */
  readonly because: string;
  /** What the user can do now; absent where nothing is known to help. */
  readonly remedy?: string;

  /** Makes the message `Cannot <cannot>: <because>. <remedy>.` and keeps its parts. */
  constructor(fault: Fault, code: string, complaint: Complaint) {
    const { cannot, because, remedy, cause } = complaint;
    super(
      `Cannot ${cannot}: ${because}.${remedy === undefined ? "" : ` ${remedy}.`}`,
      cause === undefined ? {} : { cause },
    );
    this.code = code;
    this.fault = fault;
    this.cannot = cannot;
    this.because = because;
    if (remedy !== undefined) this.remedy = remedy;
  }

  /** The same failure with one more sentence, without its full stop, after the remedy. */
  adding(sentence: string): ReddError {
    const { fault, code, cannot, because, cause } = this;
    const remedy = this.remedy === undefined ? sentence : `${this.remedy}. ${sentence}`;
    return new ReddError(fault, code, { cannot, because, remedy, cause });
  }

  /** The same failure of another verb and thing. */
  of(cannot: string): ReddError {
    const { fault, code, because, remedy, cause } = this;
    return new ReddError(fault, code, {
      cannot,
      because,
      ...(remedy === undefined ? {} : { remedy }),
      cause,
    });
  }

  /** The exit code of a command that ends with this error. */
  get exitCode(): number {
    return EXIT_CODES[this.fault];
  }
}

/** `Requires read access to "/a", run again with the --allow-read flag`. */
const REQUIRES = /Requires (\w+) access(?: to (.+?))?, run again/s;

/**
 * The message of anything thrown. What Deno refuses is said in Redd's words: its own advice names
 * flags that no user of Redd gives.
 *
 * @param doing What was tried with a path that the message around this names.
 */
export function messageOf(thrown: unknown, doing?: "read" | "write"): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (!(thrown instanceof Deno.errors.NotCapable)) return thrown.message;
  const [, right, what] = REQUIRES.exec(thrown.message) ?? [];
  if (right === undefined) return thrown.message;
  // Below /proc, /dev and the like, which no single right opens.
  if (right === "all") {
    const use = doing === undefined ? `use ${what ?? "that"}` : `${doing} there`;
    return `Deno does not let programs ${use}`;
  }
  return `it was not given the right to ${right}${what === undefined ? "" : ` ${what}`}`;
}
