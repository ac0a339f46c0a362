// The tests of one connector, in whose folder it runs. turbo keeps their report for as long as the connector, its documents and what they
// run against stay as they are: core, the fake and the generator.
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { runStep } from "./run-step.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const report = `${process.cwd()}/.cache/tests.json`;
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
// One worker: turbo runs connectors side by side.
const args = ["run", "--project", basename(process.cwd()), "--maxWorkers=1", ...reporters];
process.exitCode = (await runStep(`tests of ${basename(process.cwd())}`, "vitest", ["--root", root, ...args])) ? 0 : 1;
