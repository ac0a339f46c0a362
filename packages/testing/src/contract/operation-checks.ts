import type { DocumentOperation } from "../document/operation.js";
import { fixedQuery, wirePath } from "../document/overloads.js";
import type { RecordedRequest } from "../http/recorded-request.js";
import { isObject } from "../json/json-object.js";
import { isJsonContent, successResponse } from "../provider/documented-responses.js";
import { type FakeCheck, throwIfAny } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import { inParallel } from "./in-parallel.js";
import type { SampledRequest } from "./request-sampler.js";

// Deletions come last, the deepest first, since what is deleted is missing in the requests after it.
const orderOf = ({ method, path }: DocumentOperation) => (method === "DELETE" ? 1 + 1 / path.split("/").length : 0);

/** The problem with the data of a response, which must be JSON, text or bytes as documented. */
function dataProblem(operation: DocumentOperation, data: unknown): string | undefined {
  const { status, content } = successResponse(operation);
  if (status >= 300) return data instanceof Uint8Array ? undefined : "the redirect was not followed";
  if (content === undefined || status === 204 || status === 205 || operation.method === "HEAD")
    return data === undefined ? undefined : "an empty response has data";
  if (isJsonContent(content)) return data === undefined ? "a JSON response has no data" : undefined;
  const isText = content.mediaType.startsWith("text/");
  const isExpected = isText ? typeof data === "string" : data instanceof Uint8Array;
  return isExpected ? undefined : `${content.mediaType} must be ${isText ? "a string" : "bytes"}, got ${typeof data}`;
}

const empty = new Set<unknown>([undefined, null, "", "{}", "[]"]);

/** Removes empty values, which forms and queries cannot encode, and converts numbers and booleans to strings. */
function normalize(value: unknown): unknown {
  if (empty.has(value)) return undefined;
  if (Array.isArray(value)) {
    const items = value.map(normalize).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(value)) return String(value);
  const members = Object.entries(value).map(([name, member]) => [name, normalize(member)] as const);
  const kept = members.filter(([, member]) => member !== undefined).sort(([one], [other]) => (one < other ? -1 : 1));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** A body without the fields that the connector adds, unless they were passed to it. */
function without(received: unknown, own: readonly string[], passed: unknown): unknown {
  if (!isObject(received) || !isObject(passed)) return received;
  return Object.fromEntries(Object.entries(received).filter(([name]) => name in passed || !own.includes(name)));
}

/**
 * The problems with a request that the server recorded, compared with what was passed to the connector. `own` are the fields that the
 * connector adds to bodies.
 */
function requestProblems(
  { params, body }: SampledRequest,
  recorded: RecordedRequest | undefined,
  own: readonly string[],
): string[] {
  if (recorded === undefined) return ["the request did not arrive"];
  const isFile = body instanceof Blob || (isObject(body) && Object.values(body).some((value) => value instanceof Blob));
  const parts = {
    query: [params.query, recorded.query],
    body: isFile ? [] : [body, without(recorded.body, own, body)],
  };
  return Object.entries(parts).flatMap(([name, [passed, received]]) => {
    const [sent, arrived] = [JSON.stringify(normalize(passed)), JSON.stringify(normalize(received))];
    return sent === arrived ? [] : [`${name} must arrive as ${sent}, got ${arrived}`];
  });
}

/** Leaves out operations whose requests equal those of another, such as `/{dataset}:run` and `/{store}:run`. */
function distinct(operations: readonly DocumentOperation[]): readonly DocumentOperation[] {
  const seen = new Set<string>();
  return operations.filter((operation) => {
    const { method, path } = operation;
    const required = operation.parameters().filter((parameter) => parameter.required && parameter.in !== "path");
    const conditions = [
      ...fixedQuery(path),
      ...required.map(({ name, in: location, schema }) => [location, name, schema]),
    ];
    const key = JSON.stringify([
      method,
      wirePath(path).replace(/\{[^{}]+\}/g, "{}"),
      conditions.map((condition) => JSON.stringify(condition)).sort(),
    ]);
    return !seen.has(key) && seen.add(key);
  });
}

/** Checks every operation of the documents, with all of its parameters. */
export function operationChecks(context: ContractContext): FakeCheck[] {
  const { operations, profile, sampleRequest, start } = context;
  const { field, with: switches = {} } = profile.idempotency ?? {};
  const own = field === undefined ? [] : [field, ...Object.keys(switches)];
  return [
    {
      name: "every operation of the documents is called once and accepted",
      run: async () => {
        // One item in each list is sufficient; more only cost time.
        await using setup = await start({ listLength: 1 });
        const connector = setup.connect({ maxAttempts: 1, deadlineMs: 600_000, attemptTimeoutMs: 600_000 });
        const order = distinct(operations).toSorted((one, other) => orderOf(one) - orderOf(other));
        const sent = new Map<string, SampledRequest>();
        const problems: string[] = [];
        await inParallel(order, async (operation, index) => {
          try {
            const request = sampleRequest(operation, index + 1);
            sent.set(operation.id, request);
            const { data, response } = await connector.call(operation, request);
            const problem = dataProblem(operation, data);
            if (response.status > 299) problems.push(`${operation.id}: status ${response.status}`);
            if (problem !== undefined) problems.push(`${operation.id}: ${problem}`);
          } catch (error) {
            problems.push(error instanceof Error ? error.message : String(error));
          }
        });
        const recorded = new Map(setup.server.requests.map((request) => [request.operation, request]));
        for (const [id, request] of sent)
          problems.push(...requestProblems(request, recorded.get(id), own).map((problem) => `${id}: ${problem}`));
        throwIfAny(problems, `problems with ${operations.length} operations`);
      },
    },
  ];
}
