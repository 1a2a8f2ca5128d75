/** What `redd schedule` is. */
import type { Command } from "../command.ts";
import { scheduleRights } from "../rights/dataset.ts";
import {
  LONGEST_FALLOW,
  LONGEST_GRACE,
  LONGEST_TRANSITION,
  MOST_BATCHES,
  MOST_PLANNED_YEARS,
  MOST_STAGGER,
} from "../../src/schedule/limits.ts";
import { SATURATION } from "../../src/schedule/presets.ts";
import { DAYS_AGO, FIXTURE_FLAGS, OUTBREAK_FLAG, SCHEDULE_DEFAULTS } from "./flags.ts";

/** `redd schedule`. */
export const scheduleCommand: Command = {
  name: "schedule",
  about: "plan many batches, with every container of each, to a file",
  operands: [],
  flags: [
    {
      name: "years",
      value: "N",
      about: `0.1 to ${MOST_PLANNED_YEARS} years of production at sea (${SCHEDULE_DEFAULTS.years})`,
    },
    {
      name: "batches",
      value: "N",
      about: `1 to ${MOST_BATCHES} per geography, instead of --years`,
    },
    {
      name: "stagger",
      value: "DAYS",
      about: `1 to ${MOST_STAGGER} from one start to the next (${SCHEDULE_DEFAULTS.stagger})`,
    },
    {
      name: "saturation",
      value: "SHARE",
      about: `of the rings that may be taken at once (${SATURATION})`,
    },
    {
      name: "transition-days",
      value: "N",
      about: `1 to ${LONGEST_TRANSITION}, over which a batch goes to its next stage (1; field 10)`,
    },
    {
      name: "grace-days",
      value: "N",
      about: `0 to ${LONGEST_GRACE} between two batches in a container (0; field 14)`,
    },
    {
      name: "fallow-weeks",
      value: "N",
      about: `0 to ${LONGEST_FALLOW}, for which a sea area rests between two batches (0; field 8)`,
    },
    {
      name: "until",
      value: "DATE",
      words: Object.keys(DAYS_AGO),
      about: "the as-of date, the first day not simulated: a date, yesterday or today (today)",
    },
    {
      name: "from",
      value: "FILE",
      about: "read a schedule that is there instead, and say what is odd; - is standard input",
      dash: "stdin",
    },
    { name: "seed", value: "N", about: `decides the harvest targets (${SCHEDULE_DEFAULTS.seed})` },
    ...FIXTURE_FLAGS,
    OUTBREAK_FLAG,
    {
      name: "output",
      value: "FILE",
      about: `the schedule in YAML; - is standard output (${SCHEDULE_DEFAULTS.output})`,
      dash: "stdout",
    },
    { name: "dry-run", about: "print the figures and write nothing" },
    { name: "force", about: "replace the file that is there" },
  ],
  examples: [
    "schedule --years 4 --stagger 13 --until 2025-11-21",
    "schedule --batches 125 --stagger 6 --output full.yaml",
    "schedule --batches 85 --stagger 13 --dry-run --json",
    "schedule --profile field --batches 20 --stagger 50 --fallow-weeks 12",
    "schedule --from theirs.yaml --dry-run",
  ],
  rights: scheduleRights,
  run: async (given, voice) => (await import("../schedule.ts")).runSchedule(given, voice),
};
