import { createHash } from "node:crypto";
import { parsePointer } from "../../document/json-pointer.js";
import type { LoadedDocument } from "../../document/loaded-document.js";
import { compareText, fieldOf } from "../document/json.js";
import { findReference } from "../document/reference.js";
import type { NamedOperation } from "../operations/api-operation.js";
import { compareOperations } from "../operations/read-operations.js";
import { escapeDisguises } from "../schemas/document-text.js";
import { contractOf, contractReferences } from "./contract.js";

const SINGULAR: Readonly<Record<string, string>> = {
  schemas: "schema",
  responses: "response",
  parameters: "parameter",
  requestBodies: "requestBody",
  headers: "header",
  pathItems: "pathItem",
};

/**
 * What the client offers, one line each: its operations by path and method, then every component that they reach. A
 * line changes when its contract does, and a deep change shows once, where it happened.
 */
export function writeSurface(operations: readonly NamedOperation[]): string {
  const severalDocuments = new Set(operations.map(({ document }) => document.name)).size > 1;
  const components = new Map<string, string>();
  const lines = [...operations].sort(compareOperations).map((operation) => {
    const contract = operationContract(operation);
    collectComponents(operation.document, contract.raw, components, severalDocuments);
    return line(`${operation.method} ${operation.path}`, operation.name, hash(contract.canonical));
  });
  const reached = [...components].sort(([a], [b]) => compareText(a, b)).map(([title, digest]) => line(title, digest));
  return [...lines, ...reached].map((text) => `${text}\n`).join("");
}

function operationContract({ method, path, json, parameters, body }: NamedOperation): {
  raw: unknown;
  canonical: unknown;
} {
  const extensions = Object.entries(json).filter(([key]) => key.startsWith("x-connectry-"));
  const raw = {
    ...Object.fromEntries(extensions),
    method,
    path,
    deprecated: fieldOf(json, "deprecated") === true,
    parameters: [...parameters]
      .sort((a, b) => compareText(`${a.place} ${a.name}`, `${b.place} ${b.name}`))
      .map(({ source }) => source),
    requestBody: body?.source,
    responses: fieldOf(json, "responses"),
  };
  return { raw, canonical: contractOf(raw) };
}

/** Adds the hash of every component that the value refers to, and of what those refer to. */
function collectComponents(
  document: LoadedDocument,
  value: unknown,
  found: Map<string, string>,
  severalDocuments: boolean,
): void {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    for (const reference of contractReferences(pending.pop())) {
      const title = titleOf(document, reference, severalDocuments);
      if (found.has(title)) continue;
      const target = findReference(document, reference);
      found.set(title, hash(contractOf(target)));
      pending.push(target);
    }
  }
}

function titleOf(document: LoadedDocument, reference: string, severalDocuments: boolean): string {
  const segments = parsePointer(reference) ?? [reference];
  const [root, section = "", name = ""] = segments;
  const kind = root === "components" && segments.length === 3 ? SINGULAR[section] : undefined;
  const place = kind === undefined ? reference : name;
  return `${kind ?? "reference"} ${severalDocuments ? `${document.name}/` : ""}${place}`;
}

function hash(contract: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(contract) ?? "")
    .digest("hex")
    .slice(0, 8);
}

function line(...parts: readonly string[]): string {
  return escapeDisguises(parts.join("  ").replace(/[\r\n]/g, " "));
}
