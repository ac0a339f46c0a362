import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { bundleProgram } from "./bundle-program.js";

// biome-ignore lint/suspicious/noExplicitAny: the parameters of a worker's functions are of any type
type Work = Record<string, (...args: any[]) => unknown>;

/** A process that runs the exports of a `*.worker.ts` file. */
export interface Worker<W extends Work> {
  /** Calls a function that the worker's file exports; rejects with its error, or when the process ends first. */
  call<Name extends keyof W & string>(name: Name, ...args: Parameters<W[Name]>): Promise<Awaited<ReturnType<W[Name]>>>;
  /** Ends the process at once (SIGKILL), or stops and resumes it (SIGSTOP, SIGCONT). */
  signal(name: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void;
}

interface WorkerReply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Bundles a worker's file into a program that runs the exports that messages name, and replies with their results. */
function bundle(file: string, modules: URL | undefined): Promise<string> {
  const contents = `
    import * as work from ${JSON.stringify(file)};
    process.on("message", async ({ id, name, args }) => {
      try {
        process.send({ id, value: await work[name](...args) });
      } catch (error) {
        process.send({ id, error: String(error?.stack ?? error) });
      }
    });
    process.on("disconnect", () => process.exit());
    process.send({ id: 0 });`;
  return bundleProgram(contents, modules);
}

async function startWorker<W extends Work>(program: string): Promise<Worker<W>> {
  const child: ChildProcess = fork(program, { serialization: "advanced", execArgv: [] });
  const open = new Map<number, (reply: WorkerReply) => void>();
  let count = 0;
  child.on("message", (reply: WorkerReply) => {
    open.get(reply.id)?.(reply);
    open.delete(reply.id);
  });
  const fail = (id: number) => {
    open.get(id)?.({ id, error: "the worker ended before it replied" });
    open.delete(id);
  };
  child.on("exit", () => {
    for (const id of [...open.keys()]) fail(id);
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  const replyTo = (id: number) =>
    new Promise<unknown>((resolve, reject) => {
      open.set(id, ({ value, error }) => (error === undefined ? resolve(value) : reject(new Error(error))));
    });
  await replyTo(0);
  return {
    call(name, ...args) {
      count += 1;
      const id = count;
      const reply = replyTo(id);
      child.send({ id, name, args }, (error) => error && fail(id));
      return reply as ReturnType<Worker<W>["call"]> as never;
    },
    signal: (name) => void child.kill(name),
  };
}

/**
 * Forks `count` processes that run a worker's file, and ends them with the test:
 * `startWorkers<typeof import("./burst.worker.js")>(new URL("./burst.worker.ts", import.meta.url), 8)`.
 * Arguments and results are passed as structured clones. `modules` are the node_modules of the package of the file, where that is
 * not core.
 */
export async function startWorkers<W extends Work>(file: URL, count: number, modules?: URL): Promise<Worker<W>[]> {
  const program = await bundle(fileURLToPath(file), modules);
  return Promise.all(Array.from({ length: count }, () => startWorker<W>(program)));
}
