import { arch, cpus, loadavg, platform, release, totalmem } from "node:os";
import { figure } from "./format.ts";

/** The machine of the measurement, in one line. */
export function machineLine(): string {
  const [processor] = cpus();
  return [
    `${cpus().length} cores (${processor?.model.trim() ?? "unknown"})`,
    `${figure(totalmem() / 1e9)} GB of memory`,
    `${platform()} ${arch()} ${release()}`,
  ].join(", ");
}

/** The load average of the last minute, with this process: how many processes ran or waited to run. */
export function load(): string {
  return figure(loadavg()[0] ?? 0);
}
