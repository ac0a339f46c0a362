import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { keySecret } from "../../test/cache.js";
import { rejection } from "../../test/call.js";
import { serveWith } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { tieredCache } from "../cache/tiered-cache.js";
import type { CallError } from "../errors/call-errors.js";
import { graphql } from "../graphql/graphql.js";
import { fetchTransport } from "../transport/fetch-transport.js";
import { nodeTransport } from "../transport/node/node-transport.js";
import { undiciTransport } from "../undici/undici-transport.js";
import { toFetch } from "./fetch/to-fetch.js";

// As Rack, Express and ASP.NET read them: https://www.npmjs.com/package/method-override
const overrides = ["X-HTTP-Method-Override", "x-http-method", "x-method-override"];

describe.each(overrides)("R6: a call whose header %s names another method", (name) => {
  const headers = { [name]: "DELETE" };
  const failing = () => stubFetch(() => new Response(null, { status: 502 }));

  test.each(["GET", "PUT", "POST"] as const)("is sent once as %s, and may have been applied", async (method) => {
    const { fetch, requests } = failing();
    const error = await rejection<CallError>(createAcme({ fetch, random: () => 0 })[method]("/things", { headers }));
    expect(error.outcome).toBe("unknown");
    expect(requests).toHaveLength(1);
  });

  test("is an OutcomeUnknownError where its response is lost, or is not JSON", async () => {
    const lost = stubFetch(() => Promise.reject(new TypeError("fetch failed")));
    for (const { fetch } of [lost, stubFetch(() => new Response("<html>"))]) {
      const acme = createAcme({ fetch, random: () => 0 });
      expect(await rejection(acme.GET("/things", { headers }))).toMatchObject({ name: "OutcomeUnknownError" });
    }
    expect(lost.requests).toHaveLength(1);
  });

  test("is sent once by toFetch and graphql, too, and where it is a header of the client", async () => {
    const { fetch, requests } = failing();
    const acme = createAcme({ fetch, random: () => 0 });
    await toFetch(acme, { maxAttempts: 3 })("/things", { headers });
    expect(requests).toHaveLength(1);
    await rejection(graphql(acme, { query: "{ viewer }" }, { headers }));
    expect(requests).toHaveLength(2);
    await rejection(createAcme({ fetch, headers, random: () => 0 }).GET("/things"));
    expect(requests).toHaveLength(3);
    await rejection(graphql(createAcme({ fetch, headers, random: () => 0 }), { query: "{ viewer }" }));
    expect(requests).toHaveLength(4);
  });

  test("is not served from the cache", async () => {
    const { fetch, requests } = stubFetch();
    const acme = createAcme({ fetch, cache: tieredCache({ keySecret }) });
    const cache = { ttlMs: 60_000 };
    for (let count = 0; count < 2; count += 1) await acme.GET("/things", { headers, cache });
    expect(requests).toHaveLength(2);
  });
});

describe.each([
  ["fetch", () => fetchTransport()],
  ["node:http", () => nodeTransport],
  ["undici", () => undiciTransport()],
])("R41: the header host is refused with %s", (_, createTransport) => {
  const headers = { Host: "admin.internal" };
  const wanted = { name: "ConfigurationError", message: expect.stringMatching(/set `baseUrl`, not the header `host`/) };

  test("of a call, of toFetch and of a client, and nothing is sent", async () => {
    let received = 0;
    const server = await serveWith(() => {
      received += 1;
      return { body: {} };
    });
    const options = { baseUrl: server.url, transport: createTransport() };
    const acme = createAcme(options);
    expect(await rejection(acme.GET("/things", { headers }))).toMatchObject(wanted);
    expect(await rejection(acme.GET("/things", { params: { header: headers } }))).toMatchObject(wanted);
    expect(await rejection(toFetch(acme)("/things", { headers }))).toMatchObject(wanted);
    expect(await rejection(createAcme({ ...options, headers }).GET("/things"))).toMatchObject(wanted);
    expect(received).toBe(0);
    await acme.GET("/things");
    expect(received).toBe(1);
  });
});
