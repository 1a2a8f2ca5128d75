/** The bytes of the columns that django-simple-history adds to a row. */
import { copied, empty, instant, integer } from "./bytes.ts";
import { columns } from "./bytes.ts";

/** history_change_reason (NULL) and history_type. */
const REASON_AND_TYPE = { "+": columns(",+"), "~": columns(",~") };

/** What a history row says of the change: created, or changed. */
export type HistoryType = keyof typeof REASON_AND_TYPE;

/** history_id, history_date, history_change_reason, history_type. */
export function history(
  out: DataView,
  at: number,
  id: number,
  day: number,
  hour: number,
  type: HistoryType,
): number {
  at = integer(out, at, id);
  at = instant(out, at, day, hour);
  const reasonAndType = REASON_AND_TYPE[type];
  return copied(out, at, reasonAndType.bytes, reasonAndType.length);
}

/** {@linkcode history} and history_user_id, where that column follows directly. */
export function historyAndUser(
  out: DataView,
  at: number,
  id: number,
  day: number,
  hour: number,
  type: HistoryType,
): number {
  return empty(out, history(out, at, id, day, hour, type));
}
