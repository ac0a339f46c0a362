import { type ChildProcess, fork } from "node:child_process";
import { cleanEnvironment } from "../installed/run.ts";

/** A program in a process of its own, which responds to each message with one. */
export class AskedProcess<Question extends object = object, Reply = unknown> {
  readonly #child: ChildProcess;
  #stderr = "";

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.on("data", (chunk) => {
      this.#stderr += chunk;
    });
  }

  /** Starts a program; its first message is that it is ready, and `ready`. */
  static async start<Question extends object = object, Reply = unknown>(
    program: URL,
    args: readonly string[] = [],
  ): Promise<{ process: AskedProcess<Question, Reply>; ready: unknown }> {
    const child = fork(program, args, {
      execArgv: ["--disable-warning=ExperimentalWarning"],
      env: cleanEnvironment(),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const started = new AskedProcess<Question, Reply>(child);
    return { process: started, ready: await started.#next() };
  }

  ask<T extends Reply = Reply>(question: Question): Promise<T> {
    this.#child.send(question);
    return this.#next() as Promise<T>;
  }

  stop(): void {
    this.#child.kill();
  }

  #next(): Promise<unknown> {
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
