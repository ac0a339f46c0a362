import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../installed/run.ts";
import type { Entry } from "../subjects/roll.ts";
import type { Target } from "./caller.ts";
import type { Slice, SliceRequest } from "./caller-process.ts";

const program = fileURLToPath(new URL("caller-process.ts", import.meta.url));

/** A client in its own process, ready to make calls. */
export class Calling {
  readonly #child: ChildProcess;
  #said = "";

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.on("data", (chunk) => {
      this.#said += chunk;
    });
  }

  /** Starts the process; rejects where its first call does not give what it should. */
  static async start({ subject }: Entry, target: Target): Promise<Calling> {
    const child = fork(program, [subject.name, JSON.stringify(target)], {
      execArgv: ["--disable-warning=ExperimentalWarning"],
      env: cleanEnvironment(),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const calling = new Calling(child);
    await calling.#answer();
    return calling;
  }

  /** Has it make calls for a while. */
  slice(request: SliceRequest): Promise<Slice> {
    this.#child.send(request);
    return this.#answer() as Promise<Slice>;
  }

  stop(): void {
    this.#child.kill();
  }

  #answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onMessage = (message: unknown) => {
        this.#child.off("exit", onExit);
        resolve(message);
      };
      const onExit = () => {
        this.#child.off("message", onMessage);
        reject(new Error(/Error: .*/.exec(this.#said)?.[0] ?? "its process ended"));
      };
      this.#child.once("message", onMessage);
      this.#child.once("exit", onExit);
    });
  }
}
