import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { acmeDocument, acmeProfile } from "../fixtures/acme.js";
import { independentValidator } from "../fixtures/independent-validator.js";
import { canaryScan } from "../secrets/canary-scan.js";
import { type FakeProvider, fakeProvider } from "./fake-provider.js";

const credential = "acme_canary_0123456789";
const widget = acmeDocument.components.schemas.Widget;
const validate = independentValidator(acmeDocument);
let acme: FakeProvider;

beforeAll(async () => {
  acme = await fakeProvider({ document: acmeDocument, profile: acmeProfile, credential });
});
afterAll(() => acme.close());
beforeEach(() => {
  acme.faults.length = 0;
});

interface Sent {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly url?: string;
}

async function send(method: string, path: string, { body, headers = {}, url = acme.url }: Sent = {}) {
  const raw = body === undefined || typeof body === "string" || body instanceof FormData || body instanceof Uint8Array;
  const type: Record<string, string> = raw ? {} : { "content-type": "application/json" };
  const response = await fetch(`${url}${path}`, {
    method,
    body: (raw ? body : JSON.stringify(body)) as BodyInit,
    headers: { "x-acme-key": credential, ...type, ...headers },
  });
  const text = await response.text();
  const json = /json/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : undefined };
}

test("serves below the base path of the profile, and without it", async () => {
  expect(acme.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v2$/);
  expect((await send("GET", "/widgets")).status).toBe(200);
  expect((await send("GET", "/widgets", { url: new URL(acme.url).origin })).status).toBe(200);
});

test("answers with a valid sample, writeOnly members left out, and the same one again", async () => {
  const first = await send("GET", "/widgets/w_1");
  expect(validate(first.body, widget)).toBeUndefined();
  expect(first.body).toMatchObject({ id: "w_1", code: expect.stringMatching(/^[A-Z]{3}-\d{4}$/) });
  expect(first.body).not.toHaveProperty("secret");
  expect((await send("GET", "/widgets/w_1")).text).toBe(first.text);
});

test("answers what is not JSON in its own type, and 204 without a body", async () => {
  const manual = new FormData();
  manual.set("file", new Blob(["%PDF"]), "manual.pdf");
  const pdf = await send("PUT", "/widgets/w_1/manual", { body: manual, headers: { "x-pages": "3" } });
  expect([pdf.status, pdf.headers.get("content-type"), pdf.text.slice(0, 5)]).toEqual([
    200,
    "application/pdf",
    "%PDF-",
  ]);
  const text = await send("GET", "/files/a/b/c.txt");
  expect([text.status, text.headers.get("content-type"), text.text]).toEqual([
    200,
    "text/plain",
    "A sample of GET /files/{path}.\n",
  ]);
  expect(await send("DELETE", "/widgets/w_0")).toMatchObject({ status: 204, text: "" });
});

test("names each answer with the provider's request id header, an injected one too", async () => {
  acme.faults.push({ kind: "answer", status: 503 });
  expect((await send("GET", "/widgets")).headers.get("x-request-id")).toMatch(/^req_\d+$/);
  const [one, other] = [await send("GET", "/widgets"), await send("GET", "/nowhere")];
  expect(one.headers.get("x-request-id")).toMatch(/^req_\d+$/);
  expect(other.headers.get("x-request-id")).not.toBe(one.headers.get("x-request-id"));
});

test("errors have the provider's shape: the profile's paths on top of what the document demands", async () => {
  const { status, body } = await send("POST", "/widgets", { body: { name: 5 } });
  expect(status).toBe(400);
  expect(body).toEqual({
    reason: "POST /widgets: body: name must be string, not 5",
    code: "body_invalid",
    category: "INVALID_REQUEST",
    status: 400,
  });
});

test.each([
  ["a missing body", "POST", "/widgets", {}, "body: is missing; expected application/json", "body_missing"],
  ["a missing member", "POST", "/widgets", { body: {} }, "body: name is missing", "body_invalid"],
  [
    "an unknown member",
    "POST",
    "/widgets",
    { body: { name: "a", size: 1 } },
    "body: size is not known",
    "body_invalid",
  ],
  [
    "a value that is too long",
    "POST",
    "/widgets",
    { body: { name: "a".repeat(11) } },
    "body: name: string is too long (11 > 10)",
    "body_invalid",
  ],
  [
    "broken JSON",
    "POST",
    "/widgets",
    { body: "{", headers: { "content-type": "application/json" } },
    "body: is not JSON",
    "body_invalid",
  ],
  [
    "a wrong content type",
    "POST",
    "/widgets",
    { body: "name=a", headers: { "content-type": "application/x-www-form-urlencoded" } },
    "content-type must be application/json, not application/x-www-form-urlencoded",
    "content_type_unsupported",
  ],
  [
    "no content type",
    "POST",
    "/widgets",
    { body: new Uint8Array([1]) },
    "content-type must be application/json, not absent",
    "content_type_unsupported",
  ],
  [
    "a body where none belongs",
    "DELETE",
    "/widgets/w_1",
    { body: { a: 1 } },
    "body: DELETE /widgets/{id} takes none",
    "body_unknown",
  ],
  [
    "an unknown query parameter",
    "GET",
    "/widgets?color=red",
    {},
    "query parameter color is not known; did you mean colour?",
    "parameter_unknown",
  ],
  [
    "a mistyped query parameter",
    "GET",
    "/widgets?limit=many",
    {},
    'query parameter limit must be integer, not "many"',
    "parameter_invalid",
  ],
  [
    "a query parameter out of bounds",
    "GET",
    "/widgets?limit=101",
    {},
    "query parameter limit: 101 is greater than 100",
    "parameter_invalid",
  ],
  [
    "a query parameter outside of its enumeration",
    "GET",
    "/widgets?colour=blue",
    {},
    'query parameter colour[0] must be one of ["red","green"], not "blue"',
    "parameter_invalid",
  ],
  [
    "a nested query parameter that is not known",
    "GET",
    "/widgets?range[max]=1",
    {},
    "query parameter range.max is not known",
    "parameter_invalid",
  ],
  [
    "a path parameter that is too long",
    "GET",
    `/widgets/${"x".repeat(21)}`,
    {},
    "path parameter id: string is too long (21 > 20)",
    "parameter_invalid",
  ],
  ["a missing header", "PUT", "/widgets/w_1/manual", {}, "header X-Pages is missing", "parameter_missing"],
  [
    "a mistyped header",
    "PUT",
    "/widgets/w_1/manual",
    { headers: { "x-pages": "three" } },
    'header X-Pages must be integer, not "three"',
    "parameter_invalid",
  ],
  [
    "a multipart body without its file",
    "PUT",
    "/widgets/w_1/manual",
    { body: new FormData(), headers: { "x-pages": "1" } },
    "body: file is missing",
    "body_invalid",
  ],
])("refuses %s with a 400 that says so", async (_, method, path, sent: Sent, message, code) => {
  const { status, body } = await send(method, path, sent);
  expect(status).toBe(400);
  expect(body.reason).toContain(message);
  expect(body.code).toBe(code);
});

test("says everything that is wrong at once", async () => {
  const { body } = await send("PUT", "/widgets/w_1/manual?x=1", { headers: { "x-pages": "three" } });
  expect(body.reason).toBe(
    'PUT /widgets/{id}/manual: header X-Pages must be integer, not "three"; query parameter x is not known; body: is missing; expected multipart/form-data',
  );
});

test("an unknown path is a 404 that names the nearest, a wrong method a 405 that names the others", async () => {
  const unknown = await send("GET", "/widget/w_1");
  expect([unknown.status, unknown.body.reason]).toEqual([
    404,
    "no path of the document matches /v2/widget/w_1; the nearest is /widgets/{id}",
  ]);
  const other = await send("PUT", "/widgets/w_1");
  expect([other.status, other.body.reason]).toEqual([
    405,
    "PUT /widgets/{id} is not in the document; this path takes GET, DELETE, PATCH",
  ]);
  expect(other.headers.get("allow")).toBe("GET, DELETE, PATCH");
});

test("reads queries in every style of the document", async () => {
  const query = "/widgets?limit=2&colour=red&colour=green&tags=a,b&range[min]=3";
  expect((await send("GET", query)).status).toBe(200);
  expect(acme.requests.at(-1)?.query).toEqual({
    limit: 2,
    colour: ["red", "green"],
    tags: ["a", "b"],
    range: { min: 3 },
  });
});

test("records a multipart body with its file, and the fields in their types", async () => {
  const manual = new FormData();
  manual.set("pages", "12");
  manual.set("file", new Blob(["%PDF-1.7"], { type: "application/pdf" }), "manual.pdf");
  await send("PUT", "/widgets/w_1/manual", { body: manual, headers: { "x-pages": "3" } });
  expect(acme.requests.at(-1)).toMatchObject({
    operation: "PUT /widgets/{id}/manual",
    operationId: "uploadManual",
    status: 200,
    body: {
      pages: 12,
      file: { filename: "manual.pdf", contentType: "application/pdf", bytes: new TextEncoder().encode("%PDF-1.7") },
    },
  });
});

test("demands the credential, and never repeats what was sent", async () => {
  const missing = await send("GET", "/widgets", { headers: { "x-acme-key": "" } });
  expect([missing.status, missing.body.reason]).toEqual([
    401,
    "GET /widgets: no credential was sent; expected the header X-Acme-Key",
  ]);
  const wrong = await send("GET", "/widgets", { headers: { "x-acme-key": "wrong_canary_98765" } });
  expect([wrong.status, wrong.body.code]).toEqual([401, "credential_wrong"]);
  expect(canaryScan("wrong_canary_98765", [wrong.text, acme.requests])).toEqual([]);
  expect(canaryScan(credential, { requests: acme.requests, shown: inspect(acme, { depth: 9 }) })).toEqual([]);
  expect(acme.requests.at(-1)?.headers["x-acme-key"]).toBe("wrong_canary_98765");
});

test("an operation that the document leaves open needs no credential", async () => {
  expect((await fetch(`${acme.url}/status`)).status).toBe(200);
});

test("what was created can be read back and updated: members of the request are taken over", async () => {
  const created = await send("POST", "/widgets", { body: { name: "Ada", colour: "green", price: null } });
  expect(created).toMatchObject({ status: 201, body: { name: "Ada", colour: "green", price: null } });
  const { id } = created.body;
  expect((await send("GET", `/widgets/${id}`)).body).toEqual(created.body);
  expect((await send("PATCH", `/widgets/${id}`, { body: { name: "Grace" } })).body).toEqual({
    ...created.body,
    name: "Grace",
  });
  expect((await send("GET", `/widgets/${id}`)).body.name).toBe("Grace");
  expect((await send("POST", "/widgets", { body: { name: "Other" } })).body.id).not.toBe(id);
});

test("replays a request with the same idempotency key, without a second effect", async () => {
  const headers = { "idempotency-key": "key-1" };
  const first = await send("POST", "/widgets", { body: { name: "once" }, headers });
  const again = await send("POST", "/widgets", { body: { name: "once" }, headers });
  expect(again.text).toBe(first.text);
  expect([first.headers.get("idempotent-replayed"), again.headers.get("idempotent-replayed")]).toEqual([null, "true"]);
  const other = await send("POST", "/widgets", { body: { name: "twice" }, headers });
  expect(other).toMatchObject({ status: 400, body: { code: "idempotency_key_reused", category: "IDEMPOTENCY" } });
});

test("a request that was refused does not use up its key, and a key that is too long is refused", async () => {
  const headers = { "idempotency-key": "key-2" };
  expect((await send("POST", "/widgets", { body: { name: 1 }, headers })).status).toBe(400);
  expect((await send("POST", "/widgets", { body: { name: "good" }, headers })).status).toBe(201);
  const long = await send("POST", "/widgets", { body: { name: "a" }, headers: { "idempotency-key": "x".repeat(41) } });
  expect(long.body.reason).toBe("POST /widgets: the header Idempotency-Key has 41 characters; 40 are allowed");
});

test("a write whose answer is lost was applied once: its retry with the same key is replayed", async () => {
  const sent = { body: { name: "lost" }, headers: { "idempotency-key": "key-3" } };
  acme.faults.push({ kind: "reset", after: "request", applied: true, on: { operation: "createWidget" } });
  await expect(send("POST", "/widgets", sent)).rejects.toThrow("fetch failed");
  expect((await send("POST", "/widgets", sent)).headers.get("idempotent-replayed")).toBe("true");
});

test("a write that is cut before the provider saw it was not applied", async () => {
  const sent = { body: { name: "cut" }, headers: { "idempotency-key": "key-4" } };
  acme.faults.push({ kind: "reset", after: "request" }, { kind: "answer", status: 503 });
  await expect(send("POST", "/widgets", sent)).rejects.toThrow("fetch failed");
  expect((await send("POST", "/widgets", sent)).status).toBe(503);
  expect((await send("POST", "/widgets", sent)).headers.get("idempotent-replayed")).toBeNull();
});

test("faults are told by operation, template, path and method, and damage the provider's own answer", async () => {
  acme.faults.push(
    { kind: "answer", status: 402, body: { reason: "declined" }, on: { method: "POST", path: "/widgets" } },
    { kind: "truncate", on: { operation: "GET /widgets/{id}" } },
    { kind: "latency", delayMs: 60, on: { path: "/widgets/{id}" } },
  );
  const sound = await send("GET", "/widgets");
  expect(sound.status).toBe(200);
  const broken = await fetch(`${acme.url}/widgets/w_9`, { headers: { "x-acme-key": credential } });
  await expect(broken.json()).rejects.toThrow(SyntaxError);
  const before = performance.now();
  expect((await send("GET", "/widgets/w_9")).body.id).toBe("w_9");
  expect(performance.now() - before).toBeGreaterThanOrEqual(59);
  expect(await send("POST", "/widgets", { body: {} })).toMatchObject({ status: 402, body: { reason: "declined" } });
  expect(acme.faults).toEqual([]);
});

test("a document whose schema cannot be satisfied, or whose reference leads nowhere, is a 501 that says where", async () => {
  const get = (schema: object) => ({
    get: { responses: { 200: { description: "", content: { "application/json": { schema } } } } },
  });
  const document = {
    openapi: "3.1.0",
    components: { schemas: {} },
    paths: {
      "/a": get({ $ref: "#/components/schemas/Gone" }),
      "/b": get({ type: "string", enum: ["a"], minLength: 2 }),
    },
  };
  await using broken = await fakeProvider({ document, profile: acmeProfile });
  const gone = await send("GET", "/a", { url: broken.url });
  expect(gone.status).toBe(501);
  expect(gone.body.reason).toBe(
    'GET /a: The fake provider has no answer: The document refers to #/components/schemas/Gone, which is not in it (at "Gone").',
  );
  expect((await send("GET", "/b", { url: broken.url })).body.reason).toContain(
    "no valid sample of its schema was found",
  );
});

test("several documents make one provider; an operation that two of them have is an error", async () => {
  const other = { openapi: "3.1.0", paths: { "/gadgets": { get: { responses: { 200: { description: "" } } } } } };
  await using both = await fakeProvider({ document: [acmeDocument, other], profile: acmeProfile });
  expect((await send("GET", "/gadgets", { url: both.url })).status).toBe(200);
  expect((await send("GET", "/widgets", { url: both.url })).status).toBe(200);
  const twice = fakeProvider({ document: [other, other], profile: acmeProfile });
  await expect(twice).rejects.toThrow("GET /gadgets is in two of the documents.");
});
