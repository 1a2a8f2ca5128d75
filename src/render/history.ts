/** The bytes of the columns that django-simple-history adds to a row. */
import { copyBytes, writeInstant, writeInteger } from "./bytes.ts";
import { fixedFields } from "./bytes.ts";

/** history_change_reason (NULL) and history_type. */
const REASON_AND_TYPE = { "+": fixedFields(",+"), "~": fixedFields(",~") };

/** What a history row says of the change: created, or changed. */
export type HistoryType = keyof typeof REASON_AND_TYPE;

/** history_id, history_date, history_change_reason, history_type. */
export function writeHistory(
  out: DataView,
  at: number,
  id: number,
  day: number,
  hour: number,
  type: HistoryType,
): number {
  at = writeInteger(out, at, id);
  at = writeInstant(out, at, day, hour);
  const reasonAndType = REASON_AND_TYPE[type];
  return copyBytes(out, at, reasonAndType.bytes, reasonAndType.length);
}

/**
 * {@linkcode writeHistory} and history_user_id, where that column follows directly.
 *
 * @param user Id of who made the change.
 */
export function writeHistoryAndUser(
  out: DataView,
  at: number,
  id: number,
  day: number,
  hour: number,
  type: HistoryType,
  user: number,
): number {
  return writeInteger(out, writeHistory(out, at, id, day, hour, type), user);
}
