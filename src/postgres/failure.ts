/** What the driver and the server throw, as messages with a remedy. */
import postgres from "../packages/postgres.ts";
import { messageOf, ReddError } from "../errors.ts";
import { plainIdent } from "./identifier.ts";
import { diagnosePooler, OF_POOLERS } from "./pooler.ts";
import { systemRemedy } from "./system_remedy.ts";
import { readUrl, redactUrl } from "./url.ts";

/** The code of a driver's, socket's or server's error. */
export function codeOf(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

/** Is the connection gone? */
export function isConnectionLost(thrown: unknown): boolean {
  return /^(CONNECTION_(CLOSED|DESTROYED|ENDED)|ECONNRESET|EPIPE|57P0[12]|08[\dA-Z]{3})$/
    .test(codeOf(thrown));
}

interface Diagnosis {
  readonly code: string;
  readonly because: string;
  readonly remedy: string;
}

/** Would the server have a connection that is more, or less, safe than the one it was offered? */
export function isEncryptionRefused(thrown: unknown): boolean {
  return /^(28000|TLS_ABSENT|TLS_FAILED)$/.test(codeOf(thrown));
}

const PASSWORD_MISSING: Diagnosis = {
  code: "LOGIN_REFUSED",
  because: "the server wants a password, and none was found",
  remedy: "Give it as PGPASSWORD or in the password file ~/.pgpass, which its owner alone may " +
    "read (chmod 600), or allow this login without one in the server's pg_hba.conf",
};

/** Has the driver had a password to send? Where the string has none it looks into PGPASSWORD. */
function hasPassword(url: string): boolean {
  return readUrl(url).password !== undefined || (Deno.env.get("PGPASSWORD") ?? "") !== "";
}

/**
 * The error of a connection that did not come about.
 *
 * @param beside Is it one more beside others, of which there could be fewer?
 */
export function connectionFailure(thrown: unknown, url: string, beside = false): ReddError {
  const { code, because, remedy } = codeOf(thrown) === "28P01" && !hasPassword(url)
    ? PASSWORD_MISSING
    : diagnoseConnection(thrown, namesIn(url), beside);
  return new ReddError("environment", code, {
    cannot: `connect to ${redactUrl(url)}`,
    because,
    remedy,
    cause: thrown,
  });
}

/** The role and the database of a connection string, as SQL takes them; `…` where it names none. */
interface Names {
  readonly role: string;
  readonly database: string;
}

function namesIn(url: string): Names {
  const { username, database = username } = readUrl(url);
  const shown = (name: string | undefined) =>
    name === undefined || name === "" ? "…" : plainIdent(name);
  return { role: shown(username), database: shown(database) };
}

/** What the server says of a refusal besides its code, whatever language it speaks. */
interface Refusal {
  readonly routine?: string;
  readonly hint?: string;
}

function diagnoseConnection(thrown: unknown, names: Names, beside: boolean): Diagnosis {
  const message = messageOf(thrown);
  const pooler = diagnosePooler(codeOf(thrown), message);
  if (pooler !== undefined) return pooler;
  switch (codeOf(thrown)) {
    case "ECONNREFUSED":
    case "ENOENT":
      return {
        code: "CONNECTION_REFUSED",
        because: "nothing listens there",
        remedy: "Start the server, or correct the host and port",
      };
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return {
        code: "HOST_UNKNOWN",
        because: "no host of this name is known",
        remedy: "Correct the host in the connection string",
      };
    case "CONNECT_TIMEOUT":
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return {
        code: "HOST_UNREACHABLE",
        because: "the host does not answer",
        remedy: "Correct the host and port, or open the way through the firewall",
      };
    case "TLS_ABSENT":
      return {
        code: "TLS_MISSING",
        because: "the server has no TLS, which sslmode demands",
        remedy: "Turn ssl on in the server's postgresql.conf, or give sslmode=prefer where you " +
          "trust the network",
      };
    case "CERTIFICATE_REFUSED":
      return {
        code: "CERTIFICATE_REFUSED",
        because: `the server's certificate is refused: ${message}`,
        remedy: "Give the certificate of the authority that signed it as sslrootcert=FILE",
      };
    case "NAME_REFUSED":
      return {
        code: "CERTIFICATE_REFUSED",
        because: `the server's certificate is for another name: ${message}`,
        remedy: "Give the host by a name of the certificate, or sslmode=verify-ca",
      };
    case "TLS_FAILED":
      return {
        code: "TLS_FAILED",
        because: `TLS does not come about: ${message}`,
        remedy: "Check sslcert and sslkey, and look at the server's log",
      };
    case "NOT_POSTGRES":
      return {
        code: "NOT_POSTGRES",
        because: message,
        remedy: "Correct the host and port",
      };
    case "28P01":
    case "28000":
      return { code: "LOGIN_REFUSED", because: message, remedy: loginRemedy(thrown, names) };
    case "3D000":
      return {
        code: "DATABASE_MISSING",
        because: message,
        remedy: "Create it with createdb, or correct the name in the connection string",
      };
    case "42501":
      return {
        code: "RIGHTS_MISSING",
        because: message,
        remedy:
          `As the owner of the database: grant connect on database ${names.database} to ${names.role}`,
      };
    case "53300":
      return {
        code: "TOO_MANY_CONNECTIONS",
        because: message,
        remedy: moreConnections(thrown, names, beside),
      };
    case "55000":
      return {
        code: "DATABASE_CLOSED",
        because: message,
        // Only of one whose removal was interrupted does the server itself know what helps.
        remedy: (thrown as Refusal).hint === undefined
          ? "From another database, as its owner: alter database " +
            `${names.database} allow_connections true`
          : `Its removal was interrupted: drop database ${names.database}, and create it again`,
      };
    case "57P03":
      return {
        code: "SERVER_BUSY",
        because: message,
        remedy: "The server is starting or stopping: try again in a moment",
      };
    default:
      return {
        code: "CONNECTION_FAILED",
        because: message,
        remedy: systemRemedy(codeOf(thrown)) ?? "Check the connection string with psql",
      };
  }
}

/** What helps a user who may not log in. The server gives one code to all of it. */
function loginRemedy(thrown: unknown, { role }: Names): string {
  const { routine = "" } = thrown as Refusal;
  const byRole = codeOf(thrown) === "28000" && routine.startsWith("InitializeSessionUserId");
  if (byRole && /not permitted to log in/.test(messageOf(thrown))) {
    return `Let the role log in: alter role ${role} login; or connect as another user`;
  }
  if (byRole) {
    return "Correct the user; where there is such a role, a superuser lets it log in: " +
      `alter role ${role} login`;
  }
  return "Correct the user and password, or allow this login in the server's pg_hba.conf";
}

/**
 * What helps where a limit of connections is reached: the role's, the database's or the server's,
 * which the server tells by the place in its own code, whatever language it speaks.
 */
function moreConnections(thrown: unknown, names: Names, beside: boolean): string {
  const { routine = "" } = thrown as Refusal;
  const fewer = beside
    ? "Give fewer --jobs or end sessions that nobody needs"
    : "End sessions that nobody needs";
  if (routine.startsWith("InitializeSessionUserId")) {
    return `${fewer}, or raise the role's own limit: alter role ${names.role} connection limit 10`;
  }
  if (routine === "CheckMyDatabase") {
    return `${fewer}, or raise the database's own limit: ` +
      `alter database ${names.database} connection limit 10`;
  }
  return `${fewer}, or raise max_connections of the server`;
}

/** Where a load, or other work, was when something was thrown. */
export interface Place {
  /** Verb and thing: `load data/batch_batch.csv`. */
  readonly cannot: string;
  /** The connection string; shown without its password. */
  readonly url: string;
  /**
   * How things stand in the target and what to do now, where a failure does not leave it as it was.
   */
  readonly remedy?: string;
  /**
   * Are rows of a dataset brought, so that a row which the server refuses is one of them? Where the
   * work is another, it is a row of the target's.
   */
  readonly brings?: boolean | undefined;
  /** Rows of the file between its header and the first that was sent; none if absent. */
  readonly skipped?: number;
}

/** The error of a statement or COPY of any work. A ReddError stays as it is. */
export function loadFailure(thrown: unknown, place: Place): ReddError {
  if (thrown instanceof ReddError) return thrown;
  const pooler = diagnosePooler(codeOf(thrown), messageOf(thrown));
  if (pooler !== undefined) {
    const { code, because, remedy } = pooler;
    const then = place.remedy === undefined ? remedy : `${remedy}. ${place.remedy}`;
    return new ReddError("environment", code, {
      cannot: place.cannot,
      because,
      remedy: then,
      cause: thrown,
    });
  }
  if (isConnectionLost(thrown)) {
    return new ReddError("environment", "CONNECTION_LOST", {
      cannot: place.cannot,
      because: `the connection to ${redactUrl(place.url)} ended${
        codeOf(thrown) === OF_POOLERS ? `: ${messageOf(thrown)}` : ""
      }`,
      remedy: place.remedy ?? "Nothing has changed there; look at the server's log and try again",
      cause: thrown,
    });
  }
  if (!(thrown instanceof postgres.PostgresError)) {
    const because = messageOf(thrown);
    const cannot = place.cannot;
    const remedies = [systemRemedy(codeOf(thrown)), place.remedy].filter((one) =>
      one !== undefined
    );
    const remedy = remedies.length === 0 ? {} : { remedy: remedies.join(". ") };
    return new ReddError("environment", place.brings ? "LOAD_FAILED" : "DATABASE_FAILED", {
      cannot,
      because,
      ...remedy,
      cause: thrown,
    });
  }
  return serverFailure(thrown, place);
}

function serverFailure(
  error: postgres.PostgresError,
  { cannot, remedy, brings, skipped = 0 }: Place,
): ReddError {
  if (brings && /^2[23]/.test(error.code)) {
    const spot = spotOf(error, skipped);
    const because = `${spot}${error.message}${error.detail ? ` (${error.detail})` : ""}`;
    return new ReddError("input", "ROW_REFUSED", {
      cannot,
      because: because.replace(/\.(\)?)$/, "$1"),
      remedy: remedy ??
        "Nothing has changed in the target; generate the dataset again, or mend the file",
      cause: error,
    });
  }
  const { code, first } = diagnoseServer(error);
  const because = `${error.message} (SQLSTATE ${error.code})`;
  const then = remedy ?? "Nothing has changed in the target";
  return new ReddError("environment", code, {
    cannot,
    because,
    remedy: remedy === undefined && code !== "SERVER_REFUSED" ? first : `${first}. ${then}`,
    cause: error,
  });
}

function diagnoseServer(
  { code, routine }: Pick<postgres.PostgresError, "code" | "routine">,
): { code: string; first: string } {
  switch (code) {
    case "55P03":
      return {
        code: "TARGET_LOCKED",
        first: "Another session holds a lock on the table: end it, then try again",
      };
    case "40P01":
      return {
        code: "DEADLOCK",
        first: "Another session and this one waited for each other: end it, then try again",
      };
    case "42501":
      return {
        code: "RIGHTS_MISSING",
        first: routine === "check_enable_rls"
          ? "Connect as a user with BYPASSRLS, whom no policy binds"
          : "Grant the user the right, or connect as the owner of the tables",
      };
    case "53100":
      return { code: "SERVER_DISK_FULL", first: "Make room on the server's disk and try again" };
    case "25006":
      return {
        code: "TARGET_READ_ONLY",
        first:
          "Name the primary server, or, where this is it, take default_transaction_read_only " +
          "off the role, the database or the server",
      };
    default:
      return {
        code: "SERVER_REFUSED",
        first: "Look at the server's log",
      };
  }
}

/** Where in the rows: from COPY's context, otherwise the table and constraint. */
function spotOf(error: postgres.PostgresError, skipped: number): string {
  const spot = copySpot(error.where ?? "");
  if (spot !== undefined) {
    const { line, column, value } = spot;
    // The server counts what it was sent, and the header is sent always.
    return `line ${line === 1 ? 1 : line + skipped}${
      column === undefined ? "" : `, column ${column}`
    }${value === undefined ? "" : `, value ${value}`}: `;
  }
  return error.table_name ? `table ${error.table_name}: ` : "";
}

/** A spot in a CSV file, as COPY names it. */
export interface CopySpot {
  /** Counted from 1; the header is line 1. */
  readonly line: number;
  readonly column?: string;
  /** In quotes as the server shows it, cut if long; `null` for nothing between the commas. */
  readonly value?: string;
}

/**
 * Reads COPY's context: `COPY batch_batch, line 3, column status: "abc"`. The words may be in the
 * server's language; the order is the same.
 */
export function copySpot(where: string): CopySpot | undefined {
  const match = /^COPY [^,]+, \S+ (\d+)(?:, \S+ ([^\s:]+): (?:("[\s\S]*?")$|(.*)))?/m.exec(where);
  if (match === null) return undefined;
  const [, line, column, quoted, other] = match;
  return {
    line: Number(line),
    ...(column === undefined ? {} : { column }),
    ...(quoted === undefined ? {} : { value: quoted }),
    ...(other === undefined ? {} : { value: "null" }),
  };
}
