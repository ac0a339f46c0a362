// Calls operations of a connector, against a server that knows its document alone, and compares each request with what OpenAPI says.
import { isDeepStrictEqual } from "node:util";
import { seededRandom } from "../../../packages/testing/dist/index.js";
import { authOf, type Connector, type Fetch } from "./bundle-connector.ts";
import { type DocumentOperation, parametersOf, withShared } from "./document-operation.ts";
import { bodyFor, bodyProblem, mediaTypeOf } from "./expected-body.ts";
import { credentialProblem } from "./expected-credential.ts";
import { encode, expectedParameter } from "./expected-parameter.ts";
import { createDocumentSampler, type DocumentSampler, type Json } from "./sample-page.ts";

/** What is compared of a call. */
export const aspects = ["path", "query", "headers", "body", "credential", "data"] as const;
export type Aspect = (typeof aspects)[number];

/** What became of the operations of a document that were called. */
export interface Calls {
  readonly called: number;
  /** The parameters and bodies that were passed. */
  readonly parameters: number;
  readonly bodies: number;
  /** How many of them are right in each respect. */
  readonly right: Readonly<Record<Aspect, number>>;
  /** By reason: the operations that are not right. */
  readonly reasons: Readonly<Record<string, readonly string[]>>;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch"];
const variant = { page: 1, flag: true, hasItems: true };
// OpenAPI ignores parameters of these names: https://spec.openapis.org/oas/v3.1.1.html#parameter-name
const ignoredHeaders = /^(accept|content-type|authorization)$/i;
// Characters that separate something somewhere, and one beyond ASCII.
const hostile = "é/,;&=+%?#";

/** Calls so many operations of a document, drawn by a seed. */
export async function callOperations(
  document: Json,
  connector: Connector,
  draw: { readonly seed: number; readonly count: number },
): Promise<Calls> {
  const sampler = createDocumentSampler(document);
  const right = Object.fromEntries(aspects.map((aspect) => [aspect, 0])) as Record<Aspect, number>;
  const reasons: Record<string, string[]> = {};
  const drawn = drawOperations(document, draw);
  let [parameters, bodies] = [0, 0];
  for (const operation of drawn) {
    const passed = sampleRequest(operation, sampler);
    parameters += passed.parameters.length;
    if (passed.body !== undefined) bodies += 1;
    const problems = await callOperation(operation, passed, { document, sampler, connector });
    for (const aspect of aspects) if (problems[aspect] === undefined) right[aspect] += 1;
    for (const reason of new Set(Object.values(problems)))
      reasons[reason] = [...(reasons[reason] ?? []), `${operation.method.toUpperCase()} ${operation.path}`];
  }
  return { called: drawn.length, parameters, bodies, right, reasons };
}

function drawOperations(document: Json, { seed, count }: { seed: number; count: number }): DocumentOperation[] {
  const left = Object.entries((document.paths ?? {}) as Record<string, Record<string, Json>>).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ path, method, operation: withShared(document, path, operation) }];
    }),
  );
  const random = seededRandom(seed);
  return Array.from(
    { length: Math.min(count, left.length) },
    () => left.splice(Math.floor(random() * left.length), 1)[0]!,
  );
}

interface Context {
  readonly document: Json;
  readonly sampler: DocumentSampler;
  readonly connector: Connector;
}

type Problems = Partial<Record<Aspect, string>>;

interface SampledRequest {
  readonly parameters: readonly SampledParameter[];
  /** The bodies of the document by media type; empty where it has none. */
  readonly content: Readonly<Record<string, Json>>;
  readonly body: unknown;
}

function sampleRequest(called: DocumentOperation, sampler: DocumentSampler): SampledRequest {
  const content = (sampler.resolve(called.operation.requestBody).content ?? {}) as Record<string, Json>;
  const type = Object.keys(content).find((one) => /json/i.test(one)) ?? Object.keys(content)[0];
  const body = type === undefined ? undefined : bodyFor(type, sampler.sample(content[type]?.schema ?? {}, variant));
  return { parameters: sampleParameters(called, sampler), content, body };
}

async function callOperation(
  called: DocumentOperation,
  { parameters, content, body }: SampledRequest,
  context: Context,
): Promise<Problems> {
  const { sampler, connector } = context;
  const response = sampleResponse(called, sampler);
  let request: Request | undefined;
  const fetch: Fetch = async (url, init) => {
    request = new Request(url, { ...init, duplex: "half" } as RequestInit);
    return response.make();
  };
  const problems: Problems = {};
  const params: Record<string, Record<string, unknown>> = {};
  for (const { parameter, value } of parameters)
    params[String(parameter.in)] = { ...params[String(parameter.in)], [String(parameter.name)]: value };
  let data: unknown;
  try {
    const client = connector.createAcme({ auth: authOf(connector.profile), fetch, maxAttempts: 1 });
    const init = { params, ...(body !== undefined && { body }) };
    data = (await client[called.method.toUpperCase() as Uppercase<string>]?.(called.path, init))?.data;
  } catch (error) {
    const reason = shorten((error as Error).message);
    if (request === undefined) return Object.fromEntries(aspects.map((aspect) => [aspect, `not sent: ${reason}`]));
    problems.data = reason;
  }
  if (request === undefined) return problems;
  if (problems.data === undefined && !response.isRead(data)) problems.data = "data differs from what was sent";
  problems.credential = credentialProblem(request, { ...context, operation: called.operation });
  problems.path = pathProblem(request, called, parameters);
  problems.query = queryProblem(request, called, parameters);
  problems.headers = headerProblem(request, parameters, response.types);
  problems.body = await sentBodyProblem(request, body, content);
  return Object.fromEntries(Object.entries(problems).filter(([, reason]) => reason !== undefined)) as Problems;
}

interface SampledParameter {
  readonly parameter: Json;
  readonly value: unknown;
}

/** All parameters of an operation that OpenAPI says how to send, with values. */
function sampleParameters(called: DocumentOperation, sampler: DocumentSampler): SampledParameter[] {
  const byPlace = new Map<string, Json>();
  for (const parameter of parametersOf(called, sampler)) byPlace.set(`${parameter.in} ${parameter.name}`, parameter);
  return [...byPlace.values()].flatMap((parameter) => {
    if (parameter.in === "header" && ignoredHeaders.test(String(parameter.name))) return [];
    const media = Object.values((parameter.content ?? {}) as Record<string, Json>)[0];
    const sampled = sampler.sample(parameter.schema ?? media?.schema ?? {}, variant);
    const value = parameter.in === "header" || parameter.in === "cookie" ? sampled : withHostile(sampled, parameter);
    const isSent = parameter.required === true || expectedParameter(parameter, value) !== undefined;
    return isSent ? [{ parameter, value }] : [];
  });
}

/** The value with separators within its free texts: not where a document reserves them for itself. */
function withHostile(value: unknown, parameter: Json): unknown {
  if (Array.isArray(value)) return value.map((one) => withHostile(one, parameter));
  return typeof value === "string" && /^s-\d+-\d+$/.test(value) && parameter.allowReserved !== true
    ? value + hostile
    : value;
}

function pathProblem(request: Request, { path }: DocumentOperation, all: readonly SampledParameter[]) {
  let want = path.replace(/[?#].*$/s, "");
  for (const { parameter, value } of all) {
    if (parameter.in !== "path") continue;
    const text = expectedParameter(parameter, value);
    if (text === undefined) return undefined;
    want = want.replaceAll(`{${parameter.name}}`, text);
  }
  const normalized = new URL(`https://document.test${want}`).pathname;
  return new URL(request.url).pathname.endsWith(normalized) ? undefined : "the path is another";
}

function queryProblem(request: Request, { path }: DocumentOperation, all: readonly SampledParameter[]) {
  const sent = new URL(request.url).search.slice(1).split("&").filter(Boolean);
  const own = /\?([^#]*)/.exec(path)?.[1]?.split("&") ?? [];
  const want = [...own];
  for (const { parameter, value } of all) {
    if (parameter.in !== "query") continue;
    const text = expectedParameter(parameter, value);
    if (text === undefined) return undefined;
    want.push(...text.split("&"));
  }
  const missing = want.filter((pair) => !sent.includes(pair));
  if (missing.length === 0) return undefined;
  const names = new Map(all.map(({ parameter }) => [encode(parameter.name), parameter]));
  const { style = "form", explode, name } = names.get(missing[0]!.split(/=|%5B/)[0]!) ?? {};
  const found = sent.find((pair) => pair.startsWith(encode(name)));
  return shorten(`query: ${style}${explode === false ? ", explode false" : ""}: wanted ${missing[0]}, sent ${found}`);
}

function headerProblem(request: Request, all: readonly SampledParameter[], types: readonly string[]) {
  for (const { parameter, value } of all) {
    if (parameter.in !== "header") continue;
    const want = expectedParameter(parameter, value);
    if (want !== undefined && request.headers.get(String(parameter.name)) !== want) return `header ${parameter.name}`;
  }
  const accept = request.headers.get("accept") ?? "";
  const isAsked = types.length === 0 || types.some((type) => accept.includes(type));
  return isAsked ? undefined : `accept is ${accept}, the response ${types.join(", ")}`;
}

async function sentBodyProblem(request: Request, body: unknown, content: Readonly<Record<string, Json>>) {
  const sent = mediaTypeOf(request.headers.get("content-type"));
  if (body === undefined) return sent === "" ? undefined : `a body of ${sent}, where the document has none`;
  const media = Object.entries(content).find(([type]) => {
    const [declared = ""] = type.toLowerCase().split(";");
    return declared === sent || (declared.includes("*") && sent.startsWith(declared.split("*")[0]!));
  });
  if (media === undefined) return `content-type is ${sent || "missing"}, not ${Object.keys(content).join(" or ")}`;
  return bodyProblem(request, body, media[1]);
}

/** A success that the document describes, and whether data is what it has. */
function sampleResponse({ operation, method }: DocumentOperation, sampler: DocumentSampler) {
  const responses = (operation.responses ?? {}) as Record<string, unknown>;
  const status = Object.keys(responses)
    .sort()
    .find((one) => /^2(\d\d|XX)$/i.test(one));
  const content = Object.entries(
    (sampler.resolve(responses[status ?? "default"]).content ?? {}) as Record<string, Json>,
  );
  const [type, media] = content.find(([one]) => /json/i.test(one)) ?? content[0] ?? [];
  const number = status === undefined || /X/i.test(status) ? 200 : Number(status);
  const mayHaveBody = type !== undefined && method !== "head" && ![204, 205].includes(number);
  const isJson = /json/i.test(type ?? "");
  const value = isJson ? JSON.parse(JSON.stringify(sampler.sample(media?.schema ?? {}, variant) ?? null)) : "text é";
  return {
    types: status === undefined ? [] : content.map(([one]) => one.split(";")[0]!.trim()),
    make: () =>
      new Response(mayHaveBody ? (isJson ? JSON.stringify(value) : value) : null, {
        status: number,
        headers: mayHaveBody ? { "content-type": type.includes("*") ? "application/octet-stream" : type } : {},
      }),
    isRead: (data: unknown) => {
      if (!mayHaveBody) return data === undefined;
      if (data instanceof Uint8Array) return new TextDecoder().decode(data) === value;
      return isDeepStrictEqual(data, value);
    },
  };
}

function shorten(message: string): string {
  return message
    .replace(/^[A-Z]+ \S+: /, "")
    .replaceAll("\n", " ")
    .slice(0, 140);
}
