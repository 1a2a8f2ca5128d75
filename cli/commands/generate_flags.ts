/** The flags of `generate`, in groups. */
import type { Flag } from "../command.ts";
import {
  BATCH_FLAGS,
  DAYS_AGO,
  DEFAULT_PRESET,
  EXTENSION_FLAGS,
  FIXTURE_FLAGS,
  OUTBREAK_FLAG,
  PRESETS,
} from "./flags.ts";
import { DEFAULT_SEED } from "../../src/schedule/limits.ts";

function under(group: string, flags: readonly Flag[]): Flag[] {
  return flags.map((flag) => ({ ...flag, group }));
}

const presetNames = PRESETS
  .map((name) => name === DEFAULT_PRESET ? `${name} (the default)` : name)
  .join(", ");

const WHAT: readonly Flag[] = [
  { name: "preset", value: "NAME", words: PRESETS, about: presetNames },
  {
    name: "schedule",
    value: "FILE",
    about: "a schedule in YAML instead; - is standard input",
    dash: "stdin",
  },
  {
    name: "until",
    value: "DATE",
    words: Object.keys(DAYS_AGO),
    about: "the as-of date, the first day not simulated: a date, yesterday or today",
  },
  { name: "seed", value: "N", about: `decides all chance (${DEFAULT_SEED})` },
  ...FIXTURE_FLAGS,
  OUTBREAK_FLAG,
  { name: "out", value: "DIR", about: "the dataset folder (out/NAME)" },
];

const CONTENT: readonly Flag[] = [
  { name: "documented-totals", about: "add 77 containers: 2,017 in all" },
  { name: "later-scenarios", about: "add a scenario at Parr and one at sea to every batch" },
  {
    name: "no-initial-feed",
    about: "for load --append: silos and barges are filled by another dataset",
  },
  { name: "first-id", value: "N", about: "where ids of operational tables begin (1)" },
];

const RUN: readonly Flag[] = [
  { name: "dry-run", about: "say rows, bytes and time, and write nothing" },
  { name: "force", about: "replace the dataset that is there" },
  { name: "workers", value: "N", about: "worker threads (one per core)" },
  { name: "retry", value: "N", about: "try a window that failed again, with pauses (0)" },
  { name: "window-timeout", value: "SECONDS", about: "the longest a window may take" },
];

const SHARDS: readonly Flag[] = [
  { name: "shard", value: "I/N", about: "only every N-th window, from the I-th on" },
  { name: "shards", value: "N", about: "the same, I from Kubernetes or Slurm" },
];

/** All of them, in the order of the help. */
export const GENERATE_FLAGS: readonly Flag[] = [
  ...under("What is made", WHAT),
  ...under("A single batch", BATCH_FLAGS),
  ...under("What is in it", CONTENT),
  ...under("The run", RUN),
  ...under("A dataset that is there", EXTENSION_FLAGS),
  ...under("On several machines", SHARDS),
];
