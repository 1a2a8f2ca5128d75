/** The schedule of a dataset that is there, finished or begun. */
import type { Infrastructure } from "../farm/places.ts";
import type { Profile } from "../fixtures/profile.ts";
import { type Schedule, SCHEDULE_LIMITS } from "../schedule/format.ts";
import { readSchedule } from "../schedule/read.ts";
import { digestIn } from "../dataset/digest.ts";
import { identityIn, NEXT_SCHEDULE } from "./folder.ts";
import { SCHEDULE_FILE } from "../dataset/places.ts";

/**
 * Reads the schedule that a dataset follows. An extension that was killed in its last step has left
 * it where it was written first; it is read there, and nothing is moved.
 *
 * @throws {ReddError} input, as {@linkcode readSchedule}, and where the folder's dataset is damaged.
 */
export function readDatasetSchedule(
  folder: string,
  profile: Profile,
  infrastructure: Infrastructure,
): Schedule {
  const wanted = identityIn(folder)?.schedule;
  const path = [SCHEDULE_FILE, NEXT_SCHEDULE].find((path) =>
    digestIn(folder, path, SCHEDULE_LIMITS.bytes) === wanted
  );
  const file = `${folder}/${path ?? SCHEDULE_FILE}`;
  return readSchedule(file, profile, infrastructure, { follow: false });
}
