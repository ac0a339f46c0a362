import qs from "qs";
import { beforeEach, expect, test } from "vitest";
import { isObject } from "../document/json.js";
import { type DocumentOperation, readOperations } from "../document/operation.js";
import { independentValidator } from "../fixtures/independent-validator.js";
import { document, profile, send, serveStripe } from "../fixtures/stripe-server.js";
import { createSampler } from "../schema/sample-schema.js";
import { isJsonContent, successAnswer } from "./document-answers.js";
import { fakeProvider } from "./fake-provider.js";

let operations: DocumentOperation[];
let validate: ReturnType<typeof independentValidator>;

serveStripe();
beforeEach(() => {
  operations ??= readOperations(document);
  validate ??= independentValidator(document);
}, 60_000);

/** Empty lists and objects have no text in a form. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, withoutEmpty(inner)] as const)
      .filter(([, inner]) => !(typeof inner === "object" && inner !== null && Object.keys(inner).length === 0)),
  );
}

test("samples of all 533 operations are valid, said by another validator", () => {
  const sample = createSampler(operations[0]!.schemas.response);
  const failures: string[] = [];
  let checked = 0;
  for (const operation of operations) {
    const { content } = successAnswer(operation);
    if (content === undefined || !isJsonContent(content)) continue;
    for (const number of [0, 1]) {
      const value = sample(operation.schemas.response.convert(content.schema), number);
      const problem = validate(value, content.schema);
      if (problem !== undefined) failures.push(`${operation.id} (${number}): ${problem}`);
    }
    checked += 1;
  }
  expect(failures).toEqual([]);
  // The 533rd answers with a PDF.
  expect([operations.length, checked]).toEqual([533, 532]);
}, 120_000);

test("every operation takes a request generated from the document, and answers validly", async () => {
  const { request } = operations[0]!.schemas;
  const sample = createSampler(request);
  const failures: string[] = [];
  // What is deleted is not there any more: deletions come last.
  const deletes = ({ method }: DocumentOperation) => (method === "DELETE" ? 1 : 0);
  for (const operation of operations.toSorted((one, other) => deletes(one) - deletes(other))) {
    // The deletion of an object of its own hides nothing from the others.
    const path = operation.path.replace(
      /\{[^}]+\}/g,
      operation.method === "DELETE" ? `obj_${operation.id.length}_${operation.operationId}` : "obj_1",
    );
    const required = operation.parameters().filter((parameter) => parameter.in === "query" && parameter.required);
    const query = Object.fromEntries(required.map(({ name, schema }) => [name, sample(request.convert(schema), 1)]));
    const content = operation.requestBody()?.content[0];
    let response: Awaited<ReturnType<typeof send>>;
    if (content?.mediaType === "multipart/form-data") continue;
    const body =
      operation.method === "POST" && content !== undefined
        ? withoutEmpty(sample(request.convert(content.schema), 1))
        : undefined;
    response = await send(operation.method, `${path}?${qs.stringify(query)}`, body as object | undefined);
    const answer = successAnswer(operation).content;
    if (response.status !== 200) failures.push(`${operation.id}: ${response.text.slice(0, 500)}`);
    else if (answer !== undefined && isJsonContent(answer)) {
      const problem = validate(response.body, answer.schema);
      if (problem !== undefined) failures.push(`${operation.id}: ${problem}`);
    }
  }
  expect(failures).toEqual([]);
}, 180_000);

test("every list and search answers in pages: 25 items that differ, in three pages of ten", async () => {
  const sample = createSampler(operations[0]!.schemas.request);
  const lists = operations.filter((operation) => {
    const content = successAnswer(operation).content;
    const schema = content === undefined ? true : operation.schemas.response.convert(content.schema);
    return operation.method === "GET" && typeof schema === "object" && schema.properties?.has_more !== undefined;
  });
  // Two lists take no cursor at all.
  const cursors = ["starting_after", "page"];
  const pages = lists.filter((operation) => operation.parameters().some(({ name }) => cursors.includes(name)));
  const failures: string[] = [];
  await using untouched = await fakeProvider({ document, profile });
  for (const operation of pages) {
    const searches = operation.path.endsWith("/search");
    const required = operation.parameters().filter((parameter) => parameter.in === "query" && parameter.required);
    const fixed = Object.fromEntries(
      required.map(({ name, schema }) => [name, sample(operation.schemas.request.convert(schema), 1)]),
    );
    const ids = new Set<string>();
    let count = 0;
    let cursor: string | undefined;
    do {
      const place = cursor === undefined ? {} : { [searches ? "page" : "starting_after"]: cursor };
      const { status, body, text } = await send(
        "GET",
        `${operation.path.replace(/\{[^}]+\}/g, "obj_1")}?${qs.stringify({ ...fixed, ...place })}`,
        undefined,
        {},
        untouched.url,
      );
      if (status !== 200) failures.push(`${operation.id}: ${text.slice(0, 300)}`);
      for (const item of body?.data ?? []) ids.add(item.id);
      count += 1;
      cursor = body?.has_more === true ? (searches ? body.next_page : body.data.at(-1).id) : undefined;
    } while (cursor !== undefined && count < 5);
    if (count !== 3 || ids.size !== 25) failures.push(`${operation.id}: ${count} pages, ${ids.size} ids`);
  }
  expect(failures).toEqual([]);
  expect(pages.length).toBeGreaterThan(90);
  expect(lists.length - pages.length).toBe(2);
  const whole = await send("GET", "/v1/reporting/report_types");
  expect(whole.body.has_more).toBe(false);
}, 180_000);

test("starts at once: what a document of 6 MB costs is paid by the operations that are called", async () => {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const before = performance.now();
    await using server = await fakeProvider({ document: structuredClone(document), profile });
    times.push(performance.now() - before);
    expect(server.url).toBeTruthy();
  }
  expect(Math.min(...times)).toBeLessThan(300);
});
