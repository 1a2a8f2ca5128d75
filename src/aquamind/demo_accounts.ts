/**
 * Whom a password may be set for in a target: the accounts that a load of Redd's has made. Others, and
 * those of the same name that people of the target use, belong to these people.
 */
import type { DatasetUser } from "../dataset/users.ts";
import { qualified } from "../postgres/identifier.ts";
import type { Target } from "../postgres/target.ts";
import { DEMO_HASH } from "./django_password.ts";

/** The role that Redd gave to all users before 0.4.0, with which AquaMind shows them next to nothing. */
const EARLIER_ROLE = "VIEW";

/** A user of the dataset as the target has it. */
export interface DemoAccount {
  readonly username: string;
  readonly active: boolean;
  /** Has it the dataset's password, with which nobody logs in, or one that Redd has set? */
  readonly isRedds: boolean;
  /** Role in AquaMind; null where it has no profile. */
  readonly role: string | null;
  /** The role that the dataset gives it. */
  readonly wanted: string | null;
}

/** The users of a target by what Redd may do with them. */
export interface DemoAccounts {
  /** Those of the dataset's names, in its order. */
  readonly own: readonly DemoAccount[];
  /** Names of all others. */
  readonly others: readonly string[];
}

/**
 * Looks at the users of a target that has AquaMind's tables of users.
 *
 * @param profiles Has it the table of their profiles too?
 */
export async function readAccounts(
  target: Target,
  users: readonly DatasetUser[],
  profiles: boolean,
): Promise<DemoAccounts> {
  const role = profiles
    ? `(select p.role from ${qualified(target.schema, "users_userprofile")} p
        where p.user_id = u.id)`
    : "null";
  const rows = await target.query<Omit<DemoAccount, "wanted">>(
    `select u.username, u.is_active as active, ${role} as role,
       coalesce(u.password = wanted.value or u.password like $2, false) as "isRedds"
     from ${qualified(target.schema, "auth_user")} u
     left join json_each_text($1::text::json) wanted on wanted.key = u.username
     order by u.id`,
    [JSON.stringify(passwordsOf(users)), DEMO_HASH],
  );
  const found = new Map(rows.map((row) => [row.username, row]));
  const names = new Set(users.map(({ username }) => username));
  return {
    own: users.flatMap(({ username, role = null }) => {
      const row = found.get(username);
      return row === undefined ? [] : [{ ...row, wanted: role }];
    }),
    others: rows.map(({ username }) => username).filter((name) => !names.has(name)),
  };
}

function passwordsOf(users: readonly DatasetUser[]): Record<string, string> {
  return Object.fromEntries(users.map(({ username, password }) => [username, password]));
}

/** DemoAccounts whose profile is as a load of an earlier version left it, other than the dataset's. */
export function ofEarlierRole(accounts: readonly DemoAccount[]): DemoAccount[] {
  return accounts.filter(({ isRedds, role, wanted }) =>
    isRedds && role === EARLIER_ROLE && wanted !== null && wanted !== role
  );
}
