import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../installed/run.ts";
import type { CachingCaller, CachingTarget } from "./caching-callers.ts";
import type { CachingRequest } from "./caching-process.ts";
import type { Slice } from "./caller-process.ts";

const program = fileURLToPath(new URL("caching-process.ts", import.meta.url));

/** A client with a cache, in a process of its own. */
export class Caching {
  readonly #child: ChildProcess;
  #stderr = "";

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.on("data", (chunk) => {
      this.#stderr += chunk;
    });
  }

  /** Starts the process; unless the target is `cold`, the response is in its cache then. */
  static async start({ name }: CachingCaller, target: CachingTarget): Promise<Caching> {
    const caching = new Caching(
      fork(program, [name, JSON.stringify(target)], {
        execArgv: ["--disable-warning=ExperimentalWarning"],
        env: cleanEnvironment(),
        stdio: ["ignore", "ignore", "pipe", "ipc"],
      }),
    );
    await caching.#nextMessage();
    return caching;
  }

  ask(request: CachingRequest): Promise<Slice> {
    this.#child.send(request);
    return this.#nextMessage() as Promise<Slice>;
  }

  stop(): void {
    this.#child.kill();
  }

  #nextMessage(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onMessage = (message: unknown) => {
        this.#child.off("exit", onExit);
        resolve(message);
      };
      const onExit = () => {
        this.#child.off("message", onMessage);
        reject(new Error(/\w*Error\b.*/.exec(this.#stderr)?.[0] ?? "its process ended"));
      };
      this.#child.once("message", onMessage);
      this.#child.once("exit", onExit);
    });
  }
}
