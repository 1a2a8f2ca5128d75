/** `~/.pgpass`: lines of `host:port:database:user:password`. */

/** What a password is looked up by. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/** Folders of Unix sockets that a password file calls localhost. */
const DEFAULT_SOCKETS = ["/tmp", "/var/run/postgresql", "/run/postgresql"];

/**
 * The password of the first line that fits. `*` fits everything; a backslash takes the meaning from
 * a colon or another backslash.
 */
export function findPassword(text: string, login: Login): string | undefined {
  const { host, port, database, user } = login;
  const hosts = DEFAULT_SOCKETS.includes(host) ? [host, "localhost"] : [host];
  const wanted = [hosts, [`${port}`], [database], [user]];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("#")) continue;
    const fields = fieldsOf(line);
    const password = fields[4];
    if (password === undefined) continue;
    if (wanted.every((some, at) => fits(fields[at]!, some))) return unescaped(password);
  }
  return undefined;
}

/** Splits a line at the colons that no backslash stands before. */
function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|:)((?:[^:\\]|\\.|\\$)*)/g)].map(([, field]) => field!);
}

function fits(field: string, wanted: readonly string[]): boolean {
  return field === "*" || wanted.includes(unescaped(field));
}

function unescaped(field: string): string {
  return field.replace(/\\([\s\S])/g, "$1");
}
