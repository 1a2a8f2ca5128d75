/** What bash, from 3.2 on, completes lines with. */
import type { Offer, OfferedCommand } from "./offers.ts";
import { singleQuoted } from "./offers.ts";

const list = (words: readonly string[]) => words.map(singleQuoted).join(" ");

/** A line of the script that offers something. */
function offering(offer: Offer): string {
  switch (offer.kind) {
    case "words":
      return `_redd_words ${list(offer.words)}`;
    case "folders":
      return "_redd_paths dirnames";
    case "files":
      return "_redd_paths default";
    case "nothing":
      return ":";
  }
}

/** The whole script. */
export function bashScript(commands: readonly OfferedCommand[]): string {
  const valued = commands.flatMap(({ name, flags }) =>
    flags.flatMap((flag) =>
      flag.value === undefined ? [] : [{ name: `${name} ${flag.name}`, value: flag.value }]
    )
  );
  return `# Completion of redd for bash.

# Offers the words that begin with what is typed; a word is never run, whatever is in it.
_redd_words() {
  local word
  for word in "$@"; do
    if [[ $word == "$current"* ]]; then COMPREPLY[\${#COMPREPLY[@]}]=$(printf '%q' "$word"); fi
  done
}

# Leaves it to readline to offer paths; before bash 4, which has no compopt, it offers all files.
_redd_paths() { compopt -o "$1" 2>/dev/null || true; }

# Does a flag of a command take a value?
_redd_has_value() {
  case "$1 $2" in
${valued.map(({ name }) => `    ${singleQuoted(name)}) return 0 ;;`).join("\n")}
  esac
  return 1
}

# What may follow such a flag.
_redd_value() {
  case "$1 $2" in
${
    valued.filter(({ value }) => value.kind !== "nothing").map(({ name, value }) =>
      `    ${singleQuoted(name)}) ${offering(value)} ;;`
    )
      .join("\n")
  }
  esac
}

_redd_flags() {
  case $1 in
${
    commands.map(({ name, flags }) =>
      `    ${singleQuoted(name)}) _redd_words ${list(flags.map((flag) => flag.name))} ;;`
    ).join("\n")
  }
  esac
}

_redd_operand() {
  case $1 in
${
    commands.map(({ name, first, rest }) =>
      `    ${singleQuoted(name)}) if (( $2 == 0 )); then ${offering(first)}; else ${
        offering(rest)
      }; fi ;;`
    ).join("\n")
  }
  esac
}

_redd() {
  local current=\${COMP_WORDS[COMP_CWORD]} command=\${COMP_WORDS[1]} flag='' operands=0 i
  COMPREPLY=()
  compopt +o default 2>/dev/null || true
  if (( COMP_CWORD <= 1 )); then
    _redd_words ${list(commands.map(({ name }) => name))}
    return 0
  fi
  # bash takes the = of --flag=value for a word of its own.
  for (( i = 2; i < COMP_CWORD; i++ )); do
    if [[ -n $flag && \${COMP_WORDS[i]} == = ]]; then continue
    elif [[ -n $flag ]]; then flag=''
    elif [[ \${COMP_WORDS[i]} == -* ]]; then
      if _redd_has_value "$command" "\${COMP_WORDS[i]}"; then flag=\${COMP_WORDS[i]}; fi
    else (( operands += 1 ))
    fi
  done
  if [[ $current == = && -n $flag ]]; then current=''; fi
  if [[ -n $flag ]]; then _redd_value "$command" "$flag"
  elif [[ $current == -* ]]; then _redd_flags "$command"
  else _redd_operand "$command" "$operands"
  fi
  return 0
}

complete -o default -F _redd redd`;
}
