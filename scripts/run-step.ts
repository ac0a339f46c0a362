import { spawn } from "node:child_process";

const root = new URL("..", import.meta.url);

/** Runs a command of the repository and passes its output through; prints its title and time. Returns whether it succeeded. */
export async function runStep(title: string, command: string, args: readonly string[]): Promise<boolean> {
  const startedAt = performance.now();
  console.log(`\n▸ ${title}`);
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    });
    child.on("error", reject);
    child.on("close", (status) => resolve(status ?? 1));
  });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(code === 0 ? `✓ ${title} (${seconds} s)` : `✗ ${title} failed with exit code ${code} (${seconds} s)`);
  return code === 0;
}
