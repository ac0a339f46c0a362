// The pages of a connector: what its README says, and its operations, by tag, on pages that stay small.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { absoluteLinks } from "../include.ts";
import { escapeHtml } from "../markdown.ts";
import { root } from "../repository.ts";
import { slug } from "../slug.ts";
import type { BuiltConnector, ShownOperation } from "./operations.ts";

/** A page that is HTML already, with the operations on it. */
export interface OperationsPage {
  readonly path: string;
  readonly title: string;
  readonly html: string;
  readonly operations: readonly ShownOperation[];
}

/** A page has room for its frame below 200 kB. */
const mostBytes = 150_000;

const retries: Readonly<Record<ShownOperation["safety"], string>> = {
  safe: "sent again after any transient failure: it changes nothing",
  idempotent: "sent again after any transient failure: twice is as good as once",
  "idempotent-with-key": "sent again with the same idempotency key, which the provider deduplicates",
  unsafe: "sent again only when it was certainly not applied",
};

/** The Markdown of a connector's first page: its README, and the list of the pages of its operations. */
export function connectorPage({ id, folder, profile }: BuiltConnector, pages: readonly OperationsPage[]): string {
  const readme = absoluteLinks(readFileSync(join(root, folder, "README.md"), "utf8"), `${folder}/README.md`).replace(
    /^# .*\n/,
    "",
  );
  const list = pages.map(({ path, title, operations }) => `- [${title}](/${path}) (${operations.length})`);
  return `# ${profile.name}\n\n${readme}\n\n## Operations by subject\n\n${list.join("\n")}\n\nThe package: \`@connectry/${id}\`.\n`;
}

/** The pages of a connector's operations: one for each tag, split where it is long. */
export function operationPages(
  { id, profile }: BuiltConnector,
  operations: readonly ShownOperation[],
): OperationsPage[] {
  const byTag = Map.groupBy(operations, ({ tag }) => tag);
  const used = new Set<string>();
  return [...byTag]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([tag, all]) =>
      splitBySize(all).map((part, index, parts) => {
        const title = `${profile.name}: ${tag}${parts.length > 1 ? ` (${index + 1} of ${parts.length})` : ""}`;
        let name = (slug(tag) || "other") + (index > 0 ? `-${index + 1}` : "");
        while (used.has(name)) name = `${name}-more`;
        used.add(name);
        return { path: `connectors/${id}/${name}`, title, operations: part, html: pageHtml(title, part) };
      }),
    );
}

function splitBySize(operations: readonly ShownOperation[]): ShownOperation[][] {
  const parts: ShownOperation[][] = [[]];
  let bytes = 0;
  for (const operation of operations) {
    const size = Buffer.byteLength(operationHtml(operation));
    if (bytes + size > mostBytes && bytes > 0) {
      parts.push([]);
      bytes = 0;
    }
    bytes += size;
    parts.at(-1)?.push(operation);
  }
  return parts;
}

function pageHtml(title: string, operations: readonly ShownOperation[]): string {
  return `<h1>${escapeHtml(title)}</h1>
<p><label for="filter">Show operations that contain</label> <input id="filter" type="search" autocomplete="off"></p>
<p id="filter-count" role="status">${operations.length} of ${operations.length} operations</p>
${operations.map(operationHtml).join("\n")}`;
}

/** The document's text is shown as text: nothing of it becomes markup. */
function operationHtml(operation: ShownOperation): string {
  const { name, method, path, text, isDeprecated, parameters, body, scopes, safety, isPaged, vendorUrl, reference } =
    operation;
  const list = parameters
    .map(
      ({ name: parameter, place, required }) =>
        `<code>${escapeHtml(parameter)}</code> (${place}${required ? ", required" : ""})`,
    )
    .join(", ");
  const facts = [
    list === "" ? "Takes no parameters." : `Takes ${list}.`,
    ...(body ? [`A body, ${body}.`] : []),
    scopes.length > 0
      ? `Scopes: ${scopes.map((set) => set.map((scope) => `<code>${escapeHtml(scope)}</code>`).join(" and ")).join(", or ")}.`
      : "The document names no scopes.",
    `Retry: ${retries[safety]}.`,
    ...(isPaged ? [`A list, which <code>paginate</code> reads to its end.`] : []),
    vendorUrl
      ? `<a href="${escapeHtml(vendorUrl)}" aria-label="The vendor's page of ${escapeHtml(name)}">The vendor's page</a>.`
      : `<a href="${escapeHtml(reference)}" aria-label="The vendor's reference, for ${escapeHtml(name)}">The vendor's reference</a>.`,
  ];
  return `<section class="operation" id="${escapeHtml(name)}"><h2>${method} ${escapeHtml(path)}</h2>
<p>${isDeprecated ? "<strong>Deprecated.</strong> " : ""}<code>${escapeHtml(name)}</code> ${escapeHtml(shorten(text))}</p>
<p class="facts">${facts.join(" ")}</p></section>`;
}

/** Texts of documents have tags, links and line breaks, of which a page needs the words alone. */
function shorten(text: string): string {
  const words = text
    .replace(/<[^<>]*>/g, " ")
    .replace(/\[([^\][]*)\]\([^()]*\)/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
  return words.length > 400 ? `${words.slice(0, 400).replace(/\s\S*$/, "")} ...` : words;
}
