/** Does the database take anything from this user at all? */
import { ReddError } from "../errors.ts";
import type { Target } from "./target.ts";
import { redactUrl } from "./url.ts";

/** Whether a transaction may write, and where it was said that it may not. */
interface Writing {
  readonly forbidden: boolean;
  readonly standby: boolean;
  /** As `pg_settings` has it: `database`, `user`, `database user`, `client`, `session` and others. */
  readonly source: string;
  /** Names in quotes where they need some. */
  readonly user: string;
  readonly database: string;
}

/**
 * Makes sure that the transaction that is open may write.
 *
 * @param deed What is done, as in `Cannot <deed> <target>`.
 * @throws {ReddError} environment, saying whether the server is a standby, or who has set
 *   `default_transaction_read_only`.
 */
export async function requireWritable(target: Target, deed: string): Promise<void> {
  const [found] = await target.query<Writing>(
    `select current_setting('transaction_read_only') = 'on' as forbidden,
       pg_is_in_recovery() as standby,
       (select source from pg_settings where name = 'default_transaction_read_only') as source,
       quote_ident(session_user) as user, quote_ident(current_database()) as database`,
  );
  if (!found?.forbidden) return;
  const { because, remedy } = diagnosed(found);
  throw new ReddError("environment", "TARGET_READ_ONLY", {
    cannot: `${deed} ${redactUrl(target.url)}`,
    because,
    remedy,
  });
}

function diagnosed({ standby, source, user, database }: Writing) {
  if (standby) {
    return {
      because: "the server is a standby, which only follows another",
      remedy: "Name the primary server",
    };
  }
  const place = PLACES[source]?.(user, database);
  const where = place?.where ?? "in the server's configuration";
  return {
    because: `default_transaction_read_only is on ${where}`,
    remedy: place?.remedy ??
      `Take it off in postgresql.conf, or for this role: alter role ${user} set ` +
        "default_transaction_read_only = off",
  };
}

/** Where a setting comes from, and what takes it off there. */
const PLACES: Readonly<
  Record<string, (user: string, database: string) => { where: string; remedy: string }>
> = {
  "database": (_, database) => ({
    where: `for the database ${database}`,
    remedy: `As its owner: alter database ${database} reset default_transaction_read_only`,
  }),
  "user": (user) => ({
    where: `for the role ${user}`,
    remedy: `Load as another role, or: alter role ${user} reset default_transaction_read_only`,
  }),
  "database user": (user, database) => ({
    where: `for the role ${user} in the database ${database}`,
    remedy: `Load as another role, or: alter role ${user} in database ${database} reset ` +
      "default_transaction_read_only",
  }),
  "global": () => ({
    where: "for all roles",
    remedy: "Let a superuser take it off: alter role all reset default_transaction_read_only",
  }),
  "client": () => ({
    where: "in the options of the connection",
    remedy: "Take it out of the connection string's options, or out of PGOPTIONS",
  }),
  "session": () => ({
    where: "in this session, as somebody before has left it in a pooler",
    remedy: "Connect to the server itself, or have the pooler reset its connections",
  }),
};
