// Makes sure that tests find the programs that they start: installs Debian's packages where possible, and otherwise says what to install.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { postgresProgram } from "../packages/core/test/postgres-program.ts";
import { debianRabbitmqVersion } from "../packages/core/test/rabbitmq-program.ts";

interface Program {
  readonly name: string;
  readonly program: () => string;
  /** The version, where it is known without starting the program. */
  readonly version?: () => string | undefined;
  readonly least: number;
  readonly install: string;
  readonly debian: string;
}

const programs: readonly Program[] = [
  {
    name: "redis-server",
    program: () => process.env.CONNECTRY_REDIS_SERVER || "redis-server",
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
  {
    name: "rabbitmq-server",
    program: () => "rabbitmqctl",
    // The program takes seconds to say it.
    version: () => {
      const version = debianRabbitmqVersion();
      return version === undefined ? undefined : `RabbitMQ version ${version}`;
    },
    least: 3,
    install: "Debian: apt-get install rabbitmq-server. macOS: brew install rabbitmq.",
    debian: "rabbitmq-server",
  },
  {
    name: "promtool",
    program: () => "promtool",
    least: 2,
    install: "Debian: apt-get install prometheus. macOS: brew install prometheus.",
    debian: "prometheus",
  },
  {
    name: "chromium",
    program: () => "chromium",
    least: 120,
    install: "Debian: apt-get install chromium. macOS: brew install chromium.",
    debian: "chromium",
  },
];

function versionOf({ program, version }: Program): { readonly text: string; readonly major: number } {
  const text = version?.() ?? (spawnSync(program(), ["--version"], { encoding: "utf8" }).stdout ?? "").trim();
  return { text, major: Number(/(?:v=|PostgreSQL\) |version |Chromium |^)(\d+)/.exec(text)?.[1] ?? 0) };
}

function install(names: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", ...names]]) {
    console.log(`apt-get ${args.join(" ")}`);
    spawnSync("apt-get", args, { stdio: ["ignore", "inherit", "inherit"], env });
  }
}

const missing = programs.filter((one) => versionOf(one).major === 0);
if (missing.length > 0 && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
  install(missing.map(({ debian }) => debian));
}
for (const one of programs) {
  const { text, major } = versionOf(one);
  if (major >= one.least) console.log(text);
  else {
    const found = major ? `, not ${major}` : "";
    console.error(`The tests need ${one.name} ${one.least} or newer${found}. ${one.install}`);
    process.exitCode = 1;
  }
}
