/**
 * A password for the users of a dataset, so that somebody can log in and look around. No dataset has
 * one: it is set in the target, beside a load, and only where nobody else is a user.
 */
import type { DatasetUser } from "../dataset/users.ts";
import { ReddError } from "../errors.ts";
import { someOf } from "../names.ts";
import { qualified } from "../postgres/identifier.ts";
import { type Change, requireChanges, requireInsert } from "../postgres/rights.ts";
import { beginAlone, LOCK_TIMEOUT } from "../postgres/session.ts";
import type { Target } from "../postgres/target.ts";
import { redactUrl } from "../postgres/url.ts";
import { withTarget } from "../postgres/with_target.ts";
import { tableNamed } from "../tables/catalog.ts";
import { type Catalog, readCatalog } from "./catalog.ts";
import { type DemoAccounts, ofEarlierRole, readAccounts } from "./demo_accounts.ts";
import { djangoHash, newSalt } from "./django_password.ts";

/** Where a password is set, and for whom. */
export interface DemoOptions {
  /** The connection string, `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** The users of the dataset. */
  readonly users: readonly DatasetUser[];
  /**
   * Set it although the target has users of its own as well, or one of a name of the dataset's with a
   * password of its own? They keep theirs.
   */
  readonly besideOthers?: boolean;
  /** Ends it; nothing has been set then. */
  readonly signal?: AbortSignal;
  /** Is told which of the users cannot log in all the same, and why, in a text for each reason. */
  readonly onWarning?: (text: string) => void;
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

const TABLES = [USERS, PROFILES, ...OPENED.map(({ table }) => table)];

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
    // Forms of Django strip what is typed into them.
    : password.trim() !== password
    ? "it begins or ends with a blank, which forms to log in take away"
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

/** What is known of a target before a password is set. */
interface Ground {
  readonly catalog: Catalog;
  readonly accounts: DemoAccounts;
}

/**
 * Looks whether a password may be set, before a load begins, and whether the user of the connection
 * has all rights for it. A target without tables has no users, and whoever makes the tables owns them.
 *
 * @throws {ReddError} input, where the target has other users and it was not said that these do not
 *   matter; environment, where a right is missing.
 */
export async function requireDemoTarget(options: DemoOptions): Promise<void> {
  await withTarget(workOf(options), async (target) => {
    await beginAlone(target, options.lockTimeout ?? LOCK_TIMEOUT, "set a password in");
    await groundOf(target, options);
    await target.query("rollback");
  });
}

/** The places that can be opened to operators, where the target has tables for it. */
function openedIn(catalog: Catalog) {
  return catalog.has(PROFILES.name) ? OPENED.filter(({ table }) => catalog.has(table.name)) : [];
}

/** The ground in a target that has users; undefined where there are none yet. */
async function groundOf(target: Target, options: DemoOptions): Promise<Ground | undefined> {
  const catalog = await readCatalog(target, TABLES);
  if (!catalog.has(USERS.name)) return undefined;
  const profiles = catalog.has(PROFILES.name);
  const opened = openedIn(catalog);
  const reads = [USERS.name, ...profiles ? [PROFILES.name] : [], ...await placesIn(target, opened)];
  // Before anything is read that a user without rights could not read.
  await requireChanges(target, [
    { table: USERS.name, right: "UPDATE" },
    ...reads.map((table): Change => ({ table, right: "SELECT" })),
  ]);
  await requireInsert(target, opened.map(({ table }) => table));
  const accounts = await readAccounts(target, options.users, profiles);
  refuseOthers(target, accounts, options);
  if (ofEarlierRole(accounts.own).length > 0) {
    await requireChanges(target, [{ table: PROFILES.name, right: "UPDATE" }]);
  }
  return { catalog, accounts };
}

/** Names of the tables of these places, those that are there. */
async function placesIn(target: Target, opened: typeof OPENED[number][]): Promise<string[]> {
  const places = opened.map(({ place }) => tableNamed(`infrastructure_${place}`));
  const there = await readCatalog(target, places);
  return places.map(({ name }) => name).filter((name) => there.has(name));
}

function refuseOthers(target: Target, { own, others }: DemoAccounts, options: DemoOptions): void {
  if (options.besideOthers) return;
  const taken = own.filter(({ isRedds }) => !isRedds).map(({ username }) => username);
  if (others.length === 0 && taken.length === 0) return;
  const because = [
    ...others.length === 0 ? [] : [`it has other users: ${someOf(others)}`],
    ...taken.length === 0 ? [] : [
      `${someOf(taken)} ${taken.length === 1 ? "has a password" : "have passwords"} there that ` +
      "Redd has not set",
    ],
  ];
  throw new ReddError("input", "DEMO_PASSWORD_BESIDE_OTHERS", {
    cannot: `${CANNOT} in ${redactUrl(target.url)}`,
    because: because.join(", and "),
    remedy: "If that is no system where people work, give --demo-password-anyway as well; " +
      "they keep their own",
  });
}

/**
 * Sets a password for the users of a loaded dataset, each with a salt of its own, and opens all
 * stations and sea areas to the operators among them, to whom AquaMind shows nothing otherwise. Users
 * that a load of an earlier version made get the role of the dataset. Those whose password is neither
 * the dataset's nor set by Redd keep it. It is one transaction, and can be done again.
 *
 * @returns the users that can log in with it now.
 * @throws {ReddError} input: no password, other users in the target, or none of the dataset's;
 *   environment: no connection, no rights, a load that does not end; interrupted: the signal.
 */
export async function setDemoPassword(
  password: string,
  options: DemoOptions,
): Promise<readonly string[]> {
  requirePassword(password);
  const hashes = new Map(
    await Promise.all(
      options.users.map(async ({ username }) =>
        [username, await djangoHash(password, newSalt())] as const
      ),
    ),
  );
  return await withTarget(workOf(options), async (target, held) => {
    await beginAlone(target, options.lockTimeout ?? LOCK_TIMEOUT, "set a password in");
    const ground = await groundOf(target, options);
    const own = ground?.accounts.own.filter(({ isRedds }) => isRedds) ?? [];
    if (ground === undefined || own.length === 0) throw noUsers(target, options);
    const wanted = own.map(({ username }) => [username, hashes.get(username)!]);
    await target.query(
      `update ${qualified(target.schema, USERS.name)} u set password = wanted.value
       from json_each_text($1::text::json) wanted where u.username = wanted.key`,
      [JSON.stringify(Object.fromEntries(wanted))],
    );
    const roles = ofEarlierRole(own).map(({ username, wanted }) => [username, wanted]);
    if (roles.length > 0) {
      await target.query(
        `update ${qualified(target.schema, PROFILES.name)} p set role = wanted.value
         from json_each_text($1::text::json) wanted
         join ${qualified(target.schema, USERS.name)} u on u.username = wanted.key
         where p.user_id = u.id`,
        [JSON.stringify(Object.fromEntries(roles))],
      );
    }
    for (const { table, column, place } of openedIn(ground.catalog)) {
      await target.query(
        `insert into ${qualified(target.schema, table.name)} (userprofile_id, ${column})
         select p.id, o.id from ${qualified(target.schema, PROFILES.name)} p
         join ${qualified(target.schema, USERS.name)} u on u.id = p.user_id
         cross join ${qualified(target.schema, `infrastructure_${place}`)} o
         where p.role = 'OPR' and u.username in (select json_array_elements_text($1::text::json))
         on conflict do nothing`,
        [JSON.stringify(own.map(({ username }) => username))],
      );
    }
    held.seal();
    await target.query("commit");
    for (const text of warningsOf(ground.accounts)) options.onWarning?.(text);
    return own.filter(({ active }) => active).map(({ username }) => username);
  });
}

/** Why users of the dataset cannot log in with the password that was set. */
function warningsOf({ own }: DemoAccounts): string[] {
  const named = (accounts: typeof own) => someOf(accounts.map(({ username }) => username));
  const kept = own.filter(({ isRedds }) => !isRedds);
  const closed = own.filter(({ isRedds, active }) => isRedds && !active);
  return [
    ...kept.length === 0
      ? []
      : [`passwords that Redd has not set stay as they are: ${named(kept)}`],
    ...closed.length === 0 ? [] : [
      `not active in the database, and cannot log in until AquaMind makes them so: ${
        named(closed)
      }`,
    ],
  ];
}

function noUsers({ url }: Target, { users }: DemoOptions): ReddError {
  return new ReddError("input", "DEMO_USERS_MISSING", {
    cannot: `${CANNOT} in ${redactUrl(url)}`,
    because: `it has none of them with a password of the dataset or of Redd: ${
      someOf(users.map(({ username }) => username))
    }`,
    remedy: "Load the dataset with its users, not without the group auth",
  });
}
