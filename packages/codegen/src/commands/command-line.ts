import { parseArgs } from "node:util";
import { CodegenError } from "../errors/codegen-error.js";
import { suggestNames } from "../text/nearest-names.js";

/** The formats in which `connectry diff` prints changes. */
export const diffFormats = ["text", "json", "markdown"] as const;
/** The levels of changes for which `connectry diff` can exit with code 1. */
export const diffFailures = ["breaking", "additive", "any"] as const;

/** A parsed command line. */
export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | ({ readonly kind: "pull"; readonly out: string | undefined; readonly record: boolean } & ProviderSelection)
  | ({ readonly kind: "generate" | "check" } & ProviderSelection)
  | ({ readonly kind: "update"; readonly upstream: boolean } & ProviderSelection)
  | { readonly kind: "mock"; readonly name: string; readonly port: number; readonly specs: string | undefined }
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

interface ProviderSelection {
  readonly providers: readonly string[];
  readonly specs: string | undefined;
}

const commands = ["pull", "generate", "check", "add", "diff", "update", "mock"] as const;
const defaultPort = 4010;
type Command = (typeof commands)[number];

interface Option {
  /** What the value is, with an example; undefined for an option without a value. */
  readonly value: string | undefined;
  /** The commands that have the option. */
  readonly commands: readonly Command[];
}

const options: Readonly<Record<string, Option>> = {
  specs: { value: "a folder: --specs DIR", commands: ["pull", "generate", "check", "diff", "update", "mock"] },
  out: { value: "a folder: --out DIR", commands: ["pull", "add"] },
  spec: { value: "a document: --spec npm:package@1.2.3/path.json, https://... or a file", commands: ["add"] },
  usage: { value: "a pattern in quotes: --usage 'src/**/*.ts'", commands: ["diff"] },
  format: { value: `one of ${diffFormats.join(", ")}`, commands: ["diff"] },
  "fail-on": { value: `one of ${diffFailures.join(", ")}`, commands: ["diff"] },
  port: { value: "a number: --port 4010", commands: ["mock"] },
  upstream: { value: undefined, commands: ["update"] },
  record: { value: undefined, commands: ["pull"] },
};
const optionNames = ["help", "version", ...Object.keys(options)].map((name) => `--${name}`);

/** What `connectry --help` prints. */
export const helpText = `connectry: generates a typed Connectry client from an OpenAPI document

  connectry pull [provider...] [--out DIR]   fetch the pinned documents and verify their hashes;
                 [--record]                  with --out, write them to DIR/<document>.json, corrected and checked;
                                             with --record, write their hashes to specs/<provider>/pulled.txt, for tasks
                                             with a cache, and leave out a provider whose documents cannot be had
  connectry generate [provider...]           pull, then write the typed client and surface.txt
  connectry check [provider...]              fail if surface.txt does not match the pinned documents
  connectry add NAME --spec WHERE            create a connector from a document: a package in packages/connectors of
                [--out DIR]                  this repository, or the folder DIR of any project
  connectry diff OLD NEW                     show what changed between two documents, what of it breaks callers,
                [--usage 'src/**/*.ts']      and which calls in your sources it affects
                [--format text|json|markdown] [--fail-on breaking|additive|any]
  connectry update [provider...] [--upstream]
                                             fetch the newest documents, generate, compare, and write spec.yaml,
                                             surface.txt and a changeset; with --upstream, fetch them from where the
                                             provider publishes them instead of from the package
  connectry mock WHAT [--port 4010]          serve a fake of a provider or a document on this machine, and print its requests

A provider is the name of a folder in specs/, the path of a folder with a spec.yaml, or an installed package that
publishes its pins: connectry pull @connectry/stripe --out openapi. The default is all of specs/.
OLD, NEW, WHERE and WHAT are a file, an https URL or npm:package@1.2.3/path.json; OLD, NEW and WHAT can also be a provider.

  --specs DIR   the specs folder (default: the nearest one in this folder or above)
  --help        show this text
  --version     show the version

CONNECTRY_DOCUMENTS  a folder of documents that is looked at first, each in a file named by its sha256
CONNECTRY_STRICT     1: fail where a document cannot be had, instead of taking its fallback or leaving it out
CONNECTRY_CACHE      the folder for pulled documents (default: ~/.cache/connectry)
DEBUG                connectry: show the stack of an error`;

/** The options of a command line: their values, or an empty list for an option without a value. */
type OptionValues = ReadonlyMap<string, readonly string[]>;

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
    if (token.name === "help" || token.name === "version") return { kind: token.name };
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

function readCommand(kind: Command, words: readonly string[], values: OptionValues): CommandLine {
  const last = (name: string) => values.get(name)?.at(-1);
  const specs = last("specs");
  switch (kind) {
    case "pull":
      return { kind, providers: words, specs, out: last("out"), record: values.has("record") };
    case "generate":
    case "check":
      return { kind, providers: words, specs };
    case "update":
      return { kind, providers: words, specs, upstream: values.has("upstream") };
    case "add": {
      const [name, ...more] = words;
      const spec = last("spec");
      if (name === undefined || more.length > 0 || spec === undefined) {
        throw new CodegenError(
          "`connectry add` requires one name and a document: connectry add acme --spec WHERE [--out DIR].",
        );
      }
      return { kind, name, spec, out: last("out") };
    }
    case "mock": {
      const [name, ...more] = words;
      if (name === undefined || more.length > 0)
        throw new CodegenError(
          "`connectry mock` requires one provider or document: connectry mock WHAT [--port 4010].",
        );
      return { kind, name, port: readPort(last("port")), specs };
    }
    case "diff":
      return readDiff(words, values);
  }
}

function readPort(text: string | undefined): number {
  const port = text === undefined ? defaultPort : Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new CodegenError(`\`--port\` must be a number from 0 (any free port) to 65535, got "${text}".`);
}

function readDiff(words: readonly string[], values: OptionValues): CommandLine {
  const last = (name: string) => values.get(name)?.at(-1);
  const [old, current, ...more] = words;
  if (old === undefined || current === undefined || more.length > 0) {
    const hint = "Put the pattern of `--usage` in quotes, so that your shell does not expand it.";
    throw new CodegenError(
      `\`connectry diff\` requires two documents, got ${words.length}: connectry diff OLD NEW.`,
      more.length > 0 && values.has("usage") ? [hint] : [],
    );
  }
  return {
    kind: "diff",
    old,
    new: current,
    specs: last("specs"),
    usage: values.get("usage") ?? [],
    format: oneOf("format", last("format"), diffFormats) ?? "text",
    failOn: oneOf("fail-on", last("fail-on"), diffFailures),
  };
}

function oneOf<T extends string>(option: string, value: string | undefined, allowed: readonly T[]): T | undefined {
  const found = allowed.find((one) => one === value);
  if (value === undefined || found !== undefined) return found;
  throw new CodegenError(`\`--${option}\` must be one of ${allowed.join(", ")}, got "${value}".`);
}
