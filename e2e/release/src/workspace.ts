import { execFile } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { consumerEnvironment, networkEnvironment } from "../../../scripts/environments.ts";

const run = promisify(execFile);

/** Runs a command of a workspace with that workspace's own tools, in the environment of a consumer. */
export async function runIn(
  workspace: string,
  command: string,
  args: readonly string[],
  environment = consumerEnvironment(),
): Promise<string> {
  const env = {
    ...environment,
    PATH: `${join(workspace, "node_modules/.bin")}${delimiter}${process.env.PATH}`,
    TURBO_TELEMETRY_DISABLED: "1",
    CI: "1",
  };
  const options = { cwd: workspace, env, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await run(command, args, options).catch((error) => {
    throw new Error(`${command} ${args.join(" ")} failed:\n${error.stdout ?? ""}${error.stderr ?? ""}`, {
      cause: error,
    });
  });
  return stdout;
}

/** Installs a workspace by its frozen lockfile, as it is installed before a release. */
export async function install(workspace: string): Promise<void> {
  const args = ["-y", "pnpm@12", "install", "--frozen-lockfile", "--prefer-offline"];
  await runIn(workspace, "npx", args, networkEnvironment());
}

/** Generates and builds every package that changed. */
export async function build(workspace: string): Promise<void> {
  await runIn(workspace, "turbo", ["run", "generate", "build"], networkEnvironment());
}

/** Writes a changeset. */
export async function announce(workspace: string, name: string, bump: "patch" | "minor", text: string): Promise<void> {
  await writeFile(join(workspace, ".changeset/announced.md"), `---\n"${name}": ${bump}\n---\n\n${text}\n`);
}

/** Takes the packages to their next versions; where no changeset waits, they are at them already. */
export async function versionPackages(workspace: string): Promise<void> {
  const waiting = (await readdir(join(workspace, ".changeset"))).filter((file) => /^(?!README\b).+\.md$/.test(file));
  if (waiting.length > 0) await runIn(workspace, "changeset", ["version"]);
}

/** What the release workflow does once its changesets are versioned and built: packs, and publishes what it packed. */
export async function publish(workspace: string, packed: string): Promise<void> {
  await runIn(workspace, "changeset", ["pack", "--out-dir", packed]);
  await runIn(workspace, "changeset", ["publish", "--from-pack-dir", packed]);
}
