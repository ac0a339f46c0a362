import { CodegenError } from "../codegen-error.js";
import { nearestNames } from "../text/nearest-names.js";
import { DocumentBuffer, maxDocumentBytes } from "./document-limit.js";
import { connectionError, describeFailure } from "./fetch-failure.js";
import type { NpmSettings } from "./npm-settings.js";
import type { ProgressTask } from "./progress.js";

/** A published tarball, and the hash it must have. */
export interface Tarball {
  readonly package: string;
  readonly version: string;
  readonly integrity: string | undefined;
}

/** What a tarball gave: the files asked for, and the names of all. */
interface Contents {
  readonly files: ReadonlyMap<string, Buffer | CodegenError>;
  readonly names: readonly string[];
}

/**
 * Streams one tarball from the user's registry and keeps the files asked for; nothing else is held or unpacked.
 * A file that it does not have comes back as an error. Throws where package or version does not exist, or the
 * tarball's hash is not the pinned one.
 */
export async function fetchFromTarball(
  tarball: Tarball,
  paths: readonly string[],
  settings: NpmSettings,
  task: ProgressTask,
  limit: number = maxDocumentBytes,
): Promise<ReadonlyMap<string, Buffer | CodegenError>> {
  const id = `${tarball.package}@${tarball.version}`;
  // All is loaded before there is a stream: one that nobody listens to yet can lose what it emits.
  const [{ default: pacote }, { Parser }] = await Promise.all([import("pacote"), import("tar")]);
  // A connection that is still open when something fails would keep the process from ending.
  const connection = new AbortController();
  const options = { ...settings, packumentCache: new Map(), signal: connection.signal };
  try {
    const manifest = await pacote.manifest(id, options);
    const published = String(manifest._integrity ?? "");
    if (tarball.integrity !== undefined) refuseOther(id, tarball.integrity, published);
    const integrity = tarball.integrity ?? published;
    const reading = { wanted: new Set(paths), task, limit };
    const contents = await pacote.tarball.stream(id, (stream) => readContents(stream, Parser, reading), {
      ...options,
      ...(integrity === "" ? {} : { integrity }),
    });
    return new Map(paths.map((path) => [path, contents.files.get(path) ?? noFile(id, path, contents.names)]));
  } catch (error) {
    throw error instanceof CodegenError ? error : asSentence(error, tarball, settings);
  } finally {
    connection.abort();
  }
}

/** What the registry publishes of a package: its newest version where none is named, and the hash of the tarball. */
export async function findTarball(
  name: string,
  version: string | undefined,
  settings: NpmSettings,
): Promise<Tarball & { readonly integrity: string }> {
  const { default: pacote } = await import("pacote");
  const connection = new AbortController();
  const options = { ...settings, packumentCache: new Map(), signal: connection.signal };
  // A version that was just published is not in npm's cache.
  const fresh = version === undefined ? { ...options, preferOnline: true } : options;
  try {
    const manifest = await pacote.manifest(`${name}@${version ?? "latest"}`, fresh);
    return { package: name, version: manifest.version, integrity: String(manifest._integrity ?? "") };
  } catch (error) {
    throw asSentence(error, { package: name, version: version ?? "latest", integrity: undefined }, settings);
  } finally {
    connection.abort();
  }
}

/** Reads a tarball's entries as they come by; npm calls it again with a fresh stream when its cache was spoilt. */
export async function readContents(
  stream: NodeJS.ReadableStream,
  Parser: typeof import("tar").Parser,
  {
    wanted,
    task,
    limit,
  }: { readonly wanted: ReadonlySet<string>; readonly task: ProgressTask; readonly limit: number },
): Promise<Contents> {
  const files = new Map<string, Buffer | CodegenError>();
  const names: string[] = [];
  const parser = new Parser({
    onReadEntry(entry) {
      // The first folder is usually "package", but any name will do: npm drops it too.
      const path = entry.path.split("/").slice(1).join("/");
      if (entry.type === "File" || entry.type === "OldFile") names.push(path);
      if (!wanted.has(path) || !entry.type.endsWith("File")) return void entry.resume();
      const buffer = new DocumentBuffer(limit);
      entry.on("data", (chunk) => buffer.add(chunk));
      entry.on("end", () => files.set(path, buffer.result(path)));
    },
  });
  await new Promise<void>((resolve, reject) => {
    // The integrity error comes with the last byte, after the parser has had everything: both ends must be quiet.
    let open = 2;
    const closed = () => {
      open -= 1;
      if (open === 0) resolve();
    };
    stream.on("error", reject).on("end", closed);
    parser.on("error", reject).on("end", closed);
    // npm's stream flows from its first listener on, and hands what it holds to that one alone.
    stream.pipe(parser as unknown as NodeJS.WritableStream);
    stream.on("data", (chunk: Buffer) => task.add(chunk.length));
  });
  return { files, names };
}

/** Two hashes of the same kind that differ are about two different tarballs. */
function refuseOther(id: string, pinned: string, published: string): void {
  const algorithm = pinned.split("-")[0];
  const other = published.split(/\s+/).find((hash) => hash.startsWith(`${algorithm}-`));
  if (other !== undefined && other !== pinned) throw wrongIntegrity(id, pinned, other);
}

function wrongIntegrity(id: string, pinned: string, received: string, cause?: unknown): CodegenError {
  return new CodegenError(
    `The tarball of ${id} is not the one that is pinned. Nothing was kept.`,
    [
      `pinned    ${pinned}`,
      `received  ${received}`,
      "npm never changes a published version: either the pin is wrong, or the registry is.",
    ],
    { cause },
  );
}

function noFile(id: string, path: string, names: readonly string[]): CodegenError {
  const sameName = names.filter((name) => name.split("/").at(-1) === path.split("/").at(-1));
  const near = [...new Set([...sameName, ...nearestNames(path, names)])].slice(0, 3);
  return new CodegenError(`${id} has no file ${path}.`, near.length > 0 ? [`Did you mean ${near.join(" or ")}?`] : []);
}

function asSentence(error: unknown, tarball: Tarball, settings: NpmSettings): Error {
  const id = `${tarball.package}@${tarball.version}`;
  const scope = tarball.package.startsWith("@") ? `${tarball.package.split("/")[0]}:registry` : "registry";
  const registry = String(settings[scope] ?? settings.registry ?? "the registry");
  const { code, message, versions, found, expected, status } = describeFailure(error);
  if (code === "EINTEGRITY") return wrongIntegrity(id, expected ?? tarball.integrity ?? "", found ?? message, error);
  if (code === "E404" || status === 404) {
    return new CodegenError(
      `The npm package ${tarball.package} does not exist in ${registry} (or it needs a login).`,
      [],
      { cause: error },
    );
  }
  if (code === "ETARGET") {
    const newest = versions.slice(-5).reverse();
    const listed = newest.length > 0 ? [`Its newest are ${newest.join(", ")}.`] : [];
    return new CodegenError(`The npm package ${tarball.package} has no version ${tarball.version}.`, listed, {
      cause: error,
    });
  }
  const connection = connectionError(error, id, registry);
  return connection ?? new CodegenError(`${id} cannot be fetched from ${registry}: ${message}`, [], { cause: error });
}
