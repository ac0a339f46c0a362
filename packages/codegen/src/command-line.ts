import { parseArgs } from "node:util";
import { CodegenError } from "./codegen-error.js";
import { suggestNames } from "./text/nearest-names.js";

/** How `connectry diff` prints what changed. */
export const diffFormats = ["text", "json", "markdown"] as const;
/** What lets `connectry diff` end with an exit code of 1. */
export const diffFailures = ["breaking", "additive", "any"] as const;

/** What the user asks for. */
export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | ({ readonly kind: "pull"; readonly out: string | undefined } & Chosen)
  | ({ readonly kind: "generate" | "check" } & Chosen)
  | ({ readonly kind: "update"; readonly upstream: boolean } & Chosen)
  | {
      readonly kind: "add";
      readonly name: string;
      readonly spec: string;
      readonly out: string | undefined;
    }
  | {
      readonly kind: "diff";
      readonly old: string;
      readonly new: string;
      readonly specs: string | undefined;
      readonly usage: readonly string[];
      readonly format: (typeof diffFormats)[number];
      readonly failOn: (typeof diffFailures)[number] | undefined;
    };

interface Chosen {
  readonly providers: readonly string[];
  readonly specs: string | undefined;
}

const commands = ["pull", "generate", "check", "add", "diff", "update"] as const;
type Command = (typeof commands)[number];

/** The options with a value: what it is, and the commands that take it. */
const valued: Readonly<Record<string, { readonly value: string; readonly of: readonly Command[] }>> = {
  specs: { value: "a folder: --specs DIR", of: ["pull", "generate", "check", "diff", "update"] },
  out: { value: "a folder: --out DIR", of: ["pull", "add"] },
  spec: { value: "a document: --spec npm:package@1.2.3/path.json, https://... or a file", of: ["add"] },
  usage: { value: "a pattern in quotes: --usage 'src/**/*.ts'", of: ["diff"] },
  format: { value: `one of ${diffFormats.join(", ")}`, of: ["diff"] },
  "fail-on": { value: `one of ${diffFailures.join(", ")}`, of: ["diff"] },
};
const flags = ["--help", "--version", "--upstream", ...Object.keys(valued).map((name) => `--${name}`)];

/** What `connectry --help` prints. */
export const helpText = `connectry: an OpenAPI document in, a typed Connectry client out

  connectry pull [provider...] [--out DIR]   fetch the pinned documents and check their hashes;
                                             with --out, write them as DIR/<document>.json, repaired and checked
  connectry generate [provider...]           pull, then write the typed client and surface.txt
  connectry check [provider...]              say whether surface.txt is what the pinned documents give
  connectry add NAME --spec WHERE            make a connector from a document: in packages/connectors of this
                [--out DIR]                  repository, or in a folder of any project
  connectry diff OLD NEW                     say what changed between two documents, and what of it breaks callers
                [--usage 'src/**/*.ts']      and which of your calls that reaches
                [--format text|json|markdown] [--fail-on breaking|additive|any]
  connectry update [provider...] [--upstream]
                                             take the newest documents: generate, compare, and write spec.yaml,
                                             surface.txt and a changeset; with --upstream, from where the provider
                                             publishes them instead of the package

A provider is a folder's name in specs/, the path of a folder with a spec.yaml, or an installed package that
publishes its pins: connectry pull @connectry/stripe --out openapi. Without one, all of specs/.
OLD, NEW and WHERE are a file, an https URL or npm:package@1.2.3/path.json; OLD and NEW may be a provider, too.

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
      upstream: { type: "boolean" },
      ...Object.fromEntries(Object.keys(valued).map((name) => [name, { type: "string" as const }])),
    },
    // The messages are ours: what is unknown or has no value is told below.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  let upstream = false;
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    if (token.name === "help" || token.name === "version") return { kind: token.name };
    if (token.name === "upstream") {
      upstream = true;
      continue;
    }
    const option = Object.hasOwn(valued, token.name) ? valued[token.name] : undefined;
    if (option === undefined)
      throw new CodegenError(`There is no option ${token.rawName}. ${suggestNames(token.rawName, flags)}`);
    if (token.value === undefined || token.value === "")
      throw new CodegenError(`${token.rawName} needs ${option.value}.`);
    values.set(token.name, [...(values.get(token.name) ?? []), token.value]);
  }

  const [command, ...others] = words;
  if (command === undefined) throw new CodegenError(`Name a command.\n\n${helpText}`);
  const kind = commands.find((name) => name === command);
  if (kind === undefined)
    throw new CodegenError(`There is no command "${command}". ${suggestNames(command, commands)}`);
  for (const name of values.keys()) {
    const { of } = valued[name]!;
    if (!of.includes(kind))
      throw new CodegenError(`connectry ${kind} takes no --${name}: connectry ${of.join(" or ")} does.`);
  }
  if (upstream && kind !== "update")
    throw new CodegenError(`connectry ${kind} takes no --upstream: connectry update does.`);
  return readCommand(kind, others, values, upstream);
}

function readCommand(
  kind: Command,
  words: readonly string[],
  values: ReadonlyMap<string, readonly string[]>,
  upstream: boolean,
): CommandLine {
  const last = (name: string) => values.get(name)?.at(-1);
  const specs = last("specs");
  switch (kind) {
    case "pull":
      return { kind, providers: words, specs, out: last("out") };
    case "generate":
    case "check":
      return { kind, providers: words, specs };
    case "update":
      return { kind, providers: words, specs, upstream };
    case "add": {
      const [name, ...more] = words;
      const spec = last("spec");
      if (name === undefined || more.length > 0 || spec === undefined)
        throw new CodegenError("connectry add takes one name and a document: connectry add acme --spec WHERE.");
      return { kind, name, spec, out: last("out") };
    }
    case "diff": {
      const [old, fresh, ...more] = words;
      if (old === undefined || fresh === undefined || more.length > 0) {
        throw new CodegenError(
          `connectry diff takes two documents, not ${words.length}: connectry diff OLD NEW.`,
          more.length > 0 && values.has("usage")
            ? ["Put the pattern of --usage in quotes, or your shell fills it in."]
            : [],
        );
      }
      const format = oneOf("format", last("format"), diffFormats) ?? "text";
      const failOn = oneOf("fail-on", last("fail-on"), diffFailures);
      return { kind, old, new: fresh, specs, usage: values.get("usage") ?? [], format, failOn };
    }
  }
}

function oneOf<T extends string>(option: string, value: string | undefined, known: readonly T[]): T | undefined {
  const found = known.find((one) => one === value);
  if (value === undefined || found !== undefined) return found;
  throw new CodegenError(`--${option} is ${known.join(", ")}, not "${value}".`);
}
