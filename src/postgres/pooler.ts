/** What PgBouncer says in the server's place. */

/** The code that it has for all of it: a violation of the protocol, which a server never ends with. */
export const OF_POOLERS = "08P01";

/** What is wrong, and what helps. */
export interface PoolerDiagnosis {
  readonly code: string;
  readonly because: string;
  readonly remedy: string;
}

const ITSELF = "or connect to the server itself";

const TOLD: readonly (readonly [RegExp, (message: string) => PoolerDiagnosis])[] = [
  [/transaction blocks not allowed/, () => ({
    code: "POOLER_BY_STATEMENT",
    because: "a pooler stands before the server that hands out connections by statement, and no " +
      "work of Redd's is a single statement",
    remedy: `Set pool_mode to transaction or session there, ${ITSELF}`,
  })],
  [/unsupported startup parameter/, (message) => ({
    code: "POOLER_PARAMETER",
    because:
      `a pooler stands before the server and refuses what the connection asks for: ${message}`,
    remedy:
      `Take it out of the connection string or environment, name it in the pooler's ignore_startup_parameters, ${ITSELF}`,
  })],
  [/query_wait_timeout/, () => ({
    code: "NO_CONNECTION_FREE",
    because: "a pooler stands before the server, and none of its connections came free in time",
    remedy: `Raise its pool_size, give fewer --jobs, ${ITSELF}`,
  })],
  [/no more connections allowed|too many connections|too many clients/, (message) => ({
    code: "TOO_MANY_CONNECTIONS",
    because: `a pooler stands before the server and has no more connections: ${message}`,
    remedy: `Raise its max_client_conn or the server's limits, give fewer --jobs, ${ITSELF}`,
  })],
  [/no such (?:database|user)|cannot connect to server|server login/, (message) => ({
    code: "POOLER_REFUSED",
    because: `a pooler stands before the server and says: ${message}`,
    remedy: `Correct user and database, let the pooler know them, ${ITSELF}`,
  })],
];

/**
 * What an error is about that a pooler has sent.
 *
 * @param code The error's SQLSTATE.
 */
export function diagnosePooler(code: string, message: string): PoolerDiagnosis | undefined {
  if (code !== OF_POOLERS) return undefined;
  return TOLD.find(([words]) => words.test(message))?.[1](message);
}
