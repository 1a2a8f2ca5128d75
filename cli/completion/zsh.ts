/** What zsh completes lines with. */
import type { Offer, OfferedCommand } from "./offers.ts";
import { singleQuoted } from "./offers.ts";

const list = (words: readonly string[]) => words.map(singleQuoted).join(" ");

function offering(offer: Offer): string {
  switch (offer.kind) {
    case "words":
      return `compadd -- ${list(offer.words)}`;
    case "folders":
      return "_files -/";
    case "files":
      return "_files";
    case "nothing":
      return "_message 'a value'";
  }
}

/** An entry of \`_describe\`: a colon ends the name. */
function described(name: string, about: string): string {
  return singleQuoted(`${name.replaceAll(/[\\:]/g, "\\$&")}:${about}`);
}

const indented = (lines: readonly string[], by = 4) =>
  lines.map((line) => `${" ".repeat(by)}${line}`).join("\n");

/** The whole script, for a file of \`fpath\` and for \`eval\`. */
export function zshScript(commands: readonly OfferedCommand[]): string {
  const values = commands.flatMap(({ name, flags }) =>
    flags.flatMap((flag) =>
      flag.value === undefined
        ? []
        : [`${singleQuoted(`${name} ${flag.name}`)}) ${offering(flag.value)} ;;`]
    )
  );
  const valued = commands.flatMap(({ name, flags }) =>
    flags.filter(({ value }) => value !== undefined).map((flag) =>
      singleQuoted(`${name} ${flag.name}`)
    )
  );
  return `#compdef redd
# Completion of redd for zsh.

_redd_value() {
  case "$1 $2" in
${indented(values)}
  esac
}

_redd_flags() {
  local -a flags
  case $1 in
${
    indented(commands.map(({ name, flags }) =>
      `${singleQuoted(name)}) flags=(${
        flags.map((flag) => described(flag.name, flag.about)).join(" ")
      }) ;;`
    ))
  }
  esac
  _describe -o 'flag' flags
}

_redd_operand() {
  case $1 in
${
    indented(commands.map(({ name, first, rest }) =>
      `${singleQuoted(name)}) if (( $2 == 0 )); then ${offering(first)}; else ${
        offering(rest)
      }; fi ;;`
    ))
  }
  esac
}

_redd() {
  local -a valued=(
${indented(valued)}
  )
  local -a commands=(
${indented(commands.map(({ name, about }) => described(name, about)))}
  )
  local command=\${words[2]} flag='' operands=0 i
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  for (( i = 3; i < CURRENT; i++ )); do
    if [[ -n $flag ]]; then flag=''
    elif [[ \${words[i]} == -* ]]; then
      if (( \${valued[(Ie)$command \${words[i]}]} )); then flag=\${words[i]}; fi
    else (( operands += 1 ))
    fi
  done
  if [[ -n $flag ]]; then _redd_value "$command" "$flag"
  elif [[ $PREFIX == --*=* ]]; then
    flag=\${PREFIX%%=*}
    compset -P '*='
    _redd_value "$command" "$flag"
  elif [[ $PREFIX == -* ]]; then _redd_flags "$command"
  else _redd_operand "$command" $operands
  fi
}

if [[ \${funcstack[1]} == _redd ]]; then _redd "$@"; else compdef _redd redd; fi`;
}
