/** Words of the line as an error may show them: one that could hold a password is not shown. */

/** What flags, commands, datasets and paths are made of. */
const PLAIN = /^[\p{L}\p{M}\p{N}._/~+-]*$/u;

/** A number, a date or a list of numbers that is mistyped, with a unit behind it at most. */
const NUMERIC = /^[+-]?\p{N}(?:[\p{L}\p{N}._,/‐+-]|:(?=\d\d(?:\D|$)))*(?: [a-z]{1,8})?$/u;

/** Digits with what people put between and around them, and nothing that spells a word. */
const DIGITS = /^(?=.{1,40}$)[\p{N}.,_'’"%/+*‐–−\s-]*$/u;

/** A date with its month in letters: `31 Jan 2025`, `1. januar 2025`. */
const WITH_MONTH = /^\d{1,4}\.?[ -]\p{L}{3,9}\.?[ -]\d{1,4}$/u;

/** Is it written like the address of a database? */
export function looksLikeConnection(word: string): boolean {
  return /:\/\/|[=@]/.test(word);
}

/** A word, or what stands for it where it could hold a password. */
export function shownWord(word: string): string {
  const bare = word.trim();
  if ([PLAIN, NUMERIC, DIGITS, WITH_MONTH].some((form) => form.test(bare))) return word;
  return looksLikeConnection(word) ? "a connection string" : "a word that is not shown";
}

/** A flag that is not known, without what stands behind its name: `-pSECRET`, `--password:SECRET`. */
export function shownFlag(flag: string): string {
  const [name] = /^(?:-{2,}[\p{L}\p{N}._-]*|-[^]?)/u.exec(flag) ?? [""];
  return name.length === flag.length ? flag : `${name}…`;
}

/** What was typed in the place of a command, behind `redd`. */
export function shownCommand(word: string): string {
  const shown = word.startsWith("-") ? shownFlag(word) : shownWord(word);
  return shown === word || word.startsWith("-") ? shown : `with ${shown} as its command`;
}
