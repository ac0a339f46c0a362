import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { arch, platform } from "node:process";
import { promisify } from "node:util";
import { consumerEnvironment } from "../../../scripts/environments.ts";
import type { Addresses, Outcome } from "./programs/check.ts";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** The compiled programs, in a folder in which the packages are installed as a consumer does. */
export interface Programs {
  readonly folder: string;
  /** For Node, Bun and Deno, which resolve the packages themselves. */
  readonly process: string;
  /** For workerd: one bundled module. */
  readonly worker: string;
}

/** A runtime, which reports its version and runs the checks. */
export interface Runtime {
  readonly name: string;
  version(): Promise<string>;
  run(programs: Programs, addresses: Addresses): Promise<Record<string, Outcome>>;
}

/** The path of a program for this machine's platform in an installed package. */
function binaryOf(name: string, file: string, from = require): string {
  try {
    return join(from.resolve(`${name}/package.json`), "..", file);
  } catch (cause) {
    throw new Error(`${name} is not installed: the matrix runs on Linux, x64 and arm64`, { cause });
  }
}

function processRuntime(name: string, binary: () => string, args: readonly string[] = []): Runtime {
  return {
    name,
    version: async () => (await run(binary(), ["--version"])).stdout,
    async run({ folder, process }, addresses) {
      const env = { ...consumerEnvironment(), ADDRESSES: JSON.stringify(addresses) };
      const { stdout } = await run(binary(), [...args, process], { cwd: folder, env, timeout: 60_000 });
      return JSON.parse(stdout);
    },
  };
}

const node = (major: number) =>
  processRuntime(`Node ${major}`, () => binaryOf(`node${major}-${platform}-${arch}`, "bin/node"));
/** The path of Bun. */
export const bun = () =>
  binaryOf(
    `@oven/bun-${platform}-${arch === "arm64" ? "aarch64" : arch}`,
    "bin/bun",
    createRequire(require.resolve("bun/package.json")),
  );
/** The path of Deno. */
export const deno = () =>
  binaryOf(`@deno/${platform}-${arch}-glibc`, "deno", createRequire(require.resolve("deno/package.json")));

const workerd: Runtime = {
  name: "workerd",
  version: async () => `workerd ${(await import("miniflare")).supportedCompatibilityDate}`,
  async run({ folder, worker }, addresses) {
    const { Miniflare } = await import("miniflare");
    // A date and no flag, as a Worker without Node's modules has it.
    const miniflare = new Miniflare({
      modules: true,
      modulesRoot: folder,
      scriptPath: worker,
      compatibilityDate: "2026-07-01",
    });
    try {
      const response = await miniflare.dispatchFetch("http://worker/", {
        method: "POST",
        body: JSON.stringify(addresses),
      });
      return (await response.json()) as Record<string, Outcome>;
    } finally {
      await miniflare.dispose();
    }
  },
};

/** The runtimes that the packages are published for. */
export const runtimes: readonly Runtime[] = [
  node(20),
  node(22),
  node(24),
  node(26),
  processRuntime("Bun", bun),
  processRuntime("Deno", deno, [
    "run",
    "--no-prompt",
    "--allow-net=127.0.0.1",
    "--allow-env",
    "--allow-read=.",
    "--node-modules-dir=manual",
    "--cached-only",
  ]),
  workerd,
];
