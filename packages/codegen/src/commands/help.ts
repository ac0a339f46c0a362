import { type Command, options } from "./options.js";

interface CommandHelp {
  readonly usage: string;
  readonly summary: string;
  readonly examples?: readonly string[];
}

/** What `connectry help <command>` begins with. */
export const commandHelp: Readonly<Record<Command, CommandHelp>> = {
  pull: {
    usage: "connectry pull [provider...] [--out DIR] [--record]",
    summary: "Fetches the pinned documents and verifies their hashes. With --out, writes them, corrected and checked.",
    examples: ["connectry pull @connectry/stripe --out openapi"],
  },
  generate: {
    usage: "connectry generate [provider...]",
    summary: "Pulls, then writes the typed client and surface.txt.",
  },
  check: {
    usage: "connectry check [provider...]",
    summary: "Fails if surface.txt does not match the pinned documents.",
  },
  add: {
    usage: "connectry add NAME --spec WHERE [--out DIR]",
    summary:
      "Creates a connector from a document: a package in packages/connectors of this repository, or the folder DIR.",
    examples: ["connectry add acme --spec https://api.acme.example/openapi.json --out src/acme"],
  },
  graphql: {
    usage: "connectry graphql WHAT PATTERN... --out FILE [--watch] [--introspect] [--scalar NAME=TYPE]",
    summary:
      "Writes one constant for each operation of your GraphQL documents, with the types of these operations alone. WHAT is a\n" +
      "  provider, or a schema: a file, an https URL or npm:package@1.2.3/schema.graphql.",
    examples: [
      "connectry graphql github 'src/**/*.graphql' --out src/gql.ts",
      "connectry graphql schema.graphql 'src/**/*.graphql' --out src/gql.ts --scalar DateTime=date --watch",
    ],
  },
  diff: {
    usage: "connectry diff OLD NEW [--usage PATTERN] [--json] [--format FORMAT] [--fail-on LEVEL]",
    summary:
      "Shows what changed between two documents, what of it breaks callers, and which calls in your sources it affects.",
    examples: [
      "connectry diff old.json new.json --usage 'src/**/*.ts' --fail-on breaking",
      "connectry diff stripe new.json",
    ],
  },
  scopes: {
    usage: "connectry scopes WHAT [--usage PATTERN] [--json] [--format FORMAT]",
    summary: "Shows which scopes the operations need, or those that your sources call, as the document names them.",
    examples: ["connectry scopes @connectry/hubspot --usage 'src/**/*.ts'", "connectry scopes slack --json"],
  },
  update: {
    usage: "connectry update [provider...] [--upstream]",
    summary: "Fetches the newest documents, generates, compares, and writes spec.yaml, surface.txt and a changeset.",
  },
  mock: {
    usage: "connectry mock WHAT [--port 4010] [--webhook URL --webhook-secret SECRET]",
    summary: "Serves a fake of a provider or a document on this machine, and prints its requests.",
    examples: [
      "connectry mock stripe",
      "connectry mock openapi.json --port 0",
      "connectry mock stripe --webhook http://localhost:3000/hooks --webhook-secret whsec_...",
    ],
  },
  mcp: {
    usage: 'connectry mcp WHAT [--allow "METHOD PATH"] [--approve elicit|never] [--dry-run]',
    summary:
      "Serves a provider or a document to agents as an MCP server over stdio: reads, and the writes that --allow names.\n" +
      "  The credential is that of the environment. Needs the package @connectry/mcp.",
    examples: [
      "connectry mcp stripe",
      'connectry mcp stripe --allow "GET *" --allow "POST /v1/refunds"',
      "connectry mcp openapi.json --dry-run",
    ],
  },
  doctor: {
    usage: "connectry doctor [provider...] [--json] [--offline]",
    summary:
      "Checks whether this project can call its providers: versions, credential and scopes (by one read), clock, Redis,\n" +
      "  webhook secrets, documents and OAuth facts. The exit code is 1 after an error, and 0 after warnings.",
    examples: [
      "connectry doctor",
      "connectry doctor github --scopes repo,read:org",
      "connectry doctor --json > doctor.json",
    ],
  },
  completion: {
    usage: "connectry completion bash|zsh|fish",
    summary: "Prints the completion of this command for a shell.",
    examples: [
      "source <(npx connectry completion bash)",
      "source <(npx connectry completion zsh)",
      "npx connectry completion fish > ~/.config/fish/completions/connectry.fish",
    ],
  },
  help: { usage: "connectry help [command]", summary: "Shows all commands, or one of them with its options." },
};

/** What `connectry help <command>` prints. */
export function helpOf(command: Command): string {
  const { usage, summary, examples = [] } = commandHelp[command];
  const own = Object.entries(options).filter(([, option]) => option.commands.includes(command));
  const lines = own.flatMap(([name, { help, value }]) => [
    `  --${name.padEnd(12)} ${help}`,
    ...(value === undefined ? [] : [`  ${" ".repeat(14)} ${value}`]),
  ]);
  return [
    usage,
    `\n  ${summary}`,
    ...(lines.length > 0 ? ["\nOptions", ...lines] : []),
    ...(examples.length > 0 ? ["\nExamples", ...examples.map((example) => `  ${example}`)] : []),
  ].join("\n");
}

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
  connectry graphql WHAT PATTERN...          write one typed constant for each operation of your GraphQL documents;
                 --out FILE [--watch]        with --introspect, from the schema that the provider reports
                 [--introspect] [--scalar NAME=TYPE]
  connectry diff OLD NEW                     show what changed between two documents, what of it breaks callers,
                [--usage 'src/**/*.ts']      and which calls in your sources it affects
                [--format text|json|markdown] [--fail-on breaking|additive|any]
  connectry scopes WHAT                      show which scopes the operations need, or with --usage those that your
                [--usage 'src/**/*.ts']      sources call
                [--json] [--format text|json|markdown]
  connectry update [provider...] [--upstream]
                                             fetch the newest documents, generate, compare, and write spec.yaml,
                                             surface.txt and a changeset; with --upstream, fetch them from where the
                                             provider publishes them instead of from the package
  connectry mock WHAT [--port 4010]          serve a fake of a provider or a document on this machine, and print its requests;
                 [--webhook URL              with --webhook, deliver a signed event to URL for each object that a request
                  --webhook-secret SECRET]   creates, updates or deletes, and for each body of POST /-/events
  connectry mcp WHAT [--allow "METHOD PATH"] serve a provider or a document to agents over MCP (stdio): reads, and the writes that
                [--approve elicit|never]     --allow names; with --dry-run a fake responds
                [--dry-run]
  connectry doctor [provider...] [--json]    check versions, credentials, scopes, clock, Redis, webhook secrets and documents
  connectry completion bash|zsh|fish         print the completion of this command for a shell
  connectry help COMMAND                     show one command with its options and examples

A provider is the name of a folder in specs/, the path of a folder with a spec.yaml, or an installed package that
publishes its pins: connectry pull @connectry/stripe --out openapi. The default is all of specs/.
OLD, NEW, WHERE and WHAT are a file, an https URL or npm:package@1.2.3/path.json; OLD, NEW and WHAT can also be a provider.

  --specs DIR   the specs folder (default: the nearest one in this folder or above)
  --help        show this text, or that of a command
  --version     show the version

CONNECTRY_DOCUMENTS  a folder of documents that is looked at first, each in a file named by its sha256
CONNECTRY_STRICT     1: fail where a document cannot be had, instead of taking its fallback or leaving it out
CONNECTRY_CACHE      the folder for pulled documents and generated clients (default: ~/.cache/connectry)
DEBUG                connectry: show the stack of an error`;
