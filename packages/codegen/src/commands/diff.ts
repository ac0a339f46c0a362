import { CodegenError } from "../codegen-error.js";
import type { diffFailures, diffFormats } from "../command-line.js";
import { compareDocuments, type Diff } from "../diff/compare-documents.js";
import { isDocumentName, readSide } from "../diff/read-side.js";
import { reportJson } from "../diff/report/report-json.js";
import { reportMarkdown } from "../diff/report/report-markdown.js";
import { reportText } from "../diff/report/report-text.js";
import { findCallSites } from "../diff/usage/find-call-sites.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { nameOperations } from "../generate/operations/name-operations.js";
import { readOperations } from "../generate/operations/read-operations.js";
import type { CommandContext } from "./command-context.js";

/** Options of `connectry diff`. */
export interface DiffOptions {
  readonly old: string;
  readonly new: string;
  readonly specs?: string | undefined;
  /** Patterns of the files in which call sites are looked for. */
  readonly usage: readonly string[];
  readonly format: (typeof diffFormats)[number];
  readonly failOn: (typeof diffFailures)[number] | undefined;
}

/** Prints what changed between two documents. Throws where that is what `failOn` asks to fail for. */
export async function diff(options: DiffOptions, context: CommandContext): Promise<void> {
  const { specs, usage, format } = options;
  // A provider is read first: the document beside it is given the same repairs.
  const isNewFirst = isDocumentName(options.old) && !isDocumentName(options.new);
  const first = await readSide(isNewFirst ? options.new : options.old, { specs }, context);
  const second = await readSide(isNewFirst ? options.old : options.new, { specs, beside: first.spec }, context);
  const [old, now] = isNewFirst ? [second, first] : [first, second];
  const documents = inPairs(old.documents, now.documents);
  const result = compareDocuments(documents.old, documents.new);
  const sites =
    usage.length === 0
      ? undefined
      : await findCallSites({
          cwd: context.cwd,
          patterns: usage,
          changes: result.changes,
          constants: constantsOf(documents.old),
        });
  const report = { text: reportText, json: reportJson, markdown: reportMarkdown }[format];
  context.print(report(result, sites));
  throwIfAsked(result, options.failOn);
}

/** Single documents are the same one, whatever each side calls it. */
function inPairs(old: readonly LoadedDocument[], now: readonly LoadedDocument[]) {
  const [one, other] = [old[0], now[0]];
  if (one === undefined || other === undefined || old.length > 1 || now.length > 1) return { old, new: now };
  return { old, new: [{ ...other, name: one.name }] };
}

function constantsOf(documents: readonly LoadedDocument[]) {
  const none = { headers: new Set<string>(), query: new Set<string>() };
  const operations = nameOperations(documents.flatMap((document) => readOperations(document, none)));
  return new Map(operations.map(({ name, method, path }) => [name, { method, path }]));
}

function throwIfAsked({ changes }: Diff, failOn: DiffOptions["failOn"]): void {
  if (failOn === undefined) return;
  const asked = {
    breaking: ["breaking"],
    additive: ["breaking", "additive"],
    any: ["breaking", "additive", "invisible"],
  };
  const found = changes.filter(({ level }) => asked[failOn].includes(level));
  if (found.length === 0) return;
  throw new CodegenError(
    `${found.length} ${found.length === 1 ? "change is" : "changes are"} ${failOn === "any" ? "there" : asked[failOn].join(" or ")}, and --fail-on ${failOn} was asked for.`,
  );
}
