import { parseArgs } from "node:util";
import { CodegenError } from "../errors/codegen-error.js";
import { type ScalarType, scalarTypes } from "../graphql/scalar-type.js";
import { suggestNames } from "../text/nearest-names.js";
import { helpText } from "./help.js";
import type { McpOptions } from "./mcp.js";
import type { MockOptions } from "./mock.js";
import { approvals, type Command, commands, diffFailures, diffFormats, options, shells } from "./options.js";

/** A parsed command line. */
export type CommandLine =
  | { readonly kind: "help"; readonly command?: Command }
  | { readonly kind: "completion"; readonly shell: (typeof shells)[number] }
  | { readonly kind: "version" }
  | ({ readonly kind: "pull"; readonly out: string | undefined; readonly record: boolean } & ProviderSelection)
  | ({ readonly kind: "generate" | "check" } & ProviderSelection)
  | ({ readonly kind: "update"; readonly usage: readonly string[]; readonly upstream: boolean } & ProviderSelection)
  | {
      readonly kind: "doctor";
      readonly providers: readonly string[];
      readonly specs: string | undefined;
      readonly offline: boolean;
      readonly json: boolean;
      readonly scopes: readonly string[];
      readonly redis: string | undefined;
      readonly baseUrl: string | undefined;
    }
  | ({ readonly kind: "mock" } & MockOptions)
  | ({ readonly kind: "mcp" } & McpOptions)
  | {
      readonly kind: "add";
      readonly name: string;
      readonly spec: string;
      readonly sha256: string | undefined;
      readonly out: string | undefined;
      readonly overlay: string | undefined;
      readonly json: boolean;
    }
  | ({ readonly kind: "graphql" } & GraphqlCommandOptions)
  | ({ readonly kind: "scopes" } & ScopesOptions)
  | {
      readonly kind: "diff";
      readonly old: string;
      readonly new: string;
      readonly specs: string | undefined;
      readonly usage: readonly string[];
      readonly format: (typeof diffFormats)[number];
      readonly failOn: (typeof diffFailures)[number] | undefined;
    };

/** Options of `connectry scopes`. */
export interface ScopesOptions {
  readonly name: string;
  readonly specs: string | undefined;
  /** Glob patterns of the source files whose calls are looked up. */
  readonly usage: readonly string[];
  readonly format: (typeof diffFormats)[number];
}

/** Options of `connectry graphql`. */
export interface GraphqlCommandOptions {
  /** A provider, or a schema. */
  readonly name: string;
  readonly specs: string | undefined;
  /** Glob patterns of the documents. */
  readonly patterns: readonly string[];
  /** The file that is written. */
  readonly out: string;
  readonly watch: boolean;
  /** Whether the schema is asked of the provider. */
  readonly introspect: boolean;
  readonly baseUrl: string | undefined;
  readonly scalars: Readonly<Record<string, ScalarType>>;
}

interface ProviderSelection {
  readonly providers: readonly string[];
  readonly specs: string | undefined;
  readonly json: boolean;
}

const defaultPort = 4010;
const optionNames = ["help", "version", ...Object.keys(options)].map((name) => `--${name}`);

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

/** `connectry help add`, `connectry add --help`, and the help of all commands where none is named. */
function readHelp([word]: readonly string[]): CommandLine {
  const command = commands.find((name) => name === word);
  return command === undefined || command === "help" ? { kind: "help" } : { kind: "help", command };
}

function readCommand(kind: Command, words: readonly string[], values: OptionValues): CommandLine {
  const last = (name: string) => values.get(name)?.at(-1);
  const specs = last("specs");
  const json = values.has("json");
  switch (kind) {
    case "pull":
      return { kind, providers: words, specs, json, out: last("out"), record: values.has("record") };
    case "generate":
    case "check":
      return { kind, providers: words, specs, json };
    case "help": {
      const [word] = words;
      if (word !== undefined && !commands.some((name) => name === word))
        throw new CodegenError(`Unknown command \`${word}\`: ${suggestNames(word, commands)}`);
      return readHelp(words);
    }
    case "completion": {
      const shell = shells.find((name) => name === words[0]);
      if (shell === undefined || words.length > 1)
        throw new CodegenError(`\`connectry completion\` requires one of ${shells.join(", ")}.`);
      return { kind, shell };
    }
    case "doctor": {
      const scopes = (last("scopes") ?? "").split(",").filter(Boolean);
      const offline = values.has("offline");
      return { kind, providers: words, specs, offline, json, scopes, redis: last("redis"), baseUrl: last("base-url") };
    }
    case "update":
      return {
        kind,
        providers: words,
        specs,
        json,
        upstream: values.has("upstream"),
        usage: values.get("usage") ?? [],
      };
    case "add": {
      const [name, ...more] = words;
      const spec = last("spec");
      if (name === undefined || more.length > 0 || spec === undefined) {
        throw new CodegenError(
          "`connectry add` requires one name and a document: connectry add acme --spec WHERE [--out DIR].",
        );
      }
      return { kind, name, spec, sha256: last("sha256"), out: last("out"), overlay: last("overlay"), json };
    }
    case "mock": {
      const [name, ...more] = words;
      if (name === undefined || more.length > 0)
        throw new CodegenError(
          "`connectry mock` requires one provider or document: connectry mock WHAT [--port 4010].",
        );
      return { kind, name, port: readPort(last("port")), webhook: readWebhook(last), specs, json };
    }
    case "graphql": {
      const [name, ...patterns] = words;
      const out = last("out");
      if (name === undefined || patterns.length === 0 || out === undefined)
        throw new CodegenError(
          "`connectry graphql` requires a provider or schema, documents and a file: connectry graphql WHAT 'src/**/*.graphql' --out src/gql.ts.",
        );
      const flags = { watch: values.has("watch"), introspect: values.has("introspect") };
      return { kind, name, specs, patterns, out, ...flags, baseUrl: last("base-url"), scalars: readScalars(values) };
    }
    case "mcp": {
      const [name, ...more] = words;
      if (name === undefined || more.length > 0)
        throw new CodegenError(
          `\`connectry mcp\` requires one provider or document: connectry mcp WHAT [--allow "METHOD PATH"].`,
          more.length > 0 && values.has("allow") ? ["Put the pattern of `--allow` in quotes, as one word."] : [],
        );
      const approve = oneOf("approve", last("approve"), approvals);
      const dryRun = values.has("dry-run");
      const named = { kind, name, specs, allow: values.get("allow"), approve, dryRun } as const;
      return {
        ...named,
        maxCalls: readMaxCalls(last("max-calls")),
        conversation: last("conversation"),
        baseUrl: last("base-url"),
      };
    }
    case "diff":
      return readDiff(words, values);
    case "scopes": {
      const [name, ...more] = words;
      if (name === undefined || more.length > 0)
        throw new CodegenError(
          "`connectry scopes` requires one provider or document: connectry scopes WHAT [--usage 'src/**/*.ts'].",
        );
      const format = values.has("json") ? "json" : (oneOf("format", last("format"), diffFormats) ?? "text");
      return { kind, name, specs, usage: values.get("usage") ?? [], format };
    }
  }
}

function readScalars(values: OptionValues): Readonly<Record<string, ScalarType>> {
  const pairs = (values.get("scalar") ?? []).map((text) => {
    const [, name = "", value = ""] = /^([_A-Za-z]\w*)=(\w+)$/.exec(text) ?? [];
    const type = scalarTypes.find((one) => one === value);
    if (type === undefined)
      throw new CodegenError(`\`--scalar\` must be NAME=TYPE with one of ${scalarTypes.join(", ")}, got "${text}".`);
    return [name, type] as const;
  });
  return Object.fromEntries(pairs);
}

function readWebhook(last: (name: string) => string | undefined): MockOptions["webhook"] {
  const url = last("webhook");
  const secret = last("webhook-secret");
  if (url === undefined && secret === undefined) return undefined;
  if (url === undefined || secret === undefined)
    throw new CodegenError(
      "`--webhook` and `--webhook-secret` belong together: pass the URL of the endpoint and its secret.",
    );
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return { url, secret };
  throw new CodegenError(`\`--webhook\` must be a URL: --webhook http://localhost:3000/hooks, got "${url}".`);
}

function readMaxCalls(text: string | undefined): number | undefined {
  const calls = text === undefined ? undefined : Number(text);
  if (calls === undefined || (Number.isInteger(calls) && calls > 0)) return calls;
  throw new CodegenError(`\`--max-calls\` must be a positive integer, got "${text}".`);
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
