import { execFileSync } from "node:child_process";

/** git's hash of an empty tree, with which a repository without a release is compared. */
export const beginning = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** Runs git in a repository; throws git's error. */
export function git(repository: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: repository, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function tryGit(repository: string, ...args: readonly string[]): string | undefined {
  try {
    return git(repository, ...args).trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * The commit with which a checkout is compared. On a branch it is where the branch left main (`GITHUB_BASE_REF` names another target
 * of a pull request); on main it is the last release, or the empty tree where there is no release.
 */
export function findBase(repository: string, environment: Readonly<Record<string, string | undefined>>): string {
  git(repository, "rev-parse", "--git-dir");
  const target = environment.GITHUB_BASE_REF || "main";
  const main = [`origin/${target}`, target].find((ref) => tryGit(repository, "rev-parse", "--verify", "--quiet", ref));
  if (environment.GITHUB_BASE_REF && main === undefined)
    throw new Error(`the target of the pull request, ${target}, was not fetched: check out with its whole history`);
  if (main !== undefined) {
    const fork = tryGit(repository, "merge-base", "HEAD", main);
    if (fork === undefined) throw new Error(`HEAD and ${main} share no commit here: check out with the whole history`);
    const branch = tryGit(repository, "symbolic-ref", "--quiet", "--short", "HEAD");
    const onBranch = branch !== undefined && branch !== target;
    if (onBranch || fork !== git(repository, "rev-parse", "HEAD").trim()) return fork;
  }
  const release = tryGit(repository, "describe", "--tags", "--abbrev=0", "--match=@connectry/*@*");
  return release ?? beginning;
}
