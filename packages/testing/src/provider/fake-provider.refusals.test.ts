import { inspect } from "node:util";
import { expect, test } from "vitest";
import { credential, type Sent, serveAcme } from "../fixtures/acme-server.js";
import { canaryScan } from "../secrets/canary-scan.js";

const { acme, send } = await serveAcme();

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
