import { describe, expect, test } from "vitest";
import { anyResponse, createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";

interface Received {
  readonly what: string;
  readonly status?: number;
  readonly type?: string;
  readonly body?: string | Uint8Array;
}

/** A `fetch` that responds as described. */
function receiving({ status = 200, type, body }: Omit<Received, "what">) {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
  return stubFetch(() => new Response(bytes as BodyInit | undefined, { status, headers }));
}

describe("the data of a response", () => {
  test.each<Received & { readonly want: unknown }>([
    { what: "JSON", type: "application/json", body: '{"a":[1]}', want: { a: [1] } },
    { what: "JSON with a charset", type: "application/json; charset=utf-8", body: "[1]", want: [1] },
    { what: "JSON in capitals", type: "Application/JSON", body: "1", want: 1 },
    { what: "a +json type", type: "application/hal+json", body: "{}", want: {} },
    { what: "JSON without a declared type", body: "{}", want: {} },
    {
      what: "JSON after a byte order mark",
      type: "application/json",
      body: new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]),
      want: {},
    },
    { what: "JSON that is labeled text/json", type: "text/json", body: '{"a":1}', want: { a: 1 } },
    { what: "JSON that is labeled text/html", type: "text/html", body: '{"a":1}', want: { a: 1 } },
    { what: "JSON that is labeled as bytes", type: "application/octet-stream", body: '{"a":1}', want: { a: 1 } },
    { what: "undefined for a 204", status: 204, want: undefined },
    { what: "undefined for a 304", status: 304, want: undefined },
  ])("is $what", async ({ want, ...received }) => {
    const { data, response } = await createAcme({ fetch: receiving(received).fetch }).GET("/things");
    expect(data).toEqual(want);
    expect(response.status).toBe(received.status ?? 200);
  });

  test.each<Received & { readonly want: unknown }>([
    { what: "JSON", type: "application/json", body: "[1]", want: [1] },
    { what: "text", type: "text/csv", body: "a,b", want: "a,b" },
    { what: "text that could be JSON", type: "text/plain", body: "1", want: "1" },
    { what: "bytes", type: "application/pdf", body: new Uint8Array([1, 2]), want: new Uint8Array([1, 2]) },
    { what: "undefined for an empty 200", type: "application/json", body: "", want: undefined },
    { what: "undefined for an empty 202", status: 202, body: "", want: undefined },
  ])(
    "is $what by its media type, where the document promises something else than JSON",
    async ({ want, ...received }) => {
      const acme = createAcme({ fetch: receiving(received).fetch }, {}, anyResponse);
      expect((await acme.GET("/things")).data).toEqual(want);
    },
  );

  test.each([{ DELETE: { only: ["/things"] } }, { DELETE: { except: ["/things/{id}"] } }])(
    "is undefined for an empty 200 to a write that promises no body, by %j, and to no other",
    async (emptyResponses) => {
      const send = (received: Omit<Received, "what">) =>
        createAcme({ fetch: receiving(received).fetch }, {}, { emptyResponses });
      const acme = send({ body: "" });
      expect((await acme.DELETE("/things")).data).toBeUndefined();
      expect(await rejection(acme.GET("/things"))).toMatchObject({ name: "ResponseParseError" });
      const other = acme.DELETE("/things/{id}", { params: { path: { id: "1" } } });
      expect(await rejection(other)).toMatchObject({ name: "OutcomeUnknownError" });
      const created = send({ body: "", status: 201 });
      expect(await rejection(created.DELETE("/things"))).toMatchObject({ name: "OutcomeUnknownError" });
      const html = send({ body: "<html>" });
      expect(await rejection(html.DELETE("/things"))).toMatchObject({ name: "OutcomeUnknownError" });
    },
  );

  test.each<Received & { readonly got: string }>([
    {
      what: "an HTML page",
      type: "text/html; charset=utf-8",
      body: "<!DOCTYPE html>\n<title>Sign in</title>",
      got: 'text/html; charset=utf-8: "<!DOCTYPE html> <title>Sign in</title>"',
    },
    { what: "text", type: "text/plain", body: "Bad\u0000 gateway", got: 'text/plain: "Bad gateway"' },
    { what: "HTML without a type", body: "<p>", got: 'no media type: "<p>"' },
    { what: "a long text", type: "text/plain", body: "word ".repeat(50), got: `text/plain: "${"word ".repeat(8)}"` },
    // A message never contains what could be a value.
    { what: "truncated JSON", type: "application/json", body: '{"token":"abc', got: 'application/json: ""' },
    { what: "a form", type: "text/plain", body: "access-token=abc", got: 'text/plain: "access-token"' },
    { what: "a token", type: "text/plain", body: "bad xoxb-4eC39Hq", got: 'text/plain: "bad xoxb-"' },
    { what: "an empty 200", type: "application/json", body: "", got: "an empty body" },
    { what: "a 200 without a body", got: "an empty body" },
  ])("that is $what is a ResponseParseError that says what arrived", async ({ got, ...received }) => {
    const { fetch, requests } = receiving(received);
    const error = await rejection(createAcme({ fetch }).GET("/things"));
    expect(error).toMatchObject({ name: "ResponseParseError", operation: "GET /things", attempts: [{ status: 200 }] });
    expect(error.message).toBe(`GET /things: expected JSON, got ${got} (status 200).`);
    const write = await rejection(createAcme({ fetch }).PATCH("/things"));
    expect(write).toMatchObject({
      name: "OutcomeUnknownError",
      outcome: "unknown",
      cause: { name: "ResponseParseError" },
    });
    expect(requests).toHaveLength(2);
  });

  test("belongs to its caller, whose changes are not visible to others", async () => {
    const server = await serve([], { body: { list: [1] } });
    const acme = createAcme({ baseUrl: server.url });
    const first = await acme.GET("/things");
    first.data.list.push(2);
    expect((await acme.GET("/things")).data).toEqual({ list: [1] });
    expect(JSON.parse(new TextDecoder().decode(first.response.body as Uint8Array))).toEqual({ list: [1] });
  });
});

test("an error of a body that is not JSON names the id of the request, where a header has it", async () => {
  const headers = { "content-type": "text/html", "request-id": "req_1" };
  const { fetch } = stubFetch(() => new Response("<title>Log in</title>", { headers }));
  const error = await rejection(createAcme({ fetch }).GET("/things"));
  expect(error).toMatchObject({ name: "ResponseParseError", requestId: "req_1" });
  expect(error.message).toMatch(/\(status 200\)\. Request req_1\.$/);
});
