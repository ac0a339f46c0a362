import MiniSearch from "minisearch";
import { plainText } from "../data/plain-text.js";
import type { Catalog, CatalogOperation } from "./read-catalog.js";

/** Finds operations by words. */
export type SearchCatalog = (query: string, limit: number) => readonly CatalogOperation[];

const maxIndexedDescription = 200;

/** Words of questions that say nothing about an operation. */
const stopWords = new Set(
  "a an and any by for from how i in into is it its me my of on one or that the their this to which with".split(" "),
);

/** A word as it is compared: without its case and its plural; null for one that says nothing. */
function toTerm(word: string): string | null {
  const term = word.toLowerCase();
  if (stopWords.has(term)) return null;
  return term.length > 3 && /[^su]s$/.test(term) ? term.slice(0, -1) : term;
}

/** `listPaymentIntents` as words, so that `payment` finds it. */
const asWords = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[_./{}-]+/g, " ");

/** Words of the methods, which agents ask for by what they do. */
const verbs: Readonly<Record<string, string>> = {
  GET: "get list read retrieve show",
  POST: "create add send update",
  PUT: "set replace update",
  PATCH: "update change edit",
  DELETE: "delete remove cancel",
};

/** Creates the search over names, summaries, tags and paths of a catalog, in memory. The index is built with the first search. */
export function createSearch({ operations }: Catalog): SearchCatalog {
  let index: MiniSearch | undefined;
  const build = () => {
    const search = new MiniSearch({
      processTerm: toTerm,
      fields: ["path", "name", "title", "tags", "description", "verbs"],
      searchOptions: {
        boost: { path: 3, title: 3, name: 2, tags: 2, verbs: 1.5 },
        prefix: true,
        fuzzy: (term) => (term.length > 4 ? 0.2 : false),
        weights: { fuzzy: 0.3, prefix: 0.6 },
        // Of two operations that match alike, the one with the shorter path is meant more often.
        boostDocument: (id) => 1 / (1 + (operations[id as number]?.path.split("/").length ?? 0) / 4),
      },
    });
    search.addAll(
      operations.map(({ method, path, title, document }, id) => ({
        id,
        path: asWords(path.replace(/\{[^}]*\}/g, " ")),
        name: asWords(document.operationId ?? ""),
        title: asWords(title),
        tags: document.tags.join(" "),
        description: plainText(document.description ?? "").slice(0, maxIndexedDescription),
        verbs: verbs[method] ?? "",
      })),
    );
    return search;
  };
  return (query, limit) => {
    index ??= build();
    const found = index.search(asWords(query).slice(0, 200));
    return found.slice(0, limit).flatMap(({ id }) => operations[id as number] ?? []);
  };
}
