/**
 * Passwords in text that is to be shown: those that this process knows, in whatever spelling, and
 * what looks like one by the place where it stands.
 */
import { BLANK, USER, withoutShapes } from "./secret_shapes.ts";
import { type SoughtPassword, stretchesOf, wantedOf } from "./spellings.ts";
import { looksLikeWords, readWords } from "../src/postgres/connection/words.ts";
import { splitUser } from "../src/postgres/user_part.ts";

/** The passwords that this process knows, and how each is looked for. */
const known = new Map<string, SoughtPassword>();

/** Shorter ones would blank parts of words; they are blanked by the place where they stand. */
const SHORTEST = 3;

/** Passwords that messages are full of, and that nobody learns from there. */
const WORDS = /^(?:password|postgres|postgresql|localhost|redd)$/;

/** Has a password blanked wherever it would be shown, however it is encoded or escaped there. */
export function keepSecret(password: string | undefined): void {
  if (password === undefined || password.length < SHORTEST || WORDS.test(password)) return;
  if (!known.has(password)) known.set(password, wantedOf(password));
}

/** Has blanked what may be a password behind the name of a user. */
export function keepSecretsOfUser(user: string): void {
  for (const form of [user, decoded(user)]) passwordsOfUser(form).forEach(keepSecret);
}

/** Has blanked what may be a password in a word of the line, a variable or a line of settings. */
export function keepSecretsOf(text: string): void {
  for (const one of [text, text.replace(/^--[\w-]+=/, "")]) {
    for (const form of [one, decoded(one)]) {
      for (const password of passwordsIn(form)) {
        keepSecret(password);
        keepSecret(decoded(password));
      }
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A number that a port may be, and then the end of the host. */
const PORT = /^\d{0,5}(?=[/?#\s]|$)/;

/** What of a text may be a password, as it is written there. */
function passwordsIn(text: string): string[] {
  const words = looksLikeWords(text) ? readWords(text) ?? [] : [];
  const found = words.flatMap(([name, value]) => {
    const isPort = name === "port" && !/^\d{1,5}$/.test(value);
    return isPort || /^(?:pg|ssl)?password$/i.test(name) ? [value] : [];
  });
  const user = USER.exec(text);
  if (user !== null) {
    const rest = text.slice(user.index + user[0].length);
    const end = rest.lastIndexOf("@");
    if (end >= 0) found.push(rest.slice(0, end));
    else if (user[0].startsWith("://") && !PORT.test(rest)) found.push(/^[^/?#]*/.exec(rest)![0]);
  }
  const users = words.flatMap(([name, value]) => name === "user" ? [value] : []);
  for (const [, value = ""] of text.matchAll(/[?&;]user=([^&#\s]+)/gi)) users.push(value);
  const [, inUrl] = /^\s*postgres(?:ql)?:\/\/([^]*)@/i.exec(text) ?? [];
  if (inUrl !== undefined) users.push(inUrl);
  found.push(...users.flatMap(passwordsOfUser));
  // Behind a port or a path a number sign belongs to nothing: it may begin a password.
  const [, fragment] = /^\s*postgres(?:ql)?:\/\/[^#]*#([^]*)$/i.exec(text) ?? [];
  if (fragment !== undefined && !fragment.includes("@")) found.push(fragment);
  for (const [, value = ""] of text.matchAll(/(?:password|passwd|pwd)=([^&;\s]+)/gi)) {
    found.push(value);
  }
  const [, tail] = /(?:password|passwd|pwd)=([^]+)$/i.exec(text) ?? [];
  if (tail !== undefined && words.length === 0) found.push(tail);
  return found;
}

/** What may be a password behind a user, with and without the host behind that. */
function passwordsOfUser(user: string): string[] {
  const parts = splitUser(user);
  if (parts === undefined || parts.shown.includes("@")) return [];
  const end = parts.password.lastIndexOf("@");
  return [parts.password, ...(end < 0 ? [] : [parts.password.slice(0, end)])];
}

/**
 * A text without the passwords that this process knows, and without what looks like one.
 *
 * @param isCut Whether it is the beginning of a longer text, and may end within a password.
 */
export function withoutSecrets(text: string, isCut = false): string {
  if (known.size === 0) return withoutShapes(text);
  let clean = "";
  let shown = 0;
  for (const [begin, end] of stretchesOf(text, known.values(), isCut)) {
    clean += text.slice(shown, begin) + BLANK;
    shown = end;
  }
  return withoutShapes(clean + text.slice(shown));
}
