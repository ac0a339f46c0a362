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
  [["--help"], { kind: "help" }],
  [["generate", "-h"], { kind: "help" }],
  [["--version"], { kind: "version" }],
])("understands %j", (argv, line) => {
  expect(parseCommandLine(argv)).toEqual(line);
});

test.each([
  [["genrate"], 'There is no command "genrate". Did you mean "generate"?'],
  [["publish"], 'There is no command "publish". Known are: check, generate, pull.'],
  [["pull", "--ouput", "x"], 'There is no option --ouput. Did you mean "--out"?'],
  [["pull", "-x"], "There is no option -x. Known are: --help, --out, --specs, --version."],
  [["pull", "--out"], "--out needs a folder: --out DIR."],
  [["pull", "--out="], "--out needs a folder: --out DIR."],
  [["generate", "--out", "x"], "connectry generate takes no --out: connectry pull does."],
])("answers %j with %s", (argv, message) => {
  expect(() => parseCommandLine(argv)).toThrow(message);
});

test("without a command, shows what there is", () => {
  expect(() => parseCommandLine([])).toThrow(/^Name a command\.\n\n.*connectry generate/s);
});
