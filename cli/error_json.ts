/** Errors as programs read them: one line of JSON on stdout, in the place of the result. */
import { EXIT_CODES, type ReddError } from "../src/errors.ts";
import { openVoice } from "./voice.ts";

/** Does a line, whether it makes sense or not, ask for JSON? */
export function wantsJson(words: readonly string[]): boolean {
  return words.some((word) => /^--json(?:=(?!false$)|$)/.test(word));
}

/** What a program wants to know of an error. */
export function toldOf({ code, exitCode, cannot, because, remedy, message }: ReddError) {
  return { code, exitCode, thing: cannot, value: because, remedy: remedy ?? null, message };
}

/** The same of an error that is a defect of Redd. */
export function defectOf({ message }: Error) {
  const exitCode = EXIT_CODES.defect;
  return { code: "DEFECT", exitCode, thing: null, value: null, remedy: null, message };
}

/** Prints an error. Where stdout takes nothing, stderr has told it. */
export function printError(error: unknown): void {
  try {
    openVoice({ quiet: false, verbose: false, json: true }).data(JSON.stringify({ error }));
  } catch {
    // The exit code says the rest.
  }
}
