// Simulates many processes and tenants, and writes benchmarks/SCALE.json and the plots of docs/scale.md. Arguments name scenarios;
// `--measure` measures Redis on this machine before.
import { installPeers } from "./install-peers.ts";
import { runStep } from "./run-step.ts";

const steps = [
  ["simulate", "node", ["benchmarks/src/scale/main.ts", ...process.argv.slice(2)]],
  ["draw", "node", ["docs/pictures.ts", "--only", "scale"]],
] as const;

let isDone = await installPeers();
for (const [title, command, args] of steps) isDone &&= await runStep(title, command, args);
if (!isDone) process.exitCode = 1;
