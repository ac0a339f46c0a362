import { isObject } from "../document/json.js";
import type { DocumentOperation } from "../document/operation.js";
import { fixedQuery, wirePath } from "../document/twins.js";
import { isJsonContent, successAnswer } from "../provider/document-answers.js";
import type { RecordedRequest } from "../server/recorded-request.js";
import { type ContractCheck, expectNone } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import { inParallel } from "./in-parallel.js";
import type { SampledRequest } from "./sample-request.js";

// Deletions come last, the deepest first: what is deleted, and all below it, is not there for the others.
const lateness = ({ method, path }: DocumentOperation) => (method === "DELETE" ? 1 + 1 / path.split("/").length : 0);

/** What the answer became: JSON, text or bytes, by what the document says of it. */
function misparsed(operation: DocumentOperation, data: unknown): string | undefined {
  const { status, content } = successAnswer(operation);
  if (status >= 300) return data instanceof Uint8Array ? undefined : "the redirect was not followed to its bytes";
  if (content === undefined || status === 204 || status === 205 || operation.method === "HEAD")
    return data === undefined ? undefined : "an empty answer became data";
  if (isJsonContent(content)) return data === undefined ? "the JSON of the answer is lost" : undefined;
  const wanted = content.mediaType.startsWith("text/") ? typeof data === "string" : data instanceof Uint8Array;
  return wanted ? undefined : `${content.mediaType} became ${typeof data}`;
}

const empty = new Set<unknown>([undefined, null, "", "{}", "[]"]);

/** What has no text of its own in a form or query is left out: nothing, and what is empty; numbers are text there. */
function comparable(value: unknown): unknown {
  if (empty.has(value)) return undefined;
  if (Array.isArray(value)) {
    const items = value.map(comparable).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(value)) return String(value);
  const members = Object.entries(value).map(([name, inner]) => [name, comparable(inner)] as const);
  const kept = members.filter(([, inner]) => inner !== undefined).sort(([one], [other]) => (one < other ? -1 : 1));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** Where a request arrived otherwise than it was given to the client. */
function misarrived({ params, body }: SampledRequest, arrived: RecordedRequest | undefined): string[] {
  if (arrived === undefined) return ["it did not arrive"];
  const isFile = body instanceof Blob || (isObject(body) && Object.values(body).some((value) => value instanceof Blob));
  const pairs = { query: [params.query, arrived.query], body: isFile ? [] : [body, arrived.body] };
  return Object.entries(pairs).flatMap(([place, [given, found]]) => {
    const [one, other] = [JSON.stringify(comparable(given)), JSON.stringify(comparable(found))];
    return one === other ? [] : [`its ${place} was ${one} and arrived as ${other}`];
  });
}

/** Without those that no server could tell from another: `/{dataset}:run` and `/{store}:run`. */
function distinct(operations: readonly DocumentOperation[]): readonly DocumentOperation[] {
  const seen = new Set<string>();
  return operations.filter((operation) => {
    const { method, path } = operation;
    const demanded = operation.parameters().filter(({ required, in: place }) => required && place !== "path");
    const marks = [...fixedQuery(path), ...demanded.map(({ name, in: place, schema }) => [place, name, schema])];
    const shape = JSON.stringify([
      method,
      wirePath(path).replace(/\{[^{}]+\}/g, "{}"),
      marks.map((mark) => JSON.stringify(mark)).sort(),
    ]);
    return !seen.has(shape) && seen.add(shape);
  });
}

/** The documents as a whole: each operation, with all that it takes. */
export function operationChecks(context: ContractContext): ContractCheck[] {
  const { operations, sampleRequest, start } = context;
  return [
    {
      name: "every operation of the documents is called once and accepted",
      run: async () => {
        // One item makes a list; more would only cost time.
        await using stage = await start({ listLength: 1 });
        const connector = stage.connect({ maxAttempts: 1, deadlineMs: 600_000, attemptTimeoutMs: 600_000 });
        const order = distinct(operations).toSorted((one, other) => lateness(one) - lateness(other));
        const sent = new Map<string, SampledRequest>();
        const problems: string[] = [];
        await inParallel(order, async (operation, index) => {
          try {
            const request = sampleRequest(operation, index + 1);
            sent.set(operation.id, request);
            const { data, response } = await connector.call(operation, request);
            const problem = misparsed(operation, data);
            if (response.status > 299) problems.push(`${operation.id}: answered ${response.status}`);
            if (problem !== undefined) problems.push(`${operation.id}: ${problem}`);
          } catch (error) {
            problems.push(error instanceof Error ? error.message : String(error));
          }
        });
        const arrived = new Map(stage.server.requests.map((request) => [request.operation, request]));
        for (const [id, request] of sent)
          problems.push(...misarrived(request, arrived.get(id)).map((problem) => `${id}: ${problem}`));
        expectNone(problems, `problems with ${operations.length} operations`);
      },
    },
  ];
}
