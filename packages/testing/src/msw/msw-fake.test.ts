import { Octokit } from "@octokit/core";
import { setupServer } from "msw/node";
import Stripe from "stripe";
import { afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { readStripeDocument, readStripeProfile } from "../../test/stripe.js";
import { type MswFake, mswFake } from "./index.js";

/** What `openapi-typescript` makes of a document, in small. */
interface Paths {
  "/widgets": {
    get: {
      responses: {
        200: { content: { "application/json": { results: { id: string }[] } } };
        402: { content: { "application/json": { reason: string } } };
      };
    };
    put?: never;
  };
  "/widgets/{id}": {
    delete: {
      responses: { 204: { content?: never }; default: { content: { "application/json": { reason: string } } } };
    };
  };
}

const auth = "acme_canary_0123456789";
const url = "https://api.acme.test/v2";
const server = setupServer();

/** Starts MSW with a fake Acme; a request that no handler responds to is an error. */
function start(): MswFake {
  const fake = mswFake({ document: acmeDocument, profile: acmeProfile });
  server.use(...fake.handlers);
  return fake;
}
const read = () => fetch(`${url}/widgets`, { headers: { "x-acme-key": auth } });

beforeEach(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  server.resetHandlers();
  server.close();
});

test("fetch is responded to, and recorded", async () => {
  const fake = start();
  const response = await read();
  expect((await response.json()).results.length).toBeGreaterThan(0);
  expect(fake.requests).toMatchObject([{ operation: "GET /widgets", status: 200 }]);
});

test("a connection that a fault closes is an error of the network", async () => {
  const fake = start();
  fake.faults.push({ kind: "reset", after: "request" });
  await expect(read()).rejects.toThrow(TypeError);
});

describe("an override in the types of the document", () => {
  test("responds in place of the fake, once or until the handlers are reset, after the request was checked", async () => {
    const fake = start();
    const decline = fake.on<Paths>()("GET", "/widgets", ({ reply }) => reply(402, { reason: "declined" }), {
      once: true,
    });
    server.use(decline);
    expect([(await read()).status, (await read()).status]).toEqual([402, 200]);
    server.use(fake.on<Paths>()("DELETE", "/widgets/{id}", ({ reply }) => reply(409, { reason: "in use" })));
    const remove = (headers: Record<string, string>) => fetch(`${url}/widgets/w_1`, { method: "DELETE", headers });
    expect(await (await remove({ "x-acme-key": auth })).json()).toEqual({ reason: "in use" });
    expect((await remove({})).status).toBe(401);
  });

  test("leaves a request to the fake where it returns undefined, and other operations", async () => {
    const fake = start();
    server.use(
      fake.on<Paths>()("GET", "/widgets", () => undefined),
      fake.on<Paths>()("DELETE", "/widgets/{id}", ({ reply }) => reply(204)),
    );
    expect((await read()).status).toBe(200);
  });

  test("takes documented paths, statuses and bodies only", () => {
    const on = start().on<Paths>();
    // @ts-expect-error the document has no such path
    on("GET", "/gadgets", () => undefined);
    // @ts-expect-error the path has no such method
    on("PUT", "/widgets", () => undefined);
    // @ts-expect-error the document has no such status
    on("GET", "/widgets", ({ reply }) => reply(500, { reason: "" }));
    // @ts-expect-error the body of another status
    on("GET", "/widgets", ({ reply }) => reply(200, { reason: "" }));
  });
});

describe("the providers' own packages", () => {
  let stripe: MswFake;
  beforeAll(async () => {
    stripe = mswFake({ document: readStripeDocument(), profile: await readStripeProfile() });
  }, 60_000);

  test.each([
    ["node:http", undefined],
    ["fetch", () => Stripe.createFetchHttpClient()],
  ])("stripe by %s creates and reads a customer, and iterates over a list", async (_, createHttpClient) => {
    server.use(...stripe.handlers);
    onTestFinished(() => stripe.reset());
    const httpClient = createHttpClient && { httpClient: createHttpClient() };
    const client = new Stripe("sk_test_any", { maxNetworkRetries: 0, ...httpClient });
    const { id } = await client.customers.create({ email: "ada@example.com", metadata: { order: "6735" } });
    expect(await client.customers.retrieve(id)).toMatchObject({ id, email: "ada@example.com" });
    const names: string[] = [];
    for await (const customer of client.customers.list({ limit: 10 })) names.push(customer.id);
    expect(new Set(names).size).toBe(26);
    await expect(client.customers.update(id, { nonsense: "1" } as never)).rejects.toMatchObject({
      type: "StripeInvalidRequestError",
    });
  });

  test("octokit reads a list by its links", async () => {
    const paths = {
      "/widgets": { get: acmeDocument.paths["/widgets"].get },
    };
    const profile = { ...acmeProfile, auth: { kind: "bearer", env: "ACME", prefix: "token" } as const };
    const fake = mswFake({ document: { ...acmeDocument, paths }, profile });
    server.use(...fake.handlers);
    const octokit = new Octokit({ auth: "any", baseUrl: url });
    const { data } = await octokit.request("GET /widgets", { limit: 3 });
    expect(data.results).toHaveLength(3);
    expect(fake.requests[0]?.headers.authorization).toBe("token any");
  });
});
