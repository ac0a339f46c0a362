import { allStrategies, createConnector, type OperationFacts, type ProviderProfile } from "@connectry/core";
import { expect, test } from "vitest";
import { fakeProvider } from "./fake-provider.js";

const profile: ProviderProfile = {
  id: "acme",
  name: "Acme",
  baseUrl: "https://api.acme.test",
  auth: { kind: "bearer", env: "ACME_TOKEN" },
  body: "json",
  errors: { message: ["message"] },
};
const list = { type: "array", items: { type: "string" } };
const text = { type: "string" };
const point = { type: "object", properties: { x: { type: "integer" } }, required: ["x"], additionalProperties: false };
const ok = { 200: { description: "", content: { "application/json": { schema: {} } } } };
const post = (content: object) => ({ post: { requestBody: { required: true, content }, responses: ok } });
const get = (...parameters: object[]) => ({ get: { parameters, responses: ok } });

const document = {
  openapi: "3.1.0",
  info: { title: "Acme", version: "1" },
  paths: {
    "/label/{ids}": get({ name: "ids", in: "path", required: true, style: "label", explode: true, schema: list }),
    "/matrix/{at}": get({ name: "at", in: "path", required: true, style: "matrix", schema: point }),
    "/header": get({ name: "X-At", in: "header", required: true, explode: true, schema: point }),
    "/cookie": get({ name: "ids", in: "cookie", required: true, explode: false, schema: list }),
    "/comma": get({ name: "ids", in: "query", explode: false, schema: { ...list, maxItems: 2 } }),
    "/json": get({ name: "q", in: "query", content: { "application/json": { schema: { type: "string" } } } }),
    "/text": { get: { responses: { 200: { description: "", content: { "application/json": { schema: text } } } } } },
    "/patch": post({ "application/merge-patch+json": { schema: point } }),
    "/file": post({ "application/octet-stream": {} }),
    "/parts": post({
      "multipart/form-data": {
        schema: { type: "object", properties: { at: point, text: { type: "string" } } },
        encoding: { at: { contentType: "application/json" } },
      },
    }),
    "/form": post({
      "application/x-www-form-urlencoded": {
        schema: { type: "object", properties: { ids: { ...list, maxItems: 2 }, at: point } },
        encoding: { ids: { style: "form", explode: false }, at: { style: "deepObject", explode: true } },
      },
    }),
  },
};
const operations: Readonly<Record<string, OperationFacts>> = {
  "GET /label/{ids}": { parameters: { path: { ids: { style: "label", explode: true } } } },
  "GET /matrix/{at}": { parameters: { path: { at: { style: "matrix" } } } },
  "GET /header": { parameters: { header: { "X-At": { style: "simple", explode: true } } } },
  "GET /cookie": { parameters: { cookie: { ids: { style: "form" } } } },
  "GET /comma": { query: { ids: "comma" } },
  "GET /json": { parameters: { query: { q: { style: "json" } } } },
  "POST /patch": { contentType: "application/merge-patch+json" },
  "POST /file": { body: "raw", contentType: "application/octet-stream" },
  "POST /parts": { body: "multipart", encoding: { at: "application/json" } },
  "POST /form": { body: "form-repeat", encoding: { ids: "comma", at: "brackets" } },
};
const facts = { version: "1", operations, pages: {} };
const start = () => fakeProvider({ profile, facts, document });

interface Sent {
  readonly params?: Record<string, Record<string, unknown>>;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

test.each<[method: "GET" | "POST", path: string, sent: Sent]>([
  ["GET", "/label/{ids}", { params: { path: { ids: ["a", "b"] } } }],
  ["GET", "/matrix/{at}", { params: { path: { at: { x: 1 } } } }],
  ["GET", "/header", { params: { header: { "X-At": { x: 1 } } } }],
  ["GET", "/cookie", { params: { cookie: { ids: ["a,b", "c"] } } }],
  ["GET", "/comma", { params: { query: { ids: ["a,b,c", "d"] } } }],
  ["GET", "/json", { params: { query: { q: "text" } } }],
  ["GET", "/text", {}],
  ["POST", "/patch", { body: { x: 1 } }],
  ["POST", "/patch", { body: { x: 1 }, headers: { "content-type": "application/vnd.mine+json" } }],
  ["POST", "/file", { body: new Uint8Array([1]) }],
  ["POST", "/file", { body: new Blob(["x"], { type: "application/zip" }) }],
  ["POST", "/parts", { body: { at: { x: 1 }, text: "t" } }],
  ["POST", "/form", { body: { ids: ["a,b", "c"], at: { x: 1 } } }],
])("a fake provider accepts what the document says: %s %s %j", async (...row) => {
  const [method, path, sent] = row;
  await using server = await start();
  const definition = { profile, facts, strategies: allStrategies(profile) };
  const acme = createConnector<never>(definition, { auth: "token", baseUrl: server.url });
  const { response } = await acme.request(method, path, sent as never);
  expect(response.status).toBe(200);
});

const form = { "content-type": "application/x-www-form-urlencoded" };

test.each<[path: string, init: RequestInit, message: RegExp]>([
  ["/label/a.b", {}, /path parameter ids is not in the style label/],
  ["/matrix/;x=1", {}, /path parameter at is not in the style matrix/],
  ["/header", { headers: { "x-at": "x,1" } }, /header X-At must be object/],
  ["/cookie", {}, /cookie ids is missing/],
  ["/comma?ids=a,b,c", {}, /query parameter ids/],
  ["/json?q=text", {}, /query parameter q is not JSON/],
  ["/patch", { method: "POST", body: "{}", headers: { "content-type": "text/plain" } }, /content-type must be/],
  ["/parts", { method: "POST", body: parts() }, /the part at must be application\/json, got no type/],
  ["/form", { method: "POST", body: "ids=a,b,c", headers: form }, /ids/],
  ["/form", { method: "POST", body: "at=x,1", headers: form }, /at must be object/],
])("a fake provider rejects what the document does not say: %s", async (...row) => {
  const [path, init, message] = row;
  await using server = await start();
  const headers = { authorization: "Bearer token", ...(init.headers as Record<string, string>) };
  const response = await fetch(server.url + path, { ...init, headers });
  expect(response.status).toBe(400);
  expect(((await response.json()) as { message: string }).message).toMatch(message);
});

function parts(): FormData {
  const data = new FormData();
  data.append("at", '{"x":1}');
  return data;
}
