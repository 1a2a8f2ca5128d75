/**
 * The driver with what it is given, and nothing of the environment.
 *
 * postgres 3.4.9 reads `PG…` variables for options that it is not given. One of them cannot be
 * given as "none": PGTARGETSESSIONATTRS, of which it refuses libpq's own default `any`, and with
 * which it looks for a standby where there is one server alone. Options that it has read once it
 * takes as they are; so they are read with a value, and then used without it.
 */
import postgres from "../../packages/postgres.ts";

/** Opens the driver; absent options are the driver's defaults, but for user, database and password. */
export function openDriver(
  options: postgres.Options<Record<never, never>>,
): postgres.Sql<Record<never, never>> {
  const plain = { ssl: false, sslnegotiation: null, debug: false, ...options };
  const read = postgres({ ...plain, target_session_attrs: "primary" }).options;
  return postgres({ ...read, target_session_attrs: null } as unknown as typeof options);
}
