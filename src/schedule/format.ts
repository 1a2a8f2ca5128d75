/**
 * The schedule as YAML, field for field in the original system's format, so that its files are read
 * here and Redd's there (schedule.md#2).
 */
import { z } from "../packages/zod.ts";
import {
  boundedText,
  decimalNumber,
  list,
  listOrNone,
  mapping,
  namedValues,
  openMapping,
  remark,
  whole,
} from "../fixtures/expected.ts";
import type { Limits } from "../fixtures/tree.ts";
import { DATE_RANGE, dateInRange } from "./range.ts";
import {
  EGGS,
  LONGEST_FALLOW,
  LONGEST_GRACE,
  LONGEST_LIFE,
  LONGEST_PURPOSE,
  LONGEST_TRANSITION,
  MOST_OUTBREAKS,
  MOST_STAGGER,
  TARGETS,
} from "./limits.ts";
import type { Schedule } from "./schedule_type.ts";

export type * from "./schedule_type.ts";
export { EGGS, LONGEST_LIFE } from "./limits.ts";

/** The most batches of a schedule file; a plan of Redd's own has 1,998 at most. */
export const MOST_SCHEDULED = 2500;

/** The most that a schedule file may be: 250 batches have 0.6 MB, 26,000 lines and as many values. */
export const SCHEDULE_LIMITS: Limits = { bytes: 10_000_000, lines: 300_000, values: 500_000 };

/** Keys with numbers: of metadata, and of batches and their stays. */
const NUMBERS = {
  metadata: [
    "total_batches",
    "batches_per_geography",
    "target_saturation",
    "stagger_days",
    "seed",
    "transition_days",
    "grace_days",
    "fallow_weeks",
  ],
  batch: ["eggs", "duration", "effective_duration", "harvest_target_kg"],
  stay: ["start_day", "end_day", "rings_count"],
};

/** Whether a number is read at a path of a schedule file. */
export function readsNumber([top, ...path]: readonly PropertyKey[]): boolean {
  const [first, second, third, fourth] = path.map(String);
  if (top === "metadata") return path.length === 1 && NUMBERS.metadata.includes(first!);
  if (top !== "batches") return false;
  if (path.length === 2) return NUMBERS.batch.includes(second!);
  if (second === "sea") return path.length === 3 && NUMBERS.stay.includes(third!);
  return second === "freshwater" && path.length === 4 && NUMBERS.stay.includes(fourth!);
}

/** How a file is read that people or the original system have written. */
export const FOREIGN_LIMITS: Limits = { ...SCHEDULE_LIMITS, readsNumber, anyTags: true };

/** A number from `low` to `high`; the original writes all digits of a double, of which six stay. */
function measured(low: number, high: number) {
  const error = `${low} to ${high}`;
  const rounded = (value: number) => Number(value.toFixed(6));
  return z.number({ error })
    .refine((value) => rounded(value) >= low && rounded(value) <= high, { error })
    .transform(rounded);
}

const date = z.string({ error: "a date such as 2025-01-31" })
  .refine((value) => dateInRange(value) !== undefined, {
    error: `a date of the calendar from ${DATE_RANGE}`,
  });

const hallStay = mapping({
  hall: boundedText(100),
  containers: list(boundedText(100)),
  start_day: whole(0, LONGEST_LIFE),
  end_day: whole(1, LONGEST_LIFE),
});

/** The most stages of a life. */
const MOST_STAGES = 30;

/** By stage; which there are, the profile says. Older files write `post-smolt`. */
const freshwater = z.preprocess(
  (value, context) => {
    if (typeof value !== "object" || value === null || !("post-smolt" in value)) return value;
    if ("post_smolt" in value) {
      const keys = ["post-smolt"];
      const message = "post_smolt alone";
      context.addIssue({ code: "unrecognized_keys", keys, input: value, message });
      return value;
    }
    const { "post-smolt": postSmolt, ...others } = value;
    return { ...others, post_smolt: postSmolt };
  },
  namedValues(hallStay, MOST_STAGES),
);

const sea = mapping({
  area: boundedText(100),
  rings: list(boundedText(100)),
  rings_count: whole(1, 99),
  start_day: whole(1, LONGEST_LIFE),
  end_day: whole(1, LONGEST_LIFE),
  note: remark.optional(),
});

/** A batch's number. Its log is a file of that name, so it is one on every system. */
export const BATCH_NUMBER = /^[A-Z]{1,4}-\d{4}-\d{3}$/;

const NUMBER = {
  error: "one to four capital letters, a year and three digits such as FAR-2020-001",
};

const batch = mapping({
  batch_id: z.string(NUMBER).regex(BATCH_NUMBER, NUMBER),
  start_date: date,
  eggs: whole(EGGS.least, EGGS.most),
  duration: whole(1, LONGEST_LIFE),
  effective_duration: measured(1, LONGEST_LIFE),
  harvest_target_kg: measured(TARGETS.least, TARGETS.most),
  purpose: boundedText(LONGEST_PURPOSE).optional(),
  geography: boundedText(100),
  station: boundedText(100),
  freshwater,
  sea: sea.nullable(),
});

/** The batches of one worker of the original system's executor. */
export const partition = mapping({
  batch_indices: listOrNone(whole(0, MOST_SCHEDULED), MOST_SCHEDULED),
  /** `12-22`, counted from 1; `12` alone may be written as a number. */
  batch_range: z.union([boundedText(40), whole(1, MOST_SCHEDULED).transform(String)], {
    error: 'batches such as "12-22"',
  }),
  count: whole(0, MOST_SCHEDULED),
});

/** A schedule file. */
export const scheduleSchema = mapping({
  // What else a planner has to say of its plan is kept, and nothing follows from it.
  metadata: openMapping({
    generated_date: date,
    total_batches: whole(1, MOST_SCHEDULED),
    batches_per_geography: whole(0, MOST_SCHEDULED),
    target_saturation: decimalNumber(0, 1, 6),
    stagger_days: whole(0, MOST_STAGGER),
    worker_partitions: namedValues(partition).optional(),
    // The two fields that Redd adds.
    seed: whole(0, Number.MAX_SAFE_INTEGER).optional(),
    as_of: date.optional(),
    transition_days: whole(1, LONGEST_TRANSITION).optional(),
    grace_days: whole(0, LONGEST_GRACE).optional(),
    fallow_weeks: whole(0, LONGEST_FALLOW).optional(),
    planned_from: date.optional(),
    outbreaks: listOrNone(
      mapping({ disease: boundedText(20), site: boundedText(100), date }),
      MOST_OUTBREAKS,
    ).optional(),
  }),
  batches: list(batch, MOST_SCHEDULED),
}) satisfies z.ZodType<Schedule>;

/** The as-of date: the first day that is not simulated (rulings.md#1). */
export function asOfOf(schedule: Schedule): string {
  return schedule.metadata.as_of ?? schedule.metadata.generated_date;
}

/** Where a schedule says its as-of date. */
export function asOfPath({ metadata }: Schedule): string {
  return `metadata.${metadata.as_of === undefined ? "generated_date" : "as_of"}`;
}
