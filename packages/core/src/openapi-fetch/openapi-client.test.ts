import { describe, expect, expectTypeOf, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { type StubbedRequest, stubFetch } from "../../test/stub-fetch.js";
import type { ConnectorOptions } from "../client/options.js";
import type { ProviderProfile } from "../provider/profile.js";
import { type OpenapiClientOptions, openapiClient } from "./openapi-client.js";

interface Widget {
  readonly id: string;
}

interface Failure {
  readonly error: { readonly message: string };
}

interface Operation<Body = never> {
  parameters: { query?: { expand?: string[] }; header?: never; path: { widget: string }; cookie?: never };
  requestBody?: { content: { "application/json": Body } };
  responses: {
    200: { headers: object; content: { "application/json": Widget } };
    404: { headers: object; content: { "application/json": Failure } };
  };
}

/** The types that openapi-typescript writes. */
interface Paths {
  "/v1/widgets/{widget}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: Operation;
    post: Operation<{ name?: string; size?: { width: number } }>;
  };
}

const path = "/v1/widgets/{widget}";
const params = { path: { widget: "a/b" } };

type Respond = (request: StubbedRequest, count: number) => Response | Promise<Response>;

interface Parts {
  readonly connector?: ConnectorOptions;
  readonly client?: OpenapiClientOptions;
  readonly profile?: Partial<ProviderProfile>;
}

function setUp(respond?: Respond, { connector, client, profile }: Parts = {}) {
  const { fetch, requests } = stubFetch(respond);
  const acme = createAcme({ fetch, random: () => 0, ...connector }, profile);
  return { client: openapiClient<Paths>(acme, client), acme, requests };
}

describe("a request of openapi-fetch is a call of the connector", () => {
  test("with its credential, its path and query, and the body in the provider's form", async () => {
    const profile = { body: "form-brackets", query: "brackets" } as const;
    const { client, acme, requests } = setUp(undefined, { profile });
    const init = { params: { ...params, query: { expand: ["x", "y"] } }, body: { size: { width: 1 } } };
    await client.POST(path, init);
    await acme.POST(path, init);
    const [theirs, own] = requests;
    expect(theirs).toMatchObject({ method: "POST", url: own?.url, body: "size%5Bwidth%5D=1" });
    for (const name of ["authorization", "content-type"])
      expect(theirs?.headers.get(name)).toBe(own?.headers.get(name));
  });

  test("sent again as any call, with one idempotency key", async () => {
    const { client, requests } = setUp((_, count) => Response.json({}, { status: count === 1 ? 503 : 200 }));
    expect((await client.POST(path, { params, body: {} })).response.status).toBe(200);
    const keys = requests.map(({ headers }) => headers.get("idempotency-key"));
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });

  test("whose data and error have the document's types", async () => {
    const { client } = setUp(() => Response.json({ error: { message: "no" } }, { status: 404 }));
    const { data, error, response } = await client.GET(path, { params });
    expectTypeOf(data).toEqualTypeOf<Widget | undefined>();
    expectTypeOf(error).toEqualTypeOf<Failure | undefined>();
    expect([data, error?.error.message, response.status]).toEqual([undefined, "no", 404]);
  });

  test("whose errors without a response are thrown", async () => {
    const lost = Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
    const { client } = setUp(() => Promise.reject(lost));
    expect(await rejection(client.GET(path, { params }))).toMatchObject({ name: "NetworkError" });
  });

  test("which its signal aborts with the reason, and which leaves no listener on it", async () => {
    const controller = new AbortController();
    const { client } = setUp(() => new Promise(() => {}));
    const call = client.GET(path, { params, signal: controller.signal });
    const reason = new Error("enough");
    controller.abort(reason);
    expect(await rejection(call)).toBe(reason);
  });

  test("an error that comes with a status of success is `error`", async () => {
    const rules = [{ when: { status: 200, body: { at: ["ok"], equals: false } }, verdict: "failed" }] as const;
    const errors = { message: ["error"], code: ["error"], statuses: { not_found: 404 } };
    for (const [code, status] of [
      ["not_found", 404],
      ["other", 400],
    ] as const) {
      const { client } = setUp(() => Response.json({ ok: false, error: code }), {
        profile: { retry: { rules }, errors },
      });
      const { error, response } = await client.GET(path, { params });
      expect([error, response.status]).toEqual([{ ok: false, error: code }, status]);
    }
  });

  test("with the options and headers of the client", async () => {
    const { client, requests } = setUp(() => Response.json({}, { status: 503 }), {
      client: { maxAttempts: 2, headers: { "x-trace": "1" } },
    });
    await client.GET(path, { params, headers: { "x-call": "2" } });
    expect(requests.map(({ headers }) => [headers.get("x-trace"), headers.get("x-call")])).toEqual([
      ["1", "2"],
      ["1", "2"],
    ]);
    expect(() => setUp(undefined, { client: { retries: 2 } as object })).toThrow(
      /^openapiClient: unknown option `retries`: did you mean `maxAttempts`/,
    );
  });
});

describe("parseAs", () => {
  test.each([
    ["json", { id: "w" }],
    ["text", '{"id":"w"}'],
  ] as const)("%s", async (parseAs, want) => {
    const { client } = setUp(() => Response.json({ id: "w" }));
    expect((await client.GET(path, { params, parseAs })).data).toEqual(want);
  });

  test("stream: the parts arrive as they are sent", async () => {
    let push = (_: string) => {};
    const body = new ReadableStream({
      start(controller) {
        push = (text) => controller.enqueue(new TextEncoder().encode(text));
      },
    });
    const { client } = setUp(() => new Response(body));
    const { data } = await client.GET(path, { params, parseAs: "stream" });
    const reader = data?.getReader();
    push("first");
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("first");
    await reader?.cancel();
  });

  test("a response without a body has no data", async () => {
    const { client } = setUp(() => new Response(null, { status: 204 }));
    expect(await client.GET(path, { params })).toMatchObject({ data: undefined, response: { status: 204 } });
  });
});

describe("the user's middlewares", () => {
  test("see the request before it is sent, and the response, also where they were added later", async () => {
    const { client, requests } = setUp(() => Response.json({ id: "w" }));
    const seen: string[] = [];
    client.use({
      onRequest({ request, schemaPath }) {
        seen.push(schemaPath);
        request.headers.set("x-trace", "1");
        return request;
      },
      onResponse({ response }) {
        seen.push(`status ${response.status}`);
        return new Response('{"id":"changed"}', response);
      },
    });
    client.use({ onRequest: ({ request }) => request.headers.set("x-later", "2") as undefined });
    expect((await client.POST(path, { params, body: { name: "n" } })).data).toEqual({ id: "changed" });
    expect(seen).toEqual([path, "status 200"]);
    const [sent] = requests;
    expect([sent?.headers.get("x-trace"), sent?.headers.get("x-later"), sent?.body]).toEqual([
      "1",
      "2",
      '{"name":"n"}',
    ]);
  });

  test("can be removed again", async () => {
    const { client, requests } = setUp();
    const trace = {
      onRequest: ({ request }: { request: Request }) => request.headers.set("x-trace", "1") as undefined,
    };
    client.use(trace);
    client.eject(trace);
    await client.GET(path, { params });
    expect(requests[0]?.headers.get("x-trace")).toBeNull();
  });

  test("can respond themselves: nothing is sent", async () => {
    const { client, requests } = setUp();
    client.use({ onRequest: () => Response.json({ id: "cached" }) });
    expect((await client.GET(path, { params })).data).toEqual({ id: "cached" });
    expect(requests).toEqual([]);
  });

  test("can replace the request by a copy, which keeps its body", async () => {
    const { client, requests } = setUp();
    client.use({ onRequest: ({ request }) => new Request(request, { headers: { "x-copy": "1" } }) });
    await client.POST(path, { params, body: { name: "n" } });
    expect([requests[0]?.headers.get("x-copy"), requests[0]?.body]).toEqual(["1", '{"name":"n"}']);
  });

  test.each<[what: string, change: (request: Request) => Request]>([
    ["another origin", (request) => new Request("https://evil.test/", request)],
    ["another path", (request) => new Request(`${request.url}/more`, request)],
    ["a query", (request) => new Request(`${request.url}?a=1`, request)],
  ])("R41: cannot give it %s", async (_, change) => {
    const { client, requests } = setUp();
    client.use({ onRequest: ({ request }) => change(request) });
    expect(await rejection(client.GET(path, { params }))).toMatchObject({ name: "ConfigurationError" });
    expect(requests).toEqual([]);
  });
});

test("R41: a call cannot have a fetch, which would bypass the connector", async () => {
  const { client, requests } = setUp();
  const call = client.GET(path, { params, fetch: async () => Response.json({}) });
  expect(await rejection(call)).toMatchObject({ name: "ConfigurationError" });
  expect(requests).toEqual([]);
});

test("a middleware's `onError` sees the connector's error", async () => {
  const { client } = setUp(() => Promise.reject(new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } })));
  const seen: unknown[] = [];
  client.use({ onError: ({ error }) => void seen.push(error) });
  const thrown = await rejection(client.GET(path, { params }));
  expect(seen).toEqual([thrown]);
});

test("a body serializer of the user's decides what is sent", async () => {
  const { client, requests } = setUp();
  const headers = { "content-type": "text/plain" };
  await client.POST(path, { params, headers, body: { name: "n" }, bodySerializer: (body) => `name is ${body?.name}` });
  expect([requests[0]?.body, requests[0]?.headers.get("content-type")]).toEqual(["name is n", "text/plain"]);
});

test("a path parameter that is missing is a ConfigurationError of the operation", async () => {
  const { client } = setUp();
  const error = await rejection(client.GET(path, { params: { path: {} } } as never));
  expect(error).toMatchObject({ name: "ConfigurationError" });
  expect(error.message).toMatch(/^GET \/v1\/widgets\/\{widget\}: /);
});
