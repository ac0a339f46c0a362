import pLimit from "p-limit";
import { CodegenError } from "../errors/codegen-error.js";
import type { DocumentCache } from "./document-cache.js";
import type { DocumentFolder } from "./document-folder.js";
import type { DocumentPin } from "./document-pin.js";
import { readFromFile } from "./file-source.js";
import type { NpmSettings } from "./npm-settings.js";
import { fetchFromTarball, type Tarball } from "./npm-source.js";
import { type Progress, runStep } from "./progress.js";
import { sha256 } from "./sha256.js";
import { UnavailableError } from "./unavailable-error.js";
import { fetchFromUrl } from "./url-source.js";

/** The result for one document. */
export type PullResult =
  | {
      readonly kind: "pulled";
      /** The pin of the bytes: that of the document, or its fallback. */
      readonly pin: DocumentPin;
      readonly bytes: Buffer;
      readonly from: "folder" | "cache" | "source";
      /** Why the fallback was taken. */
      readonly instead?: unknown;
    }
  /** `unavailable`: the document could not be fetched. `invalid`: what was fetched is not the pinned one, or could not be stored. */
  | { readonly kind: "failed"; readonly reason: "unavailable" | "invalid"; readonly error: unknown };

/** What pulling depends on. */
export interface PullContext {
  /** Looked at before the cache. */
  readonly folder: DocumentFolder;
  readonly cache: DocumentCache;
  /**
   * When a fallback is taken: `never`; `unavailable`, after its document could not be fetched; `local`, also before it is fetched,
   * if the fallback is there already.
   */
  readonly fallback: "never" | "unavailable" | "local";
  /** Called only when a document has to be fetched. */
  readonly npmSettings: () => Promise<NpmSettings>;
  readonly progress: Progress;
}

/** Documents that are fetched by one request. */
interface FetchJob {
  readonly pins: DocumentPin[];
  readonly run: (pins: readonly DocumentPin[]) => Promise<ReadonlyMap<DocumentPin, Buffer | CodegenError>>;
}

/** How long a document with a fallback may take to arrive. */
const maxFetchWithFallbackMs = 60_000;

/** How many fetches run at once. More would not be faster: two tarballs already keep the gunzip of a small machine busy. */
export const maxParallelFetches = 4;

/**
 * Reads every document from the folder or the cache, or fetches it from its source and verifies its hashes. A document that
 * fails does not keep the others from being read.
 */
export async function pullDocuments(
  pins: readonly DocumentPin[],
  context: PullContext,
): Promise<ReadonlyMap<DocumentPin, PullResult>> {
  const results = await pullPinned(pins, context);
  if (context.fallback === "never") return results;
  const unavailable = pins.filter((pin) => {
    const result = results.get(pin);
    return pin.fallback !== undefined && result?.kind === "failed" && result.reason === "unavailable";
  });
  const fallbacks = await pullPinned(
    unavailable.flatMap(({ fallback }) => fallback ?? []),
    context,
  );
  for (const pin of unavailable) {
    const fallback = fallbacks.get(pin.fallback!);
    const failed = results.get(pin);
    if (fallback?.kind === "pulled" && failed?.kind === "failed")
      results.set(pin, { ...fallback, instead: failed.error });
  }
  return results;
}

async function pullPinned(pins: readonly DocumentPin[], context: PullContext): Promise<Map<DocumentPin, PullResult>> {
  const results = new Map<DocumentPin, PullResult>();
  const missing: DocumentPin[] = [];
  for (const pin of pins) {
    const result = await readLocal(pin, context);
    if (result === undefined) missing.push(pin);
    else results.set(pin, result);
  }

  const jobs = planFetches(missing, context);
  context.progress.expect(jobs.filter(({ pins: [pin] }) => pin?.source.kind !== "file").length);
  await pLimit(maxParallelFetches).map(jobs, (job) => runFetch(job, context, results));
  return results;
}

/** The document where it needs no fetch: from the folder, else from the cache, else the fallback where that is preferred. */
async function readLocal(pin: DocumentPin, context: PullContext): Promise<PullResult | undefined> {
  // Local files need neither.
  if (pin.source.kind === "file") return undefined;
  try {
    const inFolder = await context.folder.read(pin.sha256);
    if (inFolder !== undefined) {
      // For commands that are run without the folder, such as those of an editor.
      await context.cache.write(pin, inFolder);
      return { kind: "pulled", pin, bytes: inFolder, from: "folder" };
    }
  } catch (error) {
    return { kind: "failed", reason: "invalid", error };
  }
  const cached = await context.cache.read(pin);
  if (cached !== undefined) return { kind: "pulled", pin, bytes: cached, from: "cache" };
  if (context.fallback !== "local" || pin.fallback === undefined) return undefined;
  const fallback = await readLocal(pin.fallback, context);
  return fallback?.kind === "pulled" ? { ...fallback, instead: undefined } : undefined;
}

async function runFetch(job: FetchJob, context: PullContext, results: Map<DocumentPin, PullResult>): Promise<void> {
  let fetched: ReadonlyMap<DocumentPin, Buffer | CodegenError>;
  try {
    fetched = await job.run(job.pins);
  } catch (error) {
    const reason = error instanceof UnavailableError ? "unavailable" : "invalid";
    for (const pin of job.pins) results.set(pin, { kind: "failed", reason, error });
    return;
  }
  for (const [pin, bytes] of fetched) {
    try {
      if (bytes instanceof CodegenError) throw bytes;
      verify(pin, bytes);
      // A file, too: `connectry update` compares it with what takes its place.
      if (pin.source.kind === "file") await context.cache.write(pin, bytes).catch(() => {});
      else await context.cache.write(pin, bytes);
      results.set(pin, { kind: "pulled", pin, bytes, from: "source" });
    } catch (error) {
      results.set(pin, { kind: "failed", reason: "invalid", error });
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
            [pin, source.kind === "file" ? await readFromFile(source.path) : await fetchUrl(source.url, pin, context)],
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

async function fetchUrl(url: string, pin: DocumentPin, context: PullContext): Promise<Buffer> {
  return runStep(context.progress, `fetching ${url}`, async (task) => {
    const settings = await context.npmSettings();
    if (pin.fallback === undefined || context.fallback === "never") return fetchFromUrl(url, { settings, task });
    return fetchFromUrl(url, { settings: { ...settings, retry: false }, task, maxMs: maxFetchWithFallbackMs });
  });
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
