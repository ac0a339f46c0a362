import { expect, test } from "vitest";
import { serveAcme } from "../fixtures/acme-server.js";

const { acme, send } = await serveAcme();

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
