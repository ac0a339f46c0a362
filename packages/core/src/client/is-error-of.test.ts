import { expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { isErrorOf } from "./is-error-of.js";

const path = "/v1/widgets/{widget}";
const params = { path: { widget: "w1" } };
const Get = { method: "GET", path } as const;

test("an error belongs to the operation whose call failed, and to no other", async () => {
  const { fetch } = stubFetch(() => Response.json({ error: { message: "gone" } }, { status: 404 }));
  const acme = createAcme({ fetch });
  const thrown = await rejection(acme.GET(path, { params }));
  expect(thrown).toMatchObject({ name: "NotFoundError" });
  expect(isErrorOf(acme, Get, thrown)).toBe(true);
  expect(isErrorOf(acme, { method: "DELETE", path }, thrown)).toBe(false);
  expect(isErrorOf(acme, { method: "GET", path: "/v1/widgets" }, thrown)).toBe(false);
});

test("a failure without a response belongs to its operation, and what is not a failure of a call to none", async () => {
  const lost = Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
  const acme = createAcme({ fetch: stubFetch(() => Promise.reject(lost)).fetch, maxAttempts: 1 });
  expect(isErrorOf(acme, Get, await rejection(acme.GET(path, { params })))).toBe(true);
  for (const other of [undefined, null, "GET /v1/widgets", new Error("GET /v1/widgets: no"), { operation: "GET" }])
    expect(isErrorOf(acme, Get, other)).toBe(false);
});
