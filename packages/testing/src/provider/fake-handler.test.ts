import { describe, expect, test } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { fakeHandler } from "./fake-handler.js";

const credential = "acme_canary_0123456789";
const url = "https://api.acme.test/v2";
const headers = { "x-acme-key": credential };
const create = () => fakeHandler({ document: acmeDocument, profile: acmeProfile, credential });

/** Reads the widgets by the fetch of a handler. */
const read = (fake: ReturnType<typeof create>, init?: RequestInit) =>
  fake.fetch(`${url}/widgets`, { headers, ...init });

test("a handler responds to a Request of any origin, as the server does", async () => {
  const fake = create();
  for (const origin of ["https://api.acme.test", "http://localhost:3000"]) {
    const response = await fake.handle(new Request(`${origin}/v2/widgets?limit=2`, { headers }));
    expect(response.status).toBe(200);
    expect((await response.json()).results).toHaveLength(2);
  }
  expect(fake.requests.map(({ operation, status }) => [operation, status])).toEqual([
    ["GET /widgets", 200],
    ["GET /widgets", 200],
  ]);
});

test("its fetch does not respond to another origin, and reaches no network", async () => {
  await expect(create().fetch("https://elsewhere.test/v2/widgets")).rejects.toThrow(
    "the fake provider of Acme does not respond to https://elsewhere.test, but to https://api.acme.test",
  );
});

test("a response to HEAD has no body", async () => {
  const response = await create().handle(new Request(`${url}/status`, { method: "HEAD" }));
  expect(await response.text()).toBe("");
});

describe("a fault is what fetch would make of it", () => {
  const reset = { message: "fetch failed", cause: { code: "ECONNRESET", syscall: "read" } };

  test.each(["reset", "stall"] as const)("%s before the response", async (kind) => {
    const fake = create();
    fake.faults.push({ kind, after: "request" });
    const controller = new AbortController();
    const response = read(fake, { signal: controller.signal });
    const reason = new Error("enough");
    if (kind === "stall") queueMicrotask(() => controller.abort(reason));
    await expect(response).rejects.toMatchObject(kind === "stall" ? reason : reset);
    expect(fake.requests[0]?.status).toBeUndefined();
  });

  test("a reset after half of the body is a body that fails", async () => {
    const fake = create();
    fake.faults.push({ kind: "reset", after: "half-body" });
    const response = await read(fake);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toMatchObject({ message: "terminated", cause: { code: "ECONNRESET" } });
  });

  test("a truncated body does not parse", async () => {
    const fake = create();
    fake.faults.push({ kind: "truncate" });
    await expect((await read(fake)).json()).rejects.toThrow(SyntaxError);
  });

  test("a body that is shorter than its length fails, and of a longer one the rest is not read", async () => {
    const fake = create();
    fake.faults.push({ kind: "wrong-length", by: 5 }, { kind: "wrong-length", by: -5 });
    await expect((await read(fake)).text()).rejects.toMatchObject({ message: "terminated" });
    const shorter = await read(fake);
    expect(String((await shorter.text()).length)).toBe(shorter.headers.get("content-length"));
  });

  test("a body in drops arrives whole", async () => {
    const fake = create();
    fake.faults.push({ kind: "drip", chunkBytes: 500, everyMs: 0 });
    expect((await (await read(fake)).json()).results.length).toBeGreaterThan(0);
  });

  test("a gzip bomb is decoded by its fetch, and sent as it is by its handler", async () => {
    const fake = create();
    fake.faults.push({ kind: "gzip-bomb", decodedBytes: 100_000, times: 2 });
    expect((await (await read(fake)).text()).length).toBe(100_000);
    const sent = await fake.handle(new Request(`${url}/widgets`, { headers }));
    expect((await sent.arrayBuffer()).byteLength).toBeLessThan(5_000);
  });

  test("a response of another status", async () => {
    const fake = create();
    fake.faults.push({ kind: "response", status: 503, body: { reason: "moving" } });
    expect([(await read(fake)).status, (await read(fake)).status]).toEqual([503, 200]);
  });
});

test.each([
  [{ operation: "GET /gadgets" }, "the document has no operation GET /gadgets"],
  [{ path: "/gadgets" }, "the document has no path that matches /gadgets"],
])("a fault on %j, which the document does not have, is an error when it is pushed", (on, message) => {
  const fake = create();
  expect(() => fake.faults.push({ kind: "truncate", on })).toThrow(message);
  expect(fake.faults).toEqual([]);
});

test.each([
  { operation: "listWidgets" },
  { operation: "GET /widgets" },
  { path: "/widgets/{id}" },
  { path: "/widgets/1" },
])("a fault may be on %j", (on) => {
  const fake = create();
  fake.faults.push({ kind: "truncate", on });
  expect(fake.faults).toHaveLength(1);
  expect(fake.faults.filter(() => true)).toHaveLength(1);
});

describe("an override", () => {
  test("responds in place of the fake, until it is ended, and leaves what it does not respond to", async () => {
    const fake = create();
    const end = fake.override("listWidgets", ({ query }) =>
      query.limit === 1 ? { status: 402, body: { reason: "declined" } } : undefined,
    );
    expect((await fake.fetch(`${url}/widgets?limit=1`, { headers })).status).toBe(402);
    expect((await read(fake)).status).toBe(200);
    end();
    expect((await fake.fetch(`${url}/widgets?limit=1`, { headers })).status).toBe(200);
  });

  test("the last one is asked first", async () => {
    const fake = create();
    fake.override("GET /widgets", () => ({ status: 410 }));
    fake.override("GET /widgets", () => ({ status: 409 }));
    expect((await read(fake)).status).toBe(409);
  });

  test("a request that the document does not allow never reaches it", async () => {
    const fake = create();
    fake.override("GET /widgets", () => ({ status: 200, body: "never" }));
    expect((await fake.fetch(`${url}/widgets?limit=many`, { headers })).status).toBe(400);
  });

  test("an operation that does not exist is an error", () => {
    expect(() => create().override("GET /gadgets", () => undefined)).toThrow(
      "the document has no operation GET /gadgets",
    );
  });
});

test("reset forgets requests, faults, overrides and objects", async () => {
  const fake = create();
  fake.seed("/widgets", [{ id: "w_ada", name: "Ada" }]);
  fake.override("GET /widgets/{id}", () => ({ status: 410 }));
  fake.faults.push({ kind: "truncate" });
  await read(fake);
  fake.reset();
  expect([fake.requests, fake.faults]).toEqual([[], []]);
  expect((await (await read(fake)).json()).results[0].name).not.toBe("Ada");
  expect((await fake.fetch(`${url}/widgets/Widget_1`, { headers })).status).toBe(200);
});
