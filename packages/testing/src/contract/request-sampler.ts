import type { BodyForm, ProviderFacts, ProviderProfile } from "@connectry/core";
import { credentialNames } from "@connectry/core/internal";
import type { DocumentContent, DocumentOperation, DocumentParameter } from "../document/operation.js";
import { isObject } from "../json/json-object.js";
import { withoutPath } from "../json/json-path.js";
import { isJsonContent } from "../provider/documented-responses.js";
import type { PageShapes } from "../provider/page-shape.js";
import type { JsonSchema } from "../schema/json-schema.js";
import type { SchemaTools, SchemaToolsOf } from "../schema/schema-tools.js";
import { safetyOf } from "./safety-of.js";

/** The arguments of a call, beside its operation. */
export interface SampledRequest {
  readonly params: {
    readonly path: Readonly<Record<string, unknown>>;
    readonly query: Readonly<Record<string, unknown>>;
    readonly header: Readonly<Record<string, unknown>>;
    readonly cookie: Readonly<Record<string, unknown>>;
  };
  readonly body: unknown;
}

/** Generates a valid request of an operation, with every parameter and a full body; the same number gives the same request. */
export type RequestSampler = (operation: DocumentOperation, number: number) => SampledRequest;

/** What the requests depend on. */
export interface RequestSamplerOptions {
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts;
  readonly shapes: PageShapes;
  readonly tools: SchemaToolsOf;
}

// Headers that connectors set, and header parameters that OpenAPI ignores.
const headersOfClient = ["accept", "content-type", "content-length", "authorization", "host", "user-agent"];

/** The media type in which a body of this form is sent. */
function contentFor(form: BodyForm, contents: readonly DocumentContent[]): DocumentContent | undefined {
  if (form === "json") return contents.find(isJsonContent);
  return contents.find(({ mediaType }) => {
    if (form === "multipart") return mediaType.startsWith("multipart/");
    return form === "raw" || mediaType === "application/x-www-form-urlencoded";
  });
}

/** Replaces the values of binary members with files. */
function withFiles(fields: unknown, schema: JsonSchema, { schemaAt }: SchemaTools): unknown {
  if (!isObject(fields)) return fields;
  const entries = Object.entries(fields).map(([name, value]) => {
    const format = schemaAt(schema, [name])?.format;
    return [name, format === "binary" ? new Blob([String(value)], { type: "text/plain" }) : value];
  });
  return Object.fromEntries(entries);
}

/** The fields that a JSON body of an operation must have. */
export function requiredFields(operation: DocumentOperation, tools: SchemaToolsOf): readonly string[] {
  const content = operation.requestBody()?.content.find(isJsonContent);
  if (content === undefined) return [];
  const view = operation.schemas.request;
  return tools(view).schemaAt(view.convert(content.schema), [])?.required ?? [];
}

/** Creates a generator of requests in the encodings of the profile and the facts. */
export function createRequestSampler({ profile, facts, shapes, tools }: RequestSamplerOptions): RequestSampler {
  const { auth, idempotency, versionHeader } = profile;
  const excludedHeaders = new Set(
    [...headersOfClient, ...Object.keys(profile.headers ?? {}), versionHeader, idempotency?.header].map((name) =>
      name?.toLowerCase(),
    ),
  );
  for (const name of credentialNames(auth, "header")) excludedHeaders.add(name);
  const excludedQuery = credentialNames(auth, "query");

  const isIncluded = (operation: DocumentOperation, { name, in: location }: DocumentParameter): boolean => {
    if (location === "header") return !excludedHeaders.has(name.toLowerCase());
    // Cookies are sent where the facts say how.
    if (location === "cookie") return Object.hasOwn(facts.operations[operation.id]?.parameters?.cookie ?? {}, name);
    if (location !== "query") return location === "path";
    return !excludedQuery.includes(name) && shapes.page(operation)?.position !== name;
  };

  // A sampled cursor would be unknown to the provider; the key of a write and the credential are the connector's.
  const withoutOwnFields = (operation: DocumentOperation, body: unknown): unknown => {
    const { position, inside = [], isNumeric } = shapes.page(operation) ?? {};
    const hasKey = safetyOf(operation, profile, facts) === "idempotent-with-key";
    const names = [hasKey ? idempotency?.field : undefined, ...credentialNames(auth, "body")];
    const kept = names.reduce<unknown>((left, name) => (name ? withoutPath(left, [name]) : left), body);
    if (position === undefined) return kept;
    // Before the first item, where a request must say where its page begins.
    const isRequired = inside.length === 0 && isNumeric === true && requiredFields(operation, tools).includes(position);
    return isRequired && isObject(kept) ? { ...kept, [position]: 0 } : withoutPath(kept, [...inside, position]);
  };

  /** Adds a slash to the value of a path parameter that may contain one. */
  const withSlash = (operation: DocumentOperation, parameter: DocumentParameter, value: unknown): unknown => {
    const names = facts.operations[operation.id]?.multiSegment ?? facts.multiSegment ?? [];
    const isMultiSegment = parameter.in === "path" && (parameter.multiSegment || names.includes(parameter.name));
    if (!isMultiSegment) return value;
    const view = operation.schemas.request;
    const segments = `${value}/${value}`;
    return view.validate(segments, view.convert(parameter.schema)).length === 0 ? segments : value;
  };

  const sampleBody = (operation: DocumentOperation, number: number): unknown => {
    const contents = operation.requestBody()?.content ?? [];
    const form = facts.operations[operation.id]?.body ?? profile.body;
    const content = contentFor(form, contents);
    if (content === undefined) return undefined;
    const view = operation.schemas.request;
    const schema = view.convert(content.schema);
    const sample = withoutOwnFields(operation, tools(view).sample(schema, number));
    if (form === "raw") return new Blob([String(sample)], { type: content.mediaType });
    return form === "multipart" ? withFiles(sample, schema, tools(view)) : sample;
  };

  return (operation, number) => {
    const view = operation.schemas.request;
    const params: Record<string, Record<string, unknown>> = { path: {}, query: {}, header: {}, cookie: {} };
    for (const parameter of operation.parameters()) {
      if (!isIncluded(operation, parameter)) continue;
      const value = tools(view).sample(view.convert(parameter.schema), number);
      const values = params[parameter.in];
      if (values === undefined) continue;
      values[parameter.name] = withSlash(operation, parameter, value);
    }
    const hasBody = operation.method !== "GET" && operation.method !== "HEAD";
    return { params: params as SampledRequest["params"], body: hasBody ? sampleBody(operation, number) : undefined };
  };
}
