// Makes sure that tests find a redis-server: installs Debian's package where possible, and otherwise says what to install.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const found = () => spawnSync("redis-server", ["--version"], { encoding: "utf8" });

function install(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", "redis-server"]]) {
    console.log(`apt-get ${args.join(" ")}`);
    spawnSync("apt-get", args, { stdio: ["ignore", "inherit", "inherit"], env });
  }
}

if (found().error !== undefined && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) install();
const { error, stdout = "" } = found();
const major = Number(/v=(\d+)/.exec(stdout)?.[1] ?? 0);
if (error !== undefined || major < 7) {
  console.error(
    `The tests need redis-server 7 or newer on the PATH${major ? `, not ${major}` : ""}. ` +
      "Debian: apt-get install redis-server. macOS: brew install redis.",
  );
  process.exitCode = 1;
} else console.log(stdout.trim());
