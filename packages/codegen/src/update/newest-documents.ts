import pLimit from "p-limit";
import { CodegenError } from "../errors/codegen-error.js";
import type { DocumentPin } from "../source/document-pin.js";
import { fetchDocument } from "../source/fetch-document.js";
import { fetchFromTarball, findTarball } from "../source/npm-source.js";
import { runStep } from "../source/progress.js";
import { maxParallelFetches, type PullContext } from "../source/pull-documents.js";
import { sha256 } from "../source/sha256.js";
import { parseSource, type Source } from "../source/source.js";
import { addressAtCommit, lastCommitAddress, readRepositoryFile } from "./commit-address.js";
import { isNewer } from "./compare-versions.js";

/** A document as it is published now, and its pin. */
export interface NewestDocument {
  /** The pin in spec.yaml. */
  readonly old: DocumentPin;
  /** The pin of the published document: the same as `old` if it is not newer. */
  readonly pin: DocumentPin;
  readonly isNewer: boolean;
  /** Undefined if the source is a package without a newer version, because then nothing is fetched. */
  readonly bytes: Buffer | undefined;
}

/** How newer documents are looked up. */
export interface NewestOptions extends Pick<PullContext, "npmSettings" | "progress"> {
  /** Whether a document with an `upstream` is fetched from there although its source is a package. */
  readonly upstream: boolean;
}

type NpmSource = Extract<Source, { kind: "npm" }>;

/**
 * Looks up the newest document for each pin: in the newest version of its package, or at its URL (at its `upstream` if
 * it has one). One on a branch of a repository of GitHub is pinned by its commit. Documents of one package are read from one tarball.
 * @throws CodegenError if a document cannot be fetched.
 */
export async function findNewest(pins: readonly DocumentPin[], options: NewestOptions): Promise<NewestDocument[]> {
  const packages = new Map<string, Promise<ReadonlyMap<string, NewestDocument>>>();
  return pLimit(maxParallelFetches).map(pins, async (pin) => {
    const { source, upstream } = pin;
    if (upstream !== undefined && (options.upstream || source.kind === "url"))
      return fetchFromOrigin(pin, upstream, options);
    if (source.kind !== "npm") return fetchFromOrigin(pin, pin.origin, options);
    const key = `${source.package}@${source.version}`;
    const siblings = pins.filter(
      ({ source: other }) => other.kind === "npm" && `${other.package}@${other.version}` === key,
    );
    const newest = packages.get(key) ?? fetchNewestPackage(siblings, source, options);
    packages.set(key, newest);
    return (await newest).get(pin.name)!;
  });
}

async function fetchFromOrigin(old: DocumentPin, address: string, options: NewestOptions): Promise<NewestDocument> {
  const file = readRepositoryFile(address);
  const { origin, date } =
    file === undefined
      ? { origin: address, date: undefined }
      : addressAtCommit(file, (await fetchDocument(parseSource(lastCommitAddress(file), ""), options)).bytes);
  const source = origin === old.origin ? old.source : parseSource(origin, "");
  const { bytes, sha256: hash } = await fetchDocument(source, options);
  if (hash === old.sha256) return { old, pin: old, isNewer: false, bytes };
  const { integrity: _, date: __, ...rest } = old;
  const pin = { ...rest, source, origin, sha256: hash, ...(date !== undefined && { date }) };
  return { old, pin, isNewer: true, bytes };
}

async function fetchNewestPackage(
  pins: readonly DocumentPin[],
  source: NpmSource,
  options: NewestOptions,
): Promise<ReadonlyMap<string, NewestDocument>> {
  const settings = await options.npmSettings();
  const newest = await findTarball(source.package, undefined, settings);
  if (!isNewer(newest.version, source.version)) {
    return new Map(pins.map((old) => [old.name, { old, pin: old, isNewer: false, bytes: undefined }]));
  }
  return runStep(options.progress, `fetching ${newest.package}@${newest.version}`, async (task) => {
    const pathOf = (pin: DocumentPin) => (pin.source.kind === "npm" ? pin.source.path : "");
    const files = await fetchFromTarball(newest, [...new Set(pins.map(pathOf))], { settings, task });
    return new Map(
      pins.map((old) => {
        const bytes = files.get(pathOf(old))!;
        if (bytes instanceof CodegenError) throw bytes;
        const next = { ...source, version: newest.version, path: pathOf(old) };
        const origin = `npm:${next.package}@${next.version}/${next.path}`;
        const { date: _, ...rest } = old;
        const dated = newest.date === undefined ? rest : { ...rest, date: newest.date };
        const pin = { ...dated, source: next, origin, sha256: sha256(bytes), integrity: newest.integrity };
        return [old.name, { old, pin, isNewer: true, bytes }];
      }),
    );
  });
}
