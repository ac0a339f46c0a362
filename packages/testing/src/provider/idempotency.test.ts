import { expect, test } from "vitest";
import { serveAcme } from "../../test/acme-server.js";
import { createIdempotency } from "./idempotency.js";

const { acme, send } = await serveAcme();

test("a request with the same idempotency key is replayed, and another request with it is rejected", async () => {
  const headers = { "idempotency-key": "key-1" };
  const first = await send("POST", "/widgets", { body: { name: "once" }, headers });
  const again = await send("POST", "/widgets", { body: { name: "once" }, headers });
  expect(again.text).toBe(first.text);
  expect([first.headers.get("idempotent-replayed"), again.headers.get("idempotent-replayed")]).toEqual([null, "true"]);
  const other = await send("POST", "/widgets", { body: { name: "twice" }, headers });
  expect(other).toMatchObject({ status: 400, body: { code: "idempotency_key_reused", category: "IDEMPOTENCY" } });
});

test("the key of a rejected request can be used again, and a key that is too long is rejected", async () => {
  const headers = { "idempotency-key": "key-2" };
  expect((await send("POST", "/widgets", { body: { name: 1 }, headers })).status).toBe(400);
  expect((await send("POST", "/widgets", { body: { name: "good" }, headers })).status).toBe(201);
  const long = await send("POST", "/widgets", { body: { name: "a" }, headers: { "idempotency-key": "x".repeat(41) } });
  expect(long.body.reason).toBe("POST /widgets: header Idempotency-Key must have at most 40 characters, got 41");
});

test("a write whose response is lost was applied: a retry with the same key is replayed", async () => {
  const parts = { body: { name: "lost" }, headers: { "idempotency-key": "key-3" } };
  acme.faults.push({ kind: "reset", after: "request", applied: true, on: { operation: "createWidget" } });
  await expect(send("POST", "/widgets", parts)).rejects.toThrow("fetch failed");
  expect((await send("POST", "/widgets", parts)).headers.get("idempotent-replayed")).toBe("true");
});

test("a write that is reset before the provider processes it was not applied", async () => {
  const parts = { body: { name: "cut" }, headers: { "idempotency-key": "key-4" } };
  acme.faults.push({ kind: "reset", after: "request" }, { kind: "response", status: 503 });
  await expect(send("POST", "/widgets", parts)).rejects.toThrow("fetch failed");
  expect((await send("POST", "/widgets", parts)).status).toBe(503);
  expect((await send("POST", "/widgets", parts)).headers.get("idempotent-replayed")).toBeNull();
});

test("a provider that names no method takes a key of the operations that declare it, and of no other", () => {
  const check = createIdempotency({ header: "Idempotency-Key", methods: [] });
  const headers = { "idempotency-key": "key-5" };
  const request = { method: "POST", path: "/emails", query: {}, headers, bytes: new Uint8Array() } as never;
  expect(check(request).kind).toBe("no-key");
  const first = check(request, true);
  if (first.kind !== "first") throw new Error("not the first");
  first.store({ status: 201, headers: {} } as never);
  expect(check(request, true).kind).toBe("replayed");
});
