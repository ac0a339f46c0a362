import { CodegenError } from "../codegen-error.js";
import type { DocumentPin } from "../spec/provider-spec.js";
import type { DocumentCache } from "./document-cache.js";
import { readFromFile } from "./file-source.js";
import type { NpmSettings } from "./npm-settings.js";
import { fetchFromTarball, type Tarball } from "./npm-source.js";
import type { Progress } from "./progress.js";
import { sha256 } from "./sha256.js";
import { fetchFromUrl } from "./url-source.js";

/** How pulling one document ended. */
export type Pulled =
  | { readonly kind: "pulled"; readonly bytes: Buffer; readonly from: "cache" | "source" }
  | { readonly kind: "failed"; readonly error: unknown };

/** What pulling needs from outside. */
export interface PullContext {
  readonly cache: DocumentCache;
  /** Asked for only when something has to be fetched. */
  readonly npmSettings: () => Promise<NpmSettings>;
  readonly progress: Progress;
}

/** Documents that one request brings. */
interface Fetch {
  readonly pins: DocumentPin[];
  readonly run: (pins: readonly DocumentPin[]) => Promise<ReadonlyMap<DocumentPin, Buffer | CodegenError>>;
}

// The network is the bound, but two tarballs already keep a small machine's gunzip busy.
const parallelFetches = 4;

/** Brings every document, from the cache or its source, checked against its hashes. One that fails stops no other. */
export async function pullDocuments(
  pins: readonly DocumentPin[],
  context: PullContext,
): Promise<ReadonlyMap<DocumentPin, Pulled>> {
  const results = new Map<DocumentPin, Pulled>();
  const missing: DocumentPin[] = [];
  for (const pin of pins) {
    // A file of the user's own is as near as the cache.
    const bytes = pin.source.kind === "file" ? undefined : await context.cache.read(pin);
    if (bytes === undefined) missing.push(pin);
    else results.set(pin, { kind: "pulled", bytes, from: "cache" });
  }

  const fetches = planFetches(missing, context);
  const worker = async () => {
    for (let next = fetches.shift(); next !== undefined; next = fetches.shift()) await runFetch(next, context, results);
  };
  await Promise.all(Array.from({ length: parallelFetches }, worker));
  return results;
}

async function runFetch(fetch: Fetch, context: PullContext, results: Map<DocumentPin, Pulled>): Promise<void> {
  let fetched: ReadonlyMap<DocumentPin, Buffer | CodegenError>;
  try {
    fetched = await fetch.run(fetch.pins);
  } catch (error) {
    for (const pin of fetch.pins) results.set(pin, { kind: "failed", error });
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

/** One fetch for a file or URL, and one for all the files of a tarball, which is streamed once. */
function planFetches(pins: readonly DocumentPin[], context: PullContext): Fetch[] {
  const fetches: Fetch[] = [];
  const tarballs = new Map<string, Fetch>();
  for (const pin of pins) {
    const { source } = pin;
    if (source.kind === "npm") {
      const key = JSON.stringify([source.package, source.version, pin.integrity]);
      const tarball = { package: source.package, version: source.version, integrity: pin.integrity };
      const fetch = tarballs.get(key) ?? { pins: [], run: (wanted) => fetchPins(tarball, wanted, context) };
      if (!tarballs.has(key)) fetches.push(fetch);
      tarballs.set(key, fetch);
      fetch.pins.push(pin);
    } else {
      fetches.push({
        pins: [pin],
        run: async () =>
          new Map([
            [pin, source.kind === "file" ? await readFromFile(source.path) : await fetchOne(source.url, context)],
          ]),
      });
    }
  }
  return fetches;
}

async function fetchPins(
  tarball: Tarball,
  pins: readonly DocumentPin[],
  context: PullContext,
): Promise<ReadonlyMap<DocumentPin, Buffer | CodegenError>> {
  const pathOf = (pin: DocumentPin) => (pin.source.kind === "npm" ? pin.source.path : "");
  const task = context.progress.start(`fetching ${tarball.package}@${tarball.version}`);
  try {
    const files = await fetchFromTarball(tarball, [...new Set(pins.map(pathOf))], await context.npmSettings(), task);
    return new Map(pins.map((pin) => [pin, files.get(pathOf(pin))!]));
  } finally {
    task.end();
  }
}

async function fetchOne(url: string, context: PullContext): Promise<Buffer> {
  const task = context.progress.start(`fetching ${url}`);
  try {
    return await fetchFromUrl(url, await context.npmSettings(), task);
  } finally {
    task.end();
  }
}

function verify(pin: DocumentPin, bytes: Uint8Array): void {
  const received = sha256(bytes);
  if (received === pin.sha256) return;
  throw new CodegenError(`The document "${pin.name}" is not the one that is pinned. Nothing was kept.`, [
    `source    ${pin.origin}`,
    `pinned    sha256 ${pin.sha256}`,
    `received  sha256 ${received}`,
    "If the new one is wanted, look at what changed and write its hash into spec.yaml.",
  ]);
}
