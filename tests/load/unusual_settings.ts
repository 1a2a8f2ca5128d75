/** Values that nobody would expect, for every setting that a role or a database may have. */
import { ask } from "./databases.ts";

/** A setting and the value that it is given. */
export interface Unusual {
  readonly name: string;
  readonly value: string;
}

/** Which of two unusual values a setting gets: its range has two ends, a choice several words. */
export type End = "least" | "most";

/** Settings that are no matter of a session, or that no value but a fitting one lets connect. */
const LEFT_OUT = new Set([
  // Words about the transaction that is open, or about who the user is.
  "transaction_isolation",
  "transaction_read_only",
  "transaction_deferrable",
  "role",
  "session_authorization",
  // Refused with a reason of their own, see below.
  "default_transaction_read_only",
  "session_replication_role",
  // Names of things that have to be there.
  "default_tablespace",
  "temp_tablespaces",
  "default_table_access_method",
  "local_preload_libraries",
  "session_preload_libraries",
  // Of these four no two are on at once; they write to the log alone.
  "log_parser_stats",
  "log_planner_stats",
  "log_executor_stats",
  "log_statement_stats",
  // Every statement as a tree into the log.
  "debug_print_parse",
  "debug_print_raw_parse",
  "debug_print_rewritten",
  "debug_print_plan",
]);

/** What a value at the end of the range would make of any session at all, and what is taken instead. */
const INSTEAD: Readonly<Record<string, Partial<Record<End, string>>>> = {
  // Not so short that a session could not begin.
  statement_timeout: { most: "20s" },
  transaction_timeout: { most: "20s" },
  idle_in_transaction_session_timeout: { most: "20s" },
  idle_session_timeout: { most: "20s" },
  lock_timeout: { most: "20s" },
  // Memory that is taken at once, or a stack that holds no statement.
  temp_buffers: { most: "1MB" },
  max_stack_depth: { least: "1MB", most: "1MB" },
  // The longest pause for the fewest pages.
  vacuum_cost_delay: { most: "1ms" },
  // Where nothing costs anything and no way to join is left, the server takes the worst there is.
  enable_hashjoin: { least: "on" },
  enable_mergejoin: { most: "on" },
  enable_sort: { most: "on" },
  seq_page_cost: { least: "1", most: "1" },
  random_page_cost: { least: "1", most: "1000" },
  cpu_tuple_cost: { least: "1", most: "1" },
  cpu_index_tuple_cost: { least: "1", most: "1" },
  cpu_operator_cost: { least: "1", most: "1" },
  // A line of the log for everything that the server does.
  log_min_messages: { least: "panic", most: "panic" },
  log_min_error_statement: { least: "panic", most: "panic" },
  // Parallel plans where there are many, none where there are none.
  min_parallel_table_scan_size: { most: "0" },
  min_parallel_index_scan_size: { most: "0" },
  parallel_setup_cost: { most: "0" },
  parallel_tuple_cost: { most: "0" },
};

/** Texts: those that say how something is read or written. */
const TEXTS: Readonly<Record<string, string>> = {
  search_path: "public, pg_catalog",
  TimeZone: "Asia/Kathmandu",
  timezone_abbreviations: "India",
  DateStyle: "SQL, DMY",
  client_encoding: "LATIN1",
  application_name: "somebody",
  restrict_nonsystem_relation_kind: "view, foreign-table",
  createrole_self_grant: "set",
};

/** Every setting that a role may have, with one of its unusual values. */
export async function unusualSettings(url: string, end: End): Promise<readonly Unusual[]> {
  const rows = await ask(
    url,
    `select name, vartype, boot_val, min_val, max_val, array_to_json(enumvals)::text
     from pg_settings where context in ('user', 'superuser') and name not like '%.%' order by name`,
  );
  return rows.flatMap(([name, type, usual, least, most, words]) => {
    const value = INSTEAD[String(name)]?.[end] ??
      valueOf(String(name), String(type), String(usual), { least, most }[end], words, end);
    return value === undefined || LEFT_OUT.has(String(name)) ? [] : [{ name: String(name), value }];
  });
}

function valueOf(
  name: string,
  type: string,
  usual: string,
  bound: unknown,
  words: unknown,
  end: End,
): string | undefined {
  if (type === "bool") return usual === "on" ? "off" : "on";
  if (type === "string") return TEXTS[name];
  if (type !== "enum") return String(bound);
  const others = (JSON.parse(String(words)) as string[]).filter((word) => word !== usual);
  return others.at(end === "least" ? 0 : -1);
}

/** The statements that give settings to a database. */
export function setting(url: string, settings: readonly Unusual[]): readonly string[] {
  const database = new URL(url).pathname.slice(1);
  return settings.map(({ name, value }) => {
    const quoted = name === "search_path" || name === "DateStyle" || name.startsWith("restrict")
      ? value.split(", ").map((word) => `'${word}'`).join(", ")
      : `'${value}'`;
    return `alter database ${database} set ${name} = ${quoted}`;
  });
}
