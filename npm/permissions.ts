/** What each command may do, as the tasks of deno.json have it: the package has no list of its own. */

/** A task of deno.json, as far as it is read. */
export interface DenoTask {
  readonly command: string;
}

/** Flags that a package takes over: the others lead to files that it does not have. */
const TAKEN = /^--(?:no-prompt|allow-(?:read|write|run|net|ffi|sys|env)(?:=[\w.,*-]+)?)$/;

/**
 * The flags of Deno for every command.
 *
 * @param commands Names of commands, each of which is a task.
 * @throws {Error} for a command without a task, a task that runs something else, and a flag that is
 *   neither a permission nor known to be of no use in a package.
 */
export function permissionsOfCommands(
  commands: readonly string[],
  tasks: Readonly<Record<string, DenoTask>>,
): Record<string, string[]> {
  return Object.fromEntries(commands.map((name) => {
    const task = tasks[name];
    if (task === undefined) throw new Error(`deno.json has no task ${name}`);
    const words = task.command.split(" ");
    const flags = words.slice(2, -2);
    if ([...words.slice(0, 2), ...words.slice(-2)].join(" ") !== `deno run cli/main.ts ${name}`) {
      throw new Error(`the task ${name} runs something else: ${task.command}`);
    }
    // The package's dependencies are pinned by its package.json.
    const own = flags.filter((flag) => !flag.startsWith("--lock="));
    const unknown = own.find((flag) => !TAKEN.test(flag));
    if (unknown !== undefined) throw new Error(`the task ${name} has a flag ${unknown}`);
    if (!own.includes("--no-prompt")) throw new Error(`the task ${name} would ask for permissions`);
    return [name, own];
  }));
}
