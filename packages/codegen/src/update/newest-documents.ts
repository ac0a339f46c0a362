import { CodegenError } from "../codegen-error.js";
import { fetchDocument } from "../source/fetch-document.js";
import { fetchFromTarball, findTarball } from "../source/npm-source.js";
import type { PullContext } from "../source/pull-documents.js";
import { sha256 } from "../source/sha256.js";
import { parseSource, type Source } from "../source/source.js";
import type { DocumentPin } from "../spec/provider-spec.js";
import { isNewer } from "./compare-versions.js";

/** A document that is published now, and the pin for it. */
export interface NewestDocument {
  /** The pin as spec.yaml has it. */
  readonly old: DocumentPin;
  /** The pin for what was fetched: the same one where nothing is newer. */
  readonly pin: DocumentPin;
  readonly isNewer: boolean;
  /** Undefined for a package's document that is not newer: nothing was fetched. */
  readonly bytes: Buffer | undefined;
}

/** What looking for newer documents needs. */
export interface NewestOptions extends Pick<PullContext, "npmSettings" | "progress"> {
  /** Whether a document that names its `upstream` is taken from there, although its source is a package. */
  readonly upstream: boolean;
}

type NpmSource = Extract<Source, { kind: "npm" }>;

/**
 * Looks where documents come from: a package's newest version, an address again (the `upstream` where one is named).
 * Documents of one package come out of one tarball. Throws where one cannot be had.
 */
export async function findNewest(pins: readonly DocumentPin[], options: NewestOptions): Promise<NewestDocument[]> {
  const packages = new Map<string, Promise<ReadonlyMap<string, NewestDocument>>>();
  return Promise.all(
    pins.map(async (pin) => {
      const { source, upstream } = pin;
      if (upstream !== undefined && (options.upstream || source.kind === "url"))
        return fetchAgain(pin, upstream, options);
      if (source.kind !== "npm") return fetchAgain(pin, pin.origin, options);
      const key = `${source.package}@${source.version}`;
      const siblings = pins.filter(
        ({ source: other }) => other.kind === "npm" && `${other.package}@${other.version}` === key,
      );
      const found = packages.get(key) ?? fetchPackage(siblings, source, options);
      packages.set(key, found);
      return (await found).get(pin.name)!;
    }),
  );
}

async function fetchAgain(old: DocumentPin, origin: string, options: NewestOptions): Promise<NewestDocument> {
  const source = origin === old.origin ? old.source : parseSource(origin, "");
  const { bytes, sha256: hash } = await fetchDocument(source, options);
  if (hash === old.sha256) return { old, pin: old, isNewer: false, bytes };
  const { integrity: _, ...rest } = old;
  return { old, pin: { ...rest, source, origin, sha256: hash }, isNewer: true, bytes };
}

async function fetchPackage(
  pins: readonly DocumentPin[],
  source: NpmSource,
  options: NewestOptions,
): Promise<ReadonlyMap<string, NewestDocument>> {
  const settings = await options.npmSettings();
  const newest = await findTarball(source.package, undefined, settings);
  if (!isNewer(newest.version, source.version)) {
    return new Map(pins.map((old) => [old.name, { old, pin: old, isNewer: false, bytes: undefined }]));
  }
  const task = options.progress.start(`fetching ${newest.package}@${newest.version}`);
  try {
    const pathOf = (pin: DocumentPin) => (pin.source.kind === "npm" ? pin.source.path : "");
    const files = await fetchFromTarball(newest, [...new Set(pins.map(pathOf))], settings, task);
    return new Map(
      pins.map((old) => {
        const bytes = files.get(pathOf(old))!;
        if (bytes instanceof CodegenError) throw bytes;
        const next = { ...source, version: newest.version, path: pathOf(old) };
        const origin = `npm:${next.package}@${next.version}/${next.path}`;
        const pin = { ...old, source: next, origin, sha256: sha256(bytes), integrity: newest.integrity };
        return [old.name, { old, pin, isNewer: true, bytes }];
      }),
    );
  } finally {
    task.end();
  }
}
