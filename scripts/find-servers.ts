// Makes sure that tests find the servers that they start: installs Debian's packages where possible, and otherwise says what to install.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { postgresProgram } from "../packages/core/test/postgres-program.ts";

interface Server {
  readonly name: string;
  readonly program: () => string;
  readonly least: number;
  readonly install: string;
  readonly debian: string;
}

const servers: readonly Server[] = [
  {
    name: "redis-server",
    program: () => "redis-server",
    least: 7,
    install: "Debian: apt-get install redis-server. macOS: brew install redis.",
    debian: "redis-server",
  },
  {
    name: "postgres",
    program: () => postgresProgram("postgres"),
    least: 13,
    install: "Debian: apt-get install postgresql. macOS: brew install postgresql.",
    debian: "postgresql",
  },
];

function versionOf({ program }: Server): { readonly text: string; readonly major: number } {
  const { stdout } = spawnSync(program(), ["--version"], { encoding: "utf8" });
  const text = (stdout ?? "").trim();
  return { text, major: Number(/(?:v=|PostgreSQL\) )(\d+)/.exec(text)?.[1] ?? 0) };
}

function install(names: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", ...names]]) {
    console.log(`apt-get ${args.join(" ")}`);
    spawnSync("apt-get", args, { stdio: ["ignore", "inherit", "inherit"], env });
  }
}

const missing = servers.filter((server) => versionOf(server).major === 0);
if (missing.length > 0 && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
  install(missing.map(({ debian }) => debian));
}
for (const server of servers) {
  const { text, major } = versionOf(server);
  if (major >= server.least) console.log(text);
  else {
    const found = major ? `, not ${major}` : "";
    console.error(`The tests need ${server.name} ${server.least} or newer${found}. ${server.install}`);
    process.exitCode = 1;
  }
}
