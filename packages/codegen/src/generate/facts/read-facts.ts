import type { ProviderFacts } from "@connectry/core";
import type { LoadedDocument } from "../../document/loaded-document.js";
import type { NamedOperation } from "../operations/api-operation.js";
import { nameOperations } from "../operations/name-operations.js";
import { readOperations } from "../operations/read-operations.js";
import { setByClient } from "../operations/set-by-client.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import { collectFacts } from "./collect-facts.js";
import { findPages, type PagedList } from "./find-pages.js";

/** What documents say about a provider, beside their schemas. */
export interface DocumentReading {
  /** As callers see them: without the parameters that the client sets itself. */
  readonly operations: readonly NamedOperation[];
  readonly pages: readonly PagedList[];
  readonly facts: ProviderFacts;
}

/**
 * Reads operations, lists and facts of a provider's documents.
 * @throws CodegenError if profile and documents contradict each other.
 */
export function readFacts(documents: readonly LoadedDocument[], profile: GeneratorProfile): DocumentReading {
  const excluded = setByClient(profile);
  const operations = nameOperations(documents.flatMap((document) => readOperations(document, excluded)));
  const pages = findPages(operations, profile);
  return { operations, pages, facts: collectFacts({ documents, operations, pages, profile }) };
}
