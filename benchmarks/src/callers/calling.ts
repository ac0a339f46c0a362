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
  #stderr = "";

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.on("data", (chunk) => {
      this.#stderr += chunk;
    });
  }

  /** Starts the process; rejects where its first call does not return the expected object. */
  static async start({ subject }: Entry, target: Target): Promise<Calling> {
    const child = fork(program, [subject.name, JSON.stringify(target)], {
      execArgv: ["--disable-warning=ExperimentalWarning"],
      env: cleanEnvironment(),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const calling = new Calling(child);
    await calling.#nextMessage();
    return calling;
  }

  /** Makes calls for some time. */
  slice(request: SliceRequest): Promise<Slice> {
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
        reject(new Error(/Error: .*/.exec(this.#stderr)?.[0] ?? "its process ended"));
      };
      this.#child.once("message", onMessage);
      this.#child.once("exit", onExit);
    });
  }
}
