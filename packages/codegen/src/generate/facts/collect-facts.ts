import { CodegenError } from "../../codegen-error.js";
import type { LoadedDocument } from "../../document/loaded-document.js";
import { compareText, fieldOf, objectIn, stringIn } from "../document/json.js";
import type { BodyForm, GeneratorProfile, Path, QueryStyle } from "../generator-profile.js";
import { type NamedOperation, operationKey } from "../operations/api-operation.js";
import { requestMedia } from "../operations/request-media.js";
import { readDocumentServers } from "./document-servers.js";
import type { PagedList } from "./find-pages.js";
import { isFound } from "./items-place.js";
import { findMultiSegment } from "./multi-segment.js";
import { ownServer } from "./own-server.js";
import { queryStyles } from "./query-styles.js";
import { shareServers } from "./shared-servers.js";

const SAFETIES = ["safe", "idempotent", "keyed", "unsafe"] as const;
type Safety = (typeof SAFETIES)[number];

/** What one operation does otherwise than its profile says. */
export interface OperationFacts {
  readonly server?: string;
  readonly body?: BodyForm;
  readonly query?: Readonly<Record<string, QueryStyle>>;
  readonly multiSegment?: readonly string[];
  readonly safety?: Safety;
  readonly bucket?: string;
}

/** How one list differs from the profile's first pagination. */
export interface PageFacts {
  readonly method?: string;
  readonly style?: number;
  readonly items?: Path;
}

/** What the documents say and the profile does not. It is shipped with the connector, so it holds only exceptions. */
export interface Facts {
  readonly version: string;
  readonly multiSegment?: readonly string[];
  readonly servers?: Readonly<Record<string, string>>;
  readonly operations: Readonly<Record<string, OperationFacts>>;
  readonly pages: Readonly<Record<string, PageFacts>>;
}

/** Gathers the exceptions of all documents; the version is the first document's. */
export function collectFacts(
  documents: readonly LoadedDocument[],
  operations: readonly NamedOperation[],
  pages: readonly PagedList[],
  profile: GeneratorProfile,
): Facts {
  const version = fieldOf(objectIn(documents[0]?.json, "info"), "version");
  const ofDocuments = readDocumentServers(documents, profile);
  // An operation that names servers names all of its own: those of its document count no more.
  const serverOf = (operation: NamedOperation) =>
    operation.servers.length > 0 ? ownServer(operation, profile) : ofDocuments.serverOf(operation.document);
  const servers = shareServers(operations.map((operation) => [operation, serverOf(operation)]));
  const multiSegment = findMultiSegment(operations);
  const factsOf = (operation: NamedOperation): OperationFacts => {
    const server = servers.own.get(operationKey(operation));
    const slashes = multiSegment.exceptionOf(operation);
    return {
      ...(server !== undefined && { server }),
      ...(slashes !== undefined && { multiSegment: slashes }),
      ...operationFacts(operation, profile),
    };
  };
  return {
    version: typeof version === "string" || typeof version === "number" ? String(version) : "",
    ...(multiSegment.everywhere.length > 0 && { multiSegment: multiSegment.everywhere }),
    ...(Object.keys(servers.shared).length > 0 && { servers: servers.shared }),
    operations: exceptions(operations.map((operation) => [operationKey(operation), factsOf(operation)])),
    pages: exceptions(pages.map((page) => [page.operation.path, pageFacts(page, profile)])),
  };
}

function exceptions<T extends object>(entries: readonly [string, T][]): Record<string, T> {
  const found = entries.filter(([, facts]) => Object.keys(facts).length > 0);
  return Object.fromEntries(found.sort(([a], [b]) => compareText(a, b)));
}

function operationFacts(operation: NamedOperation, profile: GeneratorProfile): OperationFacts {
  const form = requestMedia(operation, profile)?.form;
  const query = [...queryStyles(operation, profile)].sort(([a], [b]) => compareText(a, b));
  const safety = declaredSafety(operation);
  const bucket = stringIn(operation.json, "x-connectry-bucket");
  return {
    ...(form !== undefined && form !== profile.body && { body: form }),
    ...(query.length > 0 && { query: Object.fromEntries(query) }),
    ...(safety !== undefined && safety !== usualSafety(operation, profile) && { safety }),
    ...(bucket !== undefined && { bucket }),
  };
}

function pageFacts({ operation, style, items, media }: PagedList, profile: GeneratorProfile): PageFacts {
  const place = profile.pagination[style]?.items ?? [];
  return {
    ...(operation.method !== "GET" && { method: operation.method }),
    ...(style !== 0 && { style }),
    ...(!isFound(items, place, operation.path, operation.document, media.schema) && { items }),
  };
}

function declaredSafety(operation: NamedOperation): Safety | undefined {
  const declared = fieldOf(operation.json, "x-connectry-safety");
  if (declared === undefined) return undefined;
  const safety = SAFETIES.find((one) => one === declared);
  if (safety !== undefined) return safety;
  throw new CodegenError(
    `${operationKey(operation)}: x-connectry-safety must be one of ${SAFETIES.join(", ")}, and is ${JSON.stringify(declared)}.`,
  );
}

function usualSafety({ method }: NamedOperation, profile: GeneratorProfile): Safety {
  if (method === "GET" || method === "HEAD" || method === "OPTIONS") return "safe";
  if (profile.idempotency?.methods.includes(method)) return "keyed";
  return method === "PUT" || method === "DELETE" ? "idempotent" : "unsafe";
}
