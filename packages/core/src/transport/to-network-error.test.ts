import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { canaryScan } from "@connectry/testing";
import { expect, test } from "vitest";
import { createAcme, secret } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { untrustedTlsServer } from "../../test/tls-server.js";
import { type CallError, NetworkError } from "../errors/call-errors.js";

const once = { maxAttempts: 1 };

/** An address of this machine at which nothing listens. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

test("a refused connection is a NetworkError that was never sent, and names host and code", async () => {
  const baseUrl = await closedPort();
  const error = await rejection<NetworkError>(createAcme({ baseUrl }).GET("/things", once));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error).toMatchObject({ code: "ECONNREFUSED", maybeSent: false, operation: "GET /things" });
  expect(error.message).toBe(`GET /things: no response from ${new URL(baseUrl).host} (ECONNREFUSED).`);
});

test("a host without an address is a NetworkError that was never sent", async () => {
  const error = await rejection<NetworkError>(
    createAcme({ baseUrl: "https://no-such-host.invalid" }).GET("/things", once),
  );
  expect(error.maybeSent).toBe(false);
  expect(error.code).toMatch(/ENOTFOUND|EAI_AGAIN/);
});

test("R6: an unsafe write is sent again after a refused connection", async () => {
  const baseUrl = await closedPort();
  const error = await rejection<NetworkError>(createAcme({ baseUrl, random: () => 0 }).PATCH("/things", { body: {} }));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error.attempts).toHaveLength(3);
});

test.each([
  { kind: "reset", after: "request" },
  { kind: "reset", after: "headers" },
  { kind: "reset", after: "half-body" },
] as const)("a connection that is reset after the $after may have been sent", async (fault) => {
  const server = await serve([fault]);
  const error = await rejection<NetworkError>(createAcme({ baseUrl: server.url }).GET("/things", once));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error.maybeSent).toBe(true);
  expect(error.message).toMatch(/^GET \/things: no response from 127\.0\.0\.1:\d+ /);
});

test("a certificate that is not trusted ends the call at once: nothing was sent, also of a write", async () => {
  let received = 0;
  const baseUrl = await untrustedTlsServer(({ length }) => {
    received += length;
  });
  const acme = createAcme({ baseUrl });
  for (const call of [acme.GET("/things"), acme.PATCH("/things", { body: {} })]) {
    const error = await rejection<NetworkError>(call);
    expect(error).toMatchObject({ name: "NetworkError", maybeSent: false, isRejected: true });
    expect(error.code).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
    expect(error.attempts).toEqual([]);
  }
  expect(received).toBe(0);
});

test("a header that the platform rejects is not sent, and not tried again", async () => {
  const server = await serve();
  // RFC 9110, section 5.6.2: a name is a token, and transfer-encoding belongs to the connection.
  const headers = { "transfer-encoding": "gzip, nonsense\u0001" };
  const error = await rejection<CallError>(createAcme({ baseUrl: server.url }).PATCH("/things", { body: {}, headers }));
  expect(error.maybeSent ?? false).toBe(false);
  expect(server.requests).toEqual([]);
});

test("an error of a custom fetch is an error of the program: its message comes first, and nothing is sent again", async () => {
  let calls = 0;
  const { fetch } = stubFetch(() => {
    calls += 1;
    throw new TypeError("Cannot read properties of undefined (reading 'id')");
  });
  const error = await rejection<CallError>(createAcme({ fetch }).PATCH("/things", { body: {} }));
  expect(error.name).toBe("CallError");
  expect(error.message).toBe(
    "PATCH /things: Cannot read properties of undefined (reading 'id') (thrown by the transport)",
  );
  expect(error.maybeSent).toBeUndefined();
  expect(calls).toBe(1);
});

test.each([
  ["of Next.js, which says that a page is rendered for each request", "DYNAMIC_SERVER_USAGE", "DYNAMIC_SERVER_USAGE"],
  ["of another program", "sk_test_1", undefined],
])("the digest %s is kept, if it is known: the error stays one of Next.js", async (_, digest, kept) => {
  const thrown = Object.assign(new Error("Dynamic server usage"), { digest });
  const { fetch } = stubFetch(() => Promise.reject(thrown));
  expect(((await rejection(createAcme({ fetch }).GET("/things"))) as { digest?: string }).digest).toBe(kept);
});

test.each([
  ["Node", new TypeError("fetch failed")],
  ["Deno", new TypeError("error sending request for url (https://api.acme.test/things)")],
  [
    "Bun",
    Object.assign(new Error("Unable to connect. Is the computer able to access the url?"), {
      code: "ConnectionRefused",
    }),
  ],
  ["workerd", new Error("Network connection lost.")],
  ["Chromium, and MSW", new TypeError("Failed to fetch")],
  ["Firefox", new TypeError("NetworkError when attempting to fetch resource.")],
  ["Safari", new TypeError("Load failed")],
])("what the fetch of %s throws for a failed connection is a NetworkError", async (_, thrown) => {
  const { fetch } = stubFetch(() => Promise.reject(thrown));
  expect(await rejection(createAcme({ fetch }).GET("/things", once))).toBeInstanceOf(NetworkError);
});

test.each(["HPE_INVALID_HEADER_TOKEN", "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "ERR_INVALID_ARG_TYPE"])(
  "%s may come after the request was sent",
  async (code) => {
    const { fetch } = stubFetch(() => Promise.reject(Object.assign(new Error("failed"), { code })));
    expect(await rejection(createAcme({ fetch }).GET("/things", once))).toMatchObject({ code, maybeSent: true });
  },
);

test("the stack of an error shows who made the call", async () => {
  const baseUrl = await closedPort();
  async function chargeCustomer() {
    await createAcme({ baseUrl }).GET("/things", once);
  }
  expect((await rejection<Error>(chargeCustomer())).stack).toContain("chargeCustomer");
});

test("an upload that ends before it is sent closes its stream", async () => {
  let isClosed = false;
  const body = new ReadableStream({
    cancel() {
      isClosed = true;
    },
  });
  const acme = createAcme({ concurrency: 1, maxQueued: 1, fetch: () => new Promise(() => {}) }, { body: "raw" });
  const [first, second] = [new AbortController(), new AbortController()];
  const waiting = [first, second].map(({ signal }) => rejection(acme.GET("/things", { signal })));
  expect(await rejection(acme.POST("/things", { body }))).toMatchObject({ name: "QueueFullError" });
  await expect.poll(() => isClosed).toBe(true);
  first.abort();
  second.abort();
  await Promise.all(waiting);
});

test("where all addresses of a host failed, the code is that of the first", async () => {
  const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  const { fetch } = stubFetch(() => {
    throw new TypeError("fetch failed", { cause: new AggregateError([refused, refused]) });
  });
  expect(await rejection(createAcme({ fetch }).GET("/things", once))).toMatchObject({
    code: "ECONNREFUSED",
    maybeSent: false,
  });
});

test("the cause contains the message of the platform", async () => {
  const { fetch } = stubFetch(() => {
    throw new TypeError("fetch failed", { cause: new Error("other side closed") });
  });
  const error = await rejection<NetworkError & { cause: Error }>(createAcme({ fetch }).GET("/things", once));
  expect(error.cause.message).toBe("TypeError: fetch failed (Error: other side closed)");
});

test("R44: where the error of the platform contains the credential, the cause does not", async () => {
  const { fetch } = stubFetch(({ url, headers }) => {
    const inner = Object.assign(new Error(`connect to ${url}`), {
      config: { headers: Object.fromEntries(headers) },
      code: "EOTHER",
    });
    throw new TypeError(`fetch of ${url} failed, sent ${headers.get("authorization")}`, { cause: inner });
  });
  for (const auth of [
    { kind: "query", name: "api_key", env: "ACME" },
    { kind: "bearer", env: "ACME" },
  ] as const) {
    const error = await rejection<NetworkError & { cause: Error }>(
      createAcme({ fetch }, { auth }).GET("/things", once),
    );
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.cause.message).toMatch(/^TypeError: fetch of https:\/\/api\.acme\.test\/things/);
    expect(canaryScan(secret, error)).toEqual([]);
  }
});
