import { Redis } from "ioredis";
import { onTestFinished } from "vitest";

/** What scripts do, as MONITOR shows it. */
export interface RedisMonitor {
  /** Keys that a script touched and that were not passed to it. */
  undeclared(): string[];
  /** How many different keys scripts touched. */
  touched(): number;
}

/** Watches a server until the end of the test. */
export async function monitorOf(url: string): Promise<RedisMonitor> {
  const client = new Redis(url);
  const monitor = await client.monitor();
  const touched = new Set<string>();
  const undeclared = new Set<string>();
  let declared = new Set<string>();
  monitor.on("monitor", (_time: string, [command = "", ...args]: string[], source: string) => {
    const name = command.toLowerCase();
    if (source !== "lua" && name.startsWith("eval")) declared = new Set(args.slice(2, 2 + Number(args[1])));
    if (source !== "lua" || name === "time" || name === "publish") return;
    for (const key of name === "mget" ? args : args.slice(0, 1)) {
      touched.add(key);
      if (!declared.has(key)) undeclared.add(key);
    }
  });
  onTestFinished(() => {
    monitor.disconnect();
    client.disconnect();
  });
  return { undeclared: () => [...undeclared], touched: () => touched.size };
}
