import { parseArgs } from "node:util";
import { CodegenError } from "../errors/codegen-error.js";
import { suggestNames } from "../text/nearest-names.js";
import { helpText } from "./help.js";
import { commands, options } from "./options.js";
import type { CommandLine } from "./parsed-command.js";
import { readCommand, readHelp } from "./read-command.js";

const optionNames = ["help", "version", ...Object.keys(options)].map((name) => `--${name}`);

/**
 * Parses the arguments of the command.
 * @throws CodegenError for unknown commands and options, with similar names, and for missing or invalid values.
 */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { tokens } = parseArgs({
    args: [...argv],
    options: {
      help: { type: "boolean", short: "h" },
      version: { type: "boolean", short: "v" },
      ...Object.fromEntries(
        Object.entries(options).map(([name, { value }]) => [
          name,
          { type: value === undefined ? ("boolean" as const) : ("string" as const) },
        ]),
      ),
    },
    // Not strict, because the messages below say more than those of parseArgs.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    if (token.name === "version") return { kind: "version" };
    if (token.name === "help") return readHelp(tokens.flatMap((one) => (one.kind === "positional" ? [one.value] : [])));
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined)
      throw new CodegenError(`Unknown option \`${token.rawName}\`: ${suggestNames(token.rawName, optionNames)}`);
    if (option.value !== undefined && !token.value)
      throw new CodegenError(`\`${token.rawName}\` requires ${option.value}.`);
    values.set(token.name, [...(values.get(token.name) ?? []), ...(token.value ? [token.value] : [])]);
  }

  const [word, ...others] = words;
  if (word === undefined) throw new CodegenError(`Missing command.\n\n${helpText}`);
  const command = commands.find((name) => name === word);
  if (command === undefined) throw new CodegenError(`Unknown command \`${word}\`: ${suggestNames(word, commands)}`);
  for (const name of values.keys()) {
    const allowed = options[name]?.commands ?? [];
    if (!allowed.includes(command)) {
      const others = allowed.map((one) => `\`connectry ${one}\``).join(" or ");
      throw new CodegenError(`\`connectry ${command}\` has no option \`--${name}\`: it belongs to ${others}.`);
    }
  }
  return readCommand(command, others, values);
}
