import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve } from "../../test/serve.js";
import { stubFetch } from "../../test/stub-fetch.js";

describe("data", () => {
  test.each<[string, number, string | undefined, string | Uint8Array | undefined, unknown]>([
    ["JSON", 200, "application/json", '{"a":[1]}', { a: [1] }],
    ["JSON with a charset", 200, "application/json; charset=utf-8", "[1]", [1]],
    ["JSON in capitals", 200, "Application/JSON", "1", 1],
    ["a +json type", 200, "application/hal+json", "{}", {}],
    ["JSON of no declared type", 200, undefined, "{}", {}],
    ["JSON behind a byte order mark", 200, "application/json", new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), {}],
    ["text", 200, "text/csv", "a,b", "a,b"],
    ["bytes", 200, "application/pdf", new Uint8Array([1, 2]), new Uint8Array([1, 2])],
    ["nothing, of an empty 200", 200, "application/json", "", undefined],
    ["nothing, of a 204", 204, undefined, undefined, undefined],
    ["nothing, of a 304", 304, undefined, undefined, undefined],
    ["nothing, of an empty 202", 202, undefined, "", undefined],
  ])("is %s", async (_, status, type, body, want) => {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    const { fetch } = stubFetch(() => {
      const response = new Response(bytes as BodyInit | undefined, {
        status,
        headers: type === undefined ? {} : { "content-type": type },
      });
      return response;
    });
    const { data, response } = await createAcme({ fetch }).GET("/things");
    expect(data).toEqual(want);
    expect(response.status).toBe(status);
  });

  test("that is broken is a ResponseParseError which does not repeat it", async () => {
    const { fetch } = stubFetch(
      () => new Response("<html>canary", { headers: { "content-type": "application/json" } }),
    );
    const error = await rejection(createAcme({ fetch }).GET("/things"));
    expect(error).toMatchObject({ name: "ResponseParseError", operation: "GET /things", attempts: [{ status: 200 }] });
    expect(error.message).not.toContain("canary");
  });

  test("is the caller's own: what it does to it reaches no one", async () => {
    const server = await serve([], { body: { list: [1] } });
    const acme = createAcme({ baseUrl: server.url });
    const first = await acme.GET("/things");
    first.data.list.push(2);
    expect((await acme.GET("/things")).data).toEqual({ list: [1] });
    expect(JSON.parse(new TextDecoder().decode(first.response.body as Uint8Array))).toEqual({ list: [1] });
  });
});
