import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CodegenError } from "../../codegen-error.js";
import type { Change } from "../change.js";
import { findCalls } from "./find-calls.js";
import { globFiles } from "./glob-files.js";
import { type CallSite, judgeCall } from "./match-calls.js";

/** What call sites are looked up in. */
export interface UsageInput {
  readonly cwd: string;
  readonly patterns: readonly string[];
  readonly changes: readonly Change[];
  /** The operations of the old document, by the name of their constant. */
  readonly constants: ReadonlyMap<string, { readonly method: string; readonly path: string }>;
}

/** The calls in files of a project that breaking changes reach, by place. Throws where no file is found. */
export async function findCallSites({ cwd, patterns, changes, constants }: UsageInput): Promise<CallSite[]> {
  const files = await globFiles(patterns, cwd);
  if (files.length === 0) throw new CodegenError(`No file is at ${patterns.join(" or ")}.`);
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
        // Another name breaks imports alone, and those are told above.
        if (change.rule === "operation-renamed" || !reaches(change, method, path)) continue;
        const certainty = judgeCall(call, change.sign);
        if (certainty !== undefined) sites.push({ file, line, column, certainty, change });
      }
    }
  }
  return sites;
}

function reaches({ operations }: Change, method: string, path: string): boolean {
  if (method !== "paginate") return operations.includes(`${method} ${path}`);
  return operations.includes(`GET ${path}`) || operations.includes(`POST ${path}`);
}
