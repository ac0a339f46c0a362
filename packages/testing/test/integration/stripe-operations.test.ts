import qs from "qs";
import { beforeEach, expect, test } from "vitest";
import { type DocumentOperation, readOperations } from "../../src/document/operation.js";
import { isObject } from "../../src/json/json-object.js";
import { isJsonContent, successResponse } from "../../src/provider/documented-responses.js";
import { fakeProvider } from "../../src/provider/fake-provider.js";
import { createSampler } from "../../src/schema/sampler.js";
import { independentValidator } from "../independent-validator.js";
import { document, profile, send, serveStripe } from "../stripe-server.js";

let operations: DocumentOperation[];
let validate: ReturnType<typeof independentValidator>;

serveStripe();
beforeEach(() => {
  operations ??= readOperations(document);
  validate ??= independentValidator(document);
});

/** Removes empty arrays and objects, which a form cannot encode. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, withoutEmpty(inner)] as const)
      .filter(([, inner]) => !(typeof inner === "object" && inner !== null && Object.keys(inner).length === 0)),
  );
}

test("samples of all 533 operations are valid by an independent validator", () => {
  const sample = createSampler(operations[0]!.schemas.response);
  const failures: string[] = [];
  let checked = 0;
  for (const operation of operations) {
    const { content } = successResponse(operation);
    if (content === undefined || !isJsonContent(content)) continue;
    for (const number of [0, 1]) {
      const value = sample(operation.schemas.response.convert(content.schema), number);
      const problem = validate(value, content.schema);
      if (problem !== undefined) failures.push(`${operation.id} (${number}): ${problem}`);
    }
    checked += 1;
  }
  expect(failures).toEqual([]);
  // One operation returns a PDF.
  expect([operations.length, checked]).toEqual([533, 532]);
});

test("every operation accepts a request generated from the document, and its response is valid", async () => {
  const { request } = operations[0]!.schemas;
  const sample = createSampler(request);
  const failures: string[] = [];
  // Deletions come last, since they remove what other operations read.
  const deletes = ({ method }: DocumentOperation) => (method === "DELETE" ? 1 : 0);
  for (const operation of operations.toSorted((one, other) => deletes(one) - deletes(other))) {
    // Each deletion has its own object, so that it does not affect the others.
    const path = operation.path.replace(
      /\{[^}]+\}/g,
      operation.method === "DELETE" ? `obj_${operation.id.length}_${operation.operationId}` : "obj_1",
    );
    const required = operation.parameters().filter((parameter) => parameter.in === "query" && parameter.required);
    const query = Object.fromEntries(required.map(({ name, schema }) => [name, sample(request.convert(schema), 1)]));
    const content = operation.requestBody()?.content[0];
    if (content?.mediaType === "multipart/form-data") continue;
    const fields =
      operation.method === "POST" && content !== undefined
        ? withoutEmpty(sample(request.convert(content.schema), 1))
        : undefined;
    const form = fields as object | undefined;
    const response = await send(operation.method, `${path}?${qs.stringify(query)}`, { form });
    const documented = successResponse(operation).content;
    if (response.status !== 200) failures.push(`${operation.id}: ${response.text.slice(0, 500)}`);
    else if (documented !== undefined && isJsonContent(documented)) {
      const problem = validate(response.body, documented.schema);
      if (problem !== undefined) failures.push(`${operation.id}: ${problem}`);
    }
  }
  expect(failures).toEqual([]);
}, 180_000);

test("every list and search returns pages: 25 distinct items on three pages", async () => {
  const sample = createSampler(operations[0]!.schemas.request);
  const lists = operations.filter((operation) => {
    const content = successResponse(operation).content;
    const schema = content === undefined ? true : operation.schemas.response.convert(content.schema);
    return operation.method === "GET" && typeof schema === "object" && schema.properties?.has_more !== undefined;
  });
  // Two lists have no cursor parameter.
  const cursors = ["starting_after", "page"];
  const paged = lists.filter((operation) => operation.parameters().some(({ name }) => cursors.includes(name)));
  const failures: string[] = [];
  await using server = await fakeProvider({ document, profile, unknownIds: "sample" });
  for (const operation of paged) {
    const isSearch = operation.path.endsWith("/search");
    const required = operation.parameters().filter((parameter) => parameter.in === "query" && parameter.required);
    const fixed = Object.fromEntries(
      required.map(({ name, schema }) => [name, sample(operation.schemas.request.convert(schema), 1)]),
    );
    const ids = new Set<string>();
    let count = 0;
    let cursor: string | undefined;
    do {
      const position = cursor === undefined ? {} : { [isSearch ? "page" : "starting_after"]: cursor };
      const { status, body, text } = await send(
        "GET",
        `${operation.path.replace(/\{[^}]+\}/g, "obj_1")}?${qs.stringify({ ...fixed, ...position })}`,
        { url: server.url },
      );
      if (status !== 200) failures.push(`${operation.id}: ${text.slice(0, 300)}`);
      for (const item of body?.data ?? []) ids.add(item.id);
      count += 1;
      cursor = body?.has_more === true ? (isSearch ? body.next_page : body.data.at(-1).id) : undefined;
    } while (cursor !== undefined && count < 5);
    if (count !== 3 || ids.size !== 25) failures.push(`${operation.id}: ${count} pages, ${ids.size} ids`);
  }
  expect(failures).toEqual([]);
  expect(paged.length).toBeGreaterThan(90);
  expect(lists.length - paged.length).toBe(2);
  const unpaged = await send("GET", "/v1/reporting/report_types");
  expect(unpaged.body.has_more).toBe(false);
}, 180_000);

test("a fake provider of a 6 MB document reads an operation only when it is called", async () => {
  const read = new Set<string>();
  const watched = structuredClone(document);
  for (const [path, item] of Object.entries(watched.paths as Record<string, Record<string, unknown>>)) {
    for (const operation of Object.values(item)) {
      if (!isObject(operation)) continue;
      const { responses } = operation;
      const get = () => {
        read.add(path);
        return responses;
      };
      Object.defineProperty(operation, "responses", { get, enumerable: true });
    }
  }
  await using server = await fakeProvider({ document: watched, profile });
  expect([...read]).toEqual([]);
  expect((await send("GET", "/v1/balance", { url: server.url })).status).toBe(200);
  expect([...read]).toEqual(["/v1/balance"]);
});
