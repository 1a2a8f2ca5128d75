/**
 * A password for the users of a dataset, so that somebody can log in and look around. No dataset has
 * one: it is set in the target, beside a load, and only where nobody else is a user.
 */
import { readCatalog } from "./catalog.ts";
import { ReddError } from "../errors.ts";
import { someOf } from "../names.ts";
import { qualified } from "../postgres/identifier.ts";
import { requireChanges, requireInsert } from "../postgres/rights.ts";
import { beginAlone, LOCK_TIMEOUT } from "../postgres/session.ts";
import type { Target } from "../postgres/target.ts";
import { redactUrl } from "../postgres/url.ts";
import { withTarget } from "../postgres/with_target.ts";
import { tableNamed } from "../tables/catalog.ts";
import { djangoHash, newSalt } from "./django_password.ts";

/** Where a password is set, and for whom. */
export interface DemoOptions {
  /** The connection string, `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** The usernames of the dataset: the keys of its manifest's `users`. */
  readonly users: readonly string[];
  /** Set it although the target has users of its own as well? They keep theirs. */
  readonly besideOthers?: boolean;
  /** Ends it; nothing has been set then. */
  readonly signal?: AbortSignal;
  /** How long to wait for a load that is under way, in milliseconds; 10 s if absent. */
  readonly lockTimeout?: number;
}

/** Django refuses to look at a longer one, in bytes. */
const LONGEST = 4096;

const USERS = tableNamed("auth_user");
const PROFILES = tableNamed("users_userprofile");

/** The places of which AquaMind shows an operator only those that are opened to him. */
const OPENED = [
  { table: tableNamed("users_userprofile_allowed_areas"), column: "area_id", place: "area" },
  {
    table: tableNamed("users_userprofile_allowed_stations"),
    column: "freshwaterstation_id",
    place: "freshwaterstation",
  },
] as const;

const CANNOT = "set a password for the users of the dataset";

/** @throws {ReddError} input, for what is no password that anybody could log in with. */
export function requirePassword(password: string): void {
  const because = password === ""
    ? "it is empty"
    : new TextEncoder().encode(password).length > LONGEST
    ? `it is longer than ${LONGEST} bytes`
    // deno-lint-ignore no-control-regex
    : /[\x00-\x1f\x7f]/.test(password)
    ? "it has a line break or another control character"
    : undefined;
  if (because === undefined) return;
  throw new ReddError("input", "DEMO_PASSWORD_UNUSABLE", {
    cannot: CANNOT,
    because,
    remedy: "Give another one",
  });
}

function workOf({ url, signal }: DemoOptions) {
  return {
    url,
    signal,
    cannot: `${CANNOT} in ${redactUrl(url)}`,
    interrupted: { cannot: CANNOT, remedy: "None is set; run the same command again" },
  };
}

/**
 * Looks whether a password may be set, before a load begins.
 *
 * @throws {ReddError} input, where the target has other users and it was not said that these do not
 *   matter.
 */
export async function requireDemoTarget(options: DemoOptions): Promise<void> {
  await withTarget(workOf(options), async (target) => {
    await beginAlone(target, options.lockTimeout ?? LOCK_TIMEOUT, "set a password in");
    const catalog = await readCatalog(target, [USERS]);
    if (catalog.has(USERS.name)) await refuseOthers(target, options);
    await target.query("rollback");
  });
}

async function refuseOthers(target: Target, { users, besideOthers }: DemoOptions): Promise<void> {
  if (besideOthers) return;
  const others = await target.query<{ username: string }>(
    `select username from ${qualified(target.schema, USERS.name)}
     where username not in (select json_array_elements_text($1::text::json)) order by id`,
    [JSON.stringify(users)],
  );
  if (others.length === 0) return;
  throw new ReddError("input", "DEMO_PASSWORD_BESIDE_OTHERS", {
    cannot: `${CANNOT} in ${redactUrl(target.url)}`,
    because: `it has other users: ${someOf(others.map(({ username }) => username))}`,
    remedy: "If that is no system where people work, give --demo-password-anyway as well",
  });
}

/**
 * Sets a password for the users of a loaded dataset, each with a salt of its own, and opens all
 * stations and sea areas to the operators among them, to whom AquaMind shows nothing otherwise. It is
 * one transaction, and can be done again.
 *
 * @returns the users that can log in now.
 * @throws {ReddError} input: no password, other users in the target, or none of the dataset's;
 *   environment: no connection, no rights, a load that does not end; interrupted: the signal.
 */
export async function setDemoPassword(
  password: string,
  options: DemoOptions,
): Promise<readonly string[]> {
  requirePassword(password);
  const hashes = await Promise.all(
    options.users.map(async (name) => [name, await djangoHash(password, newSalt())] as const),
  );
  return await withTarget(workOf(options), async (target, held) => {
    await beginAlone(target, options.lockTimeout ?? LOCK_TIMEOUT, "set a password in");
    const all = [USERS, PROFILES, ...OPENED.map(({ table }) => table)];
    const catalog = await readCatalog(target, all);
    if (!catalog.has(USERS.name)) throw noUsers(target, options);
    await refuseOthers(target, options);
    const opened = catalog.has(PROFILES.name)
      ? OPENED.filter(({ table }) => catalog.has(table.name))
      : [];
    await requireChanges(target, [{ table: USERS.name, right: "UPDATE" }]);
    await requireInsert(target, opened.map(({ table }) => table));
    const set = await target.query<{ username: string }>(
      `update ${qualified(target.schema, USERS.name)} u set password = wanted.value
       from json_each_text($1::text::json) wanted where u.username = wanted.key
       returning u.username`,
      [JSON.stringify(Object.fromEntries(hashes))],
    );
    if (set.length === 0) throw noUsers(target, options);
    for (const { table, column, place } of opened) {
      await target.query(
        `insert into ${qualified(target.schema, table.name)} (userprofile_id, ${column})
         select p.id, o.id from ${qualified(target.schema, PROFILES.name)} p
         join ${qualified(target.schema, USERS.name)} u on u.id = p.user_id
         cross join ${qualified(target.schema, `infrastructure_${place}`)} o
         where p.role = 'OPR' and u.username in (select json_array_elements_text($1::text::json))
         on conflict do nothing`,
        [JSON.stringify(options.users)],
      );
    }
    held.seal();
    await target.query("commit");
    const names = new Set(set.map(({ username }) => username));
    return options.users.filter((name) => names.has(name));
  });
}

function noUsers({ url }: Target, { users }: DemoOptions): ReddError {
  return new ReddError("input", "DEMO_USERS_MISSING", {
    cannot: `${CANNOT} in ${redactUrl(url)}`,
    because: `it has none of them: ${someOf(users)}`,
    remedy: "Load the dataset with its users, not without the group auth",
  });
}
