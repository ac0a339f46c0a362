import type { ProviderProfile } from "@connectry/core";
import qs from "qs";
import { afterAll, beforeEach, expect, test } from "vitest";
import { isObject } from "../document/json.js";
import { type DocumentOperation, readOperations } from "../document/operation.js";
import { independentValidator } from "../fixtures/independent-validator.js";
import { readStripeDocument, readStripeProfile } from "../fixtures/stripe.js";
import { createSampler } from "../schema/sample-schema.js";
import { isJsonContent, successAnswer } from "./document-answers.js";
import { type FakeProvider, fakeProvider } from "./fake-provider.js";

let document: Record<string, unknown>;
let profile: ProviderProfile;
let stripe: FakeProvider;
let operations: DocumentOperation[];
let validate: ReturnType<typeof independentValidator>;

async function prepare(): Promise<void> {
  document = readStripeDocument();
  profile = await readStripeProfile();
  stripe = await fakeProvider({ document, profile });
  operations = readOperations(document);
  validate = independentValidator(document);
}
let prepared: Promise<void> | undefined;
// Before each test, and not once: without the document every test fails, and none is skipped.
beforeEach(() => {
  prepared ??= prepare();
  return prepared;
}, 60_000);
afterAll(() => stripe?.close());

const form = "application/x-www-form-urlencoded";
const authorization = "Bearer sk_test_canary";

async function send(
  method: string,
  path: string,
  fields?: object,
  headers: Record<string, string> = {},
  url = stripe.url,
) {
  const body = fields === undefined ? undefined : qs.stringify(fields);
  const response = await fetch(`${url}${path}`, {
    method,
    body,
    headers: { authorization, "content-type": form, ...headers },
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text.startsWith("{") ? JSON.parse(text) : undefined,
  };
}

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

test("nested forms are read in brackets and checked against the document", async () => {
  const fields = {
    amount: 1_000,
    currency: "usd",
    payment_method_types: ["card"],
    metadata: { order: "6735" },
    shipping: { name: "Ada", address: { city: "London" } },
    automatic_payment_methods: "",
  };
  const { status, body } = await send("POST", "/v1/payment_intents", {
    ...fields,
    automatic_payment_methods: { enabled: true },
  });
  expect([status, body.amount, body.currency, body.metadata]).toEqual([200, 1_000, "usd", { order: "6735" }]);
  expect(stripe.requests.at(-1)?.body).toEqual({ ...fields, automatic_payment_methods: { enabled: true } });
});

test.each([
  [{ currency: "usd" }, "POST /v1/payment_intents: body: amount is missing"],
  [{ amount: "ten", currency: "usd" }, 'POST /v1/payment_intents: body: amount must be integer, not "ten"'],
  [{ amount: 1, currency: "usd", metadata: "[object Object]" }, 'body: metadata must be object, not "[object Object]"'],
  [
    { amount: 1, currency: "usd", reciept_email: "ada@example.com", shipping: { name: "Ada", address: { city: 1 } } },
    "body: reciept_email is not known",
  ],
  [
    { amount: 1, currency: "usd", payment_method_types: "card" },
    'body: payment_method_types must be array, not "card"',
  ],
])("refuses %j in Stripe's shape", async (fields, message) => {
  const { status, body } = await send("POST", "/v1/payment_intents", fields);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ type: "invalid_request_error", code: "body_invalid" });
  expect(body.error.message).toContain(message);
});

test("empty text clears where Stripe lets it: a map, an object, a list", async () => {
  const { status } = await send("POST", "/v1/customers/cus_1", {
    metadata: "",
    address: "",
    preferred_locales: ["en"],
  });
  expect(status).toBe(200);
});

test("dates are seconds, and a query list goes in brackets; both done wrong are refused", async () => {
  expect((await send("GET", "/v1/customers?created[gte]=1700000000&expand[0]=data.sources")).status).toBe(200);
  const date = await send("GET", "/v1/customers?created[gte]=2023-11-14T00:00:00.000Z");
  expect(date.body.error.message).toBe(
    'GET /v1/customers: query parameter created.gte must be integer, not "2023-11-14T00:00:00.000Z"',
  );
  const list = await send("GET", "/v1/customers?expand=data.sources");
  expect(list.body.error.message).toBe('GET /v1/customers: query parameter expand must be array, not "data.sources"');
});

test("JSON where a form belongs, no credential, and the headers that Stripe's client sends", async () => {
  const json = await send("POST", "/v1/customers", { a: 1 }, { "content-type": "application/json" });
  expect(json.body.error.message).toBe(
    "POST /v1/customers: content-type must be application/x-www-form-urlencoded, not application/json",
  );
  const denied = await send("GET", "/v1/customers", undefined, { authorization: "" });
  expect([denied.status, denied.body.error.code]).toEqual([401, "credential_missing"]);
  const headers = {
    "stripe-version": "2024-04-10",
    "idempotency-key": "k-1",
    "user-agent": "x",
    accept: "application/json",
  };
  const good = await send("POST", "/v1/customers", { name: "Ada" }, headers);
  expect([good.status, good.headers.get("request-id")]).toEqual([200, expect.stringMatching(/^req_/)]);
});

test("a declined card is scripted as data, and a file is uploaded", async () => {
  const error = {
    type: "card_error",
    code: "card_declined",
    decline_code: "insufficient_funds",
    message: "Your card has insufficient funds.",
  };
  stripe.faults.push({
    kind: "answer",
    status: 402,
    body: { error },
    on: { operation: "PostPaymentIntentsIntentConfirm" },
  });
  expect(await send("POST", "/v1/payment_intents/pi_1/confirm", {})).toMatchObject({ status: 402, body: { error } });
  expect((await send("POST", "/v1/payment_intents/pi_1/confirm", {})).status).toBe(200);
  const data = new FormData();
  data.set("purpose", "dispute_evidence");
  data.set("file_link_data[create]", "true");
  data.set("file", new Blob(["\u0089PNG"]), "evidence.png");
  const response = await fetch(`${stripe.url}/v1/files`, { method: "POST", body: data, headers: { authorization } });
  expect([response.status, await response.json()]).toMatchObject([
    200,
    { object: "file", purpose: "dispute_evidence" },
  ]);
  expect(stripe.requests.at(-1)?.body).toMatchObject({
    purpose: "dispute_evidence",
    file_link_data: { create: true },
    file: { filename: "evidence.png" },
  });
});
