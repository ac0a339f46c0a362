import { arch, cpus, loadavg, platform, release, totalmem } from "node:os";
import { figure } from "./format.ts";

/** What the figures were taken on, in one line. */
export function machineLine(): string {
  const [processor] = cpus();
  return [
    `${cpus().length} cores (${processor?.model.trim() ?? "unknown"})`,
    `${figure(totalmem() / 1e9)} GB of memory`,
    `${platform()} ${arch()} ${release()}`,
  ].join(", ");
}

/** How busy the machine was, ourselves included: processes that ran or wanted to, over the last minute. */
export function load(): string {
  return figure(loadavg()[0] ?? 0);
}
