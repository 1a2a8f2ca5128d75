#!/usr/bin/env node
// The command `redd`: runs a line with the Deno that npm has installed, which may do what the line's
// command needs and nothing else.
"use strict";
const { spawn } = require("node:child_process");
const { join } = require("node:path");

/** Exit code of what is missing on a machine, as Redd has it. */
const ENVIRONMENT = 3;

const LIB = join(__dirname, "..", "lib");

/** Deno takes everything from this package and what is installed beside it, and fetches nothing. */
const ALWAYS = [
  "--no-config",
  "--no-lock",
  "--no-remote",
  "--cached-only",
  "--node-modules-dir=manual",
  "--unstable-worker-options",
];

/** What npm sends on to a command that it runs. */
const SIGNALS = process.platform === "win32"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

function refuse(because) {
  process.stderr.write(`error: Cannot run redd: ${because}\n`);
  process.exitCode = ENVIRONMENT;
}

function denoProgram() {
  try {
    return require("deno/install_api.cjs").runInstall();
  } catch (error) {
    refuse(
      `Deno is not installed beside it (${String(error.message).split("\n")[0]}). ` +
        "Install the package again, with npm's optional packages",
    );
    return undefined;
  }
}

/** Lines that begin with no command are answered with the rights of `help`: none. */
function permissionsOf(word) {
  const table = require(join(LIB, "permissions.json"));
  return Object.hasOwn(table, word ?? "") ? table[word] : table.help;
}

const line = process.argv.slice(2);
const deno = denoProgram();
if (deno !== undefined) {
  const child = spawn(
    deno,
    ["run", ...ALWAYS, ...permissionsOf(line[0]), join(LIB, "cli_main.js"), ...line],
    { stdio: "inherit", env: { ...process.env, DENO_NO_UPDATE_CHECK: "1" } },
  );
  // A terminal sends Ctrl-C to both; Redd takes what comes twice at once for one.
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => refuse(error.message));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    for (const name of SIGNALS) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}
