import { spawnSync } from "node:child_process";

/** Runs promtool of Prometheus, and returns what it objects to: nothing where it accepts its input. */
export function promtool(args: readonly string[], input = ""): string {
  const { error, status, stdout, stderr } = spawnSync("promtool", args, { input, encoding: "utf8" });
  if (error) throw new Error("The tests need promtool: apt-get install prometheus", { cause: error });
  return status === 0 ? stderr : `${status}: ${stdout}${stderr}`;
}
