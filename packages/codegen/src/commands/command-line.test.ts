import { expect, test } from "vitest";
import { parseCommandLine } from "./command-line.js";

test.each([
  [["pull"], { kind: "pull", providers: [], specs: undefined, json: false, out: undefined, record: false }],
  [
    ["pull", "stripe", "--out", "openapi"],
    { kind: "pull", providers: ["stripe"], specs: undefined, json: false, out: "openapi", record: false },
  ],
  [
    ["generate", "--specs=../specs", "stripe", "github"],
    { kind: "generate", providers: ["stripe", "github"], specs: "../specs", json: false },
  ],
  [["check"], { kind: "check", providers: [], specs: undefined, json: false }],
  [
    ["update", "stripe"],
    { kind: "update", providers: ["stripe"], specs: undefined, json: false, upstream: false, usage: [] },
  ],
  [
    ["update", "--upstream"],
    { kind: "update", providers: [], specs: undefined, json: false, upstream: true, usage: [] },
  ],
  [
    ["add", "acme", "--spec", "acme.json", "--out", "src/acme"],
    { kind: "add", name: "acme", spec: "acme.json", out: "src/acme", overlay: undefined, json: false },
  ],
  [
    ["diff", "a.json", "b.json"],
    { kind: "diff", old: "a.json", new: "b.json", specs: undefined, usage: [], format: "text", failOn: undefined },
  ],
  [
    ["diff", "a", "b", "--usage", "x/*.ts", "--usage", "y/*.ts", "--format", "json", "--fail-on", "breaking"],
    {
      kind: "diff",
      old: "a",
      new: "b",
      specs: undefined,
      usage: ["x/*.ts", "y/*.ts"],
      format: "json",
      failOn: "breaking",
    },
  ],
  [["--help"], { kind: "help" }],
  [["generate", "-h"], { kind: "help", command: "generate" }],
  [["--help", "add"], { kind: "help", command: "add" }],
  [["help"], { kind: "help" }],
  [["help", "add"], { kind: "help", command: "add" }],
  [["completion", "zsh"], { kind: "completion", shell: "zsh" }],
  [
    ["graphql", "schema.graphql", "src/**/*.graphql", "--out", "src/gql.ts", "--scalar", "Money=string", "--watch"],
    {
      kind: "graphql",
      name: "schema.graphql",
      specs: undefined,
      patterns: ["src/**/*.graphql"],
      out: "src/gql.ts",
      watch: true,
      introspect: false,
      baseUrl: undefined,
      scalars: { Money: "string" },
    },
  ],
  [
    ["doctor", "github", "--scopes", "repo,read:org", "--json"],
    {
      kind: "doctor",
      providers: ["github"],
      specs: undefined,
      offline: false,
      json: true,
      scopes: ["repo", "read:org"],
      redis: undefined,
      baseUrl: undefined,
    },
  ],
  [["--version"], { kind: "version" }],
])("parseCommandLine accepts %j", (argv, line) => {
  expect(parseCommandLine(argv)).toEqual(line);
});

test.each([
  [["genrate"], "Unknown command `genrate`: did you mean `generate`?"],
  [
    ["publish"],
    "Unknown command `publish`: use one of add, check, completion, diff, doctor, generate, graphql, help, mcp, mock, pull, scopes, update.",
  ],
  [["pull", "--ouput", "x"], "Unknown option `--ouput`: did you mean `--out`?"],
  [
    ["pull", "-x"],
    "Unknown option `-x`: use one of --allow, --approve, --base-url, --conversation, --dry-run, --environment, --fail-on, --format, --help, --introspect, --json, --max-calls, --offline, --out, --overlay, --port, --record, --redis, --scalar, --scopes, --sha256, --spec, --specs, --upstream, --usage, --version, --watch, --webhook, --webhook-secret.",
  ],
  [["graphql", "schema.graphql"], "`connectry graphql` requires a provider or schema, documents and a file"],
  [
    ["graphql", "schema.graphql", "src/*", "--out", "a.ts", "--scalar", "Money"],
    '`--scalar` must be NAME=TYPE with one of string, number, boolean, unknown, date, got "Money".',
  ],
  [["pull", "--out"], "`--out` requires a folder: --out DIR."],
  [["pull", "--out="], "`--out` requires a folder: --out DIR."],
  [["pull", "--upstream"], "`connectry pull` has no option `--upstream`: it belongs to `connectry update`."],
  [["add", "acme"], "`connectry add` requires one name and a document: connectry add acme --spec WHERE [--out DIR]."],
  [["help", "ad"], "Unknown command `ad`: did you mean `add`?"],
  [["completion", "tcsh"], "`connectry completion` requires one of bash, zsh, fish."],
  [["diff", "a", "b", "--fail-on", "all"], '`--fail-on` must be one of breaking, additive, any, got "all".'],
  [
    ["generate", "--out", "x"],
    "`connectry generate` has no option `--out`: it belongs to `connectry pull` or `connectry add` or `connectry graphql`.",
  ],
])("parseCommandLine rejects %j with: %s", (argv, message) => {
  expect(() => parseCommandLine(argv)).toThrow(message);
});

test("the message about a missing command shows the help text", () => {
  expect(() => parseCommandLine([])).toThrow(/^Missing command\.\n\n.*connectry generate/s);
});
