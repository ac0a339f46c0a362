import { CodegenError } from "../errors/codegen-error.js";
import { nearestNames } from "../text/nearest-names.js";
import { DocumentBuffer } from "./document-limit.js";
import { describeFailure, toConnectionError } from "./fetch-failure.js";
import type { FetchOptions } from "./fetch-options.js";
import type { NpmSettings } from "./npm-settings.js";
import { maxFetchMs, withTimeLimit } from "./time-limit.js";
import { UnavailableError } from "./unavailable-error.js";

/** A published tarball, and the hash that it must have. */
export interface Tarball {
  readonly package: string;
  readonly version: string;
  readonly integrity: string | undefined;
}

/** Packages of icons have some 50,000 files. */
const maxTarballEntries = 100_000;
/** How many names of files are kept for suggestions, and how long they can be. */
const maxKeptNames = 20_000;
const maxKeptNameLength = 300;

/** The requested files of a tarball, and the names of all its files. */
interface Contents {
  readonly files: ReadonlyMap<string, Buffer | CodegenError>;
  readonly names: readonly string[];
}

/**
 * Streams one tarball from the user's registry and returns the requested files by path. Other files are not kept in
 * memory, and nothing is written to disk. A file that is missing or too large is returned as an error.
 * @throws CodegenError if the package or version does not exist, or the hash of the tarball is not the pinned one.
 */
export async function fetchFromTarball(
  tarball: Tarball,
  paths: readonly string[],
  options: FetchOptions,
): Promise<ReadonlyMap<string, Buffer | CodegenError>> {
  const { settings, maxMs = maxFetchMs } = options;
  const id = `${tarball.package}@${tarball.version}`;
  // Everything is loaded before the stream exists: a stream without listeners can lose what it emits.
  const [{ default: pacote }, { Parser }] = await Promise.all([import("pacote"), import("tar")]);
  try {
    return await withTimeLimit(id, maxMs, async (signal) => {
      const npmOptions = { ...settings, packumentCache: new Map(), signal };
      const manifest = await pacote.manifest(id, npmOptions);
      const published = String(manifest._integrity ?? "");
      if (tarball.integrity !== undefined) checkIntegrity(id, { pinned: tarball.integrity, published });
      const integrity = tarball.integrity ?? published;
      const wanted = { Parser, paths: new Set(paths) };
      const contents = await pacote.tarball.stream(id, (stream) => readContents(stream, wanted, options), {
        ...npmOptions,
        ...(integrity === "" ? {} : { integrity }),
      });
      return new Map(
        paths.map((path) => [path, contents.files.get(path) ?? missingFileError(id, path, contents.names)]),
      );
    });
  } catch (error) {
    throw error instanceof CodegenError ? error : toReadableError(error, tarball, settings);
  }
}

/**
 * Looks up the tarball of a package in the user's registry: that of a version, or of the newest one, with the day on which it was
 * published.
 * @throws CodegenError if the package or version does not exist.
 */
export async function findTarball(
  name: string,
  version: string | undefined,
  settings: NpmSettings,
): Promise<Tarball & { readonly integrity: string; readonly date?: string }> {
  const { default: pacote } = await import("pacote");
  const id = `${name}@${version ?? "latest"}`;
  try {
    return await withTimeLimit(id, maxFetchMs, async (signal) => {
      // npm's cache does not know a version that was published a moment ago.
      const npmOptions = { ...settings, packumentCache: new Map(), signal, preferOnline: version === undefined };
      const manifest = await pacote.manifest(id, npmOptions);
      const found = { package: name, version: manifest.version, integrity: String(manifest._integrity ?? "") };
      if (version !== undefined) return found;
      const { time } = await pacote.packument(name, { ...npmOptions, fullMetadata: true });
      const date = time?.[manifest.version]?.slice(0, "2026-06-23".length);
      return date === undefined ? found : { ...found, date };
    });
  } catch (error) {
    if (error instanceof CodegenError) throw error;
    throw toReadableError(error, { package: name, version: version ?? "latest", integrity: undefined }, settings);
  }
}

/** Reads the entries of a tarball. npm calls it again, with a new stream, if its cache was corrupt. */
export async function readContents(
  stream: NodeJS.ReadableStream,
  { Parser, paths }: { readonly Parser: typeof import("tar").Parser; readonly paths: ReadonlySet<string> },
  { task, maxBytes }: Pick<FetchOptions, "task" | "maxBytes">,
): Promise<Contents> {
  const files = new Map<string, Buffer | CodegenError>();
  const names: string[] = [];
  let entries = 0;
  const parser = new Parser({
    onReadEntry(entry) {
      // The first folder is usually "package", but can have any name: npm drops it, too.
      const path = entry.path.split("/").slice(1).join("/");
      entries += 1;
      if (entries > maxTarballEntries) return parser.abort(tooManyEntriesError());
      const isFile = entry.type === "File" || entry.type === "OldFile";
      if (isFile && names.length < maxKeptNames && path.length <= maxKeptNameLength) names.push(path);
      if (!paths.has(path) || !entry.type.endsWith("File")) return void entry.resume();
      const buffer = new DocumentBuffer(maxBytes);
      entry.on("data", (chunk) => buffer.add(chunk));
      entry.on("end", () => files.set(path, buffer.result(path)));
    },
  });
  await new Promise<void>((resolve, reject) => {
    // An integrity error is emitted with the last byte, when the parser may be done already: wait for both ends.
    let open = 2;
    const onEnd = () => {
      open -= 1;
      if (open === 0) resolve();
    };
    stream.on("error", reject).on("end", onEnd);
    parser.on("error", reject).on("end", onEnd);
    // npm's stream flows from its first listener on, and passes what it buffered to that listener alone.
    stream.pipe(parser as unknown as NodeJS.WritableStream);
    stream.on("data", (chunk: Buffer) => task.add(chunk.length));
  });
  return { files, names };
}

function tooManyEntriesError(): CodegenError {
  return new CodegenError(`The tarball has more than ${maxTarballEntries} entries, the maximum of a package.`);
}

/** Throws if the registry publishes another hash of the same algorithm. */
function checkIntegrity(id: string, { pinned, published }: { pinned: string; published: string }): void {
  const algorithm = pinned.split("-")[0];
  const received = published.split(/\s+/).find((hash) => hash.startsWith(`${algorithm}-`));
  if (received !== undefined && received !== pinned) throw integrityError(id, { pinned, received });
}

function integrityError(id: string, hashes: { pinned: string; received: string }, cause?: unknown): CodegenError {
  return new CodegenError(
    `The tarball of ${id} is not the pinned one. Nothing was stored.`,
    [
      `pinned    ${hashes.pinned}`,
      `received  ${hashes.received}`,
      "npm never changes a published version, so either the pin or the registry is wrong.",
    ],
    { cause },
  );
}

function missingFileError(id: string, path: string, names: readonly string[]): CodegenError {
  const sameName = names.filter((name) => name.split("/").at(-1) === path.split("/").at(-1));
  const similar = [...new Set([...sameName, ...nearestNames(path, names)])].slice(0, 3);
  const hint = similar.length > 0 ? [`Did you mean ${similar.join(" or ")}?`] : [];
  return new CodegenError(`${id} has no file ${path}.`, hint);
}

function toReadableError(error: unknown, tarball: Tarball, settings: NpmSettings): Error {
  const id = `${tarball.package}@${tarball.version}`;
  const scope = tarball.package.startsWith("@") ? `${tarball.package.split("/")[0]}:registry` : "registry";
  const registry = String(settings[scope] ?? settings.registry ?? "the registry");
  const { code, message, versions, found, expected, status } = describeFailure(error);
  if (code === "EINTEGRITY") {
    const hashes = { pinned: expected ?? tarball.integrity ?? "", received: found ?? message };
    return integrityError(id, hashes, error);
  }
  if (code === "E404" || status === 404) {
    return new UnavailableError(
      `The npm package ${tarball.package} does not exist in ${registry}, or requires a login.`,
      [],
      { cause: error },
    );
  }
  if (code === "ETARGET") {
    const newest = versions.slice(-5).reverse();
    const listed = newest.length > 0 ? [`The newest versions are ${newest.join(", ")}.`] : [];
    return new UnavailableError(`The npm package ${tarball.package} has no version ${tarball.version}.`, listed, {
      cause: error,
    });
  }
  const connectionError = toConnectionError(error, id, registry);
  return (
    connectionError ?? new CodegenError(`${id} cannot be fetched from ${registry}: ${message}`, [], { cause: error })
  );
}
