import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { sha256 } from "../source/sha256.js";
import { writeAtomically } from "../source/write-atomically.js";
import type { GenerateInput, GenerateOutput, generate } from "./generate.js";
import { hashGenerator } from "./generator-hash.js";

type Generate = typeof generate;

/** How clients are kept. */
export interface KeptClientsOptions {
  /** The folder of the clients, which is created when the first one is kept. */
  readonly folder: string;
  /** Imports the generator, which is not done for a client that is kept. */
  readonly load: () => Promise<Generate>;
  /** A hash of the generator: another one generates all clients anew. @default that of this code */
  readonly generatorHash?: () => Promise<string>;
  /** Those that were kept longest ago are removed. @default 64 */
  readonly maxClients?: number;
}

/**
 * A generator that keeps each client on disk, by the hash of its input and of the generator, and does not generate it again: `connectry
 * check` takes what `connectry generate` wrote. Where the folder cannot be read or written, it generates.
 */
export function keepClients({
  folder,
  load,
  generatorHash = hashGenerator,
  maxClients = 64,
}: KeptClientsOptions): Generate {
  return async (input) => {
    const file = join(folder, `${sha256(await keyOf(input, await generatorHash()))}.json.gz`);
    const kept = await readClient(file);
    if (kept !== undefined) return kept;
    const generated = await (await load())(input);
    await keepClient(file, generated)
      .then(() => removeOldest(folder, maxClients))
      // Nothing is lost but time.
      .catch(() => {});
    return generated;
  };
}

async function keyOf({ provider, documents, profile, webhooks, schema }: GenerateInput, hash: string): Promise<string> {
  const printed = schema && (await import("graphql")).printSchema(schema);
  return JSON.stringify([hash, provider, documents, profile, webhooks ?? null, printed ?? null]);
}

async function readClient(file: string): Promise<GenerateOutput | undefined> {
  try {
    const text = (await promisify(gunzip)(await readFile(file))).toString();
    const { files, ...rest } = JSON.parse(text);
    return { ...rest, files: new Map(files) };
  } catch {
    // It is not there, or damaged.
    return undefined;
  }
}

async function keepClient(file: string, { files, ...rest }: GenerateOutput): Promise<void> {
  const text = JSON.stringify({ ...rest, files: [...files] });
  await writeAtomically(file, await promisify(gzip)(text, { level: 1 }));
}

async function removeOldest(folder: string, maxClients: number): Promise<void> {
  const files = (await readdir(folder)).map((name) => join(folder, name));
  if (files.length <= maxClients) return;
  const dated = await Promise.all(files.map(async (file) => ({ file, at: (await stat(file)).mtimeMs })));
  dated.sort((one, other) => other.at - one.at);
  await Promise.all(dated.slice(maxClients).map(({ file }) => rm(file, { force: true })));
}
