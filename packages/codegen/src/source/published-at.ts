import { fetchDocument } from "./fetch-document.js";
import type { PullContext } from "./pull-documents.js";
import { parseSource, type Source } from "./source.js";
import { withTimeLimit } from "./time-limit.js";

const maxMs = 30_000;
const atCommit = /^https:\/\/raw\.githubusercontent\.com\/([\w.-]+\/[\w.-]+)\/([0-9a-f]{40})\//;

/**
 * When a document was published, in milliseconds since the epoch: the version of its package, or the commit that its address names.
 * Undefined where neither says so.
 * @throws CodegenError if it cannot be looked up.
 */
export async function publishedAt(
  source: Source,
  options: Pick<PullContext, "npmSettings" | "progress">,
): Promise<number | undefined> {
  const date = source.kind === "npm" ? await versionDate(source, options) : await commitDate(source, options);
  const atMs = Date.parse(date ?? "");
  return Number.isNaN(atMs) ? undefined : atMs;
}

async function versionDate(
  { package: name, version }: Extract<Source, { kind: "npm" }>,
  { npmSettings }: Pick<PullContext, "npmSettings">,
): Promise<string | undefined> {
  const { default: pacote } = await import("pacote");
  const settings = await npmSettings();
  return withTimeLimit(name, maxMs, async (signal) => {
    const options = { ...settings, fullMetadata: true, packumentCache: new Map(), signal };
    const { time } = (await pacote.packument(name, options)) as { readonly time?: Readonly<Record<string, string>> };
    return time?.[version];
  });
}

/** https://docs.github.com/en/rest/commits/commits#get-a-commit */
async function commitDate(
  source: Source,
  options: Pick<PullContext, "npmSettings" | "progress">,
): Promise<string | undefined> {
  const [, repository, sha] = (source.kind === "url" && atCommit.exec(source.url)) || [];
  if (repository === undefined) return undefined;
  const address = parseSource(`https://api.github.com/repos/${repository}/commits/${sha}`, "");
  const { bytes } = await fetchDocument(address, options);
  return JSON.parse(Buffer.from(bytes).toString("utf8"))?.commit?.committer?.date;
}
