import type { OperationFacts, PageFacts, ProviderFacts, Safety } from "@connectry/core";
import type { LoadedDocument } from "../../document/loaded-document.js";
import { CodegenError } from "../../errors/codegen-error.js";
import { arrayIn, compareText, fieldOf, objectIn, stringIn } from "../document/json.js";
import { followReference } from "../document/reference.js";
import { type NamedOperation, operationKey } from "../operations/api-operation.js";
import { acceptOf, DEFAULT_ACCEPT } from "../operations/asked-media.js";
import { requestMedia } from "../operations/request-media.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import { withoutCredential } from "./credentials.js";
import { readDocumentServers } from "./document-servers.js";
import { isEnveloped } from "./enveloped.js";
import type { PagedList } from "./find-pages.js";
import { formEncoding } from "./form-encoding.js";
import { isDefaultLocation } from "./items-location.js";
import { findMultiSegment } from "./multi-segment.js";
import { ownServer } from "./own-server.js";
import { parameterFormats } from "./parameter-formats.js";
import { queryStyles } from "./query-styles.js";
import { emptyResponses, responseForm } from "./response-form.js";
import { propertiesOf } from "./schema-shape.js";
import { shareServers } from "./shared-servers.js";

const SAFETIES = ["safe", "idempotent", "idempotent-with-key", "unsafe"] as const satisfies readonly Safety[];

/** What facts are collected from. */
export interface FactsInput {
  readonly documents: readonly LoadedDocument[];
  readonly operations: readonly NamedOperation[];
  readonly pages: readonly PagedList[];
  readonly profile: GeneratorProfile;
}

/**
 * Collects the exceptions of all documents; the version is that of the first document.
 * @throws CodegenError if an operation has a server that the profile does not allow, or a safety that does not exist.
 */
export function collectFacts({ documents, operations, pages, profile }: FactsInput): ProviderFacts {
  const version = fieldOf(objectIn(documents[0]?.json, "info"), "version");
  const ofDocuments = readDocumentServers(documents, profile);
  // An operation with servers overrides all servers of its document.
  const serverOf = (operation: NamedOperation) =>
    operation.servers.length > 0 ? ownServer(operation, profile) : ofDocuments.serverOf(operation.document);
  const servers = shareServers(operations.map((operation) => [operation, serverOf(operation)]));
  const multiSegment = findMultiSegment(operations, profile.multiSegment);
  const empty = emptyResponses(operations);
  const credentials = withoutCredential(operations, profile);
  // What most operations respond with in place of `application/json` is said once.
  const accept = profile.accept === undefined ? mostAsked(operations) : undefined;
  const contentType = mostSent(operations, profile);
  const factsOf = (operation: NamedOperation): OperationFacts => {
    const server = servers.own.get(operationKey(operation));
    const exception = multiSegment.exceptionOf(operation);
    const asked = profile.accept === undefined ? acceptOf(operation) : undefined;
    return {
      ...(server !== undefined && { server }),
      ...(exception !== undefined && { multiSegment: exception }),
      // What the profile asks for applies to all operations, and what most are asked for to those that do not say.
      ...(asked !== undefined && asked !== (accept ?? DEFAULT_ACCEPT) && { accept: asked }),
      ...((credentials.none.has(operation) || credentials.others.has(operation)) && { auth: false as const }),
      ...operationFacts(operation, profile, contentType),
    };
  };
  return {
    version: typeof version === "string" || typeof version === "number" ? String(version) : "",
    ...(accept !== undefined && { accept }),
    ...(contentType !== undefined && { contentType }),
    ...(multiSegment.everywhere.length > 0 && { multiSegment: multiSegment.everywhere }),
    ...(Object.keys(empty).length > 0 && { emptyResponses: empty }),
    ...(Object.keys(servers.shared).length > 0 && { servers: servers.shared }),
    operations: exceptions(operations.map((operation) => [operationKey(operation), factsOf(operation)])),
    pages: exceptions(pages.map((page) => [page.operation.path, pageFacts(page, profile)])),
  };
}

/** What more than half of the operations are asked for, where that is not `application/json`. */
function mostAsked(operations: readonly NamedOperation[]): string | undefined {
  const counts = new Map<string, number>();
  for (const operation of operations) {
    const accept = acceptOf(operation);
    if (accept !== undefined && accept !== DEFAULT_ACCEPT) counts.set(accept, (counts.get(accept) ?? 0) + 1);
  }
  return [...counts].find(([, count]) => count > operations.length / 2)?.[0];
}

/** The media type of more than half of the JSON bodies, where that is not `application/json`. */
function mostSent(operations: readonly NamedOperation[], profile: GeneratorProfile): string | undefined {
  const requests = operations.flatMap((operation) => requestMedia(operation, profile) ?? []);
  const types = requests.filter(({ form }) => form === "json").map(({ contentType }) => contentType);
  return [...new Set(types)].find((type) => 2 * types.filter((one) => one === type).length > types.length);
}

function exceptions<T extends object>(entries: readonly [string, T][]): Record<string, T> {
  const found = entries.filter(([, facts]) => Object.keys(facts).length > 0);
  return Object.fromEntries(found.sort(([a], [b]) => compareText(a, b)));
}

function operationFacts(
  operation: NamedOperation,
  profile: GeneratorProfile,
  usualType: string | undefined,
): OperationFacts {
  const request = requestMedia(operation, profile);
  const form = request?.form;
  // A body of JSON is of the usual type, unless its facts say another.
  const contentType =
    form === "json" && usualType ? (request?.contentType ?? "application/json") : request?.contentType;
  const encoding = request === undefined ? [] : formEncoding(operation, request);
  const parameters = parameterFormats(operation);
  const query = [...queryStyles(operation, profile)].sort(([a], [b]) => compareText(a, b));
  const safety = declaredSafety(operation) ?? safetyByKey(operation, profile);
  const bucket = stringIn(operation.json, "x-connectry-bucket");
  const response = responseForm(operation);
  return {
    ...(form !== undefined && form !== profile.body && { body: form }),
    ...(contentType !== undefined && (form !== "json" || contentType !== usualType) && { contentType }),
    ...(encoding.length > 0 && { encoding: Object.fromEntries(encoding) }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(query.length > 0 && { query: Object.fromEntries(query) }),
    ...(safety !== undefined && safety !== defaultSafety(operation, profile) && { safety }),
    ...(bucket !== undefined && { bucket }),
    ...(response !== undefined && { response }),
    ...(profile.envelope && !isEnveloped(operation, profile.envelope) && { envelope: false as const }),
  };
}

function pageFacts({ operation, style, items, media }: PagedList, profile: GeneratorProfile): PageFacts {
  const location = profile.pagination[style]?.items ?? [];
  const page = { document: operation.document, path: operation.path, schema: media.schema };
  return {
    ...(operation.method !== "GET" && { method: operation.method }),
    ...(style !== 0 && { style }),
    ...(!isDefaultLocation(items, location, page) && { items }),
  };
}

function declaredSafety(operation: NamedOperation): Safety | undefined {
  const declared = fieldOf(operation.json, "x-connectry-safety");
  if (declared === undefined) return undefined;
  const safety = SAFETIES.find((name) => name === declared);
  if (safety !== undefined) return safety;
  throw new CodegenError(
    `${operationKey(operation)}: x-connectry-safety must be one of ${SAFETIES.join(", ")}, got ${JSON.stringify(declared)}.`,
  );
}

/** A write that declares the header or the field for the idempotency key is deduplicated, also where others of its method are not. */
function safetyByKey(operation: NamedOperation, profile: GeneratorProfile): Safety | undefined {
  const { document, json, method } = operation;
  const { idempotency } = profile;
  if (idempotency === undefined || method === "GET" || method === "HEAD" || method === "OPTIONS") return undefined;
  const { header, field } = idempotency;
  if (field !== undefined) return hasField(operation, field, profile) ? "idempotent-with-key" : undefined;
  const isKey = (parameter: unknown) =>
    stringIn(parameter, "in") === "header" && stringIn(parameter, "name")?.toLowerCase() === header?.toLowerCase();
  const declared = arrayIn(json, "parameters").map((parameter) => followReference(document, parameter));
  return declared.some(isKey) ? "idempotent-with-key" : undefined;
}

/** Whether the JSON that an operation takes has a field at its top level. */
function hasField(operation: NamedOperation, field: string, profile: GeneratorProfile): boolean {
  const request = requestMedia(operation, profile);
  return request?.form === "json" && propertiesOf(operation.document, request.media.schema).has(field);
}

function defaultSafety({ method }: NamedOperation, profile: GeneratorProfile): Safety {
  if (method === "GET" || method === "HEAD" || method === "OPTIONS") return "safe";
  if (profile.idempotency?.methods.includes(method)) return "idempotent-with-key";
  return method === "PUT" || method === "DELETE" ? "idempotent" : "unsafe";
}
