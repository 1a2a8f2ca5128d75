/** The user of a connection string, behind which others write the password. */

/** What stands between a user and a password, as it is or percent-encoded. */
const SEPARATOR = /[:/;]|%(?:25)*(?:3a|2f|3b)/i;

/** A user and what stands behind it: `anna:secret`, `anna/secret`; undefined for a user alone. */
export function splitUser(
  user: string,
): { readonly shown: string; readonly password: string } | undefined {
  const found = SEPARATOR.exec(user);
  if (found === null) return undefined;
  const begin = found.index + found[0].length;
  return { shown: user.slice(0, begin), password: user.slice(begin) };
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
