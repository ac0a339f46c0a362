import { createHash } from "node:crypto";
import type { GraphQLSchema } from "graphql";
import { parsePointer } from "../../document/json-pointer.js";
import type { LoadedDocument } from "../../document/loaded-document.js";
import { schemaContract } from "../../graphql/schema-contract.js";
import { escapeControlCharacters } from "../../text/show-document-text.js";
import { compareText, fieldOf } from "../document/json.js";
import { findReference } from "../document/reference.js";
import type { NamedOperation } from "../operations/api-operation.js";
import { compareOperations } from "../operations/read-operations.js";
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
 * The surface of the client, one line per operation, sorted by path and method, and then one line per component that
 * they reach. A line changes when its contract changes; a change of a component changes only the line of that
 * component. Of GraphQL there is one line per query and mutation, and one per type.
 */
export function writeSurface(operations: readonly NamedOperation[], schema?: GraphQLSchema): string {
  const severalDocuments = new Set(operations.map(({ document }) => document.name)).size > 1;
  const components = new ReachedComponents(severalDocuments);
  const lines = [...operations].sort(compareOperations).map((operation) => {
    const contract = operationContract(operation);
    components.add(operation.document, contract.raw);
    return line(`${operation.method} ${operation.path}`, operation.name, hash(contract.canonical));
  });
  const graphql = schema ? schemaContract(schema).map(({ title, contract }) => line(title, hash(contract))) : [];
  return [...lines, ...components.lines(), ...graphql].map((text) => `${text}\n`).join("");
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

/** The components that operations reach, each with the hash of its contract. */
class ReachedComponents {
  readonly #severalDocuments: boolean;
  readonly #hashes = new Map<string, string>();

  constructor(severalDocuments: boolean) {
    this.#severalDocuments = severalDocuments;
  }

  /** Adds every component that the value refers to, and those that these refer to. */
  add(document: LoadedDocument, value: unknown): void {
    const pending: unknown[] = [value];
    while (pending.length > 0) {
      for (const reference of contractReferences(pending.pop())) {
        const title = this.#title(document, reference);
        if (this.#hashes.has(title)) continue;
        const target = findReference(document, reference);
        this.#hashes.set(title, hash(contractOf(target)));
        pending.push(target);
      }
    }
  }

  lines(): string[] {
    const sorted = [...this.#hashes].sort(([a], [b]) => compareText(a, b));
    return sorted.map(([title, digest]) => line(title, digest));
  }

  #title(document: LoadedDocument, reference: string): string {
    const segments = parsePointer(reference) ?? [reference];
    const [root, section = "", name = ""] = segments;
    const kind = root === "components" && segments.length === 3 ? SINGULAR[section] : undefined;
    const prefix = this.#severalDocuments ? `${document.name}/` : "";
    return `${kind ?? "reference"} ${prefix}${kind === undefined ? reference : name}`;
  }
}

function hash(contract: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(contract) ?? "")
    .digest("hex")
    .slice(0, 8);
}

function line(...parts: readonly string[]): string {
  return escapeControlCharacters(parts.join("  ").replace(/[\r\n]/g, " "));
}
