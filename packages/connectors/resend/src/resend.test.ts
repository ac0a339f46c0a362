import { type FaultServer, fakeClock, faultServer } from "@connectry/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createResend } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: { id: "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794" } } });
});
afterEach(() => server.close());

const create = (options: Parameters<typeof createResend>[0] = {}) =>
  createResend({ auth: "re_1", baseUrl: server.url, random: () => 0, ...options });
const email = { from: "a@example.com", to: "b@example.com", subject: "Hi", text: "Hi" };
const keys = () => server.requests.map(({ headers }) => headers["idempotency-key"]);

test("the two writes that send emails have an idempotency key, and are sent again under it", async () => {
  server.faults.push({ kind: "response", status: 503 });
  await create().POST("/emails", { body: email });
  server.faults.push({ kind: "response", status: 503 });
  await create().POST("/emails/batch", { body: [email] });
  const sent = keys();
  expect(sent).toHaveLength(4);
  expect([sent[0], sent[2]]).toEqual([sent[1], sent[3]]);
  expect(new Set(sent).size).toBe(2);
  for (const key of sent) expect(key).toMatch(/^[0-9a-f-]{36}$/);
});

test("another write has no key, and is sent once where its outcome is not known", async () => {
  server.faults.push({ kind: "response", status: 503 });
  const { error } = await create().safe.POST("/domains", { body: { name: "example.com" } });
  expect(error).toMatchObject({ name: "InternalServerError", outcome: "unknown" });
  expect(keys()).toEqual([undefined]);
});

test("a key has at most 256 characters, which is checked before anything is sent", async () => {
  const resend = create();
  await resend.POST("/emails", { body: email, idempotencyKey: "k".repeat(256) });
  await expect(resend.POST("/emails", { body: email, idempotencyKey: "k".repeat(257) })).rejects.toThrow("1 to 256");
  expect(keys()).toEqual(["k".repeat(256)]);
});

test("the outcome of an email is unknown while another request with its key is in progress", async () => {
  const body = { statusCode: 409, name: "concurrent_idempotent_requests", message: "in progress" };
  server.faults.push({ kind: "response", status: 409, body, times: 3 });
  const { error } = await create().safe.POST("/emails", { body: email, idempotencyKey: "order-7" });
  expect(error).toMatchObject({ name: "ConflictError", outcome: "unknown", idempotencyKey: "order-7" });
  expect(keys()).toEqual(["order-7", "order-7", "order-7"]);
});

test("a quota of a second that is used up is waited for before the next call", async () => {
  // As resend-node recorded it: src/api-keys/__recordings__
  const headers = {
    "ratelimit-limit": "2",
    "ratelimit-policy": "2;w=1",
    "ratelimit-remaining": "0",
    "ratelimit-reset": "1",
  };
  server.faults.push({ kind: "response", status: 200, headers, body: { data: [] } });
  const clock = fakeClock();
  const resend = create({ clock });
  await resend.GET("/domains");
  const next = resend.GET("/domains");
  await clock.advance(999);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(server.requests).toHaveLength(1);
  await clock.advance(1_000);
  await next;
  expect(server.requests).toHaveLength(2);
});

test("lists in a query are joined by commas", async () => {
  await create().GET("/emails/metrics", { params: { query: { metrics: ["sent", "opened"] } } });
  expect(server.requests[0]?.query).toMatchObject({ metrics: "sent,opened" });
});
