import { execFile, spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { consumerEnvironment } from "../../../../scripts/environments.ts";
import { webhookSecret } from "./deliver.ts";

const run = promisify(execFile);

/** The folder of the examples. */
export const folder = fileURLToPath(new URL("../../../../examples/frameworks", import.meta.url));
/** The path of a file of the examples. */
export const fileOf = (path: string) => `${folder}/${path}`;
/** The path of a program that the examples have installed, such as `next`. */
export const programOf = (name: string) => fileOf(`node_modules/.bin/${name}`);

/** The variables of an example: where its provider is, and a key that it accepts. */
export function environmentOf(provider: { readonly url: string }): Record<string, string | undefined> {
  return {
    ...consumerEnvironment(),
    STRIPE_BASE_URL: provider.url,
    STRIPE_SECRET_KEY: "sk_test_runtime",
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    NEXT_TELEMETRY_DISABLED: "1",
    DO_NOT_TRACK: "1",
  };
}

/** Runs a program of an example to its end, and returns its output; rejects with it where the program fails. */
export async function build(
  command: readonly [program: string, ...args: string[]],
  options: { readonly cwd: string; readonly env?: Record<string, string | undefined> },
): Promise<string> {
  const [program, ...args] = command;
  const { stdout, stderr } = await run(program, args, { env: consumerEnvironment(), ...options }).catch((error) => {
    throw new Error(`${command.join(" ")}: ${error.message}\n${error.stdout}${error.stderr}`);
  });
  return stdout + stderr;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A server of an example. */
export interface RunningExample {
  readonly url: string;
  /** What it has printed. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts a server of an example on the port in `PORT`, and waits until it responds. */
export async function start(
  command: readonly [program: string, ...args: string[]],
  options: { readonly cwd: string; readonly env: Record<string, string | undefined> },
): Promise<RunningExample> {
  const port = await freePort();
  const [program, ...args] = command;
  const child = spawn(program, args, { ...options, env: { ...options.env, PORT: `${port}` }, stdio: "pipe" });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const ended = new Promise<void>((resolve) => {
    child.on("error", (error) => (output += error.message));
    child.on("close", () => resolve());
  });
  let isEnded = false;
  void ended.then(() => (isEnded = true));
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (isEnded) throw new Error(`${command.join(" ")} ended before it listened:\n${output}`);
    const isListening = await fetch(`${url}/is-listening`).then(
      () => true,
      () => false,
    );
    if (isListening) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    output: () => output,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
