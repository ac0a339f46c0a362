import { commandHelp } from "./help.js";
import { approvals, type Command, commands, diffFailures, diffFormats, options, shells } from "./options.js";

/** The shells for which there is a completion. */
export type Shell = (typeof shells)[number];

/** The options of a command, as they are typed. */
const flagsOf = (command: Command): readonly string[] =>
  Object.keys(options)
    .filter((name) => options[name]?.commands.includes(command))
    .map((name) => `--${name}`);

/** The words that a command or an option takes, where they are known. */
const words: Readonly<Record<string, readonly string[]>> = {
  completion: shells,
  help: commands,
  "--format": diffFormats,
  "--fail-on": diffFailures,
  "--approve": approvals,
};

const bashCases = (indent: string) =>
  commands.map((command) => `${indent}${command}) flags="${flagsOf(command).join(" ")}" ;;`).join("\n");

const wordCases = (use: (list: string) => string, indent: string) =>
  Object.entries(words)
    .map(([word, list]) => `${indent}${word}) ${use(list.join(" "))}; return ;;`)
    .join("\n");

const scripts: Readonly<Record<Shell, () => string>> = {
  bash: () => `_connectry() {
  local current=\${COMP_WORDS[COMP_CWORD]} flags="" providers=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.join(" ")} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[COMP_CWORD-1]}" in
${wordCases((list) => `COMPREPLY=($(compgen -W "${list}" -- "$current"))`, "    ")}
  esac
  case "\${COMP_WORDS[1]}" in
${bashCases("    ")}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$flags --help" -- "$current")) ;;
    *)
      [ -d specs ] && providers=$(ls specs)
      COMPREPLY=($(compgen -W "$providers" -- "$current") $(compgen -f -- "$current"))
      ;;
  esac
}
complete -o filenames -F _connectry connectry`,
  zsh: () => `#compdef connectry
_connectry() {
  local -a flags
  if (( CURRENT == 2 )); then
    compadd -- ${commands.join(" ")} --help --version
    return
  fi
  case "\${words[CURRENT-1]}" in
${wordCases((list) => `compadd -- ${list}`, "    ")}
  esac
  case "\${words[2]}" in
${commands.map((command) => `    ${command}) flags=(${flagsOf(command).join(" ")}) ;;`).join("\n")}
  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then
    compadd -- $flags --help
  else
    compadd -- specs/*(/N:t)
    _files
  fi
}
compdef _connectry connectry`,
  fish: () =>
    [
      ...commands.map(
        (command) =>
          `complete -c connectry -n __fish_use_subcommand -a ${command} -d "${(commandHelp[command].summary.split(/[.:,]/)[0] ?? "").trim()}"`,
      ),
      ...commands.flatMap((command) =>
        flagsOf(command).map((flag) => {
          const takes = options[flag.slice(2)]?.value === undefined ? "" : " -r";
          const list = words[flag] ? ` -f -a "${words[flag].join(" ")}"` : "";
          return `complete -c connectry -n "__fish_seen_subcommand_from ${command}" -l ${flag.slice(2)}${takes}${list}`;
        }),
      ),
      ...["completion", "help"].map(
        (command) =>
          `complete -c connectry -f -n "__fish_seen_subcommand_from ${command}" -a "${words[command]?.join(" ")}"`,
      ),
      'complete -c connectry -n "not __fish_use_subcommand" -a "(test -d specs; and ls specs)"',
    ].join("\n"),
};

/** The completion of the command for a shell, as a script that the shell reads. */
export const completionOf = (shell: Shell): string => scripts[shell]();
