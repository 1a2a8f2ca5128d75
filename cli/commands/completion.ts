/** What `redd completion` is. */
import type { Action, Command } from "../command.ts";
import { NO_RIGHTS } from "../rights/rights.ts";

/** The shells, and where their scripts are put. */
export const SHELLS = [
  { name: "bash", operands: [], about: 'in ~/.bashrc: eval "$(redd completion bash)"' },
  {
    name: "zsh",
    operands: [],
    about: 'in ~/.zshrc, behind compinit: eval "$(redd completion zsh)"',
  },
  { name: "fish", operands: [], about: "into ~/.config/fish/completions/redd.fish" },
] as const satisfies readonly Action[];

/** `redd completion`. */
export const completionCommand: Command = {
  name: "completion",
  about: "print what a shell completes lines of redd with",
  operands: ["SHELL"],
  actions: SHELLS,
  flags: [],
  examples: ["completion bash"],
  rights: () => NO_RIGHTS,
  run: async (given, voice) => (await import("../completion.ts")).runCompletion(given, voice),
};
