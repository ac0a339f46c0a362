import pLimit from "p-limit";
import { CodegenError } from "../errors/codegen-error.js";
import type { DocumentCache } from "./document-cache.js";
import type { DocumentPin } from "./document-pin.js";
import { readFromFile } from "./file-source.js";
import type { NpmSettings } from "./npm-settings.js";
import { fetchFromTarball, type Tarball } from "./npm-source.js";
import { type Progress, runStep } from "./progress.js";
import { sha256 } from "./sha256.js";
import { fetchFromUrl } from "./url-source.js";

/** The result for one document. */
export type PullResult =
  | { readonly kind: "pulled"; readonly bytes: Buffer; readonly from: "cache" | "source" }
  | { readonly kind: "failed"; readonly error: unknown };

/** What pulling depends on. */
export interface PullContext {
  readonly cache: DocumentCache;
  /** Called only when a document has to be fetched. */
  readonly npmSettings: () => Promise<NpmSettings>;
  readonly progress: Progress;
}

/** Documents that are fetched by one request. */
interface FetchJob {
  readonly pins: DocumentPin[];
  readonly run: (pins: readonly DocumentPin[]) => Promise<ReadonlyMap<DocumentPin, Buffer | CodegenError>>;
}

/** How many fetches run at once. More would not be faster: two tarballs already keep the gunzip of a small machine busy. */
export const maxParallelFetches = 4;

/**
 * Reads every document from the cache, or fetches it from its source and verifies its hashes. A document that fails
 * does not keep the others from being read.
 */
export async function pullDocuments(
  pins: readonly DocumentPin[],
  context: PullContext,
): Promise<ReadonlyMap<DocumentPin, PullResult>> {
  const results = new Map<DocumentPin, PullResult>();
  const missing: DocumentPin[] = [];
  for (const pin of pins) {
    // Local files need no cache.
    const bytes = pin.source.kind === "file" ? undefined : await context.cache.read(pin);
    if (bytes === undefined) missing.push(pin);
    else results.set(pin, { kind: "pulled", bytes, from: "cache" });
  }

  const jobs = planFetches(missing, context);
  context.progress.expect(jobs.filter(({ pins: [pin] }) => pin?.source.kind !== "file").length);
  await pLimit(maxParallelFetches).map(jobs, (job) => runFetch(job, context, results));
  return results;
}

async function runFetch(job: FetchJob, context: PullContext, results: Map<DocumentPin, PullResult>): Promise<void> {
  let fetched: ReadonlyMap<DocumentPin, Buffer | CodegenError>;
  try {
    fetched = await job.run(job.pins);
  } catch (error) {
    for (const pin of job.pins) results.set(pin, { kind: "failed", error });
    return;
  }
  for (const [pin, bytes] of fetched) {
    try {
      if (bytes instanceof CodegenError) throw bytes;
      verify(pin, bytes);
      if (pin.source.kind !== "file") await context.cache.write(pin, bytes);
      results.set(pin, { kind: "pulled", bytes, from: "source" });
    } catch (error) {
      results.set(pin, { kind: "failed", error });
    }
  }
}

/** One job for each file or URL, and one for all files of a tarball, so that it is streamed once. */
function planFetches(pins: readonly DocumentPin[], context: PullContext): FetchJob[] {
  const jobs: FetchJob[] = [];
  const tarballs = new Map<string, FetchJob>();
  for (const pin of pins) {
    const { source } = pin;
    if (source.kind === "npm") {
      const key = JSON.stringify([source.package, source.version, pin.integrity]);
      const tarball = { package: source.package, version: source.version, integrity: pin.integrity };
      const job = tarballs.get(key) ?? { pins: [], run: (wanted) => fetchPins(tarball, wanted, context) };
      if (!tarballs.has(key)) jobs.push(job);
      tarballs.set(key, job);
      job.pins.push(pin);
    } else {
      jobs.push({
        pins: [pin],
        run: async () =>
          new Map([
            [pin, source.kind === "file" ? await readFromFile(source.path) : await fetchUrl(source.url, context)],
          ]),
      });
    }
  }
  return jobs;
}

async function fetchPins(
  tarball: Tarball,
  pins: readonly DocumentPin[],
  context: PullContext,
): Promise<ReadonlyMap<DocumentPin, Buffer | CodegenError>> {
  const pathOf = (pin: DocumentPin) => (pin.source.kind === "npm" ? pin.source.path : "");
  return runStep(context.progress, `fetching ${tarball.package}@${tarball.version}`, async (task) => {
    const options = { settings: await context.npmSettings(), task };
    const files = await fetchFromTarball(tarball, [...new Set(pins.map(pathOf))], options);
    return new Map(pins.map((pin) => [pin, files.get(pathOf(pin))!]));
  });
}

async function fetchUrl(url: string, context: PullContext): Promise<Buffer> {
  return runStep(context.progress, `fetching ${url}`, async (task) =>
    fetchFromUrl(url, { settings: await context.npmSettings(), task }),
  );
}

function verify(pin: DocumentPin, bytes: Uint8Array): void {
  const received = sha256(bytes);
  if (received === pin.sha256) return;
  throw new CodegenError(`The document "${pin.name}" is not the pinned one. Nothing was stored.`, [
    `source    ${pin.origin}`,
    `pinned    sha256 ${pin.sha256}`,
    `received  sha256 ${received}`,
    "To use the new one, check what changed and put its hash into spec.yaml.",
  ]);
}
