/** Flags that several commands have, or that their own modules read: names and words alone. */
import { EGGS, LONGEST_LIFE } from "../../src/schedule/limits.ts";
import { FARM_PRESETS, SINGLE_PRESETS } from "../../src/schedule/presets.ts";
import { DATE_RANGE } from "../../src/schedule/range.ts";
import type { Action, Flag } from "../command.ts";
import { grouped } from "../numbers.ts";

/** Flags of the embedded server. */
export const SERVER_FLAGS: readonly Flag[] = [
  { name: "data-dir", value: "DIR", about: "the embedded server's folder (beside the dataset)" },
  { name: "port", value: "N", about: "the embedded server's port (a free one)" },
];

/** Flags of a command that works on a database. */
export const DATABASE_FLAGS: readonly Flag[] = [
  {
    name: "database-url",
    value: "URL",
    about: "postgres://user@host:5432/database (or DATABASE_URL, PGSERVICE, PGHOST …)",
  },
  { name: "embedded", about: "the embedded server, whatever the environment names" },
  ...SERVER_FLAGS,
];

/** The digest that a dataset must have. */
export const EXPECT_FLAG: Flag = {
  name: "expect",
  value: "DIGEST",
  about: "the dataset's digest, sha256:…; any other dataset is refused",
};

/** What a password for the users of a dataset is read from. */
export const DEMO_VARIABLE = "REDD_DEMO_PASSWORD";

/** Flags of a command that lets people log in to what it has loaded. */
export const DEMO_FLAGS: readonly Flag[] = [
  {
    name: "demo-password",
    about: `let the dataset's users log in: ${DEMO_VARIABLE}, or asked for`,
  },
];

/** Flags that name what is read besides a schedule. */
export const FIXTURE_FLAGS: readonly Flag[] = [
  {
    name: "profile",
    value: "NAME",
    about: "biology and husbandry: a name of fixtures/profiles, or a path; - is standard input " +
      "(documented)",
    dash: "stdin",
  },
  {
    name: "fixtures",
    value: "DIR",
    about: "a folder of layout, master data and profiles in the place of Redd's own fixtures",
  },
];

/** Diseases that a line puts somewhere. */
export const OUTBREAK_FLAG: Flag = {
  name: "outbreak",
  value: "LIST",
  about: "with a profile that knows diseases: pd@FI-SEA-07:2024-08-15, or several with commas",
};

/** The flags of an extension; `--append-batches` goes with nothing else. */
export const EXTENSION_FLAGS: readonly Flag[] = [
  { name: "extend", about: "continue the dataset of --out up to --until" },
  {
    name: "append-batches",
    about: "with --extend: add the batches that the plan would have by then",
  },
  { name: "abandon", about: "give up the unfinished extension of --out" },
];

/** What stands for standard input in the place of a file that is read. */
export const STDIN = "-";

/** What stands for standard output in the place of a file that is written. */
export const STDOUT = "-";

/** The name of a preset of a whole farm. */
export type FarmPresetName = keyof typeof FARM_PRESETS;

/** The name of a preset. */
export type PresetName = keyof typeof SINGLE_PRESETS | FarmPresetName;

/** The preset of a line that names none. */
export const DEFAULT_PRESET: PresetName = "single";

/** The names of all presets. */
export const PRESETS = [
  ...Object.keys(SINGLE_PRESETS),
  ...Object.keys(FARM_PRESETS),
] as readonly PresetName[];

/** The flags of a single batch. */
export const BATCH_FLAGS: readonly Flag[] = [
  { name: "start-date", value: "DATE", about: `day the eggs arrive (${DATE_RANGE})` },
  { name: "eggs", value: "N", about: `${grouped(EGGS.least)} to ${grouped(EGGS.most)}` },
  { name: "geography", value: "NAME", about: 'one of the layout\'s, such as "Scotland"' },
  { name: "station", value: "NAME", about: "its halls hold the batch (the geography's first)" },
  { name: "area", value: "NAME", about: "its rings hold the batch at sea (the geography's first)" },
  { name: "duration", value: "DAYS", about: `1 to ${LONGEST_LIFE} days to simulate` },
  { name: "batch-number", value: "NUMBER", about: "such as FI-2025-001" },
];

/** Words for an as-of date, by how many days before today it is. */
export const DAYS_AGO: Readonly<Record<string, number>> = { today: 0, yesterday: 1 };

/** What a line of `redd schedule` leaves open. */
export const SCHEDULE_DEFAULTS = { output: "farm.yaml", seed: 1, years: 4, stagger: 5 } as const;

/** The dataset of `redd start`. */
export const TOUR = "out/start";

/** The page of the tour's dataset. */
export const TOUR_PAGE = `${TOUR}.html`;

/** What is typed to agree to a wipe. */
export const CONFIRMATION = "DELETE";

/** What `redd db` does with databases. */
export const DB_ACTIONS = [
  {
    name: "snapshot",
    operands: ["NAME"],
    about: "keep the state of the database NAME, to go back to it",
  },
  { name: "reset", operands: ["NAME"], about: "put the database NAME back to its snapshot" },
  {
    name: "clone",
    operands: ["NAME"],
    about: "make databases of NAME's snapshot and print their URLs",
  },
  { name: "list", operands: [], about: "list databases, snapshots and clones" },
  { name: "drop", operands: ["CLONE..."], about: "give clones back" },
] as const satisfies readonly Action[];
