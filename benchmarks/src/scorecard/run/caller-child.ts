import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../../installed/run.ts";
import type { CallReport, CallRequest } from "./subject-process.ts";

const program = fileURLToPath(new URL("subject-process.ts", import.meta.url));

/** How the calls of a fault ended: with a report, or without one. */
export type CallEnd =
  | { readonly kind: "report"; readonly report: CallReport }
  | { readonly kind: "hung" }
  | { readonly kind: "crashed" | "broken"; readonly why: string };

/** A process of one subject, which makes the calls of several faults at once. */
export class CallerChild {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<string, (end: CallEnd) => void>();
  readonly #ready: Promise<void>;
  #stderr = "";
  #hasEnded = false;
  unhandled = 0;

  /** `authority` is the file of the certificate that it trusts. */
  constructor(subject: string, authority: string) {
    this.#child = fork(program, [subject], {
      execArgv: ["--expose-gc", "--disable-warning=ExperimentalWarning"],
      env: { ...cleanEnvironment(), NODE_EXTRA_CA_CERTS: authority },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#child.stderr?.on("data", (chunk) => {
      this.#stderr = (this.#stderr + chunk).slice(-2_000);
    });
    this.#ready = new Promise((resolve) => {
      this.#child.once("message", () => resolve());
      this.#child.once("exit", () => resolve());
    });
    this.#child.on("message", (message: { report?: CallReport; key?: string; broken?: string; unhandled?: number }) => {
      this.unhandled = message.unhandled ?? this.unhandled;
      const { report, broken } = message;
      if (report) this.#waiting.get(report.key)?.({ kind: "report", report });
      else if (broken !== undefined) this.#waiting.get(message.key ?? "")?.({ kind: "broken", why: broken });
    });
    this.#child.on("exit", () => {
      this.#hasEnded = true;
      for (const end of this.#waiting.values()) end({ kind: "crashed", why: this.#stderr });
    });
  }

  /** Makes the calls of a fault, for at most `boundMs`. */
  async call(request: CallRequest, boundMs: number): Promise<CallEnd> {
    await this.#ready;
    if (this.#hasEnded) return { kind: "crashed", why: this.#stderr };
    return new Promise((resolve) => {
      const timer = setTimeout(() => end({ kind: "hung" }), boundMs);
      const end = (how: CallEnd) => {
        clearTimeout(timer);
        this.#waiting.delete(request.key);
        resolve(how);
      };
      this.#waiting.set(request.key, end);
      this.#child.send(request);
    });
  }

  stop(): void {
    this.#child.kill("SIGKILL");
  }
}
