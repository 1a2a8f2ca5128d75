/** The flags of `redd generate`. */
import type { Flag } from "../command.ts";
import { BATCH_FLAGS, DEFAULT_SEED, EXTENSION_FLAGS, PRESETS } from "./flags.ts";

/** All of them, in the order of the help. */
export const GENERATE_FLAGS: readonly Flag[] = [
  { name: "preset", value: "NAME", about: PRESETS.join(", ") },
  ...BATCH_FLAGS,
  { name: "until", value: "DATE", about: "the as-of date, the first day that is not simulated" },
  { name: "schedule", value: "FILE", about: "a schedule in YAML instead" },
  { name: "seed", value: "N", about: `decides all chance (${DEFAULT_SEED})` },
  { name: "profile", value: "NAME", about: "biology in fixtures/profiles (documented)" },
  { name: "documented-totals", about: "add 77 unused containers: 2,017 in all" },
  { name: "later-scenarios", about: "add a scenario at Parr and one at sea to every batch" },
  {
    name: "no-initial-feed",
    about: "for load --append: silos and barges are filled by another dataset",
  },
  { name: "first-id", value: "N", about: "where ids of operational tables begin (1)" },
  { name: "out", value: "DIR", about: "the dataset folder (out/NAME)" },
  { name: "workers", value: "N", about: "worker threads (one per core)" },
  { name: "force", about: "replace the dataset that is there" },
  { name: "dry-run", about: "say rows, bytes and time, and write nothing" },
  ...EXTENSION_FLAGS,
  { name: "retry", value: "N", about: "try a window that failed again, with pauses (0)" },
  { name: "window-timeout", value: "SECONDS", about: "the longest a window may take" },
  { name: "shard", value: "I/N", about: "only every N-th window, from the I-th on" },
  { name: "shards", value: "N", about: "the same, I from Kubernetes or Slurm" },
];
