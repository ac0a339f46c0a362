import { isObject } from "../document/json.js";
import type { DocumentOperation } from "../document/operation.js";
import type { Route } from "../document/route.js";
import { checkCredential, sentCredential } from "../request/check-credential.js";
import { type Pairs, parsePairs } from "../request/parse-form.js";
import type { Problem } from "../request/problem.js";
import { createSchemaTools } from "../schema/schema-tools.js";
import { type Answer, createAnswer } from "../server/answer.js";
import { type RequestRecord, recordQuery } from "../server/recorded-request.js";
import { successAnswer } from "./document-answers.js";
import type { FakeProviderOptions } from "./fake-provider-options.js";
import { createIdempotency } from "./idempotency.js";
import { answerElsewhere, createOperationAnswer, elsewhere } from "./operation-answer.js";
import { answerPage } from "./page-answer.js";
import { createPageShapes, type PageShape } from "./page-shape.js";
import { createProviderError } from "./provider-error.js";
import { createQuotas } from "./quotas.js";
import { createRecords } from "./records.js";
import { createRequestCheck } from "./request-check.js";
import { createRequestNames } from "./request-names.js";
import { createResources, keyAbove } from "./resources.js";
import { createSeeds } from "./seeds.js";

type Found = Extract<Route, { kind: "operation" }>;

interface Query {
  /** As sent, without `?`. */
  readonly text: string;
  readonly pairs: Pairs;
}

/** What decides the answers of a fake provider; sockets and faults are not its concern. */
export interface Provider {
  /** `query` is the text behind the `?`. */
  answer(request: RequestRecord, route: Route, query: string): Promise<Answer>;
  seed(path: string, items: readonly object[]): void;
  /** The headers that name a request, a new name each time. */
  requestHeaders(): Readonly<Record<string, string>>;
}

function joined(operation: DocumentOperation, problems: readonly Problem[]): Problem {
  return {
    code: problems[0]?.code ?? "request_invalid",
    message: `${operation.id}: ${problems.map(({ message }) => message).join("; ")}`,
  };
}

const systemTime = { now: () => Date.now() };
const originOf = ({ headers }: RequestRecord) => `http://${headers.host ?? ""}`;

/** Puts the parts together: route, credential, document, idempotency key, answer. */
export function createProvider(
  options: FakeProviderOptions,
  operations: readonly DocumentOperation[],
  route: (method: string, path: string) => Route,
): Provider {
  const { profile, facts, credential, quota, clock = systemTime, pageSize = 10, listLength = 25 } = options;
  const tools = createSchemaTools();
  const records = createRecords();
  const resources = createResources(operations);
  const shapes = createPageShapes(profile, facts, tools);
  const seeds = createSeeds({ records, resources, shapes, tools, route, listLength });
  const names = createRequestNames(profile);
  const refuse = createProviderError(profile, tools, names);
  const keyed = createIdempotency(profile.idempotency);
  const quotas = createQuotas(profile, facts, quota, clock, refuse);
  // A link to the next page may carry a parameter that the document does not have.
  const check = createRequestCheck(profile, facts, (operation) => {
    const shape = shapes.page(operation);
    return shape?.pagination.kind === "link-header" || shape?.pagination.kind === "next-url" ? [shape.position] : [];
  });
  const answerOperation = createOperationAnswer({
    records,
    resources,
    shapes,
    seeds,
    tools,
    listLength,
    moreFlags: (profile.pagination ?? []).flatMap((style) =>
      style.kind === "cursor" && style.more ? [style.more] : [],
    ),
  });
  // What is not in the document is refused in the shape that its operations share.
  const anyOperation = operations[0];
  const secretQuery = profile.auth.kind === "query" ? [profile.auth.name] : [];
  const refuseRoute = (request: RequestRecord, found: Exclude<Route, { kind: "operation" }>): Answer => {
    if (found.kind === "other-method") {
      const message = `${request.method} ${found.path} is not in the document; this path takes ${found.allowed.join(", ")}`;
      return refuse(anyOperation, 405, { code: "method_not_allowed", message }, { allow: found.allowed.join(", ") });
    }
    const near = found.nearest === undefined ? "" : `; the nearest is ${found.nearest}`;
    return refuse(anyOperation, 404, {
      code: "path_unknown",
      message: `no path of the document matches ${request.path.slice(0, 200)}${near}`,
    });
  };

  const answerList = (found: Found, shape: PageShape, request: RequestRecord, query: Query): Answer => {
    const { operation, path } = found;
    const values = { ...(isObject(request.body) ? request.body : {}), ...Object.fromEntries(query.pairs) };
    const origin = originOf(request);
    const items = seeds.itemsOf(operation, shape, path);
    const wanted = { origin, path: request.path, query: query.text, values };
    const page = answerPage(shape, items, wanted, pageSize, tools(operation.schemas.response));
    if (page.kind === "page") {
      return createAnswer({ status: successAnswer(operation).status, headers: page.headers, body: page.body });
    }
    return refuse(operation, 400, {
      code: "parameter_invalid",
      message: `${operation.id}: ${page.parameter} names no place in this list`,
    });
  };

  /** What was deleted, and all below it, is not there; it can be put there again. */
  const isGone = ({ operation, path }: Found): boolean => {
    const key = resources.key(operation, path);
    const { method } = operation;
    const makes = method === "PUT" || (method === "POST" && resources.of(operation).parameter === undefined);
    return records.isGone(makes ? keyAbove(key) : key);
  };

  const answerSound = (found: Found, request: RequestRecord, query: Query): Answer => {
    const { operation, params, path } = found;
    if (isGone(found)) {
      const message = `${operation.id}: there is nothing at ${path.slice(0, 200)} any more, it was deleted`;
      return refuse(operation, 404, { code: "not_found", message });
    }
    const shape = shapes.page(operation);
    if (shape !== undefined) return answerList(found, shape, request, query);
    const origin = originOf(request);
    return answerOperation({ operation, path, params, body: request.body, origin });
  };

  const answerChecked = async (found: Found, request: RequestRecord, query: Query): Promise<Answer> => {
    const { operation, params } = found;
    const checked = await check(operation, params, request, query.pairs);
    request.query = recordQuery(checked.query, secretQuery);
    request.body = checked.body;
    if (checked.problems.length > 0) return refuse(operation, 400, joined(operation, checked.problems));
    const key = keyed(request);
    if (key.kind === "replayed") return key.answer;
    if (key.kind === "refused") return refuse(operation, 400, joined(operation, [key.problem]));
    const result = answerSound(found, request, query);
    if (key.kind === "first") key.remember(result);
    return result;
  };

  const answer = async (request: RequestRecord, found: Route, text: string): Promise<Answer> => {
    if (found.kind !== "operation") {
      const isElsewhere = request.path === elsewhere && request.method === "GET";
      return isElsewhere ? answerElsewhere() : refuseRoute(request, found);
    }
    const { operation } = found;
    const query: Query = { text, pairs: parsePairs(text) };
    if (operation.secured) {
      const denied = checkCredential(profile.auth, credential, request.headers, query.pairs);
      if (denied !== undefined) return refuse(operation, 401, joined(operation, [denied]));
    }
    const counted = quotas(operation, sentCredential(profile.auth, request.headers, query.pairs) ?? "");
    if (counted.refusal !== undefined) return counted.refusal;
    const result = await answerChecked(found, request, query);
    return { ...result, headers: { ...result.headers, ...counted.headers } };
  };

  return {
    seed: seeds.seed,
    requestHeaders: names.headers,
    answer: async (request, found, query) => {
      try {
        const result = await answer(request, found, query);
        return { ...result, headers: { ...result.headers, ...names.headers() } };
      } catch (error) {
        // The document itself is at fault: a reference that leads nowhere, a schema that nothing satisfies.
        const why = error instanceof Error ? error.message : String(error);
        const message = `${request.operation ?? request.path}: The fake provider has no answer: ${why}`;
        return refuse(undefined, 501, { code: "document_invalid", message }, names.headers());
      }
    },
  };
}
