/** The user of a connection string, behind which others write the password. */

/** A character, as it is or percent-encoded, once or again. */
const CHARACTER = /%(?:25)*[0-7][\da-f]|(?:%(?:25)*[89a-f][\da-f])+|[^]/giu;

/** What names of users are made of; anything else may stand between a user and a password. */
const PLAIN = /^[\p{L}\p{M}\p{N}._-]+$/u;

function isPlain(character: string): boolean {
  if (!/^%./.test(character)) return PLAIN.test(character);
  try {
    return PLAIN.test(decodeURIComponent(character.replace(/%(?:25)+(?=[\da-f]{2})/gi, "%")));
  } catch {
    return false;
  }
}

/**
 * A user and what stands behind it, from the first character that is no letter, digit, dot, dash or
 * underscore: `anna:secret`, `anna%20secret`; undefined for a user alone.
 */
export function splitUser(
  user: string,
): { readonly shown: string; readonly password: string } | undefined {
  let begin = /^["'(]/.test(user) ? 1 : 0;
  // What is blanked already.
  if (/^\*{3}(?:@|$)/.test(user.slice(begin, begin + 4))) return undefined;
  for (const [character] of user.slice(begin).matchAll(CHARACTER)) {
    begin += character.length;
    if (!isPlain(character)) return { shown: user.slice(0, begin), password: user.slice(begin) };
  }
  return undefined;
}

/** A user without what may be a password behind it, which reaches up to the last `@`. */
export function shownUser(user: string): string {
  const parts = splitUser(user);
  if (parts === undefined || parts.password === "") return user;
  const end = parts.password.lastIndexOf("@");
  return `${parts.shown}***${end < 0 ? "" : parts.password.slice(end)}`;
}

/** A word such as `anna/secret@db`, of which nothing says what it is: shown without the secret. */
export function shownLogin(word: string): string {
  const end = word.lastIndexOf("@");
  const [begin] = /^(?:\w+=)?["'(]?\w[\w.-]*(?:\/|%(?:25)*2f)/i.exec(word) ?? [];
  if (begin === undefined || end <= begin.length) return word;
  return `${begin}***${word.slice(end)}`;
}

/** A word with a `postgres://` in it, without what stands behind the user. */
export function shownUserOfUrl(word: string): string {
  const found = /\bpostgres(?:ql)?:\/\//i.exec(word);
  const end = word.lastIndexOf("@");
  if (found === null) return word;
  const begin = found.index + found[0].length;
  const user = end < begin ? undefined : splitUser(word.slice(begin, end));
  // An @ before that ends the user.
  if (user === undefined || user.shown.includes("@")) return word;
  if (user.password === "" || /^password@host/.test(word.slice(begin + user.shown.length))) {
    return word;
  }
  return `${word.slice(0, begin)}${user.shown}***${word.slice(end)}`;
}
