import { expect, test } from "vitest";
import { parseCommandLine } from "./command-line.js";

test.each([
  [["pull"], { kind: "pull", providers: [], specs: undefined, out: undefined }],
  [["pull", "stripe", "--out", "openapi"], { kind: "pull", providers: ["stripe"], specs: undefined, out: "openapi" }],
  [
    ["generate", "--specs=../specs", "stripe", "github"],
    { kind: "generate", providers: ["stripe", "github"], specs: "../specs" },
  ],
  [["check"], { kind: "check", providers: [], specs: undefined }],
  [["update", "stripe"], { kind: "update", providers: ["stripe"], specs: undefined, upstream: false }],
  [["update", "--upstream"], { kind: "update", providers: [], specs: undefined, upstream: true }],
  [
    ["add", "acme", "--spec", "acme.json", "--out", "src/acme"],
    { kind: "add", name: "acme", spec: "acme.json", out: "src/acme" },
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
  [["generate", "-h"], { kind: "help" }],
  [["--version"], { kind: "version" }],
])("understands %j", (argv, line) => {
  expect(parseCommandLine(argv)).toEqual(line);
});

test.each([
  [["genrate"], 'There is no command "genrate". Did you mean "generate"?'],
  [["publish"], 'There is no command "publish". Known are: add, check, diff, generate, pull, update.'],
  [["pull", "--ouput", "x"], 'There is no option --ouput. Did you mean "--out"?'],
  [
    ["pull", "-x"],
    "There is no option -x. Known are: --fail-on, --format, --help, --out, --spec, --specs, --upstream, --usage, --version.",
  ],
  [["pull", "--out"], "--out needs a folder: --out DIR."],
  [["pull", "--out="], "--out needs a folder: --out DIR."],
  [["pull", "--upstream"], "connectry pull takes no --upstream: connectry update does."],
  [["add", "acme"], "connectry add takes one name and a document: connectry add acme --spec WHERE."],
  [["diff", "a", "b", "--fail-on", "all"], '--fail-on is breaking, additive, any, not "all".'],
  [["generate", "--out", "x"], "connectry generate takes no --out: connectry pull or add does."],
])("answers %j with %s", (argv, message) => {
  expect(() => parseCommandLine(argv)).toThrow(message);
});

test("without a command, shows what there is", () => {
  expect(() => parseCommandLine([])).toThrow(/^Name a command\.\n\n.*connectry generate/s);
});
