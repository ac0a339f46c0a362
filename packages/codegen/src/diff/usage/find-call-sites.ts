import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CodegenError } from "../../errors/codegen-error.js";
import type { Change } from "../change.js";
import { type CallSite, classifyCall } from "./classify-call.js";
import { findCalls } from "./find-calls.js";
import { globFiles } from "./glob-files.js";

/** Where to look for calls, and what changed. */
export interface FindCallSitesInput {
  readonly cwd: string;
  /** Glob patterns of source files. */
  readonly patterns: readonly string[];
  readonly changes: readonly Change[];
  /** The operations of the old documents, by the names of their constants. */
  readonly constants: ReadonlyMap<string, { readonly method: string; readonly path: string }>;
}

/**
 * Finds the calls that breaking changes affect, file by file.
 * @throws CodegenError where the patterns match no file.
 */
export async function findCallSites({ cwd, patterns, changes, constants }: FindCallSitesInput): Promise<CallSite[]> {
  const files = await globFiles(patterns, cwd);
  if (files.length === 0) throw new CodegenError(`No file matches ${patterns.join(" or ")}.`);
  const breaking = changes.filter(({ level }) => level === "breaking");
  const renamed = new Map(
    breaking.filter(({ rule }) => rule === "operation-renamed").map((change) => [change.owner, change]),
  );
  const sites: CallSite[] = [];
  for (const file of files) {
    const found = findCalls(file, await readFile(join(cwd, file), "utf8"), (name) => constants.get(name));
    for (const { name, line, column } of found.constants) {
      const operation = constants.get(name);
      const change = operation && renamed.get(`${operation.method} ${operation.path}`);
      if (change !== undefined) sites.push({ file, line, column, certainty: "breaks", change });
    }
    for (const call of found.calls) {
      const { line, column, method, path } = call;
      for (const change of breaking) {
        // A new name breaks only imports, which are handled above.
        if (change.rule === "operation-renamed" || !affects(change, method, path)) continue;
        const certainty = classifyCall(call, change.affectedCalls);
        if (certainty !== undefined) sites.push({ file, line, column, certainty, change });
      }
    }
  }
  return sites;
}

function affects({ operations }: Change, method: string, path: string): boolean {
  if (method !== "paginate") return operations.includes(`${method} ${path}`);
  return operations.includes(`GET ${path}`) || operations.includes(`POST ${path}`);
}
