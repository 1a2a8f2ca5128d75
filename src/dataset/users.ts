/** The users of a dataset, as its rows have them. */
import type { Dataset } from "./dataset.ts";
import { manifestError } from "./manifest.ts";
import { rowsOf, Untrue } from "./row_laws.ts";

/** A user of a dataset. */
export interface DatasetUser {
  /** Name to log in with. */
  readonly username: string;
  /** What stands in the place of a hash: text beginning with `!`, with which nobody logs in. */
  readonly password: string;
  /** Role in AquaMind, `ADMIN`; absent where the user has no profile. */
  readonly role?: string;
}

/**
 * Reads the users of a dataset, in the order of their ids.
 *
 * @throws {ReddError} input, where their files are not those that the manifest signed.
 */
export async function usersOf(dataset: Dataset): Promise<readonly DatasetUser[]> {
  try {
    const profiles = await rowsOf(dataset, "users_userprofile");
    const roles = new Map(profiles.map(({ user_id, role }) => [user_id, role]));
    return (await rowsOf(dataset, "auth_user")).map(({ id, username, password }) => {
      const role = roles.get(id);
      return { username: username!, password: password!, ...role === undefined ? {} : { role } };
    });
  } catch (thrown) {
    if (!(thrown instanceof Untrue)) throw thrown;
    const { name, remedy } = dataset;
    throw manifestError(name, "MANIFEST_INVALID", thrown.message, thrown, remedy);
  }
}
