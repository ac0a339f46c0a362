import { isObject } from "../document/json.js";
import type { DocumentOperation } from "../document/operation.js";
import type { Route } from "../document/route.js";
import { checkCredential } from "../request/check-credential.js";
import { type Pairs, parsePairs } from "../request/parse-form.js";
import type { Problem } from "../request/problem.js";
import { type Answer, createAnswer } from "../server/answer.js";
import { type RequestRecord, recordQuery } from "../server/recorded-request.js";
import { createSchemaTools, successAnswer } from "./document-answers.js";
import type { FakeProviderOptions } from "./fake-provider-options.js";
import { createIdempotency } from "./idempotency.js";
import { createOperationAnswer } from "./operation-answer.js";
import { answerPage } from "./page-answer.js";
import { createPageShapes, type PageShape } from "./page-shape.js";
import { createProviderError } from "./provider-error.js";
import { createRecords } from "./records.js";
import { createRequestCheck } from "./request-check.js";
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
}

function joined(operation: DocumentOperation, problems: readonly Problem[]): Problem {
  return {
    code: problems[0]?.code ?? "request_invalid",
    message: `${operation.id}: ${problems.map(({ message }) => message).join("; ")}`,
  };
}

/** Puts the parts together: route, credential, document, idempotency key, answer. */
export function createProvider(
  options: FakeProviderOptions,
  operations: readonly DocumentOperation[],
  route: (method: string, path: string) => Route,
): Provider {
  const { profile, facts, credential, pageSize = 10, listLength = 25 } = options;
  const tools = createSchemaTools();
  const records = createRecords();
  const shapeOf = createPageShapes(profile, facts, tools);
  const seeds = createSeeds(records, tools, route, shapeOf, listLength);
  const refuse = createProviderError(profile, tools);
  const keyed = createIdempotency(profile.idempotency);
  // A link to the next page may carry a parameter that the document does not have.
  const check = createRequestCheck(profile, facts, (operation) => {
    const shape = shapeOf(operation);
    return shape?.pagination.kind === "link-header" || shape?.pagination.kind === "next-url" ? [shape.position] : [];
  });
  const readable = new Set(
    operations.filter(({ method }) => method === "GET").map(({ path }) => path.replace(/\/\{[^{}]+\}$/, "/{}")),
  );
  const answerOperation = createOperationAnswer({
    records,
    tools,
    hasItems: ({ path }) => readable.has(`${path}/{}`),
    listLength,
    moreFlags: (profile.pagination ?? []).flatMap((style) =>
      style.kind === "cursor" && style.more ? [style.more] : [],
    ),
  });
  // What is not in the document is refused in the shape that its operations share.
  const anyOperation = operations[0];
  const secretQuery = profile.auth.kind === "query" ? [profile.auth.name] : [];
  let answered = 0;

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
    const origin = `http://${request.headers.host ?? ""}`;
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

  const answer = async (request: RequestRecord, found: Route, text: string): Promise<Answer> => {
    if (found.kind !== "operation") return refuseRoute(request, found);
    const { operation, params, path } = found;
    const query: Query = { text, pairs: parsePairs(text) };
    if (operation.secured) {
      const denied = checkCredential(profile.auth, credential, request.headers, query.pairs);
      if (denied !== undefined) return refuse(operation, 401, joined(operation, [denied]));
    }
    const checked = await check(operation, params, request, query.pairs);
    request.query = recordQuery(checked.query, secretQuery);
    request.body = checked.body;
    if (checked.problems.length > 0) return refuse(operation, 400, joined(operation, checked.problems));
    const key = keyed(request);
    if (key.kind === "replayed") return key.answer;
    if (key.kind === "refused") return refuse(operation, 400, joined(operation, [key.problem]));
    const shape = shapeOf(operation);
    const result =
      shape === undefined
        ? answerOperation({ operation, path, body: request.body })
        : answerList(found, shape, request, query);
    if (key.kind === "first") key.remember(result);
    return result;
  };

  return {
    seed: seeds.seed,
    answer: async (request, found, query) => {
      answered += 1;
      const requestId = profile.errors.requestId;
      const named: Record<string, string> = requestId === undefined ? {} : { [requestId]: `req_${answered}` };
      let result: Answer;
      try {
        result = await answer(request, found, query);
      } catch (error) {
        // The document itself is at fault: a reference that leads nowhere, a schema that nothing satisfies.
        const message = `The fake provider has no answer: ${error instanceof Error ? error.message : String(error)}`;
        result = refuse(undefined, 501, {
          code: "document_invalid",
          message: `${request.operation ?? request.path}: ${message}`,
        });
      }
      return { ...result, headers: { ...named, ...result.headers } };
    },
  };
}
