/**
 * Works out the rights of a line as the command line does, then has attempts made with them instead of
 * the work: `spy.ts ATTEMPTS COMMAND …`. Started with the flags of a task, it shows what the task may.
 */
import { COMMANDS } from "../../../cli/commands/all.ts";
import { HERE } from "../../../cli/database.ts";
import { runNarrowed } from "../../../cli/launch.ts";
import { parseLine } from "../../../cli/parse.ts";

const [attempts = "[]", name, ...rest] = Deno.args;
const command = COMMANDS.find((one) => one.name === name)!;
const rights = await command.rights(parseLine(command, rest), HERE);
Deno.exit(await runNarrowed(new URL("./spy_worker.ts", import.meta.url), rights, [attempts]));
