import { execFile } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { consumerEnvironment, networkEnvironment } from "../../../scripts/environments.ts";

const run = promisify(execFile);

/** A command, its arguments, and its environment, by default that of a consumer. */
interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

/** Runs a command in a workspace, with the tools of that workspace. */
export async function runIn(
  workspace: string,
  { command, args, environment = consumerEnvironment() }: Command,
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

/** Installs a workspace by its frozen lockfile, as the release workflow does. */
export async function install(workspace: string): Promise<void> {
  const args = ["-y", "pnpm@12", "install", "--frozen-lockfile", "--prefer-offline"];
  await runIn(workspace, { command: "npx", args, environment: networkEnvironment() });
}

/** Generates and builds every package that changed. */
export async function build(workspace: string): Promise<void> {
  await runIn(workspace, { command: "turbo", args: ["run", "generate", "build"], environment: networkEnvironment() });
}

/** What a changeset says. */
interface Changeset {
  readonly name: string;
  readonly bump: "patch" | "minor";
  readonly text: string;
}

/** Writes a changeset. */
export async function announce(workspace: string, { name, bump, text }: Changeset): Promise<void> {
  await writeFile(join(workspace, ".changeset/announced.md"), `---\n"${name}": ${bump}\n---\n\n${text}\n`);
}

/** Sets the next versions of the packages; without a changeset they have them already. */
export async function versionPackages(workspace: string): Promise<void> {
  const waiting = (await readdir(join(workspace, ".changeset"))).filter((file) => /^(?!README\b).+\.md$/.test(file));
  if (waiting.length > 0) await runIn(workspace, { command: "changeset", args: ["version"] });
}

/** Packs the packages, and publishes the tarballs, as the release workflow does after versioning and building. */
export async function publish(workspace: string, packed: string): Promise<void> {
  await runIn(workspace, { command: "changeset", args: ["pack", "--out-dir", packed] });
  await runIn(workspace, { command: "changeset", args: ["publish", "--from-pack-dir", packed] });
}
