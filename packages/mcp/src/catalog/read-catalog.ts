import type { Safety } from "@connectry/core";
import {
  createPageShapes,
  createSchemaTools,
  type DocumentOperation,
  type DocumentSource,
  type PageShape,
  readDocuments,
  readOperations,
} from "@connectry/testing/openapi";
import type { ConnectorParts } from "../connector/connector-parts.js";
import { firstSentence } from "../data/plain-text.js";
import { allowedOperations } from "./allow-list.js";
import { needsApproval } from "./safety-rules.js";

/** An operation as agents see it. */
export interface CatalogOperation {
  /** `POST /v1/refunds`. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Its summary, or the first sentence of its description. */
  readonly title: string;
  readonly safety: Safety;
  readonly isAllowed: boolean;
  readonly needsApproval: boolean;
  readonly document: DocumentOperation;
  /** How it pages; undefined where it is not a list. Found when it is first asked for. */
  readonly page: () => PageShape | undefined;
}

/** The operations of a provider. */
export interface Catalog {
  readonly provider: string;
  readonly operations: readonly CatalogOperation[];
  /** The operation with an id, or with the operation id of the document. */
  find(name: string): CatalogOperation | undefined;
}

const maxTitleLength = 140;

function titleOf({ id, summary, description }: DocumentOperation): string {
  return firstSentence(summary || (description ?? ""), maxTitleLength) || id;
}

/** Reads the operations of a provider's documents, and which of them may be called. */
export function readCatalog(
  { profile, facts, operationOf }: ConnectorParts,
  { document, allow }: { document: DocumentSource | readonly DocumentSource[]; allow?: readonly string[] | undefined },
): Catalog {
  const shapes = createPageShapes(profile, facts, createSchemaTools());
  const found = readDocuments(document).flatMap((one) => readOperations(one, { described: true }));
  const plain = found
    // A connector sends no TRACE.
    .filter(({ method }) => method !== "TRACE")
    .map((one) => {
      const { id, method, path } = one;
      const { safety } = operationOf(method, path);
      return { id, method, path, safety, title: titleOf(one), document: one, page: () => shapes.page(one) };
    });
  const allowed = allowedOperations(plain, allow);
  const operations = plain.map(
    (one): CatalogOperation => ({
      ...one,
      isAllowed: allowed.has(one),
      needsApproval: needsApproval(one.safety, one.method),
    }),
  );
  const byName = new Map<string, CatalogOperation>();
  for (const one of [...operations].reverse()) {
    if (one.document.operationId !== undefined) byName.set(one.document.operationId, one);
  }
  for (const one of operations) byName.set(one.id, one);
  return {
    provider: profile.name,
    operations,
    find: (name) => byName.get(name) ?? byName.get(name.trim().replace(/^[a-z]+ /i, (method) => method.toUpperCase())),
  };
}
