import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";

describe("the data of a response", () => {
  test.each<{
    readonly what: string;
    readonly status?: number;
    readonly type?: string;
    readonly body?: string | Uint8Array;
    readonly want: unknown;
  }>([
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
    { what: "text", type: "text/csv", body: "a,b", want: "a,b" },
    { what: "bytes", type: "application/pdf", body: new Uint8Array([1, 2]), want: new Uint8Array([1, 2]) },
    { what: "undefined for an empty 200", type: "application/json", body: "", want: undefined },
    { what: "undefined for a 204", status: 204, want: undefined },
    { what: "undefined for a 304", status: 304, want: undefined },
    { what: "undefined for an empty 202", status: 202, body: "", want: undefined },
  ])("is $what", async ({ status = 200, type, body, want }) => {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
    const { fetch } = stubFetch(() => new Response(bytes as BodyInit | undefined, { status, headers }));
    const { data, response } = await createAcme({ fetch }).GET("/things");
    expect(data).toEqual(want);
    expect(response.status).toBe(status);
  });

  test("that is malformed JSON is a ResponseParseError, which does not contain the body", async () => {
    const { fetch } = stubFetch(
      () => new Response("<html>canary", { headers: { "content-type": "application/json" } }),
    );
    const error = await rejection(createAcme({ fetch }).GET("/things"));
    expect(error).toMatchObject({ name: "ResponseParseError", operation: "GET /things", attempts: [{ status: 200 }] });
    expect(error.message).not.toContain("canary");
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
