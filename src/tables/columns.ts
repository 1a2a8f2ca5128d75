/**
 * The notation in which the table files write columns: one line each, with type, meaning and, by
 * `optional`, `unique` and `indexed`, what else the catalog knows about it.
 */
import type { Column } from "./description.ts";

/** A column as it is written down: its description and what keys and checks are made of. */
export interface Draft extends Omit<Column, "references"> {
  /** Table and column it refers to. */
  readonly to?: { readonly table: string; readonly column: string };
  readonly unique?: boolean;
  readonly indexed?: boolean;
  /** A check keeps it at or above zero. */
  readonly natural?: boolean;
}

/** One column of any type. */
export function column(name: string, type: string, meaning: string): Draft {
  return { name, type, nullable: false, identity: false, meaning };
}

/** Text of a limited length. */
export const varchar = (name: string, length: number, meaning: string) =>
  column(name, `character varying(${length})`, meaning);
/** Text of any length. */
export const text = (name: string, meaning: string) => column(name, "text", meaning);
/** A JSON value. */
export const json = (name: string, meaning: string) => column(name, "jsonb", meaning);
/** A UUID. */
export const uuid = (name: string, meaning: string) => column(name, "uuid", meaning);
/** True or false. */
export const flag = (name: string, meaning: string) => column(name, "boolean", meaning);
/** A day. */
export const date = (name: string, meaning: string) => column(name, "date", meaning);
/** A time of day. */
export const time = (name: string, meaning: string) =>
  column(name, "time without time zone", meaning);
/** An instant; all of AquaMind is in UTC. */
export const instant = (name: string, meaning: string) =>
  column(name, "timestamp with time zone", meaning);
/** A whole number of 16 bits. */
export const smallint = (name: string, meaning: string) => column(name, "smallint", meaning);
/** A whole number of 32 bits. */
export const integer = (name: string, meaning: string) => column(name, "integer", meaning);
/** A whole number of 64 bits. */
export const bigint = (name: string, meaning: string) => column(name, "bigint", meaning);
/** A binary floating point number of 64 bits. */
export const double = (name: string, meaning: string) => column(name, "double precision", meaning);
/** An exact decimal number with `precision` digits, `scale` of them after the point. */
export const numeric = (name: string, precision: number, scale: number, meaning: string) =>
  withDecimals(scale, column(name, `numeric(${precision},${scale})`, meaning));

/** A whole number that a check keeps at or above zero. */
export function natural(name: string, meaning: string): Draft {
  return { ...integer(name, meaning), natural: true };
}

/** A small whole number that a check keeps at or above zero. */
export function smallNatural(name: string, meaning: string): Draft {
  return { ...smallint(name, meaning), natural: true };
}

/** A foreign key; `to` is a table, with its key after a dot where that is not called id. */
export function link(name: string, to: string, meaning: string, type = "bigint"): Draft {
  const [table = to, key = "id"] = to.split(".");
  return { ...column(name, type, meaning), to: { table, column: key } };
}

/** A foreign key to a user, whose ids are integers. */
export const user = (name: string, meaning: string) => link(name, "auth_user", meaning, "integer");

/** A column that may be NULL. */
export const optional = (draft: Draft): Draft => ({ ...draft, nullable: true });

/** A column whose value no other row has. */
export const unique = (draft: Draft): Draft => ({ ...draft, unique: true });

/** A number that the dataset writes with so many digits after the point, whatever its type has. */
export const withDecimals = (decimals: number, draft: Draft): Draft => ({ ...draft, decimals });

/** A JSON object that the dataset writes with these keys in this order, some of them not always. */
export const withKeys = (keys: readonly string[], draft: Draft): Draft => ({ ...draft, keys });

/** A column of master data in which the dataset's value replaces the target's. */
export const governed = (draft: Draft): Draft => ({ ...draft, governed: true });

/** A column that is changed without a save, so without a row of the history. */
export const unsaved = (draft: Draft): Draft => ({ ...draft, unsaved: true });

/** A column whose value in the target is a secret of the target's. */
export const secret = (draft: Draft): Draft => ({ ...draft, secret: true });

/** A column with an index of its own; foreign keys have one anyhow. */
export const indexed = (draft: Draft): Draft => ({ ...draft, indexed: true });

/** An identity column that is not called id. */
export function identity(name: string, meaning: string, type = "bigint"): Draft {
  return { ...column(name, type, meaning), identity: true };
}

const ID = "Number of the row, ascending in order of creation";

/** The usual key: a bigint identity. */
export const id = identity("id", ID);

/** The key of Django's own, older tables: an integer identity. */
export const integerId = identity("id", ID, "integer");

/** When the row was created. */
export const createdAt = instant("created_at", "Instant at which the row was created, UTC");
/** When the row was last changed. */
export const updatedAt = instant("updated_at", "Instant of the last change of the row, UTC");

/** Both stamps, which nearly every table of AquaMind has. */
export const stamps: readonly Draft[] = [createdAt, updatedAt];
