import { inspect } from "node:util";
import { expect, test } from "vitest";
import { credential, type RequestParts, serveAcme } from "../../test/acme-server.js";
import { canaryScan } from "../secrets/canary-scan.js";

const { acme, send } = await serveAcme();

test("an error has the members of the profile's paths, and those that the document requires", async () => {
  const { status, body } = await send("POST", "/widgets", { body: { name: 5 } });
  expect(status).toBe(400);
  expect(body).toEqual({
    reason: "POST /widgets: body: name must be string, got 5",
    code: "body_invalid",
    category: "INVALID_REQUEST",
    status: 400,
  });
});

interface InvalidRequest {
  readonly title: string;
  /** `GET /widgets` */
  readonly request: string;
  readonly parts?: RequestParts;
  readonly message: string;
  readonly code: string;
}

test.each<InvalidRequest>([
  {
    title: "a missing body",
    request: "POST /widgets",
    message: "body is missing: expected application/json",
    code: "body_missing",
  },
  {
    title: "a missing member",
    request: "POST /widgets",
    parts: { body: {} },
    message: "body: name is missing",
    code: "body_invalid",
  },
  {
    title: "an unknown member",
    request: "POST /widgets",
    parts: { body: { name: "a", size: 1 } },
    message: "body: size is unknown",
    code: "body_invalid",
  },
  {
    title: "a string that is too long",
    request: "POST /widgets",
    parts: { body: { name: "a".repeat(11) } },
    message: "body: name: string is too long (11 > 10)",
    code: "body_invalid",
  },
  {
    title: "invalid JSON",
    request: "POST /widgets",
    parts: { body: "{", headers: { "content-type": "application/json" } },
    message: "body is not valid JSON",
    code: "body_invalid",
  },
  {
    title: "a wrong content type",
    request: "POST /widgets",
    parts: { body: "name=a", headers: { "content-type": "application/x-www-form-urlencoded" } },
    message: "content-type must be application/json, got application/x-www-form-urlencoded",
    code: "content_type_unsupported",
  },
  {
    title: "a missing content type",
    request: "POST /widgets",
    parts: { body: new Uint8Array([1]) },
    message: "content-type must be application/json, got none",
    code: "content_type_unsupported",
  },
  {
    title: "a body of an operation without one",
    request: "DELETE /widgets/w_1",
    parts: { body: { a: 1 } },
    message: "body must be empty: DELETE /widgets/{id} has no request body",
    code: "body_unknown",
  },
  {
    title: "an unknown query parameter",
    request: "GET /widgets?colr=red",
    message: "unknown query parameter colr: did you mean color?",
    code: "parameter_unknown",
  },
  {
    title: "a query parameter of another type",
    request: "GET /widgets?limit=many",
    message: 'query parameter limit must be integer, got "many"',
    code: "parameter_invalid",
  },
  {
    title: "a query parameter out of bounds",
    request: "GET /widgets?limit=101",
    message: "query parameter limit: 101 is greater than 100",
    code: "parameter_invalid",
  },
  {
    title: "a query parameter outside of its enumeration",
    request: "GET /widgets?color=blue",
    message: 'query parameter color[0] must be one of ["red","green"], got "blue"',
    code: "parameter_invalid",
  },
  {
    title: "an unknown nested query parameter",
    request: "GET /widgets?range[max]=1",
    message: "query parameter range.max is unknown",
    code: "parameter_invalid",
  },
  {
    title: "a path parameter that is too long",
    request: `GET /widgets/${"x".repeat(21)}`,
    message: "path parameter id: string is too long (21 > 20)",
    code: "parameter_invalid",
  },
  {
    title: "a missing header",
    request: "PUT /widgets/w_1/manual",
    message: "header X-Pages is missing",
    code: "parameter_missing",
  },
  {
    title: "a header of another type",
    request: "PUT /widgets/w_1/manual",
    parts: { headers: { "x-pages": "three" } },
    message: 'header X-Pages must be integer, got "three"',
    code: "parameter_invalid",
  },
  {
    title: "a multipart body without its file",
    request: "PUT /widgets/w_1/manual",
    parts: { body: new FormData(), headers: { "x-pages": "1" } },
    message: "body: file is missing",
    code: "body_invalid",
  },
])("$title is rejected with a 400 that names it", async ({ request, parts, message, code }) => {
  const [method = "", path = ""] = request.split(" ");
  const { status, body } = await send(method, path, parts);
  expect(status).toBe(400);
  expect(body.reason).toContain(message);
  expect(body.code).toBe(code);
});

test("an error names all problems of a request", async () => {
  const { body } = await send("PUT", "/widgets/w_1/manual?x=1", { headers: { "x-pages": "three" } });
  expect(body.reason).toBe(
    'PUT /widgets/{id}/manual: header X-Pages must be integer, got "three"; unknown query parameter x; body is missing: expected multipart/form-data',
  );
});

test("an unknown path is a 404 that names the nearest path, and an unknown method a 405 that names the methods", async () => {
  const unknown = await send("GET", "/widget/w_1");
  expect([unknown.status, unknown.body.reason]).toEqual([
    404,
    "the document has no path that matches /v2/widget/w_1: did you mean /widgets/{id}?",
  ]);
  const other = await send("PUT", "/widgets/w_1");
  expect([other.status, other.body.reason]).toEqual([
    405,
    "the document does not have PUT /widgets/{id}: this path has GET, DELETE, PATCH",
  ]);
  expect(other.headers.get("allow")).toBe("GET, DELETE, PATCH");
});

test("another credential is rejected with a 401 that does not contain it", async () => {
  const missing = await send("GET", "/widgets", { headers: { "x-acme-key": "" } });
  expect([missing.status, missing.body.reason]).toEqual([
    401,
    "GET /widgets: credential is missing: expected the header X-Acme-Key",
  ]);
  const wrong = await send("GET", "/widgets", { headers: { "x-acme-key": "wrong_canary_98765" } });
  expect([wrong.status, wrong.body.code]).toEqual([401, "credential_wrong"]);
  expect(canaryScan("wrong_canary_98765", [wrong.text, acme.requests])).toEqual([]);
  expect(canaryScan(credential, { requests: acme.requests, shown: inspect(acme, { depth: 9 }) })).toEqual([]);
  expect(acme.requests.at(-1)?.headers["x-acme-key"]).toBe("wrong_canary_98765");
});

test("an operation without security needs no credential", async () => {
  expect((await fetch(`${acme.url}/status`)).status).toBe(200);
});
