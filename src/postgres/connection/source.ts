/** Where the pieces of a connection come from: a string, a service file, the environment. */
import { ReddError } from "../../errors.ts";
import { DEMANDS, isHarmless, isParameter, PARAMETERS, type Pieces } from "./parameters.ts";

/** Pieces, and how to complain of them. */
export interface Source {
  readonly pieces: Pieces;
  /** The error of a parameter, or of the whole; `because` follows on what has it. */
  refusal(parameter: string | undefined, because: string): ReddError;
}

/**
 * Takes the parameters that Redd honours out of those that are written.
 *
 * @throws {ReddError} input, for one that it does not know or cannot honour.
 */
export function sourceOf(
  written: Iterable<readonly [name: string, value: string]>,
  refusal: Source["refusal"],
): Source {
  const pieces: Record<string, string> = {};
  for (const [name, value] of written) {
    if (isParameter(name)) {
      if (value !== "") pieces[name] = value;
    } else if (!isHarmless(name, value)) {
      const why = Object.hasOwn(DEMANDS, name) ? "cannot honour" : "does not know";
      throw refusal(undefined, `has the parameter ${name}, which Redd ${why}`);
    }
  }
  return { pieces, refusal };
}

/**
 * The pieces that the environment holds.
 *
 * @param env Reads a variable.
 * @throws {ReddError} input, for a variable that asks for what Redd cannot do.
 */
export function sourceOfEnvironment(env: (name: string) => string | undefined): Source {
  const refusal: Source["refusal"] = (parameter, because) => {
    const variable = isParameter(parameter ?? "")
      ? PARAMETERS[parameter as keyof typeof PARAMETERS]
      : "the environment";
    return settingsError(`${variable} ${because}`, `Correct or unset ${variable}`);
  };
  for (const [name, { variable }] of Object.entries(DEMANDS)) {
    const value = env(variable) ?? "";
    if (isHarmless(name, value)) continue;
    throw settingsError(`${variable} is ${value}, which Redd cannot honour`, `Unset ${variable}`);
  }
  const written = Object.entries(PARAMETERS).map(
    ([name, variable]) => [name, env(variable) ?? ""] as const,
  );
  return sourceOf(written, refusal);
}

/** The error of settings that stand outside of a connection string. */
export function settingsError(because: string, remedy: string): ReddError {
  return new ReddError("input", "CONNECTION_SETTINGS_INVALID", {
    cannot: "read the settings of the connection",
    because,
    remedy,
  });
}
