import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { cleanEnvironment } from "../installed/run.ts";

const server = createRequire(import.meta.url).resolve("typescript/lib/tsserver.js");

interface Message {
  readonly type: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

/** TypeScript's language server, used as an editor uses it. */
export class Tsserver {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve(message: Message): void; reject(error: Error): void }>();
  #sequence = 0;

  constructor(folder: string) {
    this.#process = spawn(process.execPath, [server, "--disableAutomaticTypingAcquisition"], {
      cwd: folder,
      env: cleanEnvironment(),
      stdio: ["pipe", "pipe", "ignore"],
    });
    createInterface({ input: this.#process.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      if (!line.startsWith("{")) return;
      const message = JSON.parse(line) as Message;
      if (message.type === "response") this.#waiting.get(message.request_seq ?? -1)?.resolve(message);
    });
    this.#process.once("exit", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("tsserver ended"));
    });
  }

  /** Sends a message without a response: opened files, changes. */
  notify(command: string, args: object): void {
    this.#sequence += 1;
    this.#process.stdin?.write(
      `${JSON.stringify({ seq: this.#sequence, type: "request", command, arguments: args })}\n`,
    );
  }

  /** Sends a request and waits for its response. */
  request(command: string, args: object): Promise<Message> {
    const response = new Promise<Message>((resolve, reject) => {
      this.#waiting.set(this.#sequence + 1, { resolve, reject });
    });
    this.notify(command, args);
    return response;
  }

  close(): void {
    this.#process.kill();
  }
}
