/** The parameters of a connection, by libpq's names, and the variables of the environment for them. */

/** What Redd honours. */
export const PARAMETERS = {
  host: "PGHOST",
  port: "PGPORT",
  dbname: "PGDATABASE",
  user: "PGUSER",
  password: "PGPASSWORD",
  passfile: "PGPASSFILE",
  service: "PGSERVICE",
  sslmode: "PGSSLMODE",
  sslrootcert: "PGSSLROOTCERT",
  sslcert: "PGSSLCERT",
  sslkey: "PGSSLKEY",
  application_name: "PGAPPNAME",
  connect_timeout: "PGCONNECT_TIMEOUT",
  options: "PGOPTIONS",
} as const;

/** The name of a parameter. */
export type Parameter = keyof typeof PARAMETERS;

/** Values of parameters, as they were written. What is absent or empty is not there. */
export type Pieces = Readonly<Partial<Record<Parameter, string>>>;

/** What a parameter is called in the environment, and which of its values ask for nothing. */
interface Demand {
  readonly variable: string;
  readonly harmless: readonly string[];
}

/**
 * What Redd cannot honour. Each leads elsewhere or asks for more safety: to ignore it would be to
 * connect where, or how, the user did not want to.
 */
export const DEMANDS: Readonly<Record<string, Demand>> = {
  hostaddr: { variable: "PGHOSTADDR", harmless: [] },
  channel_binding: { variable: "PGCHANNELBINDING", harmless: ["disable", "prefer"] },
  gssencmode: { variable: "PGGSSENCMODE", harmless: ["disable", "prefer"] },
  require_auth: { variable: "PGREQUIREAUTH", harmless: [] },
  requirepeer: { variable: "PGREQUIREPEER", harmless: [] },
  sslcrl: { variable: "PGSSLCRL", harmless: [] },
  sslcrldir: { variable: "PGSSLCRLDIR", harmless: [] },
  sslnegotiation: { variable: "PGSSLNEGOTIATION", harmless: ["postgres"] },
  ssl_min_protocol_version: {
    variable: "PGSSLMINPROTOCOLVERSION",
    harmless: ["TLSv1", "TLSv1.1", "TLSv1.2"],
  },
  target_session_attrs: { variable: "PGTARGETSESSIONATTRS", harmless: ["any"] },
};

/** Does a parameter with this value ask for nothing? */
export function isHarmless(name: string, value: string): boolean {
  return value === "" || DEMANDS[name]?.harmless.includes(value) === true;
}

/** Does Redd honour a parameter of this name? */
export function isParameter(name: string): name is Parameter {
  return Object.hasOwn(PARAMETERS, name);
}
