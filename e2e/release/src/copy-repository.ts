import { execFile } from "node:child_process";
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Describes the uncommitted changes of a working tree. */
export async function describeWorkingTree(root: string): Promise<string> {
  const status = await run("git", ["status", "--porcelain", "--untracked-files=all"], { cwd: root });
  const changes = await run("git", ["diff", "HEAD"], { cwd: root, maxBuffer: 256 * 1024 * 1024 });
  return status.stdout + changes.stdout;
}

/** Copies all files that are or would be committed into another repository, so that a test release changes nothing here. */
export async function copyRepository(root: string, folder: string): Promise<void> {
  const { stdout } = await run("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: root });
  const deleted = await run("git", ["ls-files", "--deleted", "-z"], { cwd: root });
  const gone = new Set(deleted.stdout.split("\0"));
  for (const file of new Set(stdout.split("\0"))) {
    if (file === "" || gone.has(file)) continue;
    await mkdir(join(folder, dirname(file)), { recursive: true });
    await copyFile(join(root, file), join(folder, file));
  }
  await run("git", ["init", "--quiet", "--initial-branch=main"], { cwd: folder });
  await commitAll(folder, "Start");
}

/** Commits everything in a copy. */
export async function commitAll(folder: string, subject: string): Promise<void> {
  const author = ["-c", "user.name=Release", "-c", "user.email=release@localhost", "-c", "commit.gpgsign=false"];
  await run("git", ["add", "--all"], { cwd: folder });
  await run("git", [...author, "commit", "--quiet", "--allow-empty", "--message", subject], { cwd: folder });
}
