import { execFileSync } from "node:child_process";

/** A file of the repository that a patch changed, as it is in the index of git. */
export interface StagedFile {
  readonly path: string;
  /** The hash of its content. */
  readonly blob: string;
  readonly isNew: boolean;
}

// What `connectry update` writes that is not ignored by git.
const allowedPath = /^(?:\.changeset\/update-[a-z0-9-]+\.md|specs\/[a-z0-9-]+\/(?:spec\.yaml|surface\.txt))$/;
const regularFile = "100644";
const noFile = "000000";
const maxOutput = 64 * 1024 * 1024;

/**
 * Applies a patch that is not trusted to the index of a repository; the working tree, in which a symbolic link could lead
 * elsewhere, stays as it is. Only what `connectry update` writes can change: specs and its changesets, as regular files.
 * @throws Error if the patch changes anything else. The index is then as before.
 */
export function stageUpdate(repository: string, patch: string): StagedFile[] {
  git(repository, "apply", "--cached", "--whitespace=nowarn", "--", patch);
  try {
    return readStaged(repository);
  } catch (error) {
    git(repository, "read-tree", "HEAD");
    throw error;
  }
}

/** The content of a staged file, read from git's database and not from a path. */
export function readBlob(repository: string, blob: string): string {
  return git(repository, "cat-file", "blob", blob);
}

/** Reads `:oldmode newmode oldhash newhash status\0path\0`: https://git-scm.com/docs/diff-format#_raw_output_format */
function readStaged(repository: string): StagedFile[] {
  const raw = git(repository, "diff-index", "--cached", "--raw", "-z", "--no-renames", "--full-index", "HEAD");
  const parts = raw.split("\0").slice(0, -1);
  const staged: StagedFile[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const [oldMode, newMode, , blob] = parts[index]!.slice(1).split(" ");
    const path = parts[index + 1]!;
    // The name is quoted: it can contain escape sequences of a terminal, or commands for the log of a workflow.
    if (!allowedPath.test(path)) throw new Error(`The patch changes ${JSON.stringify(path)}, which no update writes.`);
    if (newMode !== regularFile || (oldMode !== regularFile && oldMode !== noFile))
      throw new Error(`The patch makes ${path} something else than a regular file (mode ${newMode}).`);
    staged.push({ path, blob: blob!, isNew: oldMode === noFile });
  }
  return staged;
}

function git(repository: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: repository, encoding: "utf8", maxBuffer: maxOutput, stdio: "pipe" });
}
