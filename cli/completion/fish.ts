/** What fish completes lines with. */
import type { Offer, OfferedCommand } from "./offers.ts";

/** A text that fish takes as one word, whatever is in it. */
function fishQuoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}

/** The words behind \`-a\`: fish splits and expands them once more. */
const words = (list: readonly string[]) => fishQuoted(list.map(fishQuoted).join(" "));

function offering(offer: Offer): string {
  switch (offer.kind) {
    case "words":
      return `-x -a ${words(offer.words)}`;
    case "folders":
      return "-x -a '(__fish_complete_directories)'";
    case "files":
      return "-r -F";
    case "nothing":
      return "-x";
  }
}

/** What is offered where no flag is waiting for its value. */
function operandLines({ name, first, rest }: OfferedCommand): string[] {
  const line = (condition: string, offer: Offer) => {
    const when = fishQuoted(`__redd_operand ${fishQuoted(name)} ${condition}`);
    if (offer.kind === "words") return [`complete -c redd -n ${when} -f -a ${words(offer.words)}`];
    return offer.kind === "nothing" ? [] : [`complete -c redd -n ${when} -F`];
  };
  return [...line("first", first), ...line("rest", rest)];
}

/** The whole script. */
export function fishScript(commands: readonly OfferedCommand[]): string {
  const valued = commands.flatMap(({ name, flags }) =>
    flags.filter(({ value }) => value !== undefined).map((flag) =>
      fishQuoted(`${name} ${flag.name}`)
    )
  );
  return `# Completion of redd for fish.

# Is the word that is typed the first behind a command, or one of the rest, and no flag's value?
function __redd_operand
    set -l tokens (commandline -opc)
    test (count $tokens) -ge 2; and test "$tokens[2]" = "$argv[1]"; or return 1
    set -l operands 0
    set -l waiting no
    for token in $tokens[3..-1]
        if test $waiting = yes
            set waiting no
        else if string match -q -- '-*' $token
            contains -- "$argv[1] $token" ${valued.join(" ")}
            and set waiting yes
        else
            set operands (math $operands + 1)
        end
    end
    test $waiting = no; or return 1
    if test $argv[2] = first
        test $operands -eq 0
    else
        test $operands -gt 0
    end
end

function __redd_command
    set -l tokens (commandline -opc)
    test (count $tokens) -ge 2; and test "$tokens[2]" = "$argv[1]"
end

function __redd_no_command
    test (count (commandline -opc)) -eq 1
end

complete -c redd -f
${
    commands.flatMap((command) => {
      const { name, about, flags } = command;
      const when = fishQuoted(`__redd_command ${fishQuoted(name)}`);
      return [
        `complete -c redd -n __redd_no_command -a ${words([name])} -d ${fishQuoted(about)}`,
        ...flags.map((flag) =>
          [
            `complete -c redd -n ${when} -l ${fishQuoted(flag.name.slice(2))}`,
            ...flag.short === undefined ? [] : [`-s ${fishQuoted(flag.short.slice(1))}`],
            ...flag.value === undefined ? [] : [offering(flag.value)],
            `-d ${fishQuoted(flag.about)}`,
          ].join(" ")
        ),
        ...operandLines(command),
      ];
    }).join("\n")
  }`;
}
