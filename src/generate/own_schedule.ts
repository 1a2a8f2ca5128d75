/** The schedule of a dataset that is there, finished or begun. */
import type { Infrastructure } from "../farm/ground/places.ts";
import type { Profile } from "../fixtures/profile.ts";
import { type Schedule, SCHEDULE_LIMITS } from "../schedule/format.ts";
import { readSchedule } from "../schedule/read.ts";
import { digestIn } from "../dataset/digest.ts";
import { EXTENSION, SCHEDULE_FILE } from "../dataset/places.ts";
import { identityIn } from "./dataset_in.ts";

/** The schedule of an extension, until it takes the dataset's place. */
const NEXT_SCHEDULE = `${EXTENSION}/${SCHEDULE_FILE}`;

/**
 * Reads the schedule that a dataset follows. An extension that was killed while it took the dataset's
 * place may have left its schedule where it was written first; it is read there, and nothing is moved.
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
