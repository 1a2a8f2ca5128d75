/** Values of a file against the types of their columns. */
import { quoted } from "../../quoted.ts";
import type { Column } from "../../tables/description.ts";

/** The most digits that whole numbers have, and what they may be. */
const WHOLE: Readonly<Record<string, bigint>> = {
  smallint: 2n ** 15n,
  integer: 2n ** 31n,
  bigint: 2n ** 63n,
};

const DATE = String.raw`(\d{4}-\d{2}-\d{2})`;
const TIME = String.raw`([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?`;

const FORMS: Readonly<Record<string, RegExp>> = {
  "boolean": /^(t|f|true|false)$/,
  "date": new RegExp(`^${DATE}$`),
  "timestamp with time zone": new RegExp(`^${DATE}T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ$`),
  "time without time zone": new RegExp(`^${TIME}$`),
  "uuid": /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  "double precision": /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/,
};

/** Is it a day of the calendar? */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isNumeric(text: string, precision: number, scale: number): boolean {
  const [, whole, decimals = ""] = /^-?0*(\d*)(?:\.(\d+))?$/.exec(text) ?? [];
  return whole !== undefined && /\d/.test(text) && whole.length <= precision - scale &&
    decimals.length <= scale;
}

/** Can a column of the type hold the text? */
function fits(text: string, type: string): boolean {
  const most = WHOLE[type];
  if (most !== undefined) {
    return /^-?\d{1,19}$/.test(text) && BigInt(text) < most && BigInt(text) >= -most;
  }
  const [, precision, scale] = /^numeric\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision !== undefined) return isNumeric(text, Number(precision), Number(scale));
  const length = /^character varying\((\d+)\)$/.exec(type)?.[1];
  if (length !== undefined) return [...text].length <= Number(length);
  if (type === "jsonb") return isJson(text);
  const form = FORMS[type];
  const found = form?.exec(text);
  if (form === undefined) return true;
  return found !== null &&
    (found?.[1] === undefined || !/^\d{4}-/.test(found[1]) || isDay(found[1]));
}

/**
 * What is wrong with a value as it stands in the file, nothing for NULL and `""` for empty text;
 * undefined where nothing is.
 */
export function valueFault({ name, type, nullable }: Column, raw: string): string | undefined {
  if (raw === "") return nullable ? undefined : `${name} is missing`;
  const text = raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw;
  return fits(text, type) ? undefined : `${name} is ${quoted(text)}, expected ${type}`;
}
