import { parseArgs } from "node:util";
import { CodegenError } from "./codegen-error.js";
import { suggestNames } from "./text/nearest-names.js";

/** What the user asks for. */
export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | ({ readonly kind: "pull"; readonly out: string | undefined } & Chosen)
  | ({ readonly kind: "generate" | "check" } & Chosen);

interface Chosen {
  readonly providers: readonly string[];
  readonly specs: string | undefined;
}

/** The options with a value, and the commands that take them. */
const valued: Readonly<Record<string, readonly string[]>> = { specs: ["pull", "generate", "check"], out: ["pull"] };
const commands = ["pull", "generate", "check"] as const;
const flags = ["--help", "--version", ...Object.keys(valued).map((name) => `--${name}`)];

/** What `connectry --help` prints. */
export const helpText = `connectry: an OpenAPI document in, a typed Connectry client out

  connectry pull [provider...] [--out DIR]   fetch the pinned documents and check their hashes;
                                             with --out, write them as DIR/<document>.json, repaired and checked
  connectry generate [provider...]           pull, then write the typed client and surface.txt
  connectry check [provider...]              say whether surface.txt is what the pinned documents give

A provider is a folder's name in specs/, the path of a folder with a spec.yaml, or an installed package that
publishes its pins: connectry pull @connectry/stripe --out openapi. Without one, all of specs/.

  --specs DIR   the specs folder (looked for from here upwards)
  --help        this text
  --version     the version

CONNECTRY_CACHE names the folder for pulled documents; DEBUG=connectry shows the stack of an error.`;

/** Reads the arguments. Throws for what is not known, and says what comes closest. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { tokens } = parseArgs({
    args: [...argv],
    options: {
      help: { type: "boolean", short: "h" },
      version: { type: "boolean", short: "v" },
      ...Object.fromEntries(Object.keys(valued).map((name) => [name, { type: "string" as const }])),
    },
    // The messages are ours: what is unknown or has no value is told below.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    if (token.name === "help" || token.name === "version") return { kind: token.name };
    if (!Object.hasOwn(valued, token.name))
      throw new CodegenError(`There is no option ${token.rawName}. ${suggestNames(token.rawName, flags)}`);
    if (token.value === undefined || token.value === "")
      throw new CodegenError(`${token.rawName} needs a folder: ${token.rawName} DIR.`);
    values.set(token.name, token.value);
  }

  const [command, ...providers] = words;
  if (command === undefined) throw new CodegenError(`Name a command.\n\n${helpText}`);
  const kind = commands.find((name) => name === command);
  if (kind === undefined)
    throw new CodegenError(`There is no command "${command}". ${suggestNames(command, commands)}`);
  for (const name of values.keys()) {
    if (!valued[name]!.includes(kind))
      throw new CodegenError(`connectry ${kind} takes no --${name}: connectry ${valued[name]!.join(" and ")} does.`);
  }
  const chosen = { providers, specs: values.get("specs") };
  return kind === "pull" ? { kind, ...chosen, out: values.get("out") } : { kind, ...chosen };
}
