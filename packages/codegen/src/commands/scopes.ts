import { constantsOf, readSourceCalls } from "../diff/usage/read-source-calls.js";
import { compareOperations, readOperations } from "../generate/operations/read-operations.js";
import { readScopes } from "../scopes/read-scopes.js";
import { scopesJson, scopesMarkdown, scopesText } from "../scopes/report-scopes.js";
import { scopesOfCalls, summarize } from "../scopes/scopes-of-calls.js";
import type { CommandContext } from "./command-context.js";
import { loadDiffInput } from "./load-diff-input.js";
import type { ScopesOptions } from "./parsed-command.js";

/**
 * Prints which scopes operations need: all of a document, or those that sources call.
 * @throws CodegenError where the document cannot be loaded, or no source file matches.
 */
export async function scopes({ name, specs, usage, format }: ScopesOptions, context: CommandContext): Promise<void> {
  const { documents } = await loadDiffInput(name, { specs }, context);
  const none = { headers: new Set<string>(), query: new Set<string>() };
  const all = documents.flatMap((document) => readOperations(document, none).map(readScopes)).sort(compareOperations);
  const isUsage = usage.length > 0;
  const needed = isUsage
    ? scopesOfCalls(
        all,
        await readSourceCalls({ cwd: context.cwd, patterns: usage, constants: constantsOf(documents) }),
      )
    : summarize(all.map((operation) => ({ ...operation, calls: [] })));
  const report = { text: scopesText, json: scopesJson, markdown: scopesMarkdown }[format];
  context.print(report({ name, isUsage, ...needed }));
}
