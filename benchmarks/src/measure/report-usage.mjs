// Loaded before a program that is measured: writes its processor time when it ends.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  if (process.env.USAGE_FILE) writeFileSync(process.env.USAGE_FILE, String((user + system) / 1_000));
});
