import type { Versions } from "../diff/changes/versions.js";
import { compareDocuments, type Diff } from "../diff/compare-documents.js";
import { reportJson } from "../diff/report/report-json.js";
import { reportMarkdown } from "../diff/report/report-markdown.js";
import { reportText } from "../diff/report/report-text.js";
import { type Level, levels } from "../diff/rules/rule.js";
import { findCallSites } from "../diff/usage/find-call-sites.js";
import { constantsOf } from "../diff/usage/read-source-calls.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { CodegenError } from "../errors/codegen-error.js";
import type { CommandContext } from "./command-context.js";
import { isDocumentName, loadDiffInput } from "./load-diff-input.js";
import type { diffFailures, diffFormats } from "./options.js";

/** Options of `connectry diff`. */
export interface DiffOptions {
  readonly old: string;
  readonly new: string;
  readonly specs?: string | undefined;
  /** Glob patterns of the source files to search for affected calls. */
  readonly usage: readonly string[];
  readonly format: (typeof diffFormats)[number];
  readonly failOn: (typeof diffFailures)[number] | undefined;
}

/**
 * Prints what changed between two documents.
 * @throws CodegenError if there are changes of the level that `failOn` names.
 */
export async function diff(options: DiffOptions, context: CommandContext): Promise<void> {
  const { specs, usage, format } = options;
  // A provider is loaded first, because its overlay is applied to the document that it is compared with.
  const loadsNewFirst = isDocumentName(options.old) && !isDocumentName(options.new);
  const first = await loadDiffInput(loadsNewFirst ? options.new : options.old, { specs }, context);
  const secondOptions = { specs, comparedWith: first.spec };
  const second = await loadDiffInput(loadsNewFirst ? options.old : options.new, secondOptions, context);
  const [old, current] = loadsNewFirst ? [second, first] : [first, second];
  const documents = alignNames({ old: old.documents, new: current.documents });
  const result = compareDocuments(documents.old, documents.new, { webhooks: first.spec?.webhooks });
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
  failOnLevel(result, options.failOn);
}

type DocumentLists = Versions<readonly LoadedDocument[]>;

/**
 * Gives the new document the name of the old one if there is one on each side: then they are versions of each other.
 */
function alignNames(documents: DocumentLists): DocumentLists {
  const [old, current] = [documents.old[0], documents.new[0]];
  const isOneEach = documents.old.length === 1 && documents.new.length === 1;
  if (!isOneEach || old === undefined || current === undefined) return documents;
  return { old: documents.old, new: [{ ...current, name: old.name }] };
}

const failingLevels: Readonly<Record<(typeof diffFailures)[number], readonly Level[]>> = {
  breaking: ["breaking"],
  additive: ["breaking", "additive"],
  any: levels,
};

function failOnLevel({ changes }: Diff, failOn: DiffOptions["failOn"]): void {
  if (failOn === undefined) return;
  const count = changes.filter(({ level }) => failingLevels[failOn].includes(level)).length;
  if (count === 0) return;
  const kind = failOn === "any" ? "" : `${failingLevels[failOn].join(" or ")} `;
  throw new CodegenError(`Found ${count} ${kind}${count === 1 ? "change" : "changes"} (--fail-on ${failOn}).`);
}
