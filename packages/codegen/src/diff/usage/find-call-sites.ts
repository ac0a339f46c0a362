import type { Change } from "../changes/change.js";
import { type CallSite, classifyCall } from "./classify-call.js";
import { readSourceCalls, type SourceCallsInput } from "./read-source-calls.js";

/** Where to look for calls, and what changed; the constants are those of the old documents. */
export interface FindCallSitesInput extends SourceCallsInput {
  readonly changes: readonly Change[];
}

/**
 * Finds the calls that breaking changes affect, file by file.
 * @throws CodegenError where the patterns match no file.
 */
export async function findCallSites({ changes, ...input }: FindCallSitesInput): Promise<CallSite[]> {
  const { constants } = input;
  const breaking = changes.filter(({ level }) => level === "breaking");
  const renamed = new Map(
    breaking.filter(({ rule }) => rule === "operation-renamed").map((change) => [change.owner, change]),
  );
  const lostTypes = new Map(
    breaking.filter(({ rule }) => /^schema-(renamed|removed)$/.test(rule)).map((change) => [change.owner, change]),
  );
  const sites: CallSite[] = [];
  for (const { file, calls, constants: imported, types } of await readSourceCalls(input)) {
    for (const { name, line, column } of imported) {
      const operation = constants.get(name);
      const change = operation && renamed.get(`${operation.method} ${operation.path}`);
      if (change !== undefined) sites.push({ file, line, column, certainty: "breaks", change });
    }
    for (const { name, line, column } of types) {
      const change = lostTypes.get(`schema ${name}`);
      if (change !== undefined) sites.push({ file, line, column, certainty: "breaks", change });
    }
    for (const call of calls) {
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
