/** All commands, in the order of the help. */
import type { Command } from "../command.ts";
import { archiveCommand } from "./archive.ts";
import { completionCommand } from "./completion.ts";
import { datasetsCommand } from "./datasets.ts";
import { dbCommand } from "./db.ts";
import { diffCommand } from "./diff.ts";
import { exportCommand } from "./export.ts";
import { extractCommand } from "./extract.ts";
import { generateCommand } from "./generate.ts";
import { loadCommand } from "./load.ts";
import { mergeCommand } from "./merge.ts";
import { reportCommand } from "./report.ts";
import { scheduleCommand } from "./schedule.ts";
import { startCommand } from "./start.ts";
import { verifyCommand } from "./verify.ts";
import { wipeCommand } from "./wipe.ts";

/** All commands. */
export const COMMANDS: readonly Command[] = [
  startCommand,
  scheduleCommand,
  generateCommand,
  mergeCommand,
  datasetsCommand,
  archiveCommand,
  extractCommand,
  loadCommand,
  verifyCommand,
  reportCommand,
  diffCommand,
  exportCommand,
  wipeCommand,
  dbCommand,
  completionCommand,
];
