/** The formats in which `connectry diff` prints changes, and `connectry scopes` scopes. */
export const diffFormats = ["text", "json", "markdown"] as const;
/** The levels of changes for which `connectry diff` can exit with code 1. */
export const diffFailures = ["breaking", "additive", "any"] as const;
/** How `connectry mcp` asks for the approval of a write. */
export const approvals = ["elicit", "never"] as const;
/** The shells for which there is a completion. */
export const shells = ["bash", "zsh", "fish"] as const;

/** All commands, in the order in which they are shown. */
export const commands = [
  "pull",
  "generate",
  "check",
  "add",
  "graphql",
  "diff",
  "scopes",
  "update",
  "mock",
  "mcp",
  "doctor",
  "completion",
  "help",
] as const;
/** The name of a command. */
export type Command = (typeof commands)[number];

/** An option of the command line. */
export interface Option {
  /** What the value is, with an example; undefined for an option without a value. */
  readonly value: string | undefined;
  /** The commands that have the option. */
  readonly commands: readonly Command[];
  /** What it does. */
  readonly help: string;
}

/** All options but `--help` and `--version`, which every command has. */
export const options: Readonly<Record<string, Option>> = {
  specs: {
    value: "a folder: --specs DIR",
    commands: ["pull", "generate", "check", "diff", "scopes", "update", "mock", "mcp", "doctor", "graphql"],
    help: "the specs folder; default: the nearest one in this folder or above",
  },
  out: {
    value: "a folder: --out DIR",
    commands: ["pull", "add", "graphql"],
    help: "the folder that is written, of `graphql` the file; `pull` writes DIR/<document>.json",
  },
  spec: {
    value: "a document: --spec npm:package@1.2.3/path.json, https://... or a file",
    commands: ["add"],
    help: "the document from which the connector is made",
  },
  sha256: {
    value: "a hash: --sha256 829b4beb...",
    commands: ["add"],
    help: "the SHA-256 that the document must have; one of an address is then read from the folder $CONNECTRY_DOCUMENTS, if it is there",
  },
  overlay: {
    value: "a file: --overlay fixes.yaml",
    commands: ["add"],
    help: "an OpenAPI Overlay that corrects the document, copied to specs/<name>/overlay.yaml; one that is there already is applied, too",
  },
  usage: {
    value: "a pattern in quotes: --usage 'src/**/*.ts'",
    commands: ["diff", "scopes", "update"],
    help: "sources whose calls are found: those that changes affect, or whose scopes are wanted; more than once for several patterns",
  },
  format: {
    value: `one of ${diffFormats.join(", ")}`,
    commands: ["diff", "scopes"],
    help: "how changes or scopes are printed",
  },
  "fail-on": {
    value: `one of ${diffFailures.join(", ")}`,
    commands: ["diff"],
    help: "changes for which the exit code is 1",
  },
  port: {
    value: "a number: --port 4010",
    commands: ["mock"],
    help: "where it listens; 0 for any free port; default: 4010",
  },
  webhook: {
    value: "a URL: --webhook http://localhost:3000/hooks",
    commands: ["mock"],
    help: "where events are delivered: those of objects that a request creates, updates or deletes, where the document describes them, and what is sent to POST /-/events",
  },
  "webhook-secret": {
    value: "a secret: --webhook-secret whsec_...",
    commands: ["mock"],
    help: "what these events are signed with",
  },
  watch: {
    value: undefined,
    commands: ["graphql"],
    help: "write again whenever a document changes, until it is interrupted",
  },
  scalar: {
    value: "a scalar and its type: --scalar Money=string",
    commands: ["graphql"],
    help: "what the values of a scalar are: string, number, boolean, unknown or date; more than once for several",
  },
  introspect: {
    value: undefined,
    commands: ["graphql"],
    help: "ask the provider for its schema, with the credential of the environment",
  },
  allow: {
    value: `a method and a path in quotes: --allow "POST /v1/refunds"`,
    commands: ["mcp"],
    help: "operations that agents may call, `*` is any text; more than once for several; default: all that only read",
  },
  approve: {
    value: `one of ${approvals.join(", ")}`,
    commands: ["mcp"],
    help: "whether the user is asked before a write that cannot be taken back; default: elicit, which asks by the client",
  },
  "dry-run": {
    value: undefined,
    commands: ["mcp"],
    help: "have a fake of the provider respond, and send nothing",
  },
  "max-calls": {
    value: "a number: --max-calls 100",
    commands: ["mcp"],
    help: "how many calls the session may send; default: 500",
  },
  conversation: {
    value: "a name: --conversation invoices-of-may",
    commands: ["mcp"],
    help: "names the conversation: a write that is repeated after a restart under the same name has the same idempotency key",
  },
  upstream: {
    value: undefined,
    commands: ["update"],
    help: "fetch documents from where the provider publishes them instead of from the package",
  },
  record: {
    value: undefined,
    commands: ["pull"],
    help: "write hashes to specs/<provider>/pulled.txt, for tasks with a cache, and leave out what cannot be had",
  },
  offline: {
    value: undefined,
    commands: ["doctor"],
    help: "send nothing to providers and registries",
  },
  json: {
    value: undefined,
    commands: ["pull", "generate", "check", "add", "graphql", "diff", "update", "scopes", "mock", "doctor"],
    help: "print results as JSON: of `doctor`, `diff` and `scopes` one text, of others one object in each line",
  },
  scopes: {
    value: "scopes, separated by commas: --scopes repo,read:org",
    commands: ["doctor"],
    help: "what the credential must be allowed, where the provider lists it",
  },
  redis: {
    value: "an address: --redis redis://localhost:6379",
    commands: ["doctor"],
    help: "the Redis that is checked; default: REDIS_URL",
  },
  "base-url": {
    value: "an address: --base-url http://127.0.0.1:4010",
    commands: ["doctor", "graphql", "mcp"],
    help: "the option baseUrl of the client, such as that of a proxy",
  },
  environment: {
    value: "a name of the profile: --environment sandbox",
    commands: ["doctor", "graphql", "mcp"],
    help: "the option environment of the client: whose addresses and credential it has; default: the first",
  },
};
