import { describe, expect, expectTypeOf, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve, serveWith } from "../../test/serve.js";
import { type StubbedRequest, stubFetch } from "../../test/stub-fetch.js";
import { AuthenticationError } from "../errors/authentication-error.js";
import { CallError } from "../errors/call-error.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import { OutcomeUnknownError } from "../errors/outcome-unknown-error.js";
import { RateLimitError } from "../errors/rate-limit-error.js";
import { ResponseParseError } from "../errors/response-parse-error.js";
import type { GraphqlDocument } from "./document-text.js";
import { GraphqlError, graphql } from "./index.js";

const query = "query Viewer($first: Int!) { viewer { login } }";
const notFound = { type: "NOT_FOUND", path: ["repository", 0, "owner"], message: "Could not resolve." };

const sentBy = (request: StubbedRequest | undefined) =>
  JSON.parse(new TextDecoder().decode(request?.body as Uint8Array));

/** What a server that answers by such a body, and headers, makes of a query. */
async function answered(body: unknown, headers: Record<string, string> = {}) {
  const server = await serveWith(() => ({ body, headers }));
  return graphql(createAcme({ baseUrl: server.url }), { query });
}

describe("an operation", () => {
  test("goes out as one POST of JSON, with the connector's credential, and comes back as its data", async () => {
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

  test("is JSON, too, where the provider's other bodies are forms, and leaves out what was not given", async () => {
    const server = await serveWith(() => ({ body: { data: {} } }));
    await graphql(createAcme({ baseUrl: server.url }, { body: "form-brackets" }), { query }, { path: "/api/graph" });
    expect(server.requests[0]).toMatchObject({ path: "/api/graph", body: { query } });
    expect(server.requests[0]?.headers["content-type"]).toBe("application/json");
    expect(server.requests[0]?.body).toEqual({ query });
  });

  test("takes the options of any call", async () => {
    const server = await serve([{ kind: "stall", after: "request" }]);
    const acme = createAcme({ baseUrl: server.url });
    const reason = new Error("enough");
    expect(await rejection(graphql(acme, { query }, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(server.requests).toHaveLength(0);
    expect(await rejection(graphql(acme, { query }, { deadlineMs: 30 }))).toMatchObject({ name: "TimeoutError" });
    // @ts-expect-error: it is `deadlineMs`
    expect(await rejection(graphql(acme, { query }, { timeout: 30 }))).toBeInstanceOf(ConfigurationError);
  });
});

describe("a document that carries types", () => {
  interface Repository {
    readonly repository: { readonly name: string };
  }
  type Typed = GraphqlDocument<Repository, { readonly name: string }>;

  test("gives them to the data and asks for its variables", async () => {
    const { fetch, requests } = stubFetch(() => Response.json({ data: { repository: { name: "x" } } }));
    const acme = createAcme({ fetch });
    const text = new String("query ($name: String!) { repository }") as Typed;
    const { data } = await graphql(acme, { query: text, variables: { name: "x" } });
    expectTypeOf(data).toEqualTypeOf<Repository>();
    expectTypeOf((await graphql(acme, { query: "{ a }" })).data).toBeUnknown();
    // @ts-expect-error: variables are needed
    await graphql(acme, { query: text });
    // @ts-expect-error: another name
    await graphql(acme, { query: text, variables: { nme: "x" } });
    expect(sentBy(requests[0])).toEqual({ query: String(text), variables: { name: "x" } });
  });

  test("is printed where it is a parsed one, and refused where nothing prints it", async () => {
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

describe("an answer of status 200 that holds errors throws GraphqlError", () => {
  test("with all that the answer says, also where some of it was answered", async () => {
    const body = { data: { repository: null }, errors: [notFound, { message: "no", extensions: { code: "LATE" } }] };
    const error = await rejection<GraphqlError>(answered(body, { "x-acme-request-id": "A1:B2" }));
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
      "POST /graphql: the answer to it holds NOT_FOUND at repository.0.owner, LATE. Request A1:B2. It was executed in part: `data` holds what was answered, `errors` what went wrong.",
    );
  });

  test("that says so where nothing was executed, and names the operation", async () => {
    const { fetch } = stubFetch(() => Response.json({ errors: Array(5).fill({ message: "Unknown field." }) }));
    const call = graphql(createAcme({ fetch }), { query, operationName: "Viewer" });
    const error = await rejection<GraphqlError>(call);
    expect(error.data).toBeUndefined();
    expect(error.message).toBe(
      "POST /graphql: the answer to Viewer holds an error, an error, an error, 2 more. Nothing was executed. `errors` says what to correct.",
    );
  });

  test.each([null, "x", { message: 1, path: "a", type: {} }, { path: [{}], extensions: null }])(
    "also of a form that the standard does not know: %j",
    async (item) => {
      const error = await rejection<GraphqlError>(answered({ errors: [item] }));
      expect(error).toBeInstanceOf(GraphqlError);
      expect(error.errors).toEqual([item]);
      expect(error.message).toContain("holds an error. Nothing");
    },
  );
});

describe("what else goes wrong is the error of any call", () => {
  test.each([
    [401, AuthenticationError],
    [429, RateLimitError],
  ])("status %i by its class", async (status, Class) => {
    const server = await serveWith(() => ({ status, body: { error: { message: "Bad credentials" } } }));
    const error = await rejection(graphql(createAcme({ baseUrl: server.url, maxAttempts: 1 }), { query }));
    expect(error).toBeInstanceOf(Class);
    expect(error.message).toContain(`POST /graphql: Acme answered ${status}: Bad credentials.`);
  });

  test.each<[string, unknown]>([
    ["broken JSON", new TextEncoder().encode('{"data":')],
    ["an answer without data", { data: null }],
    ["an answer that is no GraphQL", { viewer: {} }],
    ["a list", []],
    ["text", "hello"],
    ["nothing", undefined],
  ])("%s is a ResponseParseError", async (_, body) => {
    const error = await rejection(answered(body, { "content-type": "application/json" }));
    expect(error).toBeInstanceOf(ResponseParseError);
    expect(error.message).toContain("POST /graphql: ");
  });

  test("R6: of a mutation an answer that is lost is unknown, and nothing is sent twice", async () => {
    const server = await serve([{ kind: "reset", after: "request" }]);
    const acme = createAcme({ baseUrl: server.url }, { idempotency: undefined });
    const error = await rejection(graphql(acme, { query: "mutation { addStar { id } }" }));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    { kind: "reset", after: "request" },
    { kind: "answer", status: 502 },
  ] as const)("a query is sent again, and says so: $kind", async (fault) => {
    const server = await serve([fault], () => ({ body: { data: { viewer: { login: "ada" } } } }));
    const acme = createAcme({ baseUrl: server.url }, { idempotency: undefined });
    const { data, response } = await graphql(acme, { query });
    expect(data).toEqual({ viewer: { login: "ada" } });
    expect(response.attempts.map(({ status }) => status)).toEqual(["status" in fault ? 502 : undefined, 200]);
    expect(server.requests.map(({ body }) => body)).toEqual([{ query }, { query }]);
  });

  test("with an idempotency key a mutation is sent again, too, and a query needs none", async () => {
    const server = await serve(
      [
        { kind: "answer", status: 502 },
        { kind: "answer", status: 502 },
      ],
      () => ({ body: { data: {} } }),
    );
    const acme = createAcme({ baseUrl: server.url });
    await graphql(acme, { query: "mutation { addStar { id } }" }, { idempotencyKey: "once" });
    await graphql(acme, { query });
    const keys = server.requests.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toEqual(["once", "once", "once", undefined]);
  });

  test("an idempotency key is refused where the provider knows none, as are a body and parameters", async () => {
    const { fetch, requests } = stubFetch();
    const acme = createAcme({ fetch }, { idempotency: undefined });
    for (const options of [{ idempotencyKey: "once" }, { body: {} }, { params: {} }, { cache: { ttlMs: 1 } }]) {
      const error = await rejection(graphql(acme, { query: "mutation { addStar { id } }" }, options));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error.message).toContain(`there is no option \`${Object.keys(options)[0]}\``);
    }
    expect(requests).toHaveLength(0);
  });

  test("variables that are no JSON are a ConfigurationError", async () => {
    const { fetch, requests } = stubFetch();
    const error = await rejection(graphql(createAcme({ fetch }), { query, variables: { n: 1n } }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(requests).toHaveLength(0);
  });
});
