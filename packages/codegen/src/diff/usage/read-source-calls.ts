import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LoadedDocument } from "../../document/loaded-document.js";
import { CodegenError } from "../../errors/codegen-error.js";
import { nameOperations } from "../../generate/operations/name-operations.js";
import { readOperations } from "../../generate/operations/read-operations.js";
import { findCalls } from "./find-calls.js";
import { globFiles } from "./glob-files.js";

/** The operations of documents, by the names of their constants. */
export type OperationConstants = ReadonlyMap<string, { readonly method: string; readonly path: string }>;

/** Where to look for calls. */
export interface SourceCallsInput {
  readonly cwd: string;
  /** Glob patterns of source files. */
  readonly patterns: readonly string[];
  readonly constants: OperationConstants;
}

/** The calls and the imported constants of a source file. */
export type SourceCalls = { readonly file: string } & ReturnType<typeof findCalls>;

/**
 * Reads the calls in source files, file by file.
 * @throws CodegenError where the patterns match no file.
 */
export async function readSourceCalls({ cwd, patterns, constants }: SourceCallsInput): Promise<SourceCalls[]> {
  const files = await globFiles(patterns, cwd);
  if (files.length === 0) throw new CodegenError(`No file matches ${patterns.join(" or ")}.`);
  const found: SourceCalls[] = [];
  for (const file of files) {
    const text = await readFile(join(cwd, file), "utf8");
    found.push({ file, ...findCalls(file, text, (name) => constants.get(name)) });
  }
  return found;
}

/** The constants that a connector has for the operations of these documents. */
export function constantsOf(documents: readonly LoadedDocument[]): OperationConstants {
  const none = { headers: new Set<string>(), query: new Set<string>() };
  const operations = nameOperations(documents.flatMap((document) => readOperations(document, none)));
  return new Map(operations.map(({ name, method, path }) => [name, { method, path }]));
}
