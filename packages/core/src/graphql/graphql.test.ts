import { describe, expect, expectTypeOf, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve, serveWith } from "../../test/serve.js";
import { type StubbedRequest, stubFetch } from "../../test/stub-fetch.js";
import { AuthenticationError, RateLimitError } from "../errors/api-errors.js";
import { CallError, OutcomeUnknownError, ResponseParseError } from "../errors/call-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { GraphqlDocument } from "./document-text.js";
import { GraphqlError, graphql } from "./index.js";

const query = "query Viewer($first: Int!) { viewer { login } }";
const notFound = { type: "NOT_FOUND", path: ["repository", 0, "owner"], message: "Could not resolve." };

const sentBy = (request: StubbedRequest | undefined) => JSON.parse(`${request?.body}`);

/** Sends a query to a server that responds with a body and headers. */
async function queryWith(body: unknown, headers: Record<string, string> = {}) {
  const server = await serveWith(() => ({ body, headers }));
  return graphql(createAcme({ baseUrl: server.url }), { query });
}

describe("an operation", () => {
  test("is sent as one POST of JSON with the credential of the connector, and returns its data", async () => {
    const server = await serveWith(() => ({ body: { data: { viewer: { login: "ada" } } } }));
    const acme = createAcme({ baseUrl: server.url }, { idempotency: undefined });
    const { data, response } = await graphql<{ viewer: { login: string } }>(acme, {
      query,
      variables: { first: 1, after: new Date(0) },
      operationName: "Viewer",
    });
    expect(data.viewer.login).toBe("ada");
    expect(response.attempts).toHaveLength(1);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({
      method: "POST",
      path: "/graphql",
      body: { query, variables: { first: 1, after: "1970-01-01T00:00:00.000Z" }, operationName: "Viewer" },
    });
    expect(server.requests[0]?.headers).toMatchObject({
      "content-type": "application/json",
      authorization: expect.stringMatching(/^Bearer /),
    });
  });

  test("is JSON, too, where the other bodies of the provider are forms, and omits what is undefined", async () => {
    const server = await serveWith(() => ({ body: { data: {} } }));
    await graphql(createAcme({ baseUrl: server.url }, { body: "form-brackets" }), { query }, { path: "/api/graph" });
    expect(server.requests[0]).toMatchObject({ path: "/api/graph", body: { query } });
    expect(server.requests[0]?.headers["content-type"]).toBe("application/json");
    expect(server.requests[0]?.body).toEqual({ query });
  });

  test("has the options of any call", async () => {
    const server = await serve([{ kind: "stall", after: "request" }]);
    const acme = createAcme({ baseUrl: server.url });
    const reason = new Error("enough");
    expect(await rejection(graphql(acme, { query }, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(server.requests).toHaveLength(0);
    expect(await rejection(graphql(acme, { query }, { deadlineMs: 30 }))).toMatchObject({ name: "TimeoutError" });
    // @ts-expect-error: the option is `deadlineMs`
    expect(await rejection(graphql(acme, { query }, { timeout: 30 }))).toBeInstanceOf(ConfigurationError);
  });
});

describe("a document that carries its types", () => {
  interface Repository {
    readonly repository: { readonly name: string };
  }
  type Typed = GraphqlDocument<Repository, { readonly name: string }>;

  test("determines the type of the data and requires its variables", async () => {
    const { fetch, requests } = stubFetch(() => Response.json({ data: { repository: { name: "x" } } }));
    const acme = createAcme({ fetch });
    const text = new String("query ($name: String!) { repository }") as Typed;
    const { data } = await graphql(acme, { query: text, variables: { name: "x" } });
    expectTypeOf(data).toEqualTypeOf<Repository>();
    expectTypeOf((await graphql(acme, { query: "{ a }" })).data).toBeUnknown();
    // @ts-expect-error: variables are required
    await graphql(acme, { query: text });
    // @ts-expect-error: unknown variable
    await graphql(acme, { query: text, variables: { nme: "x" } });
    expect(sentBy(requests[0])).toEqual({ query: String(text), variables: { name: "x" } });
  });

  test("is printed where it is parsed, and rejected where `print` is missing", async () => {
    const { fetch, requests } = stubFetch(() => Response.json({ data: {} }));
    const parsed = { kind: "Document", definitions: ["viewer"] } as GraphqlDocument<object, object>;
    const print = ({ definitions }: { definitions: string[] }) => `{ ${definitions.join()} }`;
    await graphql(createAcme({ fetch }), { query: parsed }, { print });
    expect(sentBy(requests[0])).toEqual({ query: "{ viewer }" });
    const error = await rejection(graphql(createAcme({ fetch }), { query: parsed }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toContain("`print`");
    expect(requests).toHaveLength(1);
  });
});

describe("the GraphqlError of a response with status 200 and errors", () => {
  test("contains errors, data and request id of the response, also where it has data", async () => {
    const body = { data: { repository: null }, errors: [notFound, { message: "no", extensions: { code: "LATE" } }] };
    const error = await rejection<GraphqlError>(queryWith(body, { "x-acme-request-id": "A1:B2" }));
    expect(error).toBeInstanceOf(GraphqlError);
    expect([GraphqlError.isInstance(error), CallError.isInstance(error), error.name]).toEqual([
      true,
      true,
      "GraphqlError",
    ]);
    expect(error).toMatchObject({ operation: "POST /graphql", requestId: "A1:B2" });
    expect(error.errors).toEqual(body.errors);
    expect(error.data).toEqual(body.data);
    expect(error.attempts).toHaveLength(1);
    expect(error.message).toBe(
      "POST /graphql: the response to the operation contains NOT_FOUND at repository.0.owner, LATE. Request A1:B2. It was executed in part: `data` holds what succeeded, `errors` what failed.",
    );
  });

  test("says where nothing was executed, and names the operation", async () => {
    const { fetch } = stubFetch(() => Response.json({ errors: Array(5).fill({ message: "Unknown field." }) }));
    const call = graphql(createAcme({ fetch }), { query, operationName: "Viewer" });
    const error = await rejection<GraphqlError>(call);
    expect(error.data).toBeUndefined();
    expect(error.message).toBe(
      "POST /graphql: the response to Viewer contains an error, an error, an error, 2 more. Nothing was executed. `errors` says what to correct.",
    );
  });

  test.each([null, "x", { message: 1, path: "a", type: {} }, { path: [{}], extensions: null }])(
    "is thrown, too, for an error that does not conform to the specification: %j",
    async (item) => {
      const error = await rejection<GraphqlError>(queryWith({ errors: [item] }));
      expect(error).toBeInstanceOf(GraphqlError);
      expect(error.errors).toEqual([item]);
      expect(error.message).toContain("contains an error. Nothing");
    },
  );
});

describe("an operation that fails in another way throws the error of any call", () => {
  test.each([
    [401, AuthenticationError],
    [429, RateLimitError],
  ])("status %i throws its error class", async (status, Class) => {
    const server = await serveWith(() => ({ status, body: { error: { message: "Bad credentials" } } }));
    const error = await rejection(graphql(createAcme({ baseUrl: server.url, maxAttempts: 1 }), { query }));
    expect(error).toBeInstanceOf(Class);
    expect(error.message).toContain(`POST /graphql: Acme responded with ${status}: Bad credentials.`);
  });

  test.each<[string, unknown]>([
    ["malformed JSON", new TextEncoder().encode('{"data":')],
    ["a response whose data is null", { data: null }],
    ["a response that is not GraphQL", { viewer: {} }],
    ["a list", []],
    ["text", "hello"],
    ["an empty response", undefined],
  ])("%s throws a ResponseParseError", async (_, body) => {
    const error = await rejection(queryWith(body, { "content-type": "application/json" }));
    expect(error).toBeInstanceOf(ResponseParseError);
    expect(error.message).toContain("POST /graphql: ");
  });

  test("R6: a mutation whose response is lost throws OutcomeUnknownError and is sent once", async () => {
    const server = await serve([{ kind: "reset", after: "request" }]);
    const acme = createAcme({ baseUrl: server.url }, { idempotency: undefined });
    const error = await rejection(graphql(acme, { query: "mutation { addStar { id } }" }));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(server.requests).toHaveLength(1);
  });

  // An error before execution has no `data`: https://spec.graphql.org/October2021/#sec-Data
  test.each([
    ["mutation { addStar { id } }", { errors: [{ message: "no" }] }, "GraphqlError", "not-applied"],
    [
      "mutation { addStar { id } }",
      { errors: [{ message: "no" }], data: { addStar: null } },
      "GraphqlError",
      "unknown",
    ],
    ["mutation { addStar { id } }", { errors: [{ message: "no" }], data: null }, "GraphqlError", "unknown"],
    ["mutation { addStar { id } }", {}, "OutcomeUnknownError", "unknown"],
    [query, { errors: [{ message: "no" }], data: null }, "GraphqlError", "not-applied"],
    [query, {}, "ResponseParseError", "not-applied"],
  ])("the response to %s with %j is a %s whose outcome is %s", async (document, ...[body, name, outcome]) => {
    const server = await serve([], { body });
    const error = await rejection<CallError>(graphql(createAcme({ baseUrl: server.url }), { query: document }));
    expect(error).toMatchObject({ name, outcome });
    expect(error.idempotencyKey).toBe(server.requests[0]?.headers["idempotency-key"]);
  });

  test.each([
    { kind: "reset", after: "request" },
    { kind: "response", status: 502 },
  ] as const)("a query is sent again after a fault, and records both attempts: $kind", async (fault) => {
    const server = await serve([fault], () => ({ body: { data: { viewer: { login: "ada" } } } }));
    const acme = createAcme({ baseUrl: server.url }, { idempotency: undefined });
    const { data, response } = await graphql(acme, { query });
    expect(data).toEqual({ viewer: { login: "ada" } });
    expect(response.attempts.map(({ status }) => status)).toEqual(["status" in fault ? 502 : undefined, 200]);
    expect(server.requests.map(({ body }) => body)).toEqual([{ query }, { query }]);
  });

  test("a mutation with an idempotency key is sent again, and a query without one", async () => {
    const server = await serve(
      [
        { kind: "response", status: 502 },
        { kind: "response", status: 502 },
      ],
      () => ({ body: { data: {} } }),
    );
    const acme = createAcme({ baseUrl: server.url });
    await graphql(acme, { query: "mutation { addStar { id } }" }, { idempotencyKey: "once" });
    await graphql(acme, { query });
    const keys = server.requests.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toEqual(["once", "once", "once", undefined]);
  });

  test("an idempotency key is rejected where the provider has none, as are body, parameters and cache", async () => {
    const { fetch, requests } = stubFetch();
    const acme = createAcme({ fetch }, { idempotency: undefined });
    for (const options of [{ idempotencyKey: "once" }, { body: {} }, { params: {} }, { cache: { ttlMs: 1 } }]) {
      const error = await rejection(graphql(acme, { query: "mutation { addStar { id } }" }, options));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error.message).toContain(`unknown option \`${Object.keys(options)[0]}\``);
    }
    expect(requests).toHaveLength(0);
  });

  test("variables that cannot be written as JSON throw a ConfigurationError", async () => {
    const { fetch, requests } = stubFetch();
    const error = await rejection(graphql(createAcme({ fetch }), { query, variables: { n: 1n } }));
    expect(error).toBeInstanceOf(ConfigurationError);
    const variables = { input: { metadata: new Map([["a", "canary"]]) } };
    const lost = await rejection(graphql(createAcme({ fetch }), { query, variables }));
    expect(lost).toBeInstanceOf(ConfigurationError);
    expect(lost.message).toMatch(/^graphql: `variables` cannot .*: `metadata` is a Map that cannot be sent\.$/);
    expect(requests).toHaveLength(0);
  });
});
