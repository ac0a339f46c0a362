import { CodegenError } from "../errors/codegen-error.js";
import { suggestNames } from "../text/nearest-names.js";
import { type OptionValues, oneOf, readMaxCalls, readPort, readScalars, readWebhook } from "./option-values.js";
import { approvals, type Command, commands, diffFailures, diffFormats, shells } from "./options.js";
import type { CommandLine } from "./parsed-command.js";

/** `connectry help add`, `connectry add --help`, and the help of all commands where none is named. */
export function readHelp([word]: readonly string[]): CommandLine {
  const command = commands.find((name) => name === word);
  return command === undefined || command === "help" ? { kind: "help" } : { kind: "help", command };
}

/** Reads the words and options of one command. @throws CodegenError for missing or invalid ones. */
export function readCommand(kind: Command, words: readonly string[], values: OptionValues): CommandLine {
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
      const client = { baseUrl: last("base-url"), environment: last("environment") };
      return { kind, providers: words, specs, offline, json, scopes, redis: last("redis"), ...client };
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
      const client = { baseUrl: last("base-url"), environment: last("environment") };
      return { kind, name, specs, patterns, out, ...flags, ...client, scalars: readScalars(values) };
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
        environment: last("environment"),
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
    format: values.has("json") ? "json" : (oneOf("format", last("format"), diffFormats) ?? "text"),
    failOn: oneOf("fail-on", last("fail-on"), diffFailures),
  };
}
