import { CodegenError } from "../errors/codegen-error.js";

/** A document in a repository of GitHub, at a branch, tag or commit. */
export interface RepositoryFile {
  readonly repository: string;
  readonly ref: string;
  readonly path: string;
}

const rawAddress = /^https:\/\/raw\.githubusercontent\.com\/([\w.-]+\/[\w.-]+)\/(?:refs\/heads\/)?([\w.-]+)\/([^?#]+)$/;
const commitHash = /^[0-9a-f]{40}$/;

/** Reads the address of a document in a repository; undefined for any other, and for one that has a commit already. */
export function readRepositoryFile(address: string): RepositoryFile | undefined {
  const [, repository, ref, path] = rawAddress.exec(address) ?? [];
  if (repository === undefined || ref === undefined || path === undefined || commitHash.test(ref)) return undefined;
  return { repository, ref, path };
}

/** Where GitHub says which commit changed a file last: https://docs.github.com/en/rest/commits/commits#list-commits */
export function lastCommitAddress({ repository, ref, path }: RepositoryFile): string {
  const query = new URLSearchParams({ sha: ref, path: decodeURIComponent(path), per_page: "1" });
  return `https://api.github.com/repos/${repository}/commits?${query}`;
}

/**
 * The address of a document with the commit that GitHub's response names, and the day of that commit.
 * @throws CodegenError if it names none.
 */
export function addressAtCommit(
  { repository, path }: RepositoryFile,
  response: Uint8Array,
): { readonly origin: string; readonly date?: string } {
  const { sha, commit } = JSON.parse(Buffer.from(response).toString("utf8"))[0] ?? {};
  if (typeof sha !== "string" || !commitHash.test(sha))
    throw new CodegenError(`GitHub names no commit of ${path} in ${repository}.`);
  const [date] = /^\d{4}-\d\d-\d\d(?=T)/.exec(String(commit?.committer?.date)) ?? [];
  return {
    origin: `https://raw.githubusercontent.com/${repository}/${sha}/${path}`,
    ...(date !== undefined && { date }),
  };
}
