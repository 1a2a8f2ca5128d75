/** The help texts, made from the table of commands. */
import { type Command, COMMON_FLAGS, type Flag } from "./command.ts";

function flagText({ name, value }: Flag): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function twoColumns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

/** The list of commands. */
export function overview(commands: readonly Command[]): string {
  return [
    "redd: years of salmon-farm history as CSV, and into PostgreSQL",
    "",
    "Usage: redd COMMAND [FLAGS]",
    "",
    "Commands:",
    ...twoColumns(commands.map(({ name, about }) => [name, about])),
    "",
    "See redd COMMAND --help for its flags. With Deno: deno task COMMAND.",
  ].join("\n");
}

/** The help of one command. */
export function helpOf(command: Command): string {
  const flags = [...command.flags, ...COMMON_FLAGS];
  return [
    `redd ${command.name}: ${command.about}`,
    "",
    `Usage: redd ${[command.name, ...command.operands, "[FLAGS]"].join(" ")}`,
    "",
    "Flags:",
    ...twoColumns(flags.map((flag) => [flagText(flag), flag.about])),
    "",
    "Examples:",
    ...command.examples.map((line) => `  ${line}`),
  ].join("\n");
}
