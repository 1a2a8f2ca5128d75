/** Users of a dataset whom a target shows something else than the dataset means. */
import type { DatasetUser } from "../dataset/users.ts";
import { redactUrl } from "../postgres/url.ts";
import { beginReading } from "../postgres/session.ts";
import { lacksSelect } from "../postgres/rights.ts";
import { withTarget } from "../postgres/with_target.ts";
import { tableNamed } from "../tables/catalog.ts";
import { readCatalog } from "./catalog.ts";
import { readAccounts } from "./demo_accounts.ts";

/** A user whose role is another in the target. */
export interface OtherRole {
  readonly username: string;
  /** The role there; null where it has no profile. */
  readonly role: string | null;
  /** The role that the dataset gives. */
  readonly wanted: string;
}

/** Where to look. */
export interface RolesOptions {
  /** The connection string. */
  readonly url: string;
  readonly users: readonly DatasetUser[];
  readonly signal?: AbortSignal;
}

const TABLES = ["auth_user", "users_userprofile"].map(tableNamed);

/**
 * The users of a dataset that have another role in a database than the dataset gives them, as users
 * have that an earlier version brought or that AquaMind has made itself. None where the user of the
 * connection may not look.
 *
 * @throws {ReddError} environment: no connection; interrupted: the signal.
 */
export async function otherRoles({ url, users, signal }: RolesOptions): Promise<OtherRole[]> {
  const cannot = `look at the roles of users in ${redactUrl(url)}`;
  const interrupted = { cannot, remedy: "Nothing has changed" };
  return await withTarget({ url, signal, cannot, interrupted }, async (target) => {
    await beginReading(target);
    const catalog = await readCatalog(target, TABLES);
    const names = TABLES.map(({ name }) => name);
    const closed = names.some((name) => !catalog.has(name)) || await lacksSelect(target, names);
    const accounts = closed ? undefined : await readAccounts(target, users, true);
    await target.query("rollback");
    return (accounts?.own ?? []).flatMap(({ username, role, wanted }) =>
      wanted === null || role === wanted ? [] : [{ username, role, wanted }]
    );
  });
}
