import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const worker = fileURLToPath(new URL("./inbox-worker.ts", import.meta.url));
const registration = fileURLToPath(new URL("./ts-imports.ts", import.meta.url));

/** Runs `inbox-worker.ts` in a process of its own until it ends. */
export function runInboxWorker(
  ...args: string[]
): Promise<{ readonly statuses: Record<string, number>; readonly signal: string | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", registration, worker, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.on("error", reject);
    child.on("close", (_, signal) => resolve({ statuses: out === "" ? {} : JSON.parse(out), signal }));
  });
}
