/** What may stand at a place of a line, out of the table of commands; each shell writes it its way. */
import { type Command, COMMON_FLAGS, type Flag } from "../command.ts";

/** What a shell offers at a place. */
export type Offer =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "files" | "folders" | "nothing" };

/** A flag with two dashes, and what may follow it. */
export interface OfferedFlag {
  readonly name: string;
  /** With its one dash. */
  readonly short?: string;
  readonly about: string;
  /** Without it the flag has no value. */
  readonly value?: Offer;
}

/** A command, and what may stand behind it. */
export interface OfferedCommand {
  readonly name: string;
  readonly about: string;
  readonly flags: readonly OfferedFlag[];
  /** The first word that is no flag. */
  readonly first: Offer;
  /** The words behind that. */
  readonly rest: Offer;
}

const NOTHING: Offer = { kind: "nothing" };

/** Operands that are folders or files; archives are files, datasets both. */
const PATHS = /^\[?(?:DATASET|ARCHIVE|SHARD)\b/;

/** Everything that is offered, in the order of the table. */
export function offersOf(commands: readonly Command[], help: Command): OfferedCommand[] {
  const names = [...commands, help].map(({ name }) => name);
  return [...commands, help].map((command) => {
    const [first, ...more] = command.operands;
    const words = command === help ? names : command.actions?.map(({ name }) => name);
    return {
      name: command.name,
      about: command.about,
      flags: [...command.flags, ...COMMON_FLAGS].map(offeredFlag),
      first: words === undefined ? operandOffer(first) : { kind: "words", words },
      rest: operandOffer(more[0] ?? (first?.includes("...") === true ? first : undefined)),
    };
  });
}

function operandOffer(operand: string | undefined): Offer {
  return operand !== undefined && PATHS.test(operand) ? { kind: "files" } : NOTHING;
}

function offeredFlag(flag: Flag): OfferedFlag {
  const { name, short, about } = flag;
  return {
    name: `--${name}`,
    ...(short === undefined ? {} : { short: `-${short}` }),
    about,
    ...(flag.value === undefined ? {} : { value: valueOffer(flag) }),
  };
}

function valueOffer({ value, words, dash }: Flag): Offer {
  if (words !== undefined) return { kind: "words", words };
  if (value === "DIR") return { kind: "folders" };
  // What may be a pipe may be a file.
  return value === "FILE" || dash !== undefined ? { kind: "files" } : NOTHING;
}

/** A text that a POSIX shell takes as one word, whatever is in it. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
