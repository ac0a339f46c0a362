import type { BodyForm, ProviderFacts, ProviderProfile } from "@connectry/core";
import { isObject } from "../document/json.js";
import type { DocumentContent, DocumentOperation, DocumentParameter } from "../document/operation.js";
import { isJsonContent } from "../provider/document-answers.js";
import type { PageShapes } from "../provider/page-shape.js";
import type { SchemaView } from "../schema/schema-space.js";
import type { SchemaTools } from "../schema/schema-tools.js";

/** What a connector's call takes beside the operation. */
export interface SampledRequest {
  readonly params: {
    readonly path: Readonly<Record<string, unknown>>;
    readonly query: Readonly<Record<string, unknown>>;
    readonly header: Readonly<Record<string, string>>;
  };
  readonly body: unknown;
}

/** Makes valid requests of operations: every parameter and a rich body; the same number gives the same request. */
export type RequestSampler = (operation: DocumentOperation, number: number) => SampledRequest;

// The client's own business, and what OpenAPI says to ignore.
const setByClient = ["accept", "content-type", "content-length", "authorization", "host", "user-agent"];

/** The media type that a body of this form goes out as. */
function contentFor(form: BodyForm, contents: readonly DocumentContent[]): DocumentContent | undefined {
  const fits = ({ mediaType }: DocumentContent) => {
    if (form === "json") return true;
    if (form === "multipart") return mediaType.startsWith("multipart/");
    return form === "raw" || mediaType === "application/x-www-form-urlencoded";
  };
  const wanted = form === "json" ? contents.filter(isJsonContent) : contents.filter(fits);
  return wanted[0];
}

/** Where the schema has bytes, a file. */
function withFiles(tools: SchemaTools, schema: ReturnType<SchemaView["convert"]>, fields: unknown): unknown {
  if (!isObject(fields)) return fields;
  const entries = Object.entries(fields).map(([name, value]) => {
    const format = tools.at(schema, [name])?.format;
    return [name, format === "binary" ? new Blob([String(value)], { type: "text/plain" }) : value];
  });
  return Object.fromEntries(entries);
}

/** Makes requests as the profile and facts say that they are sent. */
export function createRequestSampler(
  profile: ProviderProfile,
  facts: ProviderFacts,
  shapes: PageShapes,
  tools: (view: SchemaView) => SchemaTools,
): RequestSampler {
  const { auth, idempotency, versionHeader } = profile;
  const own = new Set(
    [...setByClient, ...Object.keys(profile.headers ?? {}), versionHeader, idempotency?.header].map((name) =>
      name?.toLowerCase(),
    ),
  );
  if (auth.kind === "header") own.add(auth.name.toLowerCase());

  const isSent = (operation: DocumentOperation, { name, in: place }: DocumentParameter): boolean => {
    if (place === "header") return !own.has(name.toLowerCase());
    if (place !== "query") return place === "path";
    return !(auth.kind === "query" && auth.name === name) && shapes.page(operation)?.position !== name;
  };

  // A cursor is the provider's to give.
  const withoutCursor = (operation: DocumentOperation, body: unknown): unknown => {
    const position = shapes.page(operation)?.position;
    return isObject(body) ? Object.fromEntries(Object.entries(body).filter(([name]) => name !== position)) : body;
  };
  /** A value with a slash of its own, where the parameter may hold one. */
  const deepened = (operation: DocumentOperation, parameter: DocumentParameter, value: unknown): unknown => {
    const told = facts.operations[operation.id]?.multiSegment ?? facts.multiSegment ?? [];
    const view = operation.schemas.request;
    const deep = `${value}/${value}`;
    const isDeep = parameter.in === "path" && (parameter.multiSegment || told.includes(parameter.name));
    return isDeep && view.problems(deep, view.convert(parameter.schema)).length === 0 ? deep : value;
  };

  const bodyOf = (operation: DocumentOperation, number: number): unknown => {
    const contents = operation.requestBody()?.content ?? [];
    const form = facts.operations[operation.id]?.body ?? profile.body;
    const content = contentFor(form, contents);
    if (content === undefined) return undefined;
    const view = operation.schemas.request;
    const schema = view.convert(content.schema);
    const sample = withoutCursor(operation, tools(view).sample(schema, number));
    if (form === "raw") return new Blob([String(sample)], { type: content.mediaType });
    return form === "multipart" ? withFiles(tools(view), schema, sample) : sample;
  };

  return (operation, number) => {
    const view = operation.schemas.request;
    const params: Record<string, Record<string, unknown>> = { path: {}, query: {}, header: {} };
    for (const parameter of operation.parameters()) {
      if (!isSent(operation, parameter)) continue;
      const value = tools(view).sample(view.convert(parameter.schema), number);
      const place = params[parameter.in];
      if (place === undefined) continue;
      place[parameter.name] = parameter.in === "header" ? String(value) : deepened(operation, parameter, value);
    }
    const hasBody = operation.method !== "GET" && operation.method !== "HEAD";
    return { params: params as SampledRequest["params"], body: hasBody ? bodyOf(operation, number) : undefined };
  };
}
